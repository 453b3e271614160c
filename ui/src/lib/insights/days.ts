// The days of the health chart with their names, combined into weeks if days would be too narrow.
import type { Delay, HealthCount, HealthDay } from "../bindings/api";
import { dayHead, shortDate } from "../text/time";
import { dayOf } from "./words";

export interface Bin {
  /** "Today", "Wednesday, 18 November", "2 Nov to 8 Nov". */
  name: string;
  /** The axis label: "Today", "18 Nov". */
  short: string;
  count: HealthCount;
}
export interface Day extends Bin {
  date: string;
  delay: Delay | null;
}

/** Above this many days, bars are weeks. */
const MOST_BARS = 92;
const WEEK = 7;

export function daysOf(days: readonly HealthDay[], now: Date): Day[] {
  return days.map(({ date, count, delay }, index) => {
    const at = dayOf(date);
    const today = index === days.length - 1;
    return { date, count, delay, name: dayHead(at, now), short: today ? "Today" : shortDate(at, now) };
  });
}

export function areWeeks(days: readonly unknown[]): boolean {
  return days.length > MOST_BARS;
}

/** The bars: days, or weeks that end today. The first week may be incomplete. */
export function binsOf(days: readonly Day[]): Bin[] {
  if (!areWeeks(days)) return [...days];
  const weeks: Bin[] = [];
  for (let end = days.length; end > 0; end -= WEEK) {
    const week = days.slice(Math.max(0, end - WEEK), end);
    const [first, last] = [week[0], week.at(-1)];
    if (!first || !last) break;
    weeks.unshift({
      name: `${first.short} to ${last.short === "Today" ? "today" : last.short}`,
      short: last.short,
      count: sumOf(week),
    });
  }
  return weeks;
}

function sumOf(bins: readonly Bin[]): HealthCount {
  const sum = { delivered: 0, fetched: 0, failed: 0 };
  for (const { count } of bins) {
    sum.delivered += count.delivered;
    sum.fetched += count.fetched;
    sum.failed += count.failed;
  }
  return sum;
}
