// Which deliveries are shown, the texts about them, and how rarely the log is read.
import { expect, test } from "vitest";
import type { Delivery } from "../bindings/api";
import { datesOf } from "../text/dates";
import type { Period } from "../text/periods";
import { isOpenFailure } from "./deliveries.svelte";
import { isShown, NO_FILTERS, rangeWords, secondsBetween, typeOf } from "./filters";
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
const all = NO_FILTERS;
const NOW = new Date("2026-11-20T14:40:00Z");
const shownIn = (one: Delivery, period: Period, now: Date) =>
  isShown({ account: "a", delivery: one }, { ...all, period }, now);

test("filters work together, and a search looks through what is seen", () => {
  const shows = (filters: Partial<typeof all>) =>
    isShown({ account: "a", delivery }, { ...all, ...filters }, NOW);
  expect(shows({})).toBe(true);
  expect(shows({ state: "succeeded" })).toBe(false);
  expect(
    shows({ search: " BIRDS ", state: "failed", types: ["PING"], apps: ["a1"], period: { days: 1 } }),
  ).toBe(true);
  expect(shows({ search: "500", types: ["BUILD_UPLOAD_STATE_UPDATED"] })).toBe(false);
  expect(shows({ apps: ["a2"] })).toBe(false);
  expect(shows({ apps: ["a2", "a1"], webhooks: ["a/h2", "a/h1"] })).toBe(true);
  expect(shows({ webhooks: ["b/h1"] })).toBe(false);
  expect(typeOf(delivery)).toBe("PING");
});
test("a number of days counts whole days of the calendar, the current one included", () => {
  const at = (createdAt: string, days: number) =>
    shownIn({ ...delivery, sentAt: null, createdAt }, { days }, new Date(2026, 10, 20, 0, 30));
  expect(at(new Date(2026, 10, 19, 23, 59).toISOString(), 1)).toBe(false);
  expect(at(new Date(2026, 10, 19, 0, 1).toISOString(), 2)).toBe(true);
  expect(shownIn({ ...delivery, sentAt: null, createdAt: null }, { days: 7 }, NOW)).toBe(false);
});
test("chosen days run from the first moment of the first one to the last of the last one", () => {
  const period = datesOf({ from: "2026-11-18", to: "2026-11-19" });
  const at = (...time: [day: number, hour: number, minute: number]) =>
    shownIn({ ...delivery, sentAt: new Date(2026, 10, ...time).toISOString() }, period, NOW);
  expect([at(17, 23, 59), at(18, 0, 0), at(19, 23, 59), at(20, 0, 0)]).toEqual([false, true, true, false]);
  expect(rangeWords(period, NOW)).toBe("18 to 19 Nov");
  expect([rangeWords({}, NOW), rangeWords({ days: 1 }, NOW)]).toEqual(["Last 10 days", "Today"]);
});
test("what has recovered is no failure any more", () => {
  const none = new Set<string>();
  expect(stateOf(delivery, none)).toEqual({ meaning: "bad", words: "Failed" });
  expect(stateOf({ ...delivery, madeGood: true }, none)).toEqual({ meaning: "info", words: "Recovered" });
  expect(stateOf({ ...delivery, state: "pending", redelivery: true }, none).words).toBe("Redelivering");
});
test("what is here without having been delivered was fetched", () => {
  const here: Delivery = { ...delivery, madeGood: true, seq: 4 };
  const again: Delivery = { ...delivery, id: "d2", state: "succeeded" };
  expect(stateOf(here, deliveredEvents([here])).words).toBe("Fetched");
  expect(stateOf(here, deliveredEvents([here, again])).words).toBe("Recovered");
  expect(isFetched(again, deliveredEvents([]))).toBe(false);
});
test("a missing answer is a word", () => {
  expect(answerWords(delivery)).toBe("500 Internal Server Error");
  expect(answerWords({ ...delivery, status: null })).toBe("No response");
  expect(answerWords({ ...delivery, status: null, state: "pending" })).toBe("Not yet");
  expect(sentWords({ ...delivery, sentAt: null, createdAt: null }, new Date())).toBe("Unknown");
});
test("the delay is never negative", () => {
  expect(delayWords(delivery)).toBe("1.9s");
  expect(delayWords({ ...delivery, sentAt: "2026-11-20T14:35:00Z" })).toBe("");
});
test("counts are told in words", () => {
  expect(summary("Last 10 days", 103, 3)).toBe("Last 10 days · 103 deliveries, 3 failed");
  expect(summary("Today", 1, 0)).toBe("Today · 1 delivery");
});
test("sending again is told by what arrived, not by what Apple accepted", () => {
  const none = { total: 3, accepted: 3, refused: 0, arrived: 0, failed: 3, trouble: null, results: [] };
  const over = { done: true, stopped: false };
  expect(progressWords({ ...none, ...over })).toBe("0 of 3 deliveries arrived, 3 failed again");
  const some = { ...none, accepted: 1, refused: 1, failed: 0 };
  expect(progressWords({ ...some, done: true, stopped: true })).toBe(
    "0 of 3 deliveries arrived, 1 rejected by App Store Connect, 1 still pending, then stopped",
  );
  expect(progressWords({ ...some, done: false, stopped: false })).toContain("1 on the way");
});
test("an event that was sent again since counts at its newest attempt only", () => {
  expect(isOpenFailure({ ...delivery, latest: false })).toBe(false);
  expect(stateOf({ ...delivery, latest: false }, new Set())).toEqual({
    meaning: "info",
    words: "Redelivered since",
  });
});
test("the more webhooks, the seldomer the log is read", () => {
  expect([1, 4, 100].map(secondsBetween)).toEqual([20, 20, 500]);
});
