// What the engine says about itself, kept current by its pushes.
import type { ApiError, Status } from "../bindings/api";
import { asApiError } from "../backend/backend";
import type { Backend } from "../backend/backend";

export class EngineStatus {
  now = $state.raw<Status | null>(null);
  /** Why the engine could not be asked at all. */
  error = $state.raw<ApiError | null>(null);
  /** Why the last fixing did not work. */
  refused = $state.raw<ApiError | null>(null);

  #call: Backend["call"];
  /** How often the engine has said of its own accord how it is. */
  #heard = 0;

  constructor(call: Backend["call"]) {
    this.#call = call;
  }

  async load(): Promise<void> {
    try {
      await this.#ask(() => this.#call("status", null));
    } catch (thrown) {
      this.error = asApiError(thrown);
    }
  }

  /** What the engine says of its own accord. */
  told(status: Status): void {
    this.#heard += 1;
    this.#set(status);
  }

  pause(minutes: number): Promise<void> {
    return this.#fix(() => this.#call("pause", { minutes }));
  }
  resume(): Promise<void> {
    return this.#fix(() => this.#call("resume", null));
  }
  retryListener(): Promise<void> {
    return this.#fix(() => this.#call("retryListener", null));
  }
  usePort(port: number): Promise<void> {
    return this.#fix(() => this.#call("usePort", { port }));
  }
  unlockKeychain(): Promise<void> {
    return this.#fix(() => this.#call("unlockKeychain", null));
  }
  dismissTrouble(): Promise<void> {
    return this.#fix(() => this.#call("dismissTrouble", null));
  }

  async #fix(ask: () => Promise<Status>): Promise<void> {
    this.refused = null;
    try {
      await this.#ask(ask);
    } catch (thrown) {
      this.refused = asApiError(thrown);
    }
  }

  /** Every change is told, so a reply that was under way when one was told may be older, and is never newer. */
  async #ask(ask: () => Promise<Status>): Promise<void> {
    const heard = this.#heard;
    const status = await ask();
    if (heard === this.#heard) this.#set(status);
  }

  #set(status: Status): void {
    this.now = status;
    this.error = null;
  }
}
