import { expect, test } from "vitest";
import { cellsOf, MAX_CELLS } from "./parts";

const MB = 1_000_000;
const upload = (parts: Partial<Parameters<typeof cellsOf>[0]>) => ({
  parts: 10,
  confirmedParts: 0,
  confirmedBytes: 0,
  sentBytes: 0,
  sizeBytes: 100 * MB,
  ...parts,
});

test("a confirmed part is a full cell, and what is under way is spread over the next four", () => {
  const cells = cellsOf(upload({ confirmedParts: 3, confirmedBytes: 30 * MB, sentBytes: 50 * MB }));
  expect(cells).toEqual([1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0, 0, 0]);
});

test("the last parts take all that is under way", () => {
  const cells = cellsOf(upload({ confirmedParts: 9, confirmedBytes: 90 * MB, sentBytes: 95 * MB }));
  expect(cells.at(-1)).toBe(0.5);
  const done = cellsOf(upload({ confirmedParts: 10, confirmedBytes: 100 * MB, sentBytes: 100 * MB }));
  expect(done).toEqual(Array(10).fill(1));
});

test("many parts share cells, and none is lost", () => {
  const cells = cellsOf(
    upload({ parts: 5000, confirmedParts: 2500, confirmedBytes: 50 * MB, sentBytes: 50 * MB }),
  );
  expect(cells).toHaveLength(MAX_CELLS);
  expect(cells.reduce((sum, cell) => sum + cell, 0)).toBeCloseTo(MAX_CELLS / 2);
  expect(cells[0]).toBe(1);
  expect(cells.at(-1)).toBe(0);
});

test("until there are parts there is one cell, which an empty file leaves empty", () => {
  expect(cellsOf(upload({ parts: null, sentBytes: 25 * MB }))).toEqual([0.25]);
  expect(cellsOf(upload({ parts: null, sizeBytes: 0 }))).toEqual([0]);
});

test("a count that is behind its bytes never fills a cell more than once", () => {
  const cells = cellsOf(upload({ confirmedParts: 0, confirmedBytes: 0, sentBytes: 90 * MB }));
  expect(Math.max(...cells)).toBe(1);
});
