// How the rows of one kind stand in a list: how high they are, when each happened, and the key that sorts as
// the rows do, so that the place of a row that has gone is known still.
import { firstWhere, type Shape } from "./layout";
import type { Order } from "./merge";

/** `K` is compared with `<`: the newest row has the greatest key. */
export interface Places<T, K> extends Shape<T> {
  keyOf: (row: T) => K;
  /** The newest row first. */
  order: Order<T>;
  /** The index of the row with this key, or of the first one behind its place. */
  indexOf: (rows: readonly T[], key: K) => number;
}

/** The places of rows that run from the greatest key down. */
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
