// The tunnel program's output, polled while it is visible.
import type { TunnelLine } from "../bindings/api";
import type { Backend } from "../backend/backend";
import { Resource } from "../state/resource.svelte";

/** Milliseconds between reads. */
const STEP = 2_000;

export class Output {
  #read: Resource<TunnelLine[]>;

  lines = $derived.by(() => this.#read.value);
  /** Why it could not be read. The last known output stays. */
  error = $derived.by(() => this.#read.error);

  constructor(call: Backend["call"]) {
    this.#read = new Resource(async () => (await call("tunnelOutput", null)).lines);
  }

  /** Polls the output until the returned function is called. */
  follow(): () => void {
    void this.load();
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void this.load();
    }, STEP);
    return () => clearInterval(timer);
  }

  /** Reads the output. Calls made during a read share it. */
  load(): Promise<void> {
    return this.#read.load();
  }
}
