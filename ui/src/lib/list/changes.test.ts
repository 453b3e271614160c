// A page that was asked for before an event was marked must not bring the old mark back.
import { expect, test } from "vitest";
import type { EventRow } from "../bindings/api";
import { places } from "../inbox/places";
import { Marks } from "./marks";

const row = (seq: number, read: boolean) => ({ seq, read }) as EventRow;

test("a page asked for before the mark was kept is corrected", () => {
  const marks = new Marks(places.keyOf);
  const correct = marks.asking();
  const settle = marks.marking(2, true);
  settle(true);
  expect(correct([row(2, false), row(1, false)])).toEqual([row(2, true), row(1, false)]);
});
test("a page asked for while the mark is on its way is corrected", () => {
  const marks = new Marks(places.keyOf);
  marks.marking(2, true);
  expect(marks.asking()([row(2, false)])).toEqual([row(2, true)]);
});
test("a page asked for afterwards is believed", () => {
  const marks = new Marks(places.keyOf);
  marks.marking(2, true)(true);
  expect(marks.asking()([row(2, false)])).toEqual([row(2, false)]);
});
test("a refused mark corrects nothing", () => {
  const marks = new Marks(places.keyOf);
  const correct = marks.asking();
  marks.marking(2, true)(false);
  expect(correct([row(2, false)])).toEqual([row(2, false)]);
});
