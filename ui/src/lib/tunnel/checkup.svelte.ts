// The doctor: checks every step from the keychain to the notification.
import type { ApiError, Doctor } from "../bindings/api";
import { asApiError, type Backend } from "../backend/backend";

/** Milliseconds after which entering the page checks again. */
const FRESH = 5 * 60_000;
/** Milliseconds to wait after a change: a tunnel comes up in several steps. */
const REST = 1_500;

export class Checkup {
  found = $state.raw<Doctor | null>(null);
  /** Why the check itself failed. */
  error = $state.raw<ApiError | null>(null);
  running = $state(false);
  /** Whether the checked state has changed since. */
  outdated = $state(false);

  #call: Backend["call"];
  #at = Number.NEGATIVE_INFINITY;
  /** The current state as last reported. */
  #chain: string | null = null;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(call: Backend["call"]) {
    this.#call = call;
  }

  /** Checks, unless the last check is recent. Clears older results first. */
  async look(): Promise<void> {
    if (Date.now() - this.#at <= FRESH) return;
    this.found = null;
    await this.run();
  }

  /** Checks again once a new state has lasted for a moment. The first reported state is the one that was checked. */
  follow(chain: string): void {
    const before = this.#chain;
    this.#chain = chain;
    if (before === null || before === chain) return;
    this.outdated = true;
    this.#soon();
  }

  async run(): Promise<void> {
    if (this.running) return;
    clearTimeout(this.#waiting);
    this.running = true;
    this.error = null;
    const walked = this.#chain;
    try {
      this.found = await this.#call("doctor", null);
      this.#at = Date.now();
      // If the state changed during the check, check once more.
      this.outdated = walked !== null && walked !== this.#chain;
      if (this.outdated) this.#soon();
    } catch (thrown) {
      this.error = asApiError(thrown);
    } finally {
      this.running = false;
    }
  }

  #soon(): void {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => void this.run(), REST);
  }
}
