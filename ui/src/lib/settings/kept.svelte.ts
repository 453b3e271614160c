// The pictures and logs that testers sent: how much room they take, and how much they may.
import type { ApiError, FeedbackStorage } from "../bindings/api";
import { asApiError, type Backend } from "../backend/backend";
import { Resource } from "../state/resource.svelte";

export class Kept {
  #call: Backend["call"];
  #read: Resource<FeedbackStorage>;
  /** Why the last change was refused. */
  #refused = $state.raw<ApiError | null>(null);

  now = $derived.by(() => this.#read.value);
  /** Why it could not be read, or not be set. */
  error = $derived.by(() => this.#refused ?? this.#read.error);

  constructor(call: Backend["call"]) {
    this.#call = call;
    this.#read = new Resource(() => call("feedbackStorage", null));
  }

  /** Reads it anew; what was refused before is of the past. */
  load(): Promise<void> {
    this.#refused = null;
    return this.#read.refresh();
  }

  /** How long pictures and logs are kept, and how many bytes of them. */
  async keep(days: number, maxBytes: number): Promise<void> {
    this.#refused = null;
    try {
      await this.#read.change(() => this.#call("setFeedbackRetention", { days, maxBytes }), {
        shows: (now) => ({ ...now, days, maxBytes }),
        gives: (_, kept) => kept,
      });
    } catch (thrown) {
      this.#refused = asApiError(thrown);
    }
  }

  /** Removes all of them. Rejects where that fails, so that it can be said where it was asked. */
  async clear(): Promise<void> {
    await this.#read.change(() => this.#call("clearFeedbackFiles", null), { gives: (_, kept) => kept });
  }
}
