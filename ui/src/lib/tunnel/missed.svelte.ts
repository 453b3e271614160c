// Missed events: when Apple's log of deliveries was last read, what that gave, and how often it is read.
import type { ApiError, CatchUp } from "../bindings/api";
import { asApiError, type Backend } from "../backend/backend";

export class Missed {
  now = $state.raw<CatchUp | null>(null);
  /** Why it could not be read, or why the last thing asked for did not work. */
  error = $state.raw<ApiError | null>(null);
  working = $state(false);

  #call: Backend["call"];

  constructor(call: Backend["call"]) {
    this.#call = call;
  }

  async load(): Promise<void> {
    if (this.working) return;
    try {
      this.now = await this.#call("catchUp", null);
    } catch (thrown) {
      this.error = asApiError(thrown);
    }
  }

  /** Reads the log now. */
  fetch(): Promise<void> {
    return this.#ask(() => this.#call("catchUpNow", null));
  }

  /** How often the log is read while there is no tunnel. */
  every(minutes: number): Promise<void> {
    return this.#ask(() => this.#call("setCatchUp", { minutes }));
  }

  async #ask(ask: () => Promise<CatchUp>): Promise<void> {
    this.working = true;
    this.error = null;
    try {
      this.now = await ask();
    } catch (thrown) {
      this.error = asApiError(thrown);
    } finally {
      this.working = false;
    }
  }
}
