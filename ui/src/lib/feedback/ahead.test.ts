// What is preloaded: the next feedback's first screenshots, once the reader pauses, and no more.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { FeedbackDetail, Picture } from "../bindings/api";
import { Ahead, few } from "./ahead";

const picture = (id: number, parts: Partial<Picture> = {}): Picture => ({
  id,
  number: id,
  state: "kept",
  reason: null,
  format: "PNG",
  width: 1179,
  height: 2556,
  bytes: 400_000,
  showable: true,
  thumbnail: true,
  nextTry: null,
  ...parts,
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("only a few screenshots that can be shown are loaded ahead", () => {
  const ids = (pictures: Picture[]) => few(pictures).map(({ id }) => id);
  expect(ids([picture(1), picture(2), picture(3), picture(4)])).toEqual([1, 2, 3]);
  expect(ids([picture(1, { showable: false }), picture(2, { state: "waiting" }), picture(3)])).toEqual([3]);
  expect(ids([picture(1, { bytes: 5_000_000 }), picture(2, { bytes: 5_000_000 })])).toEqual([1]);
  expect(ids([picture(1, { bytes: null })])).toEqual([1]);
});

test("nothing is read while the reader goes on, and what comes late is not loaded", async () => {
  const asked: string[] = [];
  const loaded: number[] = [];
  const gone: number[] = [];
  const answers = new Map<string, (detail: FeedbackDetail) => void>();
  const call = ((_: string, { id }: { id: string }) => {
    asked.push(id);
    return new Promise((answer) => answers.set(id, answer));
  }) as never;
  const ahead = new Ahead(call, (id) => {
    loaded.push(id);
    return () => void gone.push(id);
  });
  ahead.next("a");
  ahead.next("b");
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toEqual(["b"]);
  ahead.next("c");
  answers.get("b")?.({ pictures: [picture(1)] } as FeedbackDetail);
  await vi.advanceTimersByTimeAsync(1000);
  expect([asked, loaded]).toEqual([["b", "c"], []]);
  answers.get("c")?.({ pictures: [picture(2)] } as FeedbackDetail);
  await vi.advanceTimersByTimeAsync(0);
  expect([loaded, gone]).toEqual([[2], []]);
  ahead.stop();
  expect(gone).toEqual([2]);
});
