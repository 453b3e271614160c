// Sending events again to an address of one's own: what can be chosen, and what the server answered to each.
import type { ApiError, Original, ResendForm, ResendReply } from "../bindings/api";
import { asApiError, type Backend } from "../backend/backend";

/** What is sent, and what people know it by. */
export interface ResendItem {
  original: Original;
  title: string;
}

/** What became of one of them. */
export interface ResendResult {
  title: string;
  reply: ResendReply | null;
  error: ApiError | null;
}

export class Resend {
  /** What can be chosen, once it is known. */
  form = $state.raw<ResendForm | null>(null);
  /** Why it is not known, or why nothing could be sent. */
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

  /** Sends one after another. An address that can't be sent to ends it before the second. */
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

  /** Takes an address off those that are offered; it comes back if that fails. */
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

  /** Nothing more is sent. */
  close(): void {
    this.#closed = true;
  }
}
