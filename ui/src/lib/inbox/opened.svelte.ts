// The event that is open in the detail.
import type { EventDetail, EventRow } from "../bindings/api";
import type { Backend } from "../backend/backend";
import { Opened } from "../list/opened.svelte";

export class OpenedEvent extends Opened<EventDetail, EventRow, number> {
  #call: Backend["call"];

  constructor(call: Backend["call"]) {
    super();
    this.#call = call;
  }

  rowOf(detail: EventDetail): EventRow {
    return detail.event;
  }
  protected withRow(detail: EventDetail, event: EventRow): EventDetail {
    return { ...detail, event };
  }
  /** Asks App Store Connect for the event's details again. Rejects if that isn't possible. */
  async readAgain(seq: number): Promise<void> {
    const detail = await this.#call("readDetails", { seq });
    if (this.detail?.event.seq === seq) this.detail = detail;
  }
  protected async read(seq: number) {
    const detail = await this.#call("event", { seq });
    return () => void (this.detail = detail);
  }
}
