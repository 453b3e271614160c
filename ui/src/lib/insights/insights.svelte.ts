// What many events tell together: an app's versions and builds through their stages, and how deliveries went.
import type { ApiError, AppTimeline, InsightsApp, WebhookHealth } from "../bindings/api";
import { asApiError, type Backend } from "../backend/backend";
import { keyOf, subjectOf, type Choice } from "./choice";

export type Shown = "chart" | "table";

/** After a burst of events everything is worked out once more, not for each of them. */
const PATIENCE = 1000;

export class Insights {
  phase: "loading" | "ready" | "failed" = $state("loading");
  apps = $state.raw<InsightsApp[]>([]);
  timeline = $state.raw<AppTimeline | null>(null);
  /** Whose timeline it is. */
  timelineOf = $state.raw<string | null>(null);
  health = $state.raw<WebhookHealth | null>(null);
  error = $state.raw<ApiError | null>(null);
  /** As pictures or as tables. */
  shown: Shown = $state("chart");
  /** What was looked at last, for coming back without an address. */
  last = $state.raw<Choice | null>(null);

  #call: Backend["call"];
  /** The newest question; answers to older ones come too late. */
  #asked = 0;
  #waiting: ReturnType<typeof setTimeout> | null = null;

  constructor(call: Backend["call"]) {
    this.#call = call;
  }

  /** Looks at one app, or at the first of which something is known, since so many days. */
  async look(choice: Choice): Promise<void> {
    this.last = choice;
    const asked = ++this.#asked;
    const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
    const { days } = choice;
    try {
      const request = { ...subjectOf(choice.key), days, timeZone };
      const { apps, health, timeline } = await this.#call("insights", request);
      const app = appOf(apps, choice.key);
      if (asked !== this.#asked) return;
      [this.apps, this.health, this.timeline] = [apps, health, timeline];
      this.timelineOf = app ? keyOf(app) : null;
      [this.phase, this.error] = ["ready", null];
    } catch (thrown) {
      if (asked !== this.#asked) return;
      this.error = asApiError(thrown);
      this.phase = "failed";
    }
  }

  /** Something has come, or time has passed. */
  refresh(): void {
    if (this.#waiting !== null || this.last === null) return;
    this.#waiting = setTimeout(() => {
      this.#waiting = null;
      if (this.last) void this.look(this.last);
    }, PATIENCE);
  }
}

/** The app that is meant; the first one where none is, or where it is not there any more. */
export function appOf(apps: readonly InsightsApp[], key: string | null): InsightsApp | undefined {
  return apps.find((app) => keyOf(app) === key) ?? apps[0];
}
