// The line about an action names the row it was done to, or the number of rows.
import { expect, test } from "vitest";
import { doneWords, type Done } from "./done";

const row = { title: "In review" };
const words = {
  place: "the inbox",
  titleOf: ({ title }: typeof row) => title,
  counted: (count: number) => `${count} events`,
};
const said = (done: Partial<Done<typeof row>>) =>
  doneWords({ count: 3, rows: [row, row], change: { archived: true }, isUndo: false, ...done }, words);

test("what was done names the row, or says how many", () => {
  expect(said({ count: 1, rows: [row] })).toBe("Archived “In review”.");
  expect(said({})).toBe("Archived 3 events.");
  expect(said({ change: { archived: false } })).toBe("Moved 3 events to the inbox.");
  expect(said({ change: { read: true } })).toBe("Marked 3 events as read.");
  expect(said({ count: 1, rows: [row], change: { read: false } })).toBe("Marked “In review” as unread.");
});
test("what was taken back says where things are again", () => {
  const isUndo = true;
  expect(said({ count: 1, rows: [row], change: { archived: false }, isUndo })).toBe(
    "Undone: “In review” is in the inbox again.",
  );
  expect(said({ change: { archived: false }, isUndo })).toBe("Undone: 3 events are in the inbox again.");
  expect(said({ change: { archived: true }, isUndo })).toBe("Undone: 3 events are in the archive again.");
  expect(said({ change: { read: false }, isUndo })).toBe("Undone: 3 events are unread again.");
});
