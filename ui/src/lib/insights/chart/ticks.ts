// The positions of an axis's grid lines, and their labels.
import { formatDate } from "../../text/locale";

const DAY = 86_400_000;
/** Days between marks; beyond the last, marks are months. */
const DAYS = [1, 2, 7, 14] as const;
const MONTHS = [1, 2, 3, 6] as const;

/** At most `most` of the reader's midnights between two moments: every few days, or the firsts of months. */
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

/** The label of each moment of an axis: "1 Oct", "8", "15", "1 Nov"; month names if only months are marked. */
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

/** Which days are marked if there is room for one in every `step`; always includes the last. */
export function markedDays(days: number, step: number): number[] {
  const every = Math.max(1, Math.ceil(step));
  const marked: number[] = [];
  for (let day = days - 1; day >= 0; day -= every) marked.unshift(day);
  return marked;
}

/** The marks, in milliseconds, for delays that range from an instant to days. */
const DECADES = [1, 10, 100, 1000, 10_000, 60_000, 600_000, 3_600_000, 6 * 3_600_000, DAY, 7 * DAY, 30 * DAY];

/** All marks from the last one up to `least` to the first one from `most`. */
export function decades(least: number, most: number): number[] {
  const from = Math.max(
    0,
    DECADES.findLastIndex((step) => step <= least),
  );
  const above = DECADES.findIndex((step) => step >= most);
  const to = above < 0 ? DECADES.length - 1 : above;
  return DECADES.slice(from, Math.max(to, from + 1) + 1);
}

/** At most `most` of the marks, always including the last. */
export function thinned(ticks: readonly number[], most: number): number[] {
  const every = Math.ceil(ticks.length / most);
  return ticks.filter((_, index) => (ticks.length - 1 - index) % every === 0);
}

/** The alignment of a label, so that it doesn't overflow the sides. */
export function anchorAt(x: number, width: number): "start" | "middle" | "end" {
  if (x < 20) return "start";
  return x > width - 20 ? "end" : "middle";
}
