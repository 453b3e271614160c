// Which steps of a track are drawn, and their words.
import { expect, test } from "vitest";
import type { TrackStep } from "../bindings/api";
import { stepsOf } from "./track";

const NOW = new Date("2026-11-20T14:40:00Z");
const step = (state: string, from: string | null, to: string | null, here = false): TrackStep => ({
  state,
  importance: here ? "needsYou" : "info",
  from,
  to,
  here,
});
const WAITING = step("Waiting for Review", "2026-11-17T17:00:00Z", "2026-11-20T12:44:00Z");
const REVIEW = step("In Review", "2026-11-20T12:44:00Z", "2026-11-20T14:36:00Z");
const REJECTED = step("Rejected", "2026-11-20T14:36:00Z", null, true);
const plain = (words: string) => words.replaceAll("\u00a0", " ");

test("a step says how long it took, the present one since when, and the next one nothing", () => {
  const steps = stepsOf([WAITING, REVIEW, REJECTED], "Ready for Distribution", NOW);
  expect(steps.map(({ state, place }) => [state, place])).toEqual([
    ["Waiting for Review", "been"],
    ["In Review", "been"],
    ["Rejected", "here"],
    ["Ready for Distribution", "next"],
  ]);
  expect(plain(steps[0]?.time ?? "")).toMatch(/^2 ?d 19 ?h$/);
  expect(plain(steps[2]?.time ?? "")).toMatch(/^4 ?m.* ago$/);
  expect([steps[2]?.meaning, steps[3]?.time]).toEqual(["needsYou", ""]);
});
test("a step whose beginning is not known says until when, and one whose end is not known either says nothing", () => {
  const [first] = stepsOf([step("Waiting for Review", null, "2026-11-20T12:44:00Z")], null, NOW);
  expect(first?.time).toMatch(/^Until .*\d\d.\d\d/);
  expect(stepsOf([step("In Review", null, null, true)], null, NOW)[0]?.time).toBe("");
});
test("dates of long ago are written the same way, whichever step they belong to", () => {
  const long = "2025-04-16T05:00:00Z";
  const steps = [
    step("In Review", null, long),
    step("Accepted", long, long),
    step("On Sale", long, null, true),
  ];
  expect(stepsOf(steps, null, NOW).map(({ time }) => time)).toEqual([
    "Until 16 April 2025",
    "16 April 2025",
    "16 April 2025",
  ]);
});
