// Newer versions of Hookbell: what is known of them, looking for them, and installing one.
import { asApiError, type Backend } from "../backend/backend";
import type { ApiError, UpdateStatus } from "../bindings/api";
import { Resource } from "../state/resource.svelte";

export class Updates {
  #call: Backend["call"];
  #read: Resource<UpdateStatus>;
  #refused = $state.raw<ApiError | null>(null);

  /** Null until it was read. */
  status = $derived.by(() => this.#read.value);
  /** Why the last look or installation was refused, or what is known could not be read. */
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

  /** Hookbell starts anew if this goes well. */
  install(): Promise<void> {
    return this.#ask(() => this.#call("installUpdate", null));
  }

  /** The engine says how things are, and so a reply that is on its way is older. */
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
