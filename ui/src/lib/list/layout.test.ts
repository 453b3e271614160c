// Where rows are, which ones are drawn, and how new rows find their place.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { EventRow } from "../bindings/api";
import { places } from "../inbox/places";
import { HEAD, layoutOf, MEDIA_ROW, ROW, rowAt, topOf, visible } from "./layout";
import { merged } from "./merge";

const now = new Date(2026, 10, 20, 14, 40);
const row = (seq: number, at = new Date(2026, 10, 20, 12)): EventRow => ({
  seq,
  id: `e${seq}`,
  kind: "ping",
  importance: "info",
  title: "Ping",
  subtitle: "",
  app: null,
  receivedAt: at.toISOString(),
  read: false,
  source: "delivered",
  archived: false,
});
const yesterday = new Date(2026, 10, 19, 12);
const rows = [row(9), row(8), row(7, yesterday), row(6, yesterday), row(5, yesterday)];
const layout = layoutOf(rows, now, places);

test("a row is as high as the tokens say", () => {
  const tokens = readFileSync(new URL("../../styles/tokens.css", import.meta.url), "utf8");
  expect(tokens).toContain(`--row: ${ROW}px`);
  expect(tokens).toContain(`--row-media: ${MEDIA_ROW}px`);
});

describe("the layout", () => {
  test("adds up days and rows", () => {
    expect(layout.days.map(({ label, top, count }) => [label, top, count])).toEqual([
      ["Today", 0, 2],
      ["Yesterday", HEAD + 2 * ROW, 3],
    ]);
    expect(layout.height).toBe(2 * HEAD + 5 * ROW);
    expect(topOf(layout, 3)).toBe(2 * HEAD + 3 * ROW);
  });
  test("finds the row at a place, above the first and below the last too", () => {
    expect([-50, 0, HEAD, HEAD + ROW, HEAD + 2 * ROW, 1e9].map((pixels) => rowAt(layout, pixels))).toEqual([
      0, 0, 0, 1, 2, 4,
    ]);
    expect(rowAt(layoutOf([], now, places), 0)).toBeUndefined();
  });
  test("that grows, loses rows or meets another day is as one made anew", () => {
    const older = Array.from({ length: 40 }, (_, at) => row(4 - at, new Date(2026, 10, 18, 12 - 3 * at)));
    const all = [...rows, ...older];
    const tomorrow = new Date(2026, 10, 21, 9);
    let grown = layout;
    for (const [some, when] of [
      [all.slice(0, 9), now],
      [all, now],
      [all.slice(0, 20), now],
      [all.filter(({ seq }) => seq !== 3), now],
      [[row(10), ...all], now],
      [all, tomorrow],
      [[], tomorrow],
    ] as const) {
      grown = layoutOf(some, when, places, grown);
      expect(grown).toEqual(layoutOf(some, when, places));
    }
  });
  test("that loses a row looks at the rows of its day, and at no others", () => {
    const many = Array.from({ length: 1000 }, (_, at) => row(1000 - at, new Date(2026, 10, 20, 12 - at)));
    let asked = 0;
    const counting = { row: ROW, at: (of: EventRow) => ((asked += 1), of.receivedAt) };
    const before = layoutOf(many, now, counting);
    asked = 0;
    const after = layoutOf(many.toSpliced(500, 1), now, counting, before);
    expect(asked).toBeLessThan(200);
    expect(after).toEqual(layoutOf(many.toSpliced(500, 1), now, places));
  });
  test("keeps the days apart when a clock was set back", () => {
    const turned = layoutOf([row(3), row(2, yesterday), row(1)], now, places);
    expect(new Set(turned.days.map(({ key }) => key)).size).toBe(3);
  });
});

describe("what is drawn", () => {
  test("is what is in sight", () => {
    expect(visible(layout, 0, HEAD + ROW - 1, null).map((day) => day.rows)).toEqual([[0]]);
    expect(visible(layout, HEAD + ROW, HEAD + 2 * ROW + HEAD, null).map((day) => day.rows)).toEqual([
      [1],
      [2],
    ]);
  });
  test("is the cursor's row as well, in its place", () => {
    expect(visible(layout, 0, ROW, 4).map((day) => day.rows)).toEqual([[0], [4]]);
    expect(visible(layout, topOf(layout, 4), topOf(layout, 4), 2).map((day) => day.rows)).toEqual([[2, 4]]);
  });
  test("is little, however long the list", () => {
    const many = layoutOf(
      Array.from({ length: 100_000 }, (_, at) => row(100_000 - at)),
      now,
      places,
    );
    expect(visible(many, 1_000_000, 1_000_800, null).flatMap((day) => day.rows)).toHaveLength(16);
  });
});

describe("merging", () => {
  test("puts fresh rows above and keeps the known ones", () => {
    expect(merged(rows, [row(11), row(10), row(9)], places.order).map(({ seq }) => seq)).toEqual([
      11, 10, 9, 8, 7, 6, 5,
    ]);
  });
  test("takes the fresh state of a known row, and the same object when nothing changed", () => {
    const read = { ...row(8), read: true };
    const both = merged(rows, [row(9), read], places.order);
    expect(both[1]).toBe(read);
    expect(both[0]).toBe(rows[0]);
  });
  test("brings a row back to its place", () => {
    const without = rows.filter(({ seq }) => seq !== 7);
    expect(merged(without, [rows[2] as EventRow], places.order)).toEqual(rows);
  });
  test("finds rows by number, or the next older one", () => {
    expect([9, 7, 5, 4, 100].map((seq) => places.indexOf(rows, seq))).toEqual([0, 2, 4, 5, 0]);
  });
});
