// Pings through App Store Connect and their outcomes, kept per webhook while the window is open.
import type { ApiError, PingReply } from "../../bindings/api";
import { asApiError, type Backend } from "../../backend/backend";

export type Ping =
  | { state: "under"; since: Date }
  | { state: "ended"; at: Date; reply: PingReply }
  | { state: "refused"; at: Date; error: ApiError };

export class Pings {
  /** By the webhook's id. */
  of = $state.raw<ReadonlyMap<string, Ping>>(new Map());

  #call: Backend["call"];

  constructor(call: Backend["call"]) {
    this.#call = call;
  }

  /** Sends a ping and follows it to its end; a second one for the same webhook waits for the first. */
  async send(account: string, id: string): Promise<void> {
    if (this.of.get(id)?.state === "under") return;
    this.#set(id, { state: "under", since: new Date() });
    try {
      const reply = await this.#call("pingAppWebhook", { account, id });
      this.#set(id, { state: "ended", at: new Date(), reply });
    } catch (thrown) {
      this.#set(id, { state: "refused", at: new Date(), error: asApiError(thrown) });
    }
  }

  #set(id: string, ping: Ping): void {
    this.of = new Map(this.of).set(id, ping);
  }
}
