// What the tunnel's program wrote, read again and again while somebody looks at it.
import type { TunnelLine } from "../bindings/api";
import type { Backend } from "../backend/backend";
import { Resource } from "../state/resource.svelte";

/** Milliseconds between two looks. */
const STEP = 2_000;

export class Output {
  #read: Resource<TunnelLine[]>;

  lines = $derived.by(() => this.#read.value);
  /** Why it could not be read. What is known of it stays. */
  error = $derived.by(() => this.#read.error);

  constructor(call: Backend["call"]) {
    this.#read = new Resource(async () => (await call("tunnelOutput", null)).lines);
  }

  /** Follows what is written; the returned function ends it. */
  follow(): () => void {
    void this.load();
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void this.load();
    }, STEP);
    return () => clearInterval(timer);
  }

  /** Reads it. Whoever asks meanwhile is served by the same reading. */
  load(): Promise<void> {
    return this.#read.load();
  }
}
