// The order of feedback: by the time it was sent, then by id, newest first.
import type { FeedbackRow } from "../bindings/api";
import { MEDIA_ROW } from "../list/layout";
import { newestFirst } from "../list/places";

const keys = new WeakMap<FeedbackRow, string>();

function keyOf(row: FeedbackRow): string {
  let key = keys.get(row);
  if (key === undefined) {
    const at = Date.parse(row.sentAt);
    // Enough digits up to the year 9999.
    key = `${String(Number.isFinite(at) ? Math.max(0, at) : 0).padStart(15, "0")}-${row.id}`;
    keys.set(row, key);
  }
  return key;
}

export const places = newestFirst<FeedbackRow, string>({ row: MEDIA_ROW, at: ({ sentAt }) => sentAt }, keyOf);
