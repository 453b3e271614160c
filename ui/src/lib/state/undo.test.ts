// Taking back what was done last.
import { expect, test, vi } from "vitest";
import type { ApiError } from "../bindings/api";
import { Undo } from "./undo.svelte";

const refusal: ApiError = { code: "internal", message: "the store is full", hint: "make room", field: null };

test("what was done last is taken back once", async () => {
  const undo = new Undo();
  const [first, last] = [vi.fn(() => Promise.resolve()), vi.fn(() => Promise.resolve())];
  undo.offer({ done: "Archived.", undo: first });
  undo.offer({ done: "Marked as read.", undo: last });
  await Promise.all([undo.take(), undo.take()]);
  expect([first.mock.calls.length, last.mock.calls.length, undo.last]).toEqual([0, 1, null]);
});
test("what is refused can be tried again, unless something else was done meanwhile", async () => {
  const undo = new Undo();
  const offered = { done: "Archived.", undo: () => Promise.reject(refusal as unknown as Error) };
  undo.offer(offered);
  await undo.take();
  expect([undo.last, undo.refused]).toEqual([offered, refusal]);
  const taking = undo.take();
  const other = { done: "Archived.", undo: () => Promise.resolve() };
  undo.offer(other);
  await taking;
  expect(undo.last).toBe(other);
  undo.withdraw(offered);
  expect(undo.last).toBe(other);
});
