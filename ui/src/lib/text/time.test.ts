// Relative times at fixed moments, in the machine's time zone: all dates here are local.
import { describe, expect, test } from "vitest";
import {
  ago,
  clock,
  clockAndDay,
  columnTime,
  date,
  dayHead,
  daysAgo,
  duration,
  exact,
  moment,
  secondsAgo,
  shortTime,
  timeUnderDay,
  until,
} from "./time";

const now = new Date(2026, 10, 20, 14, 40, 0);
const minutes = (n: number) => new Date(now.getTime() - n * 60_000);
const nbsp = "\u00a0";

describe("a list's times", () => {
  test("are relative today", () => {
    expect(timeUnderDay(minutes(0), now, false)).toBe("Now");
    expect(timeUnderDay(minutes(4), now, false)).toBe(`4${nbsp}min`);
    expect(timeUnderDay(minutes(64), now, false)).toBe("1\u00a0h");
  });
  test("are the clock on any other day, even less than a day ago", () => {
    expect(timeUnderDay(new Date(2026, 10, 19, 18, 52), now, false)).toBe("18:52");
    expect(timeUnderDay(new Date(2026, 10, 19, 18, 52), now, true)).toBe(`6:52${nbsp}pm`);
  });
  test("say now for what a wrong clock puts into the future", () => {
    expect(timeUnderDay(minutes(-3), now, false)).toBe("Now");
  });
});

describe("a time with no day over it", () => {
  test("names yesterday, the weekday, then the date", () => {
    expect(shortTime(new Date(2026, 10, 19, 18, 52), now, false)).toBe("Yesterday, 18:52");
    expect(shortTime(new Date(2026, 10, 18, 17, 30), now, false)).toBe("Wednesday, 17:30");
    expect(shortTime(new Date(2026, 9, 3, 9, 0), now, false)).toBe("3 October");
    expect(shortTime(new Date(2025, 9, 3, 9, 0), now, false)).toBe("3 October 2025");
  });
  test("stands in a sentence", () => {
    expect(ago(minutes(0), now, false)).toBe("just now");
    expect(ago(minutes(4), now, false)).toBe(`4${nbsp}min ago`);
    expect(ago(new Date(2026, 10, 19, 18, 52), now, false)).toBe("yesterday, 18:52");
    expect(ago(new Date(2026, 9, 3), now, false)).toBe("on 3 October");
  });
  test("lies ahead", () => {
    expect(moment(new Date(2026, 10, 20, 16, 40), now, false)).toBe("16:40");
    expect(moment(new Date(2026, 10, 21, 14, 40), now, false)).toBe("tomorrow, 14:40");
    expect(moment(new Date(2026, 10, 25, 9, 5), now, false)).toBe("25 November, 09:05");
  });
});

describe("days", () => {
  test("are counted by the calendar, not by 24 hours", () => {
    expect(daysAgo(new Date(2026, 10, 19, 23, 59), new Date(2026, 10, 20, 0, 1))).toBe(1);
    expect(daysAgo(new Date(2026, 10, 20, 0, 0), new Date(2026, 10, 20, 23, 59))).toBe(0);
  });
  test("are counted right across a change to summer time", () => {
    expect(daysAgo(new Date(2026, 2, 28, 12), new Date(2026, 2, 30, 12))).toBe(2);
    expect(daysAgo(new Date(2026, 9, 24, 12), new Date(2026, 9, 26, 12))).toBe(2);
  });
  test("head a list", () => {
    expect(dayHead(minutes(4), now)).toBe("Today");
    expect(dayHead(new Date(2026, 10, 19, 1), now)).toBe("Yesterday");
    expect(dayHead(new Date(2026, 10, 18, 1), now)).toBe("Wednesday, 18 November");
    expect(dayHead(new Date(2025, 10, 18, 1), now)).toBe("Tuesday, 18 November 2025");
  });
  test("stand with the clock among the facts", () => {
    expect(clockAndDay(new Date(2026, 10, 20, 14, 36, 8), now, false)).toBe("Today, 14:36:08");
    expect(clockAndDay(new Date(2026, 10, 19, 4, 6, 8), now, false)).toBe("Yesterday, 04:06:08");
    expect(date(new Date(2026, 0, 2), now)).toBe("2 January");
  });
});

test("the exact time names day, second and zone", () => {
  expect(exact(new Date(2026, 10, 20, 14, 36, 8), false)).toMatch(/^Friday, 20 November 2026, 14:36:08 \S+/);
});

test("the clock follows the system", () => {
  expect(clock(new Date(2026, 10, 20, 0, 5), false)).toBe("00:05");
  expect(clock(new Date(2026, 10, 20, 0, 5), true)).toBe(`12:05${nbsp}am`);
});

describe("a length of time", () => {
  test.each([
    [12, "12 ms"],
    [999, "999 ms"],
    [1900, "1.9s"],
    [9999, "9.9s"],
    [59_999, "59s"],
    [60_000, "1 min"],
    [6 * 3_600_000 + 12 * 60_000, "6h 12m"],
    [6 * 3_600_000, "6h"],
    [67 * 3_600_000, "2d 19h"],
  ])("of %i ms is said as %s, with no place to break", (milliseconds, words) => {
    expect(duration(milliseconds)).toBe(words.replaceAll(" ", nbsp));
  });
});

test("a narrow column has the shortest day that is still plain", () => {
  const at = (...parts: [number, number, number]) => columnTime(new Date(2026, ...parts, 9), now, false);
  expect(at(10, 20, 9)).toBe("09:09");
  expect(at(10, 19, 9)).toBe("Yesterday 09:09");
  expect(at(10, 18, 9)).toBe("Wed 09:09");
  expect(at(9, 3, 9)).toBe("3 Oct 09:09");
});

describe("what is checked every minute", () => {
  const seconds = (n: number) => new Date(now.getTime() - n * 1000);
  test("tells the seconds since", () => {
    expect(secondsAgo(seconds(2), now, false)).toBe("just now");
    expect(secondsAgo(seconds(40), now, false)).toBe("40s ago");
    expect(secondsAgo(seconds(240), now, false)).toBe(`4${nbsp}min ago`);
  });
  test("tells the seconds until, and rounds minutes up", () => {
    expect(until(seconds(-8), now)).toBe("in 8s");
    expect(until(seconds(-61), now)).toBe(`in 2${nbsp}min`);
    expect(until(seconds(1), now)).toBe("now");
  });
});
