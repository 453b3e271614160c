import { describe, expect, it } from "vitest";
import type { HealthDay, TimelineSpan, TimelineTrack, WebhookHealth } from "../bindings/api";
import { barAfter, barsOf } from "./chart/rows";
import { bands, linear, logarithmic } from "./chart/scales";
import { decades, markedDays, midnights, momentLabels, thinned } from "./chart/ticks";
import { choiceOf } from "./choice";
import { areWeeks, binsOf, daysOf } from "./days";
import { appOf } from "./insights.svelte";
import { inOrder, trackName } from "./stages";
import { paceWords, stay, tookWords, unknownWords, whenWords } from "./words";

const now = new Date(2026, 10, 20, 15, 40);
const HOUR = 3_600_000;
const plain = (text: string) => text.replaceAll("\u00a0", " ");
const at = (daysAgo: number) => new Date(now.getTime() - daysAgo * 24 * HOUR).toISOString();
const span = (parts: Partial<TimelineSpan>): TimelineSpan => ({
  stage: "waiting",
  state: "Waiting for review",
  from: at(3),
  to: at(1),
  exact: true,
  seq: 1,
  ...parts,
});
const track = (spans: TimelineSpan[], parts: Partial<TimelineTrack> = {}): TimelineTrack => ({
  id: "1",
  version: "3.2",
  build: null,
  platform: "iOS",
  trouble: null,
  spans,
  ...parts,
});

describe("words", () => {
  const time = (hours: number, samples: number) => ({ milliseconds: hours * HOUR, samples });
  const none = { waiting: null, review: null, reviewed: 0, rejected: 0, mostRejections: 0 };

  it("calls usual what was seen three times, and tells fewer as what they were", () => {
    const words = (waits: number, looks: number) =>
      plain(paceWords({ ...none, waiting: time(50, waits), review: time(3.67, looks) }));
    expect(words(3, 5)).toBe("Usually waits 2d 2h, then 3h 40m in review.");
    expect(words(2, 5)).toBe("Waited 2d 2h, then 3h 40m in review, seen twice so far.");
    expect(words(1, 1)).toBe("Waited 2d 2h, then 3h 40m in review, seen once so far.");
    expect(plain(paceWords({ ...none, review: time(4, 1) }))).toBe("4h in review, seen once so far.");
    expect(paceWords(none)).toBe("");
  });

  it("counts rejections as far as they are known", () => {
    const words = (reviewed: number, rejected: number, mostRejections: number) =>
      paceWords({ ...none, reviewed, rejected, mostRejections });
    expect(words(5, 2, 1)).toBe("2 of 5 were rejected once.");
    expect(words(5, 1, 3)).toBe("1 of 5 was rejected at least once.");
    expect(words(5, 0, 0)).toBe("None of 5 were rejected.");
    expect(words(1, 1, 2)).toBe("It was rejected 2 times.");
    expect(words(1, 0, 0)).toBe("");
  });

  it("says how long a stage lasted as far as that is known", () => {
    expect(plain(tookWords(span({}), now))).toBe("2d");
    expect(plain(tookWords(span({ exact: false }), now))).toBe("At most 2d");
    expect(plain(tookWords(span({ to: null }), now))).toBe("Ongoing, 3d");
    expect(tookWords(span({ from: null }), now)).toBe("Unknown");
    expect(plain(stay(27.4 * 24 * HOUR))).toBe("27 days");
    expect(whenWords(span({ from: null, to: null }), now)).toBe("Start and end unknown");
    expect(whenWords(span({ to: null }), now)).toMatch(/^Since 17 Nov, /);
  });

  it("says what is not known of how deliveries went", () => {
    const webhook = {
      id: "w",
      name: "Studio",
      removed: false,
      count: { delivered: 1, fetched: 0, failed: 0 },
      delay: null,
      failuresSince: at(400),
      gap: null,
      lastFailure: null,
    };
    const health = (parts: Partial<WebhookHealth>): WebhookHealth => ({
      days: [{ date: "2026-11-01", count: webhook.count, delay: null }],
      total: webhook.count,
      delay: null,
      early: 0,
      webhooks: [webhook],
      ...parts,
    });
    expect(unknownWords(health({}), now)).toEqual([]);
    const blind = { ...webhook, name: "Other", failuresSince: null };
    expect(unknownWords(health({ webhooks: [webhook, blind, { ...blind, name: "Third" }] }), now)).toEqual([
      "Failures come from App Store Connect’s log, which needs an account. For Other and Third, only arrivals are known.",
    ]);
    expect(unknownWords(health({ webhooks: [{ ...blind, removed: true }] }), now)).toEqual([]);
    const late = { ...webhook, failuresSince: at(3) };
    expect(unknownWords(health({ webhooks: [late, { ...late, id: "another of its name" }] }), now)).toEqual([
      "Failures of Studio are known since 17 November.",
    ]);
    expect(unknownWords(health({ webhooks: [{ ...webhook, failuresSince: at(3) }], early: 1 }), now)).toEqual(
      [
        "Failures of Studio are known since 17 November.",
        "One arrived before Apple’s own timestamp and counts as no delay: one of the clocks is wrong.",
      ],
    );
  });
});

describe("what is looked at", () => {
  it("is what the address says, and else what was looked at last", () => {
    expect(choiceOf(null, null, null)).toEqual({ key: null, days: 30 });
    expect(choiceOf("42", "90", null)).toEqual({ key: "42", days: 90 });
    expect(choiceOf(null, "12", { key: "42", days: 7 })).toEqual({ key: "42", days: 7 });
  });

  it("is the first app where the one that was meant is gone", () => {
    const app = (id: string | null, webhook: string | null) => ({
      app: id,
      webhook,
      name: "",
      changed: true,
    });
    const apps = [app("1", null), app(null, "w")];
    expect(appOf(apps, "webhook:w")).toBe(apps[1]);
    expect(appOf(apps, "gone")).toBe(apps[0]);
    expect(appOf([], null)).toBeUndefined();
  });
});

describe("lines", () => {
  it("are called by what is known of them", () => {
    const name = (parts: Partial<TimelineTrack>, kind: "version" | "build", platforms = 1) =>
      trackName(track([], parts), kind, platforms);
    expect(name({}, "version")).toBe("3.2");
    expect(name({}, "version", 2)).toBe("3.2 iOS");
    expect(name({ version: null }, "version")).toBe("Unknown version");
    expect(name({ build: "418" }, "build")).toBe("3.2 (418)");
    expect(name({ version: null, build: "418" }, "build")).toBe("(418)");
    expect(name({ version: null }, "build")).toBe("Unknown build");
  });

  it("show what of each stage lies within the time, and not that something is over", () => {
    const spans = [
      span({ from: null, to: at(20) }),
      span({}),
      span({ stage: "over", from: at(1), to: null }),
    ];
    const bars = barsOf([track(spans)], new Date(at(2)), now);
    expect(bars.map(({ start, end }) => [start.toISOString(), end.toISOString()])).toEqual([[at(2), at(1)]]);
    expect(inOrder(["onSale", "waiting", "onSale"])).toEqual(["waiting", "onSale"]);
  });

  it("show only the end of what can't have lasted since before all that is known", () => {
    const begun = (stage: TimelineSpan["stage"]) =>
      barsOf(
        [track([span({ stage, from: null, to: at(1) })])],
        new Date(at(41)),
        now,
      )[0]?.start.toISOString();
    expect(begun("onSale")).toBe(at(41));
    expect(begun("waiting")).toBe(at(1 + 41 * 0.025));
  });

  it("are gone through with the arrow keys, past lines that have nothing to show", () => {
    const tracks = [
      track([span({}), span({ from: at(1), to: null })]),
      track([]),
      track([span({ to: null })]),
    ];
    const bars = barsOf(tracks, new Date(at(9)), now);
    const keys = (from: number) =>
      ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "x"].map((key) =>
        barAfter(bars, from, key),
      );
    expect(keys(0)).toEqual([null, 1, null, 2, 0, 1, null]);
    expect(keys(2)).toEqual([null, null, 0, null, 2, 2, null]);
  });
});

describe("axes", () => {
  const labels = (days: number, most: number) =>
    momentLabels(midnights(new Date(2026, 10, 20 - days), now, most));

  it("mark days, weeks or months, and say the month where it turns", () => {
    expect(labels(6, 9)).toEqual(["14 Nov", "15", "16", "17", "18", "19", "20"]);
    expect(labels(29, 6)).toEqual(["22 Oct", "29", "5 Nov", "12", "19"]);
    expect(labels(364, 7)).toEqual(["Jan 2026", "Mar", "May", "Jul", "Sep", "Nov"]);
  });

  it("mark today always, and as many days as there is room for", () => {
    expect(markedDays(7, 0.4)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(markedDays(30, 8.2)).toEqual([2, 11, 20, 29]);
    expect(markedDays(0, 3)).toEqual([]);
  });

  it("reach over delays of every size", () => {
    expect(decades(840, 86_000_000)).toEqual([
      100, 1000, 10_000, 60_000, 600_000, 3_600_000, 21_600_000, 86_400_000,
    ]);
    expect(thinned([1, 2, 3, 4, 5, 6, 7, 8], 5)).toEqual([2, 4, 6, 8]);
    expect(decades(1e12, 1e13)).toHaveLength(1);
  });

  it("map values to pixels", () => {
    expect([0, 5, 10].map(linear([0, 10], [100, 0]))).toEqual([100, 50, 0]);
    expect(linear([3, 3], [7, 9])(3)).toBe(7);
    expect(logarithmic([1, 10_000], [0, 4])(100)).toBeCloseTo(2);
    const three = bands(3, 300, 0.2);
    expect([three.step, three.width, three.left(1), three.middle(2)]).toEqual([100, 80, 110, 250]);
  });
});

describe("days", () => {
  const days = (many: number): HealthDay[] =>
    Array.from({ length: many }, (_, index) => {
      const day = new Date(2026, 10, 20 - (many - 1 - index), 12);
      const date = `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, "0")}-${String(day.getDate()).padStart(2, "0")}`;
      return { date, count: { delivered: 2, fetched: 1, failed: 0 }, delay: null };
    });

  it("have names as people say them", () => {
    expect(daysOf(days(3), now).map(({ name, short }) => [name, short])).toEqual([
      ["Wednesday, 18 November", "18 Nov"],
      ["Yesterday", "19 Nov"],
      ["Today", "Today"],
    ]);
  });

  it("become weeks where they would be too narrow", () => {
    const year = daysOf(days(365), now);
    expect([areWeeks(year), areWeeks(year.slice(0, 90))]).toEqual([true, false]);
    const weeks = binsOf(year);
    expect(weeks).toHaveLength(53);
    expect(weeks.at(-1)).toEqual({
      name: "14 Nov to today",
      short: "Today",
      count: { delivered: 14, fetched: 7, failed: 0 },
    });
    expect(weeks[0]?.count.delivered).toBe(2);
  });
});
