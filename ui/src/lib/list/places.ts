// How one kind of row is placed in a list: its height, its time, and a key that sorts like the rows, so that the place
// of a removed row is still known.
import { firstWhere, type Shape } from "./layout";
import type { Order } from "./merge";

/** `K` is compared with `<`: the newest row has the greatest key. */
export interface Places<T, K> extends Shape<T> {
  keyOf: (row: T) => K;
  /** Newest row first. */
  order: Order<T>;
  /** The index of the row with this key, or of the first one after its place. */
  indexOf: (rows: readonly T[], key: K) => number;
}

/** Places for rows in descending key order. */
export function newestFirst<T, K extends string | number>(
  shape: Shape<T>,
  keyOf: (row: T) => K,
): Places<T, K> {
  return {
    ...shape,
    keyOf,
    order(a, b) {
      const [one, other] = [keyOf(a), keyOf(b)];
      return one === other ? 0 : one > other ? -1 : 1;
    },
    indexOf: (rows, key) => firstWhere(rows, (row) => keyOf(row) <= key),
  };
}
