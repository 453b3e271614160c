// The bars of a timeline, and how the arrow keys move between them.
import type { TimelineSpan, TimelineStage, TimelineTrack } from "../../bindings/api";
import { isDrawn } from "../stages";

/** The heights of a row and of the bar in it, in pixels. */
export const ROW = 28;
export const BAR = 18;

export interface Bar {
  row: number;
  track: TimelineTrack;
  span: TimelineSpan;
  /** Clipped to the chart's range. */
  start: Date;
  end: Date;
}

/**
 * Stages that may have begun before the chart's range. Of other stages with an unknown start, only the end is drawn.
 */
const LASTING: readonly TimelineStage[] = ["preparing", "ready", "onSale", "testing", "offSale", "other"];
/** The share of the range that such an end takes. */
const END = 0.025;

/** The visible bars between two moments, each line's earliest first. */
export function barsOf(tracks: readonly TimelineTrack[], from: Date, to: Date): Bar[] {
  const short = (to.getTime() - from.getTime()) * END;
  return tracks.flatMap((track, row) =>
    track.spans.filter(isDrawn).flatMap((span) => {
      const end = span.to === null ? to : new Date(span.to);
      const unknown = LASTING.includes(span.stage) ? from : new Date(end.getTime() - short);
      const start = span.from === null ? unknown : new Date(span.from);
      if (end < from || start > to) return [];
      return [{ row, track, span, start: start < from ? from : start, end: end > to ? to : end }];
    }),
  );
}

/**
 * The bar that a key leads to: the next one in the line, or the nearest in the next line above or below that has one.
 */
export function barAfter(bars: readonly Bar[], at: number, key: string): number | null {
  const here = bars[at];
  if (!here) return null;
  const inRow = (row: number) => bars.flatMap((bar, index) => (bar.row === row ? [index] : []));
  const own = inRow(here.row);
  switch (key) {
    case "ArrowLeft":
      return own[own.indexOf(at) - 1] ?? null;
    case "ArrowRight":
      return own[own.indexOf(at) + 1] ?? null;
    case "Home":
      return own[0] ?? null;
    case "End":
      return own.at(-1) ?? null;
    case "ArrowUp":
    case "ArrowDown": {
      const rows = [...new Set(bars.map(({ row }) => row))];
      const row = rows[rows.indexOf(here.row) + (key === "ArrowUp" ? -1 : 1)];
      if (row === undefined) return null;
      const middle = (bar: Bar | undefined) => (bar ? (bar.start.getTime() + bar.end.getTime()) / 2 : 0);
      const away = (index: number) => Math.abs(middle(bars[index]) - middle(here));
      return inRow(row).reduce((nearest, index) => (away(index) < away(nearest) ? index : nearest));
    }
    default:
      return null;
  }
}
