// The check of every step from the keychain to the notification, and what it found.
import type { ApiError, Doctor } from "../bindings/api";
import { asApiError, type Backend } from "../backend/backend";

/** Milliseconds after which entering the page checks again. */
const FRESH = 5 * 60_000;
/** Milliseconds of rest after a change: a tunnel that comes up does so in several steps. */
const REST = 1_500;

export class Checkup {
  found = $state.raw<Doctor | null>(null);
  /** Why the walk itself did not work. */
  error = $state.raw<ApiError | null>(null);
  running = $state(false);
  /** Whether the chain has changed since it was walked. */
  outdated = $state(false);

  #call: Backend["call"];
  #at = Number.NEGATIVE_INFINITY;
  /** The chain as it is now, as far as it was told. */
  #chain: string | null = null;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(call: Backend["call"]) {
    this.#call = call;
  }

  /** Checks, unless it has just done so. What was found earlier says nothing of the present any more. */
  async look(): Promise<void> {
    if (Date.now() - this.#at <= FRESH) return;
    this.found = null;
    await this.run();
  }

  /** Walks again once another chain has stood for a moment. The first that is told is the one that was walked. */
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
      // What has changed on the way is walked once more.
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
