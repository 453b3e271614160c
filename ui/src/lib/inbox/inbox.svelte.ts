// The events of the inbox.
import type { EventRow, Filter } from "../bindings/api";
import type { Backend } from "../backend/backend";
import { PAGE, Rows, type Page } from "../list/rows.svelte";
import { places } from "./places";

export interface Filters {
  filter: Filter;
  search: string;
}

export const EVERYTHING: Filters = { filter: "all", search: "" };

export class Inbox extends Rows<EventRow, number, Filters> {
  #call: Backend["call"];

  constructor(call: Backend["call"]) {
    super(EVERYTHING, ({ seq }) => seq, places.order);
    this.#call = call;
  }

  protected async ask(
    filters: Filters,
    before: number | null,
    limit: number,
  ): Promise<Page<EventRow, number>> {
    const { events, next, unread } = await this.#call("events", { ...filters, before, limit });
    return { rows: events, next, unread };
  }
  protected keepRead(seq: number, read: boolean) {
    return this.#call("markRead", { seqs: [seq], read });
  }
  protected keepAllRead() {
    return this.#call("markAllRead", null);
  }
  protected keepArchived(seq: number, archived: boolean) {
    return this.#call("archive", { seqs: [seq], archived });
  }
  /** New events stand above the known ones. */
  protected anew() {
    return PAGE;
  }
}
