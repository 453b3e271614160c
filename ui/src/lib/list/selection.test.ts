// Selection works as in any desktop list.
import { expect, test } from "vitest";
import { Selection } from "./selection.svelte";

const rows = [9, 8, 7, 6, 5, 4];
const begun = () => new Selection<number, number>((row) => row);
const idsOf = ({ ids }: Selection<number, number>) => [...ids].sort((a, b) => b - a);

test("a row is taken in and out, and the first one takes the open row along", () => {
  const selection = begun();
  selection.toggle(6, 8);
  expect(idsOf(selection)).toEqual([8, 6]);
  selection.toggle(8, null);
  expect(idsOf(selection)).toEqual([6]);
});
test("a range grows and shrinks from where it began, in both directions", () => {
  const selection = begun();
  selection.extend(rows, 6, 8);
  expect(idsOf(selection)).toEqual([8, 7, 6]);
  selection.extend(rows, 7, 6);
  expect(idsOf(selection)).toEqual([8, 7]);
  selection.extend(rows, 9, 7);
  expect(idsOf(selection)).toEqual([9, 8]);
});
test("a range is added to rows that were chosen by themselves", () => {
  const selection = begun();
  selection.toggle(9, null);
  selection.toggle(6, null);
  selection.extend(rows, 4, 6);
  expect(idsOf(selection)).toEqual([9, 6, 5, 4]);
});
test("rows that have gone are not selected, and nothing is changed while none has", () => {
  const selection = begun();
  selection.all(rows);
  const { ids } = selection;
  selection.keep([10, ...rows]);
  expect(selection.ids).toBe(ids);
  selection.keep([9, 8]);
  expect(idsOf(selection)).toEqual([9, 8]);
  expect(selection.of(rows)).toEqual([9, 8]);
});
test("after clearing, a range begins anew", () => {
  const selection = begun();
  selection.extend(rows, 6, 9);
  selection.clear();
  selection.extend(rows, 5, 4);
  expect(idsOf(selection)).toEqual([5, 4]);
});
