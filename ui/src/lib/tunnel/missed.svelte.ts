// Missed events: when App Store Connect's delivery log was last read, what that found, and how often it is read.
import type { CatchUp } from "../bindings/api";
import type { Backend } from "../backend/backend";
import { Resource } from "../state/resource.svelte";
import { Submission } from "../state/submission.svelte";

export class Missed {
  #call: Backend["call"];
  #read: Resource<CatchUp>;
  #asking = new Submission();

  now = $derived.by(() => this.#read.value);
  /** Why reading it, or the last action, failed. */
  error = $derived.by(() => this.#asking.error ?? this.#read.error);
  working = $derived.by(() => this.#asking.working);

  constructor(call: Backend["call"]) {
    this.#call = call;
    this.#read = new Resource(() => call("catchUp", null));
  }

  load(): Promise<void> {
    return this.#sinceThen(() => this.#read.load());
  }

  refresh(): Promise<void> {
    return this.#sinceThen(() => this.#read.refresh());
  }

  /** Reads the log now. */
  fetch(): Promise<void> {
    return this.#ask(() => this.#call("catchUpNow", null));
  }

  /** Sets how often the log is read while there is no tunnel. */
  every(minutes: number): Promise<void> {
    return this.#ask(() => this.#call("setCatchUp", { minutes }));
  }

  /** Clears an earlier error once the delivery log has been read again. */
  async #sinceThen(read: () => Promise<void>): Promise<void> {
    const before = this.now?.lastAt;
    await read();
    if (this.now?.lastAt !== before && !this.working) this.#asking.abandon();
  }

  #ask(ask: () => Promise<CatchUp>): Promise<void> {
    return this.#asking.send({ work: () => this.#read.change(ask, { gives: (_, reply) => reply }) });
  }
}
