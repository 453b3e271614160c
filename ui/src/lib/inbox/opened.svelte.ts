// The event that is open in the detail. Opening one that is not in the list works as well: a notification
// may lead to an event of long ago.
import type { ApiError, EventDetail } from "../bindings/api";
import { asApiError } from "../backend/backend";
import type { Backend } from "../backend/backend";

export class OpenedEvent {
  /** The event that was asked for, or null when none is open. */
  seq = $state<number | null>(null);
  detail = $state.raw<EventDetail | null>(null);
  error = $state.raw<ApiError | null>(null);

  #call: Backend["call"];

  constructor(call: Backend["call"]) {
    this.#call = call;
  }

  /** Reads the event. What was open stays until the new one is here. Returns whether it came. */
  async open(seq: number): Promise<boolean> {
    this.seq = seq;
    this.error = null;
    try {
      const detail = await this.#call("event", { seq });
      if (this.seq !== seq) return false;
      this.detail = detail;
      return true;
    } catch (thrown) {
      if (this.seq !== seq) return false;
      this.detail = null;
      this.error = asApiError(thrown);
      return false;
    }
  }

  close(): void {
    this.seq = null;
    this.detail = null;
    this.error = null;
  }

  /** A second delivery may have come: reads it again, quietly. */
  async refresh(): Promise<void> {
    const seq = this.seq;
    if (seq === null || this.error) return;
    try {
      const detail = await this.#call("event", { seq });
      if (this.seq === seq) this.detail = detail;
    } catch {
      // What is shown was true when it was read; the list tells of what is wrong with the store.
    }
  }

  patch(change: { read?: boolean; archived?: boolean }): void {
    if (this.detail) this.detail = { ...this.detail, event: { ...this.detail.event, ...change } };
  }
}
