// Updates of Hookbell: their status, checking for them, and installing one.
import { asApiError, type Backend } from "../backend/backend";
import type { ApiError, UpdateStatus } from "../bindings/api";
import { Resource } from "../state/resource.svelte";

export class Updates {
  #call: Backend["call"];
  #read: Resource<UpdateStatus>;
  #refused = $state.raw<ApiError | null>(null);

  /** Null until it is loaded. */
  status = $derived.by(() => this.#read.value);
  /** Why the last check, installation or read failed. */
  error = $derived.by(() => this.#refused ?? this.#read.error);

  constructor(call: Backend["call"]) {
    this.#call = call;
    this.#read = new Resource(() => call("updateStatus", null));
  }

  load(): Promise<void> {
    this.#refused = null;
    return this.#read.refresh();
  }

  look(): Promise<void> {
    return this.#ask(async () => this.told(await this.#call("checkForUpdate", null)));
  }

  /** On success, Hookbell restarts. */
  install(): Promise<void> {
    return this.#ask(() => this.#call("installUpdate", null));
  }

  /** The engine pushed the status, so a pending reply is older. */
  told(status: UpdateStatus): void {
    this.#read.told(status);
  }

  async #ask(work: () => Promise<unknown>): Promise<void> {
    this.#refused = null;
    try {
      await work();
    } catch (thrown) {
      this.#refused = asApiError(thrown);
    }
  }
}
