// Read marks that a page of rows may not know yet: a page asked for before a row was marked can come
// after it, and would bring the old mark back.

export class Marks<K, T extends { read: boolean }> {
  #keyOf: (row: T) => K;
  #made = new Map<K, { read: boolean; kept: number }>();
  #now = 0;
  #flying = 0;

  constructor(keyOf: (row: T) => K) {
    this.#keyOf = keyOf;
  }

  /** A page is asked for. Returns how to correct its rows when they are here; call it in any case. */
  asking(): (rows: T[]) => T[] {
    const asked = ++this.#now;
    this.#flying += 1;
    return (rows) => {
      const corrected = rows.map((row) => {
        const mark = this.#made.get(this.#keyOf(row));
        return mark && mark.kept > asked && mark.read !== row.read ? { ...row, read: mark.read } : row;
      });
      this.#flying -= 1;
      if (this.#flying === 0) this.#forget();
      return corrected;
    };
  }

  /** A row is marked. Returns what to call when the engine has kept it, or has refused it. */
  marking(key: K, read: boolean): (kept: boolean) => void {
    const mark = { read, kept: Number.POSITIVE_INFINITY };
    this.#made.set(key, mark);
    return (kept) => {
      mark.kept = kept ? ++this.#now : 0;
    };
  }

  #forget(): void {
    for (const [key, mark] of this.#made) if (mark.kept !== Number.POSITIVE_INFINITY) this.#made.delete(key);
  }
}
