// The raw log as rows of one height: where each begins and ends in the text, found once. Only the rows in
// sight are cut out of the text, so five megabytes cost one walk through them.
import { patternOf } from "./pieces";

/** Characters of one row. A longer line goes on in the next row, or one line could be the whole log. */
export const WIDEST = 512;
/** Rows at most: a webview can't make a page higher than about 33 million pixels. */
export const MOST_ROWS = 1_000_000;

export interface Log {
  text: string;
  /** Where each row begins; the row ends where the next begins. */
  starts: Uint32Array;
  /** The longest row in characters, for the width. */
  longest: number;
  /** The number of its line, counted from 1, for each row; 0 where a line goes on. */
  lines: Uint32Array;
  /** Whether rows beyond `MOST_ROWS` were left out. */
  cut: boolean;
}

export function logOf(text: string): Log {
  const starts: number[] = [];
  const lines: number[] = [];
  let line = 1;
  let longest = 0;
  let at = 0;
  while (at < text.length && starts.length < MOST_ROWS) {
    const newline = text.indexOf("\n", at);
    const end = newline === -1 ? text.length : newline;
    starts.push(at);
    lines.push(line);
    while (end - at > WIDEST && starts.length < MOST_ROWS) {
      at += whole(text, at + WIDEST);
      starts.push(at);
      lines.push(0);
      longest = WIDEST;
    }
    longest = Math.max(longest, Math.min(WIDEST, end - at));
    line += 1;
    at = end + 1;
  }
  const cut = at < text.length;
  starts.push(cut ? at : text.length);
  return { text, starts: Uint32Array.from(starts), longest, lines: Uint32Array.from(lines), cut };

  /** How far a row that would end at `end` reaches: a pair of surrogates is not torn apart. */
  function whole(of: string, end: number): number {
    const unit = of.charCodeAt(end - 1);
    return unit >= 0xd800 && unit < 0xdc00 ? WIDEST - 1 : WIDEST;
  }
}

export function rowCount(log: Log): number {
  return log.lines.length;
}

/** The text of a row, without its line break. */
export function rowText(log: Log, row: number): string {
  return log.text.slice(log.starts[row], log.starts[row + 1]).replace(/\r?\n$/, "");
}

/** The row in which this character stands. */
export function rowOf(log: Log, at: number): number {
  let low = 0;
  let high = log.lines.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((log.starts[middle] ?? 0) <= at) low = middle;
    else high = middle;
  }
  return low;
}

/** Where a text occurs, regardless of case; at most so many places. */
export function places(log: Log, wanted: string, most = 10_000): number[] {
  const found: number[] = [];
  if (wanted === "") return found;
  const pattern = patternOf(wanted);
  const end = log.starts[log.lines.length] ?? 0;
  for (const match of log.text.matchAll(pattern)) {
    if (match.index >= end || found.length >= most) break;
    found.push(match.index);
  }
  return found;
}
