// Times as people say them. Every function takes `now`, so a list can be redrawn as time goes by and the
// tests need no clock. Words are English; the clock follows the reader's system (12 or 24 hours).

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const WORDS = "en-GB";
const NBSP = "\u00a0";

/** Whether the reader's system writes "6:52 pm" instead of "18:52". */
const systemHour12 =
  new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions().hour12 ?? false;

const formats = new Map<string, Intl.DateTimeFormat>();

/** A format is dear to make and is freed late: a list with a new one for each row took 200 kB a row in WebKit.
 * One that was made keeps its time zone, so a computer that travels gets others. */
function format(at: Date, options: Intl.DateTimeFormatOptions): string {
  const key = `${at.getTimezoneOffset()} ${JSON.stringify(options)}`;
  let made = formats.get(key);
  if (!made) formats.set(key, (made = new Intl.DateTimeFormat(WORDS, options)));
  return made.format(at);
}

/** Midnight is 00:05 on one clock and 12:05 am on the other, never 24:05 or 0:05 am. */
function hours(hour12: boolean): Intl.DateTimeFormatOptions {
  return hour12 ? { hour: "numeric", hourCycle: "h12" } : { hour: "2-digit", hourCycle: "h23" };
}

function startOfDay(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}

/** Whole days from `at` to `now` by the calendar: 0 today, 1 yesterday, negative in the future. */
export function daysAgo(at: Date, now: Date): number {
  return Math.round((startOfDay(now) - startOfDay(at)) / (24 * HOUR));
}

/** "14:36", or "2:36 pm" where the system says so. */
export function clock(at: Date, hour12 = systemHour12): string {
  return format(at, { ...hours(hour12), minute: "2-digit" }).replace(" ", NBSP);
}

/** "14:36:08" */
export function clockWithSeconds(at: Date, hour12 = systemHour12): string {
  return format(at, { ...hours(hour12), minute: "2-digit", second: "2-digit" }).replace(" ", NBSP);
}

/** "Now", "4 min", "1 h": how long ago, for less than a day. */
function elapsed(at: Date, now: Date): string {
  const passed = now.getTime() - at.getTime();
  if (passed < MINUTE) return "Now";
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)}${NBSP}min`;
  return `${Math.floor(passed / HOUR)}${NBSP}h`;
}

/** The time of a row that stands under its day: relative today, the clock on any other day. */
export function timeUnderDay(at: Date, now: Date, hour12 = systemHour12): string {
  return daysAgo(at, now) === 0 ? elapsed(at, now) : clock(at, hour12);
}

/** The time of a thing with no day over it: "4 min", "Yesterday, 18:52", "Wednesday, 17:30", "3 October". */
export function shortTime(at: Date, now: Date, hour12 = systemHour12): string {
  const days = daysAgo(at, now);
  if (days <= 0) return elapsed(at, now);
  if (days === 1) return `Yesterday, ${clock(at, hour12)}`;
  if (days < 7) return `${format(at, { weekday: "long" })}, ${clock(at, hour12)}`;
  return date(at, now);
}

/** The time in a narrow column: "14:38", "Yesterday 18:52", "Wed 17:30", "3 Oct 09:12". */
export function columnTime(at: Date, now: Date, hour12 = systemHour12): string {
  const days = daysAgo(at, now);
  const time = clock(at, hour12);
  if (days <= 0) return time;
  if (days === 1) return `Yesterday ${time}`;
  const day = format(at, days < 7 ? { weekday: "short" } : { day: "numeric", month: "short" });
  return `${day} ${time}`;
}

/** `shortTime` in the middle of a sentence: "4 min ago", "yesterday, 18:52", "on Wednesday, 17:30". */
export function ago(at: Date, now: Date, hour12 = systemHour12): string {
  const days = daysAgo(at, now);
  if (days <= 0) return now.getTime() - at.getTime() < MINUTE ? "just now" : `${elapsed(at, now)} ago`;
  const short = shortTime(at, now, hour12);
  return days === 1 ? short.replace("Y", "y") : `on ${short}`;
}

/** As `ago`, and below a minute to the second: "40 s ago". For what is looked at every minute. */
export function secondsAgo(at: Date, now: Date, hour12 = systemHour12): string {
  const passed = Math.floor((now.getTime() - at.getTime()) / 1000);
  return passed >= 5 && passed < 60 ? `${passed}${NBSP}s ago` : ago(at, now, hour12);
}

/** How long until a moment: "in 8 s", "in 2 min", "now" where it has come. */
export function until(at: Date, now: Date): string {
  const left = at.getTime() - now.getTime();
  if (left <= 0) return "now";
  return `in ${left < MINUTE ? `${Math.ceil(left / 1000)}${NBSP}s` : duration(Math.ceil(left / MINUTE) * MINUTE)}`;
}

/** "3 October", with the year when it is not this one. */
export function date(at: Date, now: Date): string {
  const year = at.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return format(at, { day: "numeric", month: "long", year });
}

/** The head over a day's rows: "Today", "Yesterday", "Wednesday, 18 November". */
export function dayHead(at: Date, now: Date): string {
  const days = daysAgo(at, now);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return `${format(at, { weekday: "long" })}, ${date(at, now)}`;
}

/** "14:36:08, today", "16 April 2025, 05:00": for the facts of one event. */
export function clockAndDay(at: Date, now: Date, hour12 = systemHour12): string {
  const days = daysAgo(at, now);
  if (days === 0) return `${clockWithSeconds(at, hour12)}, today`;
  if (days === 1) return `${clockWithSeconds(at, hour12)}, yesterday`;
  return `${date(at, now)}, ${clock(at, hour12)}`;
}

/** A moment still to come: "until tomorrow, 14:36" is written with this. */
export function moment(at: Date, now: Date, hour12 = systemHour12): string {
  const days = daysAgo(at, now);
  if (days === 0) return clock(at, hour12);
  if (days === -1) return `tomorrow, ${clock(at, hour12)}`;
  return `${date(at, now)}, ${clock(at, hour12)}`;
}

/** The exact time with its zone, for the `title` of a relative one. */
export function exact(at: Date): string {
  const day = format(at, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const time = format(at, { ...hours(false), minute: "2-digit", second: "2-digit", timeZoneName: "short" });
  return `${day}, ${time}`;
}

/** A length of time: "412 ms", "1.9 s", "6 h 12 min", "2 d 19 h". Its parts never part at a line's end. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)}${NBSP}ms`;
  if (milliseconds < 10_000) return `${(Math.floor(milliseconds / 100) / 10).toFixed(1)}${NBSP}s`;
  if (milliseconds < MINUTE) return `${Math.floor(milliseconds / 1000)}${NBSP}s`;
  const minutes = Math.floor(milliseconds / MINUTE);
  if (minutes < 60) return `${minutes}${NBSP}min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return two(hours, "h", minutes % 60, "min");
  return two(Math.floor(hours / 24), "d", hours % 24, "h");
}

function two(large: number, largeUnit: string, small: number, smallUnit: string): string {
  const first = `${large}${NBSP}${largeUnit}`;
  return small === 0 ? first : `${first}${NBSP}${small}${NBSP}${smallUnit}`;
}
