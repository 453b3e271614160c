// What the tunnel's program wrote, read again and again while somebody looks at it.
import type { ApiError, TunnelLine } from "../bindings/api";
import { asApiError, type Backend } from "../backend/backend";

/** Milliseconds between two looks. */
const STEP = 2_000;

export class Output {
  lines = $state.raw<TunnelLine[] | null>(null);
  error = $state.raw<ApiError | null>(null);

  #call: Backend["call"];

  constructor(call: Backend["call"]) {
    this.#call = call;
  }

  /** Follows what is written; the returned function ends it. */
  follow(): () => void {
    void this.load();
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void this.load();
    }, STEP);
    return () => clearInterval(timer);
  }

  async load(): Promise<void> {
    try {
      this.lines = (await this.#call("tunnelOutput", null)).lines;
      this.error = null;
    } catch (thrown) {
      this.error = asApiError(thrown);
    }
  }
}
