// Where the lines of an axis stand, and what is written at them.
import { formatDate } from "../../text/locale";

const DAY = 86_400_000;
/** Days from one mark to the next; past the last, months. */
const DAYS = [1, 2, 7, 14] as const;
const MONTHS = [1, 2, 3, 6] as const;

/** At most so many of the reader's own midnights between two moments: every so many days, or firsts of months. */
export function midnights(from: Date, to: Date, most: number): Date[] {
  const length = (to.getTime() - from.getTime()) / DAY;
  const days = DAYS.find((step) => length / step < most);
  const months = MONTHS.find((step) => length / (30 * step) < most) ?? 12;
  const first = new Date(from.getFullYear(), from.getMonth(), from.getDate());
  const at = (index: number) =>
    days === undefined
      ? new Date(first.getFullYear(), first.getMonth() + index * months, 1)
      : new Date(first.getFullYear(), first.getMonth(), first.getDate() + index * days);
  const ticks: Date[] = [];
  for (let index = 0; at(index) <= to; index++) {
    if (at(index) >= from) ticks.push(at(index));
  }
  return ticks;
}

/** The text at each moment of an axis: "1 Oct", "8", "15", "1 Nov"; months where they are all that is marked. */
export function momentLabels(ticks: readonly Date[]): string[] {
  const [first, second] = ticks;
  const months = first && second && second.getTime() - first.getTime() >= 27 * DAY;
  return ticks.map((at, index) => {
    const before = ticks[index - 1];
    if (months) {
      const turned = before?.getFullYear() !== at.getFullYear();
      return formatDate(at, turned ? { month: "short", year: "numeric" } : { month: "short" });
    }
    const turned = before?.getMonth() !== at.getMonth();
    return formatDate(at, turned ? { day: "numeric", month: "short" } : { day: "numeric" });
  });
}

/** Which of so many days are marked where there is room for one in every `step`: the last one always. */
export function markedDays(days: number, step: number): number[] {
  const every = Math.max(1, Math.ceil(step));
  const marked: number[] = [];
  for (let day = days - 1; day >= 0; day -= every) marked.unshift(day);
  return marked;
}

/** Delays that are marked where they reach from a blink to days, in milliseconds. */
const DECADES = [1, 10, 100, 1000, 10_000, 60_000, 600_000, 3_600_000, 6 * 3_600_000, DAY, 7 * DAY, 30 * DAY];

/** Every step from at most `least` to at least `most`. */
export function decades(least: number, most: number): number[] {
  const from = Math.max(
    0,
    DECADES.findLastIndex((step) => step <= least),
  );
  const above = DECADES.findIndex((step) => step >= most);
  const to = above < 0 ? DECADES.length - 1 : above;
  return DECADES.slice(from, Math.max(to, from + 1) + 1);
}

/** At most so many of them, the last one always. */
export function thinned(ticks: readonly number[], most: number): number[] {
  const every = Math.ceil(ticks.length / most);
  return ticks.filter((_, index) => (ticks.length - 1 - index) % every === 0);
}

/** Where a text stands at a mark, so that it does not run out at a side. */
export function anchorAt(x: number, width: number): "start" | "middle" | "end" {
  if (x < 20) return "start";
  return x > width - 20 ? "end" : "middle";
}
