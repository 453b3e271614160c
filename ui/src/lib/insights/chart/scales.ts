// Scales from values to pixels. d3-scale would do the same, but brings colours and formats that we don't need, and is
// as large as the rest of this room.

/** From a value to its position. */
export type Scale = (value: number) => number;

/** A linear scale. */
export function linear(
  [least, most]: readonly [number, number],
  [start, end]: readonly [number, number],
): Scale {
  const slope = most === least ? 0 : (end - start) / (most - least);
  return (value) => start + (value - least) * slope;
}

/** A logarithmic scale; values must be above 0. */
export function logarithmic(
  [least, most]: readonly [number, number],
  range: readonly [number, number],
): Scale {
  const even = linear([Math.log(least), Math.log(most)], range);
  return (value) => even(Math.log(value));
}

/** Adjacent places of equal width. */
export interface Bands {
  /** The distance between the starts of two places. */
  step: number;
  /** The width of the drawing in each place. */
  width: number;
  /** The start of the drawing in a place. */
  left: Scale;
  middle: Scale;
}

/** Divides a length into this many places, with a share of each left empty. */
export function bands(many: number, length: number, free = 0): Bands {
  const step = length / Math.max(1, many);
  const width = step * (1 - free);
  return {
    step,
    width,
    left: (index) => index * step + (step - width) / 2,
    middle: (index) => (index + 0.5) * step,
  };
}
