// The events of the inbox.
import type { EventFilter, EventRow } from "../bindings/api";
import type { Backend } from "../backend/backend";
import type { RowWords } from "../list/done";
import { PAGE, type Page } from "../list/reading.svelte";
import { Rows } from "../list/rows.svelte";
import type { Undo } from "../state/undo.svelte";
import { counted } from "../text/words";
import { places } from "./places";

export const EVERYTHING: EventFilter = { place: "inbox", unread: false, search: "" };

const WORDS: RowWords<EventRow> = {
  place: "the inbox",
  titleOf: ({ title }) => title,
  counted: (count) => counted(count, "event"),
};

export class Inbox extends Rows<EventRow, number, EventFilter> {
  #call: Backend["call"];

  constructor(call: Backend["call"], undo: Undo) {
    super(EVERYTHING, ({ seq }) => seq, places.order, WORDS, undo);
    this.#call = call;
  }

  protected async ask(
    filter: EventFilter,
    before: number | null,
    limit: number,
  ): Promise<Page<EventRow, number>> {
    const { events, next, unread } = await this.#call("events", { filter, before, limit });
    return { rows: events, next, unread };
  }
  protected keepRead(seqs: number[], read: boolean) {
    return this.#call("markRead", { seqs, read });
  }
  protected async keepAllRead() {
    return (await this.#call("markAllRead", null)).seqs;
  }
  protected keepArchived(seqs: number[], archived: boolean) {
    return this.#call("archive", { seqs, archived });
  }
  /** New events stand above the known ones. */
  protected anew() {
    return PAGE;
  }
  protected shows({ place }: EventFilter, archived: boolean) {
    return place === "everywhere" || archived === (place === "archive");
  }
  protected showsUnreadOnly({ unread }: EventFilter) {
    return unread;
  }
}
