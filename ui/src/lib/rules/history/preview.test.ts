// A preview is shown even if new events arrive faster than it can be computed.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Backend } from "../../backend/backend";
import type { Rule, RulePreview } from "../../bindings/api";
import { Preview } from "./preview.svelte";

/** Longer than events are collected. */
const ANSWER_MS = 5000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a preview is shown while events keep coming", async () => {
  let asked = 0;
  const call = () => {
    const matches = ++asked;
    return new Promise((answer) => setTimeout(() => answer({ matches }), ANSWER_MS));
  };
  const preview = new Preview(call as unknown as Backend["call"]);
  preview.ask({ name: "Crashes" } as Rule, null);
  for (let second = 0; second < 12; second += 1) {
    await vi.advanceTimersByTimeAsync(1000);
    preview.again();
  }
  preview.stop();
  const found: RulePreview | null = preview.found.value;
  expect(found?.matches).toBe(2);
});
