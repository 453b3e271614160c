// Local changes to rows that a page may not contain yet. A page requested before a change was saved can arrive after it
// and would restore the old state: a row marked unread again, an archived one back in the list.

export interface Row {
  read: boolean;
  archived: boolean;
}

/** A change to a row; a deleted row is gone whatever a page says. */
export type Change = Partial<Row> | "deleted";

/** When a change was saved, on a logical clock that counts requests and replies. */
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

  /** Call when requesting a page. Returns the changes that override it; always call its `done`. */
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
   * Call when changing rows. Returns a function to call once the engine has saved or refused the change; it returns the
   * rows that no later change of the same kind has touched.
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

  /** Whether a change of this row is waiting for the engine's answer. */
  isUnderWay(id: Id): boolean {
    return Object.values(this.#made.get(id) ?? {}).some(({ kept }) => kept === UNDER_WAY);
  }

  /** The engine pushed these rows; a page already requested may not contain their state yet. */
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
  /** Whether a row was changed here after the page was requested. */
  knows: (id: Id) => boolean;
  /** The page's rows with later changes applied. */
  corrected: (rows: readonly T[]) => T[];
  done: () => void;
}
