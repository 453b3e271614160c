// What was done to rows here that a page of them may not know yet. A page asked for before a change was kept can
// come after it, and would bring the old state back: a row marked as unread again, an archived one in the list.

export interface Row {
  read: boolean;
  archived: boolean;
}

/** What a change does to a row; a deleted one is gone whatever a page says. */
export type Change = Partial<Row> | "deleted";

/** When a change was kept, on a clock of our own that counts questions and answers. */
interface Made<V> {
  value: V;
  kept: number;
}
type Field = "read" | "archived" | "deleted";

const UNDER_WAY = Number.POSITIVE_INFINITY;
const REFUSED = 0;

export class Changes<Id, T extends Row> {
  #idOf: (row: T) => Id;
  #made = new Map<Id, Partial<Record<Field, Made<boolean>>>>();
  #now = 0;
  #flying = 0;

  constructor(idOf: (row: T) => Id) {
    this.#idOf = idOf;
  }

  /** A page is asked for. Returns what is known better than it; call its `done` in any case. */
  asking(): Correction<Id, T> {
    const asked = ++this.#now;
    this.#flying += 1;
    const since = (id: Id, field: Field): boolean | undefined => {
      const made = this.#made.get(id)?.[field];
      return made && made.kept > asked ? made.value : undefined;
    };
    return {
      knows: (id) =>
        since(id, "read") !== undefined ||
        since(id, "archived") !== undefined ||
        since(id, "deleted") !== undefined,
      corrected: (rows) =>
        rows.flatMap((row) => {
          const id = this.#idOf(row);
          if (since(id, "deleted")) return [];
          const read = since(id, "read") ?? row.read;
          const archived = since(id, "archived") ?? row.archived;
          return read === row.read && archived === row.archived ? [row] : [{ ...row, read, archived }];
        }),
      done: () => {
        this.#flying -= 1;
        if (this.#flying === 0) this.#forget();
      },
    };
  }

  /**
   * Rows are changed. Returns what to call when the engine has kept it, or has refused it. That gives the rows to
   * which the same has not been done once more since.
   */
  making(ids: readonly Id[], change: Change): (kept: boolean) => Id[] {
    const parts = Object.entries(change === "deleted" ? { deleted: true } : change) as [Field, boolean][];
    const made = parts.map(([field, value]): [Field, Made<boolean>] => [field, { value, kept: UNDER_WAY }]);
    for (const id of ids) this.#made.set(id, { ...this.#made.get(id), ...Object.fromEntries(made) });
    return (kept) => {
      const at = kept ? ++this.#now : REFUSED;
      for (const [, one] of made) one.kept = at;
      return ids.filter((id) => made.every(([field, one]) => this.#made.get(id)?.[field] === one));
    };
  }

  /** Whether something is done to this row that the engine has not answered yet. */
  isUnderWay(id: Id): boolean {
    return Object.values(this.#made.get(id) ?? {}).some(({ kept }) => kept === UNDER_WAY);
  }

  /** The engine says of its own accord how these rows are, which a page that is on its way may not know yet. */
  told(rows: readonly T[], gone: readonly Id[]): void {
    if (this.#flying === 0) return;
    for (const row of rows) {
      const { read, archived } = row;
      this.making([this.#idOf(row)], { read, archived })(true);
    }
    if (gone.length > 0) this.making(gone, "deleted")(true);
  }

  #forget(): void {
    for (const [id, fields] of this.#made)
      if (Object.values(fields).every(({ kept }) => kept !== UNDER_WAY)) this.#made.delete(id);
  }
}

export interface Correction<Id, T> {
  /** Whether a row was changed here after the page was asked for. */
  knows: (id: Id) => boolean;
  /** The rows of the page as they are by now. */
  corrected: (rows: readonly T[]) => T[];
  done: () => void;
}
