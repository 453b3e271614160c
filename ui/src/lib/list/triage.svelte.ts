// How a reader goes through a list: the cursor, the row that is shown beside it, what is selected, and where one is
// after a row has left. The cursor moves at once, whatever the engine still has to answer; what is beside the list
// follows once it rests.
import type { Row } from "./changes";
import type { Opened } from "./opened.svelte";
import type { Places } from "./places";
import type { Rows } from "./rows.svelte";
import { Selection } from "./selection.svelte";

/** The cursor rests for so long before its row is shown: a held key moves every 30 ms or so. */
const SHOWN_AFTER_MS = 90;
/** A row that was only come across is read when it has been shown for so long. */
const READ_AFTER_MS = 1_000;

/** The most rows that the engine gives at once. */
const MOST_ROWS = 500;

/** Where the window is, as far as a list is concerned. */
interface Way<Id> {
  /** The row that the address names. */
  id: () => Id | null;
  /** Goes to a row, or to none. `along` leaves no trace among the places to go back to. */
  go: (id: Id | null, along: boolean) => void;
}

export class Triage<T extends Row, D, K extends string | number, Id extends string | number, F> {
  cursor = $state.raw<K | null>(null);
  readonly selection: Selection<T, Id>;

  #list: Rows<T, Id, F>;
  #opened: Opened<D, T, Id>;
  #places: Places<T, K>;
  #way: Way<Id>;
  /** The row that is about to be shown. */
  #coming = $state.raw<T | null>(null);
  /** The row that was come across, and not opened on purpose. */
  #passing: Id | null = null;
  #showing: ReturnType<typeof setTimeout> | undefined;
  #reading: ReturnType<typeof setTimeout> | undefined;

  constructor(list: Rows<T, Id, F>, opened: Opened<D, T, Id>, places: Places<T, K>, way: Way<Id>) {
    this.#list = list;
    this.#opened = opened;
    this.#places = places;
    this.#way = way;
    this.selection = new Selection(list.idOf);
  }

  /** The row that is shown, or about to be. */
  get shownId(): Id | null {
    return this.#coming ? this.#list.idOf(this.#coming) : this.#way.id();
  }
  get shown(): T | null {
    const id = this.shownId;
    if (id === null) return null;
    const listed = this.#list.rowOf(id) ?? this.#coming;
    if (listed) return listed;
    const { detail } = this.#opened;
    const row = detail === null ? null : this.#opened.rowOf(detail);
    return row && this.#list.idOf(row) === id ? row : null;
  }
  /** What is done now is done to these: the selected rows, the one with the cursor, or the one that is shown. */
  get subjects(): T[] {
    if (this.selection.size > 0) return this.selection.of(this.#list.rows);
    const row = this.#underCursor() ?? this.shown;
    return row ? [row] : [];
  }

  /** The address names another row. What was about to be shown is not any more. */
  async follow(id: Id | null): Promise<void> {
    const isPassing = id !== null && id === this.#passing;
    this.#rest();
    if (id === null) return this.#opened.close();
    const listed = this.#list.rowOf(id);
    // One that is not listed has no place for the cursor; while the list is on its way, it has none yet.
    // The cursor that led there may be further by now.
    if (!isPassing) this.cursor = listed ? this.#places.keyOf(listed) : null;
    if (!(await this.#opened.open(id)) || this.#way.id() !== id) return;
    if (isPassing) this.#reading = setTimeout(() => this.#markShown(id), READ_AFTER_MS);
    else this.#markShown(id);
  }

  /** Puts the cursor on a row, and shows it once the cursor rests. */
  pass(row: T): void {
    this.#rest();
    this.cursor = this.#places.keyOf(row);
    const id = this.#list.idOf(row);
    if (id === this.#way.id()) return;
    this.#coming = row;
    this.#showing = setTimeout(() => {
      this.#passing = id;
      this.#way.go(id, true);
    }, SHOWN_AFTER_MS);
  }

  /** Opens a row on purpose. */
  open(row: T): void {
    const id = this.#list.idOf(row);
    this.#rest();
    this.selection.clear();
    this.cursor = this.#places.keyOf(row);
    if (id === this.#way.id()) this.#markShown(id);
    else this.#way.go(id, false);
  }

  /** Presses a row as in any list: with Shift as far as it, with Control or Command in addition. */
  press(row: T, { shiftKey, ctrlKey, metaKey }: MouseEvent): void {
    if (shiftKey) this.#extendTo(row);
    else if (ctrlKey || metaKey) {
      this.selection.toggle(row, this.#underCursor() ?? this.shown);
      this.cursor = this.#places.keyOf(row);
    } else this.open(row);
  }

  /** Points at a row, to do something to it: what is selected stays if the row is among it. */
  point(row: T): void {
    if (!this.selection.has(row)) this.selection.clear();
    this.cursor = this.#places.keyOf(row);
  }

  /** Takes the cursor's row in or out of what is selected. */
  toggle(): void {
    const row = this.#underCursor();
    if (row) this.selection.toggle(row, null);
  }

  /** Selects up to a row, which `move` has put the cursor on. */
  extend(move: () => T | null): void {
    const from = this.#underCursor() ?? this.shown;
    const to = move();
    if (to) this.selection.extend(this.#list.rows, to, from);
  }

  /** Selects everything, also what is not read yet. */
  async selectAll(): Promise<void> {
    this.selection.all(this.#list.rows);
    let { ids } = this.selection;
    while (this.#list.next !== null) {
      const { length } = this.#list.rows;
      await this.#list.more(MOST_ROWS);
      if (ids !== this.selection.ids || this.#list.rows.length === length) return;
      this.selection.all(this.#list.rows);
      ({ ids } = this.selection);
    }
  }

  setRead(rows: readonly T[], read: boolean): void {
    const { id } = this.#opened;
    clearTimeout(this.#reading);
    if (rows.some((row) => this.#list.idOf(row) === id)) this.#opened.patch({ read });
    void this.#list.markRead(rows, read);
  }

  /** Archives rows or brings them back, and goes on to the next one. */
  setArchived(rows: readonly T[], archived: boolean): void {
    if (rows.length === 0) return;
    this.#leave(rows);
    void this.#list.archive(rows, archived);
  }

  /** Rows were deleted. */
  deleted(rows: readonly T[]): void {
    this.#leave(rows);
    this.#list.forget(rows.map(this.#list.idOf));
    void this.#list.refresh();
  }

  /** Rows are back: the cursor goes to the first of them that is listed. Gives that row. */
  cameBack(rows: readonly T[]): T | null {
    const ids = new Set(rows.map(this.#list.idOf));
    const first = this.#list.rows.find((row) => ids.has(this.#list.idOf(row)));
    if (!first) return null;
    this.selection.clear();
    if (this.shownId !== null) this.pass(first);
    else this.cursor = this.#places.keyOf(first);
    return first;
  }

  /** Ends what is still to come. */
  end(): void {
    this.#rest();
  }

  /** Before rows leave the list, the cursor goes on to the next one that stays, and what is shown with it. */
  #leave(rows: readonly T[]): void {
    const { rows: all, idOf } = this.#list;
    const gone = new Set(rows.map(idOf));
    const shown = this.shown;
    const place = this.cursor ?? (shown && this.#places.keyOf(shown));
    const at = place === null ? 0 : this.#places.indexOf(all, place);
    const stays = (row: T) => !gone.has(idOf(row));
    const next = all.slice(at).find(stays) ?? all.slice(0, at).findLast(stays) ?? null;
    this.selection.clear();
    this.cursor = next && this.#places.keyOf(next);
    if (!shown || stays(shown)) return;
    if (next && this.#list.rowOf(idOf(shown))) this.pass(next);
    else this.close();
  }

  close(): void {
    this.#rest();
    this.#way.go(null, false);
  }

  #extendTo(row: T): void {
    this.selection.extend(this.#list.rows, row, this.#underCursor() ?? this.shown);
    this.cursor = this.#places.keyOf(row);
  }

  #underCursor(): T | null {
    if (this.cursor === null) return null;
    const row = this.#list.rows[this.#places.indexOf(this.#list.rows, this.cursor)];
    return row && this.#places.keyOf(row) === this.cursor ? row : null;
  }

  #markShown(id: Id): void {
    const row = this.shown;
    if (!row || this.#list.idOf(row) !== id || row.read) return;
    this.#opened.patch({ read: true });
    void this.#list.markOpened(row);
  }

  #rest(): void {
    clearTimeout(this.#showing);
    clearTimeout(this.#reading);
    this.#coming = null;
    this.#passing = null;
  }
}
