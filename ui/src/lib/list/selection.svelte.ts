// The rows selected together. If there are none, actions apply to the row with the cursor. A range runs from the last
// row selected by itself to the one reached with Shift, as in any desktop list.

export class Selection<T, Id> {
  ids: ReadonlySet<Id> = $state.raw(new Set());

  #idOf: (row: T) => Id;
  /** Where ranges begin, and what else was selected at that time. */
  #anchor: Id | null = null;
  #besides: ReadonlySet<Id> = new Set();

  constructor(idOf: (row: T) => Id) {
    this.#idOf = idOf;
  }

  get size(): number {
    return this.ids.size;
  }

  has(row: T): boolean {
    return this.ids.has(this.#idOf(row));
  }

  clear(): void {
    if (this.ids.size > 0) this.ids = new Set();
    this.#anchor = null;
    this.#besides = this.ids;
  }

  /** Toggles one row. The first toggled row also adds the row `from`, which was the only one until then. */
  toggle(row: T, from: T | null): void {
    const id = this.#idOf(row);
    const next = new Set(this.ids);
    if (next.size === 0 && from) next.add(this.#idOf(from));
    if (!next.delete(id)) next.add(id);
    this.#anchor = id;
    this.#besides = new Set(next);
    this.ids = next;
  }

  /** Selects from the range's start to a row, plus what was selected besides. */
  extend(rows: readonly T[], to: T, from: T | null): void {
    this.#anchor ??= this.#idOf(from ?? to);
    const indexOf = (id: Id) => rows.findIndex((row) => this.#idOf(row) === id);
    const [start, end] = [indexOf(this.#anchor), indexOf(this.#idOf(to))];
    const range = rows.slice(Math.max(0, Math.min(start, end)), Math.max(start, end) + 1);
    this.ids = new Set([...this.#besides, ...range.map(this.#idOf)]);
  }

  all(rows: readonly T[]): void {
    this.ids = new Set(rows.map(this.#idOf));
    this.#besides = new Set();
  }

  /** Deselects rows that are no longer listed. */
  keep(rows: readonly T[]): void {
    if (this.ids.size === 0) return;
    const listed = new Set(rows.map(this.#idOf));
    if ([...this.ids].every((id) => listed.has(id))) return;
    this.ids = new Set([...this.ids].filter((id) => listed.has(id)));
  }

  of(rows: readonly T[]): T[] {
    return this.ids.size === 0 ? [] : rows.filter((row) => this.ids.has(this.#idOf(row)));
  }
}
