// The text at the foot of a list about the last action or undo.
import type { Row } from "./changes";
import { apart } from "../text/words";

/** An action and the number of rows it changed. */
export interface Done<T> {
  count: number;
  /** Those of the rows that are loaded. */
  rows: readonly T[];
  change: Partial<Row>;
  /** Whether it was an undo. */
  isUndo: boolean;
}

/** The words for one kind of row. */
export interface RowWords<T> {
  /** Where a restored row is: "the inbox". */
  place: string;
  titleOf: (row: T) => string;
  /** "3 events" */
  counted: (count: number) => string;
}

/** "Archived “Rejected: 3.2 needs changes”.", "Marked 3 events as read.", "Undone: 3 events are in the inbox again." */
export function doneWords<T>({ count, rows, change, isUndo }: Done<T>, words: RowWords<T>): string {
  const [row] = rows;
  const what = row && count === 1 ? `“${apart(words.titleOf(row))}”` : words.counted(count);
  const be = count === 1 ? "is" : "are";
  const now =
    change.archived === undefined
      ? `${be} ${change.read ? "read" : "unread"}`
      : `${be} ${change.archived ? "in the archive" : `in ${words.place}`}`;
  if (isUndo) return `Undone: ${what} ${now} again.`;
  if (change.archived === undefined) return `Marked ${what} as ${change.read ? "read" : "unread"}.`;
  return change.archived ? `Archived ${what}.` : `Moved ${what} to ${words.place}.`;
}
