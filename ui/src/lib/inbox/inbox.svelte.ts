// The events of the inbox, and its filter options.
import type { EventChoices, EventFilter, EventRow } from "../bindings/api";
import type { Backend } from "../backend/backend";
import type { RowWords } from "../list/done";
import { PAGE, type Page } from "../list/reading.svelte";
import { Rows } from "../list/rows.svelte";
import { Resource } from "../state/resource.svelte";
import type { Undo } from "../state/undo.svelte";
import { counted } from "../text/words";
import { EVERYTHING } from "./filters";
import { places } from "./places";

const WORDS: RowWords<EventRow> = {
  place: "the inbox",
  titleOf: ({ title }) => title,
  counted: (count) => counted(count, "event"),
};

export class Inbox extends Rows<EventRow, number, EventFilter> {
  readonly choices: Resource<EventChoices>;
  /** Whether rows show which app they are about: only if there are several. */
  hasApps = $derived.by(() => (this.choices.value?.apps.length ?? 0) > 1);

  #call: Backend["call"];

  constructor(call: Backend["call"], undo: Undo) {
    super(EVERYTHING, ({ seq }) => seq, places.order, WORDS, undo);
    this.#call = call;
    this.choices = new Resource(() => call("eventChoices", null));
  }

  /** Shows what a filter matches; replaces the previous filter entirely. */
  choose(filter: EventFilter): Promise<void> {
    this.filters = filter;
    return this.load();
  }

  override toldRows(changed: readonly EventRow[], gone: readonly number[]): boolean {
    this.#learn(changed);
    return super.toldRows(changed, gone);
  }

  protected async ask(
    filter: EventFilter,
    before: number | null,
    limit: number,
  ): Promise<Page<EventRow, number>> {
    const { events, next, unread } = await this.#call("events", { filter, before, limit });
    this.#learn(events);
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
  /** New events are always above the known ones. */
  protected anew() {
    return PAGE;
  }
  protected shows({ place }: EventFilter, archived: boolean) {
    return place === "everywhere" || archived === (place === "archive");
  }
  protected showsUnreadOnly({ unread }: EventFilter) {
    return unread;
  }
  protected belongs({ archived, read, importance }: EventRow, filter: EventFilter) {
    const { unread, importance: wanted } = filter;
    const others = { ...filter, place: "", unread: undefined, importance: undefined };
    if (Object.values(others).some((value) => value !== undefined && value !== "")) return null;
    return this.shows(filter, archived) && !(unread && read) && (wanted?.includes(importance) ?? true);
  }

  /** A new app becomes a filter option. */
  #learn(events: readonly EventRow[]): void {
    const known = new Set(this.choices.value?.apps.map(({ id }) => id));
    if (this.choices.value && events.some(({ app }) => app && !known.has(app.id)))
      void this.choices.refresh();
  }
}
