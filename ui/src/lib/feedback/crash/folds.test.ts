// The frames that matter most are shown first, and none is lost.
import { expect, test } from "vitest";
import { folds } from "./folds";

const frames = (own: string) => [...own].map((sign, at) => ({ own: sign === "o", at }));
/** "4 [23] 1": shown, folded, shown. */
const shape = (own: string) =>
  folds(frames(own))
    .map((part) => (part.folded ? `[${part.frames.length}]` : `${part.frames.length}`))
    .join(" ");

test("a long run of the system's shows its beginning", () => {
  expect(shape(`.ooo${".".repeat(27)}`)).toBe("1 3 4 [23]");
});
test("a run between own frames shows the one that leads to them", () => {
  expect(shape(`${".".repeat(20)}o`)).toBe("4 [15] 1 1");
  expect(shape(`o${".".repeat(20)}o.`)).toBe("1 4 [15] 1 1 1");
});
test("a short run is not folded", () => {
  expect(shape("o......")).toBe("1 6");
  expect(shape("o.......")).toBe("1 4 [3]");
});
test("a backtrace with nothing of the app shows a little more", () => {
  expect(shape(".".repeat(30))).toBe("8 [22]");
  expect(shape(".".repeat(10))).toBe("10");
});
test("no frame is lost, and none is told twice", () => {
  for (const own of ["", "o", ".", "o.o.o", `${".".repeat(50)}o${".".repeat(50)}`]) {
    expect(folds(frames(own)).flatMap((part) => part.frames)).toEqual(frames(own));
  }
});
