// The trackers, where feedback becomes issues, and their actions. They are read once a room needs them, because the
// window starts without them. A token goes to the engine and is never returned.
import type { AddTrackerRequest, ApiError, Tracker, TrackerSettings } from "../bindings/api";
import { asApiError, type Backend } from "../backend/backend";
import { Resource } from "../state/resource.svelte";
import { shared } from "../state/shared.svelte";

const NONE: Tracker[] = [];

export class Trackers {
  /** Each tracker's last check, by number: null if all is well, else why the check failed. */
  checks = $state.raw<ReadonlyMap<number, ApiError | null>>(new Map());
  /** The tracker being checked. */
  checking = $state<number | null>(null);

  #call: Backend["call"];
  #list: Resource<Tracker[]>;

  all = $derived.by(() => this.#list.value ?? NONE);
  phase = $derived.by(() => this.#list.phase);
  error = $derived.by(() => this.#list.error);

  constructor(call: Backend["call"]) {
    this.#call = call;
    this.#list = new Resource(() => call("trackers", null));
  }

  load(): Promise<void> {
    return this.#list.refresh();
  }

  add(request: AddTrackerRequest): Promise<Tracker> {
    return this.#list.change(() => this.#call("addTracker", request), {
      gives: (all, added) => [...all.filter(({ id }) => id !== added.id), added],
    });
  }

  change(id: number, settings: TrackerSettings): Promise<Tracker> {
    return this.#list.change(() => this.#call("changeTracker", { id, settings }), { gives: replaced });
  }

  async renewToken(id: number, token: string): Promise<Tracker> {
    const renewed = await this.#list.change(() => this.#call("renewTrackerToken", { id, token }), {
      gives: replaced,
    });
    this.#checked(id, null);
    return renewed;
  }

  /** Tries a tracker's token and place; the result is shown at the tracker. */
  async check(id: number): Promise<void> {
    this.checking = id;
    try {
      const { trouble } = await this.#list.change(() => this.#call("checkTracker", { id }), {
        gives: replaced,
      });
      // A problem with it is shown at the tracker itself.
      this.#checked(id, trouble === null ? null : undefined);
    } catch (thrown) {
      this.#checked(id, asApiError(thrown));
    } finally {
      if (this.checking === id) this.checking = null;
    }
  }

  async remove(id: number): Promise<void> {
    await this.#list.change(() => this.#call("removeTracker", { id }), { gives: (_, left) => left });
  }

  #checked(id: number, said: ApiError | null | undefined): void {
    const checks = new Map(this.checks);
    if (said === undefined) checks.delete(id);
    else checks.set(id, said);
    this.checks = checks;
  }
}

/** Leaves out a tracker that was removed meanwhile. */
function replaced(all: Tracker[], changed: Tracker): Tracker[] {
  return all.map((tracker) => (tracker.id === changed.id ? changed : tracker));
}

/** This window's trackers, shared by all its rooms. */
export const trackersOf = shared((app) => new Trackers(app.call));
