// A few elements serve many rows: a row that stays keeps its element, a new row takes a free one.
import { expect, test } from "vitest";
import { placed } from "./pool";

test("what is still wanted keeps its place, and what comes takes the place of what has gone", () => {
  expect(placed([1, 2, 3, 4], [3, 4, 5, 6])).toEqual([6, 5, 3, 4]);
});
test("there are more places only when there are not enough", () => {
  expect(placed([], ["a", "b"])).toEqual(["a", "b"]);
  expect(placed(["a", "b"], ["b", "c", "d"])).toEqual(["c", "b", "d"]);
});
test("a place nobody needs keeps what it held, and it is found there again", () => {
  const rested = placed([1, 2, 3], [2]);
  expect(rested).toEqual([1, 2, 3]);
  expect(placed(rested, [3, 4])).toEqual([1, 4, 3]);
});
test("no row is drawn twice, wherever one jumps", () => {
  let held: number[] = [];
  for (const from of [0, 500, 3, 499, 10_000, 0]) {
    const wanted = Array.from({ length: 30 }, (_, at) => from + at);
    held = placed(held, wanted);
    expect(new Set(held).size).toBe(held.length);
    expect(held).toEqual(expect.arrayContaining(wanted));
    expect(held.length).toBe(30);
  }
});
