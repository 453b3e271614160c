// The raw log as rows of one height: the start and end of each in the text, found once. Only visible rows are cut out
// of the text, so five megabytes need a single scan.
import { patternOf } from "./pieces";

/** Characters per row. A longer line continues in the next row; otherwise one line could be the whole log. */
export const WIDEST = 512;
/** The maximum number of rows: a webview can't make a page higher than about 33 million pixels. */
export const MOST_ROWS = 1_000_000;

export interface Log {
  text: string;
  /** The start of each row; it ends where the next one starts. */
  starts: Uint32Array;
  /** The longest row in characters, for the width. */
  longest: number;
  /** The line number of each row, counted from 1; 0 if it continues a line. */
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

  /** Adjusts the end of a row so that a surrogate pair is not split. */
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

/** The row that contains this character. */
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

/** The offsets of a text, ignoring case; at most `most` of them. */
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
