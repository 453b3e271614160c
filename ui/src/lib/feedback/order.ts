// The order of feedback: by the time it was sent, the newest first. A row's key sorts as the rows do, so
// that the place of a row that has gone is known still.
import type { FeedbackRow } from "../bindings/api";
import { firstWhere, MEDIA_ROW, type Shape } from "../list/layout";
import type { Order } from "../list/merge";

export const shape: Shape<FeedbackRow> = { row: MEDIA_ROW, at: ({ sentAt }) => sentAt };

const keys = new WeakMap<FeedbackRow, string>();

export function keyOf(row: FeedbackRow): string {
  let key = keys.get(row);
  if (key === undefined) {
    const at = Date.parse(row.sentAt);
    // The year 9999 has this many digits as well.
    key = `${String(Number.isFinite(at) ? Math.max(0, at) : 0).padStart(15, "0")}-${row.id}`;
    keys.set(row, key);
  }
  return key;
}

export const bySending: Order<FeedbackRow> = (a, b) => {
  const [one, other] = [keyOf(a), keyOf(b)];
  return one === other ? 0 : one > other ? -1 : 1;
};

/** The index of the row with this key, or of the first one sent before it. */
export function indexOf(rows: readonly FeedbackRow[], key: string): number {
  return firstWhere(rows, (row) => keyOf(row) <= key);
}
