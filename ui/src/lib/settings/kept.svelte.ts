// The pictures and logs that testers sent: how much room they take, and how much they may.
import type { ApiError, FeedbackStorage } from "../bindings/api";
import { asApiError, type Backend } from "../backend/backend";

export class Kept {
  now = $state.raw<FeedbackStorage | null>(null);
  /** Why it could not be read, or not be set. */
  error = $state.raw<ApiError | null>(null);

  #call: Backend["call"];

  constructor(call: Backend["call"]) {
    this.#call = call;
  }

  load(): Promise<void> {
    return this.#ask(() => this.#call("feedbackStorage", null));
  }

  /** How long pictures and logs are kept, and how many bytes of them. */
  keep(days: number, maxBytes: number): Promise<void> {
    return this.#ask(() => this.#call("setFeedbackRetention", { days, maxBytes }));
  }

  /** Removes all of them. Rejects where that fails, so that it can be said where it was asked. */
  async clear(): Promise<void> {
    this.now = await this.#call("clearFeedbackFiles", null);
  }

  async #ask(ask: () => Promise<FeedbackStorage>): Promise<void> {
    this.error = null;
    try {
      this.now = await ask();
    } catch (thrown) {
      this.error = asApiError(thrown);
    }
  }
}
