// What the engine says about itself, kept current by its pushes.
import type { ApiError, Status } from "../bindings/api";
import { asApiError } from "../backend/backend";
import type { Backend } from "../backend/backend";

export class EngineStatus {
  now = $state.raw<Status | null>(null);
  /** Why the engine could not be asked at all. */
  error = $state.raw<ApiError | null>(null);
  /** Why the last mending did not work. */
  refused = $state.raw<ApiError | null>(null);

  #call: Backend["call"];

  constructor(call: Backend["call"]) {
    this.#call = call;
  }

  async load(): Promise<void> {
    try {
      this.set(await this.#call("status", null));
    } catch (thrown) {
      this.error = asApiError(thrown);
    }
  }

  set(status: Status): void {
    this.now = status;
    this.error = null;
  }

  resume(): Promise<void> {
    return this.#mend(() => this.#call("resume", null));
  }
  retryListener(): Promise<void> {
    return this.#mend(() => this.#call("retryListener", null));
  }
  usePort(port: number): Promise<void> {
    return this.#mend(() => this.#call("usePort", { port }));
  }
  dismissTrouble(): Promise<void> {
    return this.#mend(() => this.#call("dismissTrouble", null));
  }

  async #mend(ask: () => Promise<Status>): Promise<void> {
    this.refused = null;
    try {
      this.set(await ask());
    } catch (thrown) {
      this.refused = asApiError(thrown);
    }
  }
}
