// Read marks that a page of rows may not know yet: a page asked for before an event was marked can come
// after it, and would bring the old mark back.
import type { EventRow } from "../bindings/api";

export class Marks {
  #made = new Map<number, { read: boolean; kept: number }>();
  #now = 0;
  #flying = 0;

  /** A page is asked for. Returns how to correct its rows when they are here; call it in any case. */
  asking(): (rows: EventRow[]) => EventRow[] {
    const asked = ++this.#now;
    this.#flying += 1;
    return (rows) => {
      const corrected = rows.map((row) => {
        const mark = this.#made.get(row.seq);
        return mark && mark.kept > asked && mark.read !== row.read ? { ...row, read: mark.read } : row;
      });
      this.#flying -= 1;
      if (this.#flying === 0) this.#forget();
      return corrected;
    };
  }

  /** An event is marked. Returns what to call when the engine has kept it, or has refused it. */
  marking(seq: number, read: boolean): (kept: boolean) => void {
    const mark = { read, kept: Number.POSITIVE_INFINITY };
    this.#made.set(seq, mark);
    return (kept) => {
      mark.kept = kept ? ++this.#now : 0;
    };
  }

  #forget(): void {
    for (const [seq, mark] of this.#made) if (mark.kept !== Number.POSITIVE_INFINITY) this.#made.delete(seq);
  }
}
