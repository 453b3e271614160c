// Merges newly read rows into known ones, in order and without duplicates.

/** Negative if `a` is above `b`, zero if they are the same row. */
export type Order<T> = (a: T, b: T) => number;

/** Fresh rows replace their known versions. A known row missing among the fresh ones stays unless it is `gone`. */
export function merged<T extends object>(
  known: readonly T[],
  fresh: readonly T[],
  order: Order<T>,
  gone: (row: T) => boolean = () => false,
): T[] {
  const [last, next] = [known.at(-1), fresh[0]];
  // Fast path: the next page is entirely below the known rows, however many those are.
  if (last && next && order(last, next) < 0) return [...known.filter((row) => !gone(row)), ...fresh];
  const out: T[] = [];
  let k = 0;
  let f = 0;
  while (k < known.length || f < fresh.length) {
    const old = known[k];
    const neu = fresh[f];
    const first = old && neu ? order(old, neu) : old ? -1 : 1;
    if (old && first < 0) {
      if (!gone(old)) out.push(old);
      k += 1;
    } else if (neu) {
      if (first === 0) k += 1;
      out.push(old && first === 0 && same(old, neu) ? old : neu);
      f += 1;
    }
  }
  return out;
}

/** Whether two lists contain the identical row objects. */
export function areSame<T>(one: readonly T[], other: readonly T[]): boolean {
  return one.length === other.length && one.every((row, at) => row === other[at]);
}

/** Unchanged rows keep their identity, so that nothing is redrawn. */
function same<T extends object>(a: T, b: T): boolean {
  return (Object.keys(b) as (keyof T)[]).every((key) => equal(a[key], b[key]));
}

/** Compares rows, which are flat except for small lists and records. */
function equal(a: unknown, b: unknown): boolean {
  return (
    a === b || (typeof a === "object" && typeof b === "object" && JSON.stringify(a) === JSON.stringify(b))
  );
}
