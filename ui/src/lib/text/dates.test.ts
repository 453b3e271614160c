// Chosen days are converted to moments and back, and put into words.
import { expect, test } from "vitest";
import { datesOf, daysError, daysOf } from "./dates";
import { datesWords } from "./periods";

const now = new Date(2026, 10, 20, 14, 40);
const words = (from: string, to: string) => datesWords(datesOf({ from, to }), now);

test("days run from their first moment up to their last one", () => {
  const dates = datesOf({ from: "2026-11-03", to: "2026-11-09" });
  expect(dates).toEqual({
    since: new Date(2026, 10, 3).toISOString(),
    until: new Date(2026, 10, 10).toISOString(),
  });
  expect(daysOf(dates)).toEqual({ from: "2026-11-03", to: "2026-11-09" });
  expect(daysOf(datesOf({ from: "", to: "" }))).toEqual({ from: "", to: "" });
  expect(datesOf({ from: "2026-11-03", to: "" })).not.toHaveProperty("until");
});
test("days are said in words, and what they share is said once", () => {
  expect(words("2026-11-03", "2026-11-09")).toBe("3 to 9 Nov");
  expect(words("2026-10-28", "2026-11-03")).toBe("28 Oct to 3 Nov");
  expect(words("2026-11-03", "2026-11-03")).toBe("3 Nov");
  expect(words("2025-12-30", "2026-01-02")).toBe("30 Dec 2025 to 2 Jan 2026");
  expect(words("2026-11-03", "")).toBe("From 3 Nov");
  expect(words("", "2026-11-09")).toBe("Until 9 Nov");
  expect(words("", "")).toBeNull();
});
test("what ends before it begins is refused at its end", () => {
  expect(daysError({ from: "2026-11-09", to: "2026-11-03" })?.field).toBe("to");
  expect(daysError({ from: "2026-11-03", to: "2026-11-03" })).toBeNull();
  expect(daysError({ from: "2026-11-03", to: "" })).toBeNull();
});
