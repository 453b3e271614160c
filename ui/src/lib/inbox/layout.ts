// Where every row of the inbox stands, by arithmetic. Rows and day heads have fixed heights, so a list of
// 100,000 events needs no measuring: the places of the days are added up once, and a row's place follows.
// That is why the virtual list is our own: the libraries for it measure what we already know, and put
// the rows into one flat box, where day heads can't be groups of a listbox.
import type { EventRow } from "../bindings/api";
import { dayHead } from "../text/time";

/** Pixels; the same as `--row` in tokens.css. */
export const ROW = 52;
/** Pixels; a day head is `--s-2` + 16 + `--s-1`. */
export const HEAD = 28;

export interface Day {
  key: string;
  label: string;
  /** Index of its first row, and how many rows it has. */
  first: number;
  count: number;
  /** Pixels from the top of the list. */
  top: number;
  height: number;
}

export interface Layout {
  days: Day[];
  height: number;
}

// The local midnight before an event, kept per row: rows never change their time.
const midnights = new WeakMap<EventRow, number>();

function midnight(row: EventRow): number {
  let at = midnights.get(row);
  if (at === undefined) {
    at = new Date(row.receivedAt).setHours(0, 0, 0, 0);
    midnights.set(row, at);
  }
  return at;
}

/** Groups rows that follow each other on the same local day. `now` matters by its day only. */
export function layoutOf(rows: readonly EventRow[], now: Date): Layout {
  const days: Day[] = [];
  const seen = new Map<number, number>();
  let top = 0;
  for (let first = 0; first < rows.length;) {
    const day = midnight(rows[first] as EventRow);
    let end = first + 1;
    while (end < rows.length && midnight(rows[end] as EventRow) === day) end += 1;
    // A clock that was set back can bring the same day twice; its second run needs a key of its own.
    const run = seen.get(day) ?? 0;
    seen.set(day, run + 1);
    const height = HEAD + (end - first) * ROW;
    const label = dayHead(new Date(rows[first]?.receivedAt ?? 0), now);
    days.push({ key: `${day}.${run}`, label, first, count: end - first, top, height });
    top += height;
    first = end;
  }
  return { days, height: top };
}

/** The pixels between the top of the list and the row. */
export function topOf(layout: Layout, index: number): number {
  const day = dayOf(layout, index);
  return day ? day.top + HEAD + (index - day.first) * ROW : 0;
}

function dayOf(layout: Layout, index: number): Day | undefined {
  return lastWhere(layout.days, (day) => day.first <= index);
}

/** The row at this many pixels; a day head counts as its first row. Undefined in an empty list. */
export function rowAt(layout: Layout, pixels: number): number | undefined {
  const day = lastWhere(layout.days, (candidate) => candidate.top <= Math.max(0, pixels));
  if (!day) return undefined;
  const inDay = Math.floor((pixels - day.top - HEAD) / ROW);
  return day.first + Math.min(day.count - 1, Math.max(0, inDay));
}

export interface VisibleDay extends Day {
  /** Indices of the rows to draw, in order. */
  rows: number[];
}

/** The days and rows between two places, and in any case the row of `always` (the one with the cursor). */
export function visible(layout: Layout, from: number, to: number, always: number | null): VisibleDay[] {
  const start = rowAt(layout, from);
  const end = rowAt(layout, to);
  if (start === undefined || end === undefined) return [];
  const drawn: VisibleDay[] = [];
  for (const day of layout.days) {
    const last = day.first + day.count - 1;
    const rows: number[] = [];
    for (let row = Math.max(start, day.first); row <= Math.min(end, last); row += 1) rows.push(row);
    if (always !== null && always >= day.first && always <= last && !rows.includes(always)) {
      if (always < start) rows.unshift(always);
      else rows.push(always);
    }
    if (rows.length > 0) drawn.push({ ...day, rows });
  }
  return drawn;
}

/** The index of an event in rows that run from the newest down, or of the first older one. */
export function indexOf(rows: readonly EventRow[], seq: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle] as EventRow).seq > seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

function lastWhere<T>(sorted: readonly T[], holds: (item: T) => boolean): T | undefined {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return sorted[low - 1];
}
