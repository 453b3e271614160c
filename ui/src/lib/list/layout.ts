// Computes the position of every row. Rows and day heads have fixed heights, so a list of 100,000 rows needs no
// measuring: the days' positions are added up once, and a row's position follows. That is why the virtual list is our
// own: libraries measure what we already know, and put the rows into one flat box, where day heads can't be groups of a
// listbox.
import { dayHead } from "../text/time";

/** The height of a two-line row in pixels; the same as `--row` in tokens.css. */
export const ROW = 52;
/** The height of a three-line row with a thumbnail in pixels; the same as `--row-media` in tokens.css. */
export const MEDIA_ROW = 72;
/** The height of a day head in pixels: `--s-2` + 16 + `--s-1`. */
export const HEAD = 28;

export interface Day {
  key: string;
  /** Its local midnight, in milliseconds since 1970. */
  midnight: number;
  label: string;
  /** The index of its first row, and its number of rows. */
  first: number;
  count: number;
  /** Pixels from the top of the list. */
  top: number;
  height: number;
}

export interface Layout {
  days: Day[];
  /** The height of one row in pixels. */
  row: number;
  height: number;
  /** The rows it was computed from. */
  rows: readonly object[];
  today: number;
}

/** What a layout needs to know about rows: their height, and when each happened. */
export interface Shape<T> {
  row: number;
  at: (row: T) => string;
}

// The local midnight before each row, cached: a row's time never changes.
const midnights = new WeakMap<object, number>();

function midnight(row: object, at: string): number {
  let known = midnights.get(row);
  if (known === undefined) {
    known = new Date(at).setHours(0, 0, 0, 0);
    midnights.set(row, known);
  }
  return known;
}

/**
 * Groups consecutive rows of the same local day. Only the day of `now` matters. The first and last rows that are
 * unchanged since the `before` layout keep its days: a long list grows page by page, and loses a row here and there.
 */
export function layoutOf<T extends object>(
  rows: readonly T[],
  now: Date,
  { row, at }: Shape<T>,
  before: Layout | null = null,
): Layout {
  const today = new Date(now).setHours(0, 0, 0, 0);
  const usable = before?.today === today ? before : null;
  const days = usable ? daysBefore(usable, rows) : [];
  const followed = usable && daysBehind(usable, rows);
  const seen = new Map<number, number>();
  for (const { midnight: day } of days) seen.set(day, (seen.get(day) ?? 0) + 1);
  const dayOf = (index: number) => midnight(rows[index] as T, at(rows[index] as T));
  const last = days.at(-1);
  let top = last ? last.top + last.height : 0;
  for (let first = last ? last.first + last.count : 0; first < rows.length;) {
    const known = followed?.(first);
    const day = known ? known.midnight : dayOf(first);
    let end = first + (known ? known.count : 1);
    if (!known) while (end < rows.length && dayOf(end) === day) end += 1;
    // A clock that was set back can produce the same day twice; its second run needs its own key.
    const run = seen.get(day) ?? 0;
    seen.set(day, run + 1);
    const height = HEAD + (end - first) * row;
    const label = known?.label ?? dayHead(new Date(at(rows[first] as T)), now);
    days.push({ key: `${day}.${run}`, midnight: day, label, first, count: end - first, top, height });
    top += height;
    first = end;
  }
  return { days, row, height: top, rows, today };
}

/** The days of a layout whose rows are still the first ones, except the last day: it may continue. */
function daysBefore({ days, rows: old }: Layout, rows: readonly object[]): Day[] {
  let same = 0;
  while (same < old.length && old[same] === rows[same]) same += 1;
  return days.slice(0, Math.max(0, firstWhere(days, ({ first, count }) => first + count > same) - 1));
}

/** Looks up the old day that began with the row now at an index, if all rows from there on are unchanged. */
function daysBehind(before: Layout, rows: readonly object[]): (first: number) => Day | undefined {
  const moved = before.rows.length - rows.length;
  let from = rows.length;
  while (from > 0 && from + moved > 0 && before.rows[from + moved - 1] === rows[from - 1]) from -= 1;
  return (first) => {
    const day = first < from ? undefined : dayAt(before, first + moved);
    return day?.first === first + moved ? day : undefined;
  };
}

/** The pixels between the top of the list and the row. */
export function topOf(layout: Layout, index: number): number {
  const day = dayAt(layout, index);
  return day ? day.top + HEAD + (index - day.first) * layout.row : 0;
}

/** The row at this pixel offset; a day head counts as its first row. Undefined in an empty list. */
export function rowAt(layout: Layout, pixels: number): number | undefined {
  const day = lastWhere(layout.days, (candidate) => candidate.top <= Math.max(0, pixels));
  if (!day) return undefined;
  const inDay = Math.floor((pixels - day.top - HEAD) / layout.row);
  return day.first + Math.min(day.count - 1, Math.max(0, inDay));
}

export interface VisibleDay extends Day {
  /** Indices of the rows to draw, in order. */
  rows: number[];
}

/** The days and rows between two offsets, always including the row `always` (the one with the cursor). */
export function visible(layout: Layout, from: number, to: number, always: number | null): VisibleDay[] {
  const start = rowAt(layout, from);
  const end = rowAt(layout, to);
  if (start === undefined || end === undefined) return [];
  const drawn: VisibleDay[] = [];
  const { days } = layout;
  const inSight = days.slice(
    firstWhere(days, ({ first, count }) => first + count > start),
    firstWhere(days, ({ first }) => first > end),
  );
  const cursors = always === null ? undefined : dayAt(layout, always);
  if (cursors && cursors.first > end) inSight.push(cursors);
  else if (cursors && cursors.first + cursors.count <= start) inSight.unshift(cursors);
  for (const day of inSight) {
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

/** The first index in sorted items for which `holds` is true, or their length. `holds` must be monotonic. */
export function firstWhere<T>(sorted: readonly T[], holds: (item: T) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle] as T)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The day that contains the row with this index, or the last row before it. */
function dayAt({ days }: Layout, index: number): Day | undefined {
  return lastWhere(days, ({ first }) => first <= index);
}

function lastWhere<T>(sorted: readonly T[], holds: (item: T) => boolean): T | undefined {
  return sorted[firstWhere(sorted, (item) => !holds(item)) - 1];
}
