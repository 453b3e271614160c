// A page requested before a row was changed must not restore the old state.
import { expect, test } from "vitest";
import { Changes } from "./changes";

const row = (seq: number, read: boolean, archived = false) => ({ seq, read, archived });
const changes = () => new Changes<number, ReturnType<typeof row>>(({ seq }) => seq);

test("a page asked for before the change was kept is corrected", () => {
  const made = changes();
  const page = made.asking();
  made.making([2], { read: true })(true);
  expect(page.corrected([row(2, false), row(1, false)])).toEqual([row(2, true), row(1, false)]);
});
test("a page asked for while the change is on its way is corrected", () => {
  const made = changes();
  made.making([2, 1], { archived: true });
  expect(made.asking().corrected([row(2, false), row(1, true)])).toEqual([
    row(2, false, true),
    row(1, true, true),
  ]);
});
test("a page asked for afterwards is believed", () => {
  const made = changes();
  made.making([2], { read: true })(true);
  const page = made.asking();
  expect(page.corrected([row(2, false)])).toEqual([row(2, false)]);
  expect(page.knows(2)).toBe(false);
});
test("a refused change corrects nothing", () => {
  const made = changes();
  const page = made.asking();
  made.making([2], { read: true })(false);
  expect(page.corrected([row(2, false)])).toEqual([row(2, false)]);
});
test("the last of two changes holds, and marks and archiving do not undo each other", () => {
  const made = changes();
  const page = made.asking();
  made.making([2], { read: true })(true);
  made.making([2], { archived: true });
  made.making([2], { read: false });
  expect(page.corrected([row(2, true)])).toEqual([row(2, false, true)]);
  expect(page.knows(2)).toBe(true);
});
test("a deleted row does not come back with a late page", () => {
  const made = changes();
  const page = made.asking();
  made.making([2], "deleted");
  expect(page.corrected([row(2, false), row(1, false)])).toEqual([row(1, false)]);
});
