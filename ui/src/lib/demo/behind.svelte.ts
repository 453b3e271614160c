// Whether a demo is open behind the person's own events. It can change only by loading a new page, so it is read once.
import { isDemo } from "../backend/front";
import type { Backend } from "../backend/backend";

export class Behind {
  now = $state(false);

  #call: Backend["call"];

  constructor(call: Backend["call"]) {
    this.#call = call;
  }

  async load(): Promise<void> {
    if (isDemo()) return;
    try {
      this.now = (await this.#call("demoPlace", null)) === "behind";
    } catch {
      // An engine that doesn't answer is reported as a condition of its own.
    }
  }
}
