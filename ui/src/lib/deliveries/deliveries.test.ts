// Which deliveries are shown, what is said about them, and how seldom the log is read.
import { expect, test } from "vitest";
import type { Delivery } from "../bindings/api";
import { isOpenFailure } from "./deliveries.svelte";
import { isShown, secondsBetween, typeOf, type Filters } from "./filters";
import {
  answerWords,
  delayWords,
  deliveredEvents,
  isFetched,
  progressWords,
  sentWords,
  stateOf,
  summary,
} from "./words";

const delivery: Delivery = {
  id: "d1",
  webhook: "h1",
  webhookName: "Studio Mac",
  app: "a1",
  appName: "Backyard Birds",
  state: "failed",
  madeGood: false,
  latest: true,
  redelivery: false,
  event: "e1",
  eventType: null,
  title: "Ping",
  seq: null,
  createdAt: "2026-11-20T14:36:00.000Z",
  sentAt: "2026-11-20T14:36:01.900Z",
  url: "https://hooks.halden.example/a",
  status: 500,
  response: null,
  error: null,
  means: "",
  hint: "",
  payload: null,
};
const all: Filters = { search: "", state: "all", type: null };

test("filters work together, and a search looks through what is seen", () => {
  expect(isShown(delivery, all)).toBe(true);
  expect(isShown(delivery, { ...all, state: "succeeded" })).toBe(false);
  expect(isShown(delivery, { search: " BIRDS ", state: "failed", type: "PING" })).toBe(true);
  expect(isShown(delivery, { search: "500", state: "all", type: "BUILD_UPLOAD_STATE_UPDATED" })).toBe(false);
  expect(typeOf(delivery)).toBe("PING");
});
test("what was made good is no failure any more", () => {
  const none = new Set<string>();
  expect(stateOf(delivery, none)).toEqual({ meaning: "bad", words: "Failed" });
  expect(stateOf({ ...delivery, madeGood: true }, none)).toEqual({ meaning: "info", words: "Made good" });
  expect(stateOf({ ...delivery, state: "pending", redelivery: true }, none).words).toBe("Redelivering");
});
test("what is here without having been delivered was fetched", () => {
  const here: Delivery = { ...delivery, madeGood: true, seq: 4 };
  const again: Delivery = { ...delivery, id: "d2", state: "succeeded" };
  expect(stateOf(here, deliveredEvents([here])).words).toBe("Fetched");
  expect(stateOf(here, deliveredEvents([here, again])).words).toBe("Made good");
  expect(isFetched(again, deliveredEvents([]))).toBe(false);
});
test("a missing answer is a word", () => {
  expect(answerWords(delivery)).toBe("500");
  expect(answerWords({ ...delivery, status: null })).toBe("No answer");
  expect(answerWords({ ...delivery, status: null, state: "pending" })).toBe("Not yet");
  expect(sentWords({ ...delivery, sentAt: null, createdAt: null }, new Date())).toBe("Not told");
});
test("the delay is never negative", () => {
  expect(delayWords(delivery)).toBe("1.9s");
  expect(delayWords({ ...delivery, sentAt: "2026-11-20T14:35:00Z" })).toBe("");
});
test("counts are told in words", () => {
  expect(summary(103, 3)).toBe("Last 10 days, 103 in all, 3 not made good");
  expect(summary(7, 0)).toBe("Last 10 days, 7 in all");
});
test("sending again is told by what arrived, not by what Apple accepted", () => {
  const none = { total: 3, accepted: 3, refused: 0, arrived: 0, failed: 3, trouble: null };
  const over = { done: true, stopped: false };
  expect(progressWords({ ...none, ...over })).toBe("0 of 3 deliveries arrived, 3 failed again");
  const some = { total: 3, accepted: 1, refused: 1, arrived: 0, failed: 0, trouble: null };
  expect(progressWords({ ...some, done: true, stopped: true })).toBe(
    "0 of 3 deliveries arrived, 1 refused by Apple, 1 not known yet, then stopped",
  );
  expect(progressWords({ ...some, done: false, stopped: false })).toContain("1 on the way");
});
test("an event that was sent again since counts at its newest attempt only", () => {
  expect(isOpenFailure({ ...delivery, latest: false })).toBe(false);
  expect(stateOf({ ...delivery, latest: false }, new Set())).toEqual({
    meaning: "info",
    words: "Sent again since",
  });
});
test("the more webhooks, the seldomer the log is read", () => {
  expect([1, 4, 100].map(secondsBetween)).toEqual([20, 20, 500]);
});
