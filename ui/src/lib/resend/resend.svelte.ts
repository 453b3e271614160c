// Resending events to an address of the person's choice: the options, and the server's reply to each.
import type { ApiError, Original, ResendForm, ResendReply } from "../bindings/api";
import { asApiError, type Backend } from "../backend/backend";

/** What is sent, and its name. */
export interface ResendItem {
  original: Original;
  title: string;
}

/** The result of sending one of them. */
export interface ResendResult {
  title: string;
  reply: ResendReply | null;
  error: ApiError | null;
}

export class Resend {
  /** The options, once they are loaded. */
  form = $state.raw<ResendForm | null>(null);
  /** Why loading the options or sending failed. */
  error = $state.raw<ApiError | null>(null);
  results = $state.raw<ResendResult[]>([]);
  sending = $state(false);

  #call: Backend["call"];
  #items: readonly ResendItem[];
  #closed = false;

  constructor(call: Backend["call"], items: readonly ResendItem[]) {
    this.#call = call;
    this.#items = items;
  }

  async load(): Promise<void> {
    const first = this.#items[0];
    if (!first) return;
    try {
      this.form = await this.#call("resendForm", { original: first.original });
    } catch (thrown) {
      this.error = asApiError(thrown);
    }
  }

  /** Sends them one after another. If the address can't be sent to, stops after the first. */
  async send(to: string, signAnew: boolean): Promise<void> {
    if (this.sending) return;
    [this.sending, this.error, this.results] = [true, null, []];
    for (const { original, title } of this.#items) {
      try {
        const reply = await this.#call("resend", { original, to, signAnew });
        this.results = [...this.results, { title, reply, error: null }];
      } catch (thrown) {
        const error = asApiError(thrown);
        if (this.#items.length === 1 || error.field === "to") {
          this.error = error;
          break;
        }
        this.results = [...this.results, { title, reply: null, error }];
      }
      if (this.#closed) return;
    }
    this.sending = false;
    await this.load();
  }

  /** Removes an address from the suggestions; restores it if that fails. */
  async forget(address: string): Promise<void> {
    const before = this.form;
    if (before) this.form = { ...before, addresses: before.addresses.filter((other) => other !== address) };
    try {
      await this.#call("forgetResendAddress", { address });
    } catch (thrown) {
      this.form = before;
      this.error = asApiError(thrown);
    }
  }

  /** Stops sending. */
  close(): void {
    this.#closed = true;
  }
}
