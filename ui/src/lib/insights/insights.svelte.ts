// What many events show together: an app's versions and builds through their stages, and delivery health.
import type { AppTimeline, InsightsApp, WebhookHealth } from "../bindings/api";
import type { Backend } from "../backend/backend";
import { Resource } from "../state/resource.svelte";
import { keyOf, subjectOf, type Choice } from "./choice";

export type Shown = "chart" | "table";

/** Milliseconds after which a burst of events causes one recalculation, instead of one per event. */
const PATIENCE = 1000;

/** The engine's result, and the choice it is for. */
interface Worked {
  choice: Choice;
  apps: InsightsApp[];
  health: WebhookHealth;
  timeline: AppTimeline | null;
}

const NO_APPS: InsightsApp[] = [];

export class Insights {
  /** Charts or tables. */
  shown: Shown = $state("chart");
  /** The last choice, for returning without an address. */
  last = $state.raw<Choice | null>(null);

  #read: Resource<Worked>;
  #waiting: ReturnType<typeof setTimeout> | null = null;

  apps = $derived.by(() => this.#read.value?.apps ?? NO_APPS);
  health = $derived.by(() => this.#read.value?.health ?? null);
  timeline = $derived.by(() => this.#read.value?.timeline ?? null);
  /** The app whose timeline this is. */
  timelineOf = $derived.by(() => {
    const { value } = this.#read;
    const app = value && appOf(value.apps, value.choice.key);
    return app ? keyOf(app) : null;
  });
  /** Why the calculation failed; an earlier result for the same choice stays. */
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

  /** Shows one app, or the first one with data, over this many days. */
  look(choice: Choice): Promise<void> {
    this.last = choice;
    return this.#read.restart({ keep: true });
  }

  /** New events arrived, or time has passed. */
  refresh(): void {
    if (this.#waiting !== null || this.last === null) return;
    this.#waiting = setTimeout(() => {
      this.#waiting = null;
      void this.#read.refresh();
    }, PATIENCE);
  }
}

/** The app of this key; the first app if there is no key or the app no longer exists. */
export function appOf(apps: readonly InsightsApp[], key: string | null): InsightsApp | undefined {
  return apps.find((app) => keyOf(app) === key) ?? apps[0];
}
