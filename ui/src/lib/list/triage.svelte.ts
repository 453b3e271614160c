// Going through a list: the cursor, the row shown next to it, the selection, and where to continue after a row has
// left. The cursor moves at once, without waiting for the engine; the detail follows once the cursor rests.
import type { Row } from "./changes";
import type { Opened } from "./opened.svelte";
import type { Places } from "./places";
import type { Rows } from "./rows.svelte";
import { Selection } from "./selection.svelte";

/** Milliseconds the cursor rests before its row is shown: a held key repeats about every 30 ms. */
const SHOWN_AFTER_MS = 90;
/** Milliseconds after which a row that was only passed over counts as read. */
const READ_AFTER_MS = 1_000;

/** The most rows that the engine returns at once. */
const MOST_ROWS = 500;

/** The list's view of the window's navigation. */
interface Way<Id> {
  /** The row id in the address. */
  id: () => Id | null;
  /** Goes to a row, or to none. With `along` it isn't added to the history. */
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
  /** The row that was passed over instead of opened on purpose. */
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
  /**
   * The rows that an action applies to: the selected rows, else the one with the cursor, else the one that is shown.
   */
  get subjects(): T[] {
    if (this.selection.size > 0) return this.selection.of(this.#list.rows);
    const row = this.#underCursor() ?? this.shown;
    return row ? [row] : [];
  }

  /** The address names another row. A row that was about to be shown is dropped. */
  async follow(id: Id | null): Promise<void> {
    const isPassing = id !== null && id === this.#passing;
    this.#rest();
    if (id === null) return this.#opened.close();
    const listed = this.#list.rowOf(id);
    // A row that isn't listed has no place for the cursor; nor has one while the list is loading. If the cursor caused
    // this move, it may be further along already.
    if (!isPassing) this.cursor = listed ? this.#places.keyOf(listed) : null;
    if (!(await this.#opened.open(id)) || this.#way.id() !== id) return;
    if (isPassing) this.#reading = setTimeout(() => this.#markShown(id), READ_AFTER_MS);
    else this.#markShown(id);
  }

  /** Puts the cursor on a row, and shows the row once the cursor rests. */
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

  /** Handles a click as any list does: Shift extends the selection, Control or Command toggles. */
  press(row: T, { shiftKey, ctrlKey, metaKey }: MouseEvent): void {
    if (shiftKey) this.#extendTo(row);
    else if (ctrlKey || metaKey) {
      this.selection.toggle(row, this.#underCursor() ?? this.shown);
      this.cursor = this.#places.keyOf(row);
    } else this.open(row);
  }

  /** Targets a row for an action: the selection stays if it contains the row. */
  point(row: T): void {
    if (!this.selection.has(row)) this.selection.clear();
    this.cursor = this.#places.keyOf(row);
  }

  /** Toggles the cursor's row in the selection. */
  toggle(): void {
    const row = this.#underCursor();
    if (row) this.selection.toggle(row, null);
  }

  /** Extends the selection to a row, after `move` has put the cursor on it. */
  extend(move: () => T | null): void {
    const from = this.#underCursor() ?? this.shown;
    const to = move();
    if (to) this.selection.extend(this.#list.rows, to, from);
  }

  /** Selects everything, including rows that haven't been read yet. */
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

  /** Archives or unarchives rows, and continues with the next one. */
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

  /** Rows were restored: the cursor goes to the first one that is listed. Returns that row. */
  cameBack(rows: readonly T[]): T | null {
    const ids = new Set(rows.map(this.#list.idOf));
    const first = this.#list.rows.find((row) => ids.has(this.#list.idOf(row)));
    if (!first) return null;
    this.selection.clear();
    if (this.shownId !== null) this.pass(first);
    else this.cursor = this.#places.keyOf(first);
    return first;
  }

  /** Cancels pending timers. */
  end(): void {
    this.#rest();
  }

  /** Before rows leave the list, moves the cursor and the shown row to the next one that stays. */
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
