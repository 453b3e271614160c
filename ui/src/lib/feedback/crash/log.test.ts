// Any log becomes rows that are short, complete and searchable.
import { describe, expect, test } from "vitest";
import { pieces } from "./pieces";
import { logOf, MOST_ROWS, places, rowCount, rowOf, rowText, WIDEST } from "./log";

const rows = (text: string) => {
  const log = logOf(text);
  return Array.from({ length: rowCount(log) }, (_, row) => rowText(log, row));
};

describe("rows", () => {
  test("are the lines, with either kind of break", () => {
    expect(rows("a\nb\r\n\nc")).toEqual(["a", "b", "", "c"]);
    expect(rows("a\n")).toEqual(["a"]);
    expect(rows("")).toEqual([]);
  });
  test("number the lines, and not what goes on", () => {
    expect([...logOf(`a\n${"x".repeat(WIDEST * 2 + 1)}\nb`).lines]).toEqual([1, 2, 0, 0, 3]);
  });
  test("of a line without an end stay short and lose nothing", () => {
    const line = Array.from({ length: 5000 }, (_, at) => at % 10).join("");
    const cut = rows(line);
    expect(Math.max(...cut.map((row) => row.length))).toBe(WIDEST);
    expect(cut.join("")).toBe(line);
  });
  test("do not tear a character apart", () => {
    const line = `${"x".repeat(WIDEST - 1)}🐦${"y".repeat(10)}`;
    expect(rows(line)).toEqual(["x".repeat(WIDEST - 1), `🐦${"y".repeat(10)}`]);
  });
  test("are no more than a page can be high", () => {
    const log = logOf("\n".repeat(MOST_ROWS + 5));
    expect(rowCount(log)).toBe(MOST_ROWS);
    expect(log.cut).toBe(true);
    expect(logOf("a\nb").cut).toBe(false);
  });
});

describe("finding", () => {
  const log = logOf("Thread 0\nBackyardBirds\nthread 1 (birds.sync)");
  test("does not mind the case, and takes signs as they are", () => {
    expect(places(log, "thread")).toEqual([0, 23]);
    expect(places(log, "(birds.sync)")).toHaveLength(1);
    expect(places(log, "birds?sync")).toEqual([]);
    expect(places(log, "")).toEqual([]);
  });
  test("leads to the row", () => {
    expect(places(log, "birds").map((at) => rowOf(log, at))).toEqual([1, 2]);
    expect(rowOf(logOf(`${"x".repeat(WIDEST)}abc`), WIDEST + 1)).toBe(1);
  });
  test("ends somewhere", () => {
    expect(places(logOf("a".repeat(1000)), "a", 20)).toHaveLength(20);
  });
});

test("a hit is split out of its row, and the row is still itself", () => {
  expect(pieces("Birds of birds.", "birds")).toEqual([
    { text: "Birds", hit: true },
    { text: " of ", hit: false },
    { text: "birds", hit: true },
    { text: ".", hit: false },
  ]);
  expect(pieces("a(b", "(")).toHaveLength(3);
  expect(pieces("", "x")).toEqual([]);
  expect(pieces("abc", "")).toEqual([{ text: "abc", hit: false }]);
});
