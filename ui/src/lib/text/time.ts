// Times in everyday words. Every function takes `now`, so lists can be redrawn as time passes, and tests need no clock.
// Words are English; order and clock are the reader's (see `locale.ts`).
import { formatDate, formatDates, hasHour12 } from "./locale";
import { decimal } from "./words";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NBSP = "\u00a0";
const SHORT_DAY: Intl.DateTimeFormatOptions = { day: "numeric", month: "short" };

/** Midnight is 00:05 on a 24-hour clock and 12:05 am on a 12-hour one, never 24:05 or 0:05 am. */
function hours(hour12: boolean): Intl.DateTimeFormatOptions {
  return hour12 ? { hour: "numeric", hourCycle: "h12" } : { hour: "2-digit", hourCycle: "h23" };
}

function startOfDay(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}

/** Calendar days from `at` to `now`: 0 today, 1 yesterday, negative in the future. */
export function daysAgo(at: Date, now: Date): number {
  return Math.round((startOfDay(now) - startOfDay(at)) / (24 * HOUR));
}

/** "14:36", or "2:36 PM" if the system says so. */
export function clock(at: Date, hour12 = hasHour12()): string {
  return formatDate(at, { ...hours(hour12), minute: "2-digit" }).replace(/[ \u202f]/, NBSP);
}

/** "14:36:08" */
export function clockWithSeconds(at: Date, hour12 = hasHour12()): string {
  return formatDate(at, { ...hours(hour12), minute: "2-digit", second: "2-digit" }).replace(
    /[ \u202f]/,
    NBSP,
  );
}

/** "Now", "4 min", "1 h": how long ago, for less than a day. */
function elapsed(at: Date, now: Date): string {
  const passed = now.getTime() - at.getTime();
  if (passed < MINUTE) return "Now";
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)}${NBSP}min`;
  return `${Math.floor(passed / HOUR)}${NBSP}h`;
}

/** The time in a row under its day: relative today, otherwise the clock time. */
export function timeUnderDay(at: Date, now: Date, hour12 = hasHour12()): string {
  return daysAgo(at, now) === 0 ? elapsed(at, now) : clock(at, hour12);
}

/** The time of something without a day heading: "4 min", "Yesterday, 18:52", "Wednesday, 17:30", "3 October". */
export function shortTime(at: Date, now: Date, hour12 = hasHour12()): string {
  const days = daysAgo(at, now);
  if (days <= 0) return elapsed(at, now);
  if (days === 1) return `Yesterday, ${clock(at, hour12)}`;
  if (days < 7) return `${formatDate(at, { weekday: "long" })}, ${clock(at, hour12)}`;
  return date(at, now);
}

/** The time in a narrow column: "14:38", "Yesterday 18:52", "Wed 17:30", "3 Oct 09:12". */
export function columnTime(at: Date, now: Date, hour12 = hasHour12()): string {
  const days = daysAgo(at, now);
  const time = clock(at, hour12);
  if (days <= 0) return time;
  if (days === 1) return `Yesterday ${time}`;
  const day = days < 7 ? formatDate(at, { weekday: "short" }) : formatDate(at, SHORT_DAY);
  return `${day} ${time}`;
}

/** `shortTime` in the middle of a sentence: "4 min ago", "yesterday, 18:52", "on Wednesday, 17:30". */
export function ago(at: Date, now: Date, hour12 = hasHour12()): string {
  const days = daysAgo(at, now);
  if (days <= 0) return now.getTime() - at.getTime() < MINUTE ? "just now" : `${elapsed(at, now)} ago`;
  const short = shortTime(at, now, hour12);
  return days === 1 ? short.replace("Y", "y") : `on ${short}`;
}

/** Like `ago`, but in seconds below a minute: "40s ago". For things checked every minute. */
export function secondsAgo(at: Date, now: Date, hour12 = hasHour12()): string {
  const passed = Math.floor((now.getTime() - at.getTime()) / 1000);
  return passed >= 5 && passed < 60 ? `${passed}s ago` : ago(at, now, hour12);
}

/** The time until a moment: "in 8s", "in 2 min", "now" if it has passed. */
export function until(at: Date, now: Date): string {
  const left = at.getTime() - now.getTime();
  if (left <= 0) return "now";
  return `in ${left < MINUTE ? `${Math.ceil(left / 1000)}s` : duration(Math.ceil(left / MINUTE) * MINUTE)}`;
}

/** "3 October" or "October 3", with the year unless it is the current one. */
export function date(at: Date, now: Date): string {
  const year = at.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return formatDate(at, { day: "numeric", month: "long", year });
}

/** "3 Oct" or "Oct 3", with the year unless it is the current one. */
export function shortDate(at: Date, now: Date): string {
  const year = at.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return formatDate(at, { ...SHORT_DAY, year });
}

/**
 * A range of days: "3 to 9 Nov" or "Nov 3 to 9", with the year unless it is the current one. A single day is written
 * alone.
 */
export function shortDates(from: Date, to: Date, now: Date): string {
  const isThisYear = [from, to].every((at) => at.getFullYear() === now.getFullYear());
  return formatDates(from, to, { ...SHORT_DAY, year: isThisYear ? undefined : "numeric" });
}

/** The heading above a day's rows: "Today", "Yesterday", "Wednesday, 18 November". */
export function dayHead(at: Date, now: Date): string {
  const days = daysAgo(at, now);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return `${formatDate(at, { weekday: "long" })}, ${date(at, now)}`;
}

/** "Today, 14:36:08", "16 April 2025, 05:00": for the facts of one event. */
export function clockAndDay(at: Date, now: Date, hour12 = hasHour12()): string {
  const days = daysAgo(at, now);
  if (days === 0) return `Today, ${clockWithSeconds(at, hour12)}`;
  if (days === 1) return `Yesterday, ${clockWithSeconds(at, hour12)}`;
  return `${date(at, now)}, ${clock(at, hour12)}`;
}

/** A future moment, as in "until tomorrow, 14:36". */
export function moment(at: Date, now: Date, hour12 = hasHour12()): string {
  const days = daysAgo(at, now);
  if (days === 0) return clock(at, hour12);
  if (days === -1) return `tomorrow, ${clock(at, hour12)}`;
  return `${date(at, now)}, ${clock(at, hour12)}`;
}

/** The exact time with its zone, for the `title` of a relative one. */
export function exact(at: Date, hour12 = hasHour12()): string {
  const day = formatDate(at, { day: "numeric", month: "long", year: "numeric" });
  const time = { ...hours(hour12), minute: "2-digit", second: "2-digit", timeZoneName: "short" } as const;
  return `${formatDate(at, { weekday: "long" })}, ${day}, ${formatDate(at, time)}`;
}

/** A length of time: "412 ms", "1.9s", "40s", "4 min", "6h 12m", "2d 19h". Its parts stay on one line. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)}${NBSP}ms`;
  if (milliseconds < 10_000) return `${decimal(Math.floor(milliseconds / 100) / 10, 1)}s`;
  if (milliseconds < MINUTE) return `${Math.floor(milliseconds / 1000)}s`;
  const minutes = Math.floor(milliseconds / MINUTE);
  if (minutes < 60) return `${minutes}${NBSP}min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return joined(`${hours}h`, minutes % 60, "m");
  return joined(`${Math.floor(hours / 24)}d`, hours % 24, "h");
}

function joined(large: string, small: number, unit: string): string {
  return small === 0 ? large : `${large}${NBSP}${small}${unit}`;
}
