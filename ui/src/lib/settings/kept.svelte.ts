// The pictures and logs that testers sent: their size on disk, and its limit.
import type { ApiError, FeedbackStorage } from "../bindings/api";
import { asApiError, type Backend } from "../backend/backend";
import { Resource } from "../state/resource.svelte";

export class Kept {
  #call: Backend["call"];
  #read: Resource<FeedbackStorage>;
  /** Why the last change was refused. */
  #refused = $state.raw<ApiError | null>(null);

  now = $derived.by(() => this.#read.value);
  /** Why reading or changing it failed. */
  error = $derived.by(() => this.#refused ?? this.#read.error);

  constructor(call: Backend["call"]) {
    this.#call = call;
    this.#read = new Resource(() => call("feedbackStorage", null));
  }

  /** Reads it again, and clears the error of the last change. */
  load(): Promise<void> {
    this.#refused = null;
    return this.#read.refresh();
  }

  /** Sets how long pictures and logs are kept, and their maximum size in bytes. */
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

  /** Deletes all of them. Rejects on failure, so that the caller can show it in place. */
  async clear(): Promise<void> {
    await this.#read.change(() => this.#call("clearFeedbackFiles", null), { gives: (_, kept) => kept });
  }
}
