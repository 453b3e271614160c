// Brings freshly read rows and known rows together, newest first and each event once.
import type { EventRow } from "../bindings/api";

/**
 * Fresh rows replace the same known ones. A known row that is missing among the fresh stays: an event that
 * was just read keeps its place among the unread until the reader looks again.
 */
export function merged(known: readonly EventRow[], fresh: readonly EventRow[]): EventRow[] {
  const out: EventRow[] = [];
  let k = 0;
  let f = 0;
  while (k < known.length || f < fresh.length) {
    const old = known[k];
    const neu = fresh[f];
    if (old && (!neu || old.seq > neu.seq)) {
      out.push(old);
      k += 1;
    } else if (neu) {
      if (old?.seq === neu.seq) k += 1;
      out.push(old?.seq === neu.seq && same(old, neu) ? old : neu);
      f += 1;
    }
  }
  return out;
}

/** Rows that did not change keep their identity, so that nothing is drawn again. */
function same(a: EventRow, b: EventRow): boolean {
  return (Object.keys(b) as (keyof EventRow)[]).every((key) => a[key] === b[key]);
}
