// What many events tell together: an app's versions and builds through their stages, and how deliveries went.
import type { AppTimeline, InsightsApp, WebhookHealth } from "../bindings/api";
import type { Backend } from "../backend/backend";
import { Resource } from "../state/resource.svelte";
import { keyOf, subjectOf, type Choice } from "./choice";

export type Shown = "chart" | "table";

/** After a burst of events everything is worked out once more, not for each of them. */
const PATIENCE = 1000;

/** What the engine worked out, and for which choice. */
interface Worked {
  choice: Choice;
  apps: InsightsApp[];
  health: WebhookHealth;
  timeline: AppTimeline | null;
}

const NO_APPS: InsightsApp[] = [];

export class Insights {
  /** As pictures or as tables. */
  shown: Shown = $state("chart");
  /** What was looked at last, for coming back without an address. */
  last = $state.raw<Choice | null>(null);

  #read: Resource<Worked>;
  #waiting: ReturnType<typeof setTimeout> | null = null;

  apps = $derived.by(() => this.#read.value?.apps ?? NO_APPS);
  health = $derived.by(() => this.#read.value?.health ?? null);
  timeline = $derived.by(() => this.#read.value?.timeline ?? null);
  /** Whose timeline it is. */
  timelineOf = $derived.by(() => {
    const { value } = this.#read;
    const app = value && appOf(value.apps, value.choice.key);
    return app ? keyOf(app) : null;
  });
  /** Why it could not be worked out; what is known of the same choice stays beside it. */
  error = $derived.by(() => this.#read.error);
  phase = $derived.by(() => {
    const { value, error, phase } = this.#read;
    const isOther = value !== null && JSON.stringify(value.choice) !== JSON.stringify(this.last);
    return error && isOther ? "failed" : phase;
  });

  constructor(call: Backend["call"]) {
    this.#read = new Resource(async () => {
      const choice = this.last ?? { key: null, days: 1 };
      const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
      const request = { ...subjectOf(choice.key), days: choice.days, timeZone };
      return { choice, ...(await call("insights", request)) };
    });
  }

  /** Looks at one app, or at the first of which something is known, since so many days. */
  look(choice: Choice): Promise<void> {
    this.last = choice;
    return this.#read.restart({ keep: true });
  }

  /** Something has come, or time has passed. */
  refresh(): void {
    if (this.#waiting !== null || this.last === null) return;
    this.#waiting = setTimeout(() => {
      this.#waiting = null;
      void this.#read.refresh();
    }, PATIENCE);
  }
}

/** The app that is meant; the first one where none is, or where it is not there any more. */
export function appOf(apps: readonly InsightsApp[], key: string | null): InsightsApp | undefined {
  return apps.find((app) => keyOf(app) === key) ?? apps[0];
}
