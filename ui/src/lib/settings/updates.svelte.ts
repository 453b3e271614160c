// Newer versions of Hookbell: what is known of them, looking for them, and installing one.
import { asApiError, type Backend } from "../backend/backend";
import type { ApiError, UpdateStatus } from "../bindings/api";

export class Updates {
  /** Null until it was read. */
  status = $state.raw<UpdateStatus | null>(null);
  /** Why the last look or installation was refused. */
  error = $state.raw<ApiError | null>(null);

  #call: Backend["call"];

  constructor(call: Backend["call"]) {
    this.#call = call;
  }

  async load(): Promise<void> {
    await this.#ask(async () => this.told(await this.#call("updateStatus", null)));
  }

  async look(): Promise<void> {
    await this.#ask(async () => this.told(await this.#call("checkForUpdate", null)));
  }

  /** Hookbell starts anew if this goes well. */
  async install(): Promise<void> {
    await this.#ask(() => this.#call("installUpdate", null));
  }

  told(status: UpdateStatus): void {
    this.status = status;
  }

  async #ask(work: () => Promise<unknown>): Promise<void> {
    this.error = null;
    try {
      await work();
    } catch (thrown) {
      this.error = asApiError(thrown);
    }
  }
}
