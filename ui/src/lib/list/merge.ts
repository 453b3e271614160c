// Brings freshly read rows and known rows together, in their order and each once.

/** Below zero when `a` stands above `b`, zero when they are the same row. */
export type Order<T> = (a: T, b: T) => number;

/** Fresh rows replace the same known ones. A known row that is missing among the fresh stays unless it is `gone`. */
export function merged<T extends object>(
  known: readonly T[],
  fresh: readonly T[],
  order: Order<T>,
  gone: (row: T) => boolean = () => false,
): T[] {
  const [last, next] = [known.at(-1), fresh[0]];
  // The next page stands below all that is known, however much that is.
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

/** Whether two lists are of the very same rows. */
export function areSame<T>(one: readonly T[], other: readonly T[]): boolean {
  return one.length === other.length && one.every((row, at) => row === other[at]);
}

/** Rows that did not change keep their identity, so that nothing is drawn again. */
function same<T extends object>(a: T, b: T): boolean {
  return (Object.keys(b) as (keyof T)[]).every((key) => equal(a[key], b[key]));
}

/** A row is flat but for small lists and records in it. */
function equal(a: unknown, b: unknown): boolean {
  return (
    a === b || (typeof a === "object" && typeof b === "object" && JSON.stringify(a) === JSON.stringify(b))
  );
}
