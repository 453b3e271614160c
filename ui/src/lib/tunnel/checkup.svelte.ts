// The walk along the chain from the keychain to the notification, and what it found.
import type { ApiError, Doctor } from "../bindings/api";
import { asApiError, type Backend } from "../backend/backend";

/** Milliseconds after which entering the page walks again. */
const FRESH = 5 * 60_000;

export class Checkup {
  found = $state.raw<Doctor | null>(null);
  /** Why the walk itself did not work. */
  error = $state.raw<ApiError | null>(null);
  running = $state(false);

  #call: Backend["call"];
  #at = Number.NEGATIVE_INFINITY;

  constructor(call: Backend["call"]) {
    this.#call = call;
  }

  /** Walks, unless it has just done so. */
  async look(): Promise<void> {
    if (Date.now() - this.#at > FRESH) await this.run();
  }

  async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    this.error = null;
    try {
      this.found = await this.#call("doctor", null);
      this.#at = Date.now();
    } catch (thrown) {
      this.error = asApiError(thrown);
    } finally {
      this.running = false;
    }
  }
}
