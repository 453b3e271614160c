// Undoing actions, the last one first.
import { expect, test, vi } from "vitest";
import type { ApiError } from "../bindings/api";
import { Undo } from "./undo.svelte";

const refusal: ApiError = { code: "internal", message: "the store is full", hint: "make room", field: null };

test("things are taken back one after another, each once", async () => {
  const undo = new Undo();
  const [first, last] = [vi.fn(() => Promise.resolve()), vi.fn(() => Promise.resolve())];
  undo.offer({ done: "Archived.", undo: first });
  undo.offer({ done: "Marked as read.", undo: last });
  await undo.take();
  expect([first.mock.calls.length, last.mock.calls.length, undo.last?.done]).toEqual([0, 1, "Archived."]);
  await Promise.all([undo.take(), undo.take()]);
  expect([first.mock.calls.length, last.mock.calls.length, undo.last]).toEqual([1, 1, null]);
});
test("what is still being done is what is taken back, once it is done", async () => {
  const undo = new Undo();
  const [before, marked] = [vi.fn(() => Promise.resolve()), vi.fn(() => Promise.resolve())];
  undo.offer({ done: "Archived.", undo: before });
  let answer = () => {};
  const answered = new Promise<void>((resolve) => (answer = resolve));
  const marking = undo.during(answered.then(() => undo.offer({ done: "Marked as read.", undo: marked })));
  const taking = undo.take();
  answer();
  await Promise.all([marking, taking]);
  expect([before.mock.calls.length, marked.mock.calls.length, undo.last?.done]).toEqual([0, 1, "Archived."]);
});
test("what is refused can be tried again", async () => {
  const undo = new Undo();
  const offered = { done: "Archived.", undo: () => Promise.reject(refusal as unknown as Error) };
  undo.offer(offered);
  await undo.take();
  expect([undo.last, undo.refused]).toEqual([offered, refusal]);
});
test("what can't be taken back any more leaves what was done before it", () => {
  const undo = new Undo();
  const [archived, marked] = ["Archived.", "Marked as read."].map((done) => ({
    done,
    undo: () => Promise.resolve(),
  }));
  if (archived) undo.offer(archived);
  if (marked) undo.offer(marked);
  if (marked) undo.withdraw(marked);
  expect(undo.last).toBe(archived);
});
