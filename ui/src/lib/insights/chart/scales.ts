// From values to pixels. d3-scale would do the same, with colours and formats that nobody here asks for: it is
// as large as everything else in this room together.

/** From a value to its place. */
export type Scale = (value: number) => number;

/** In even steps. */
export function linear(
  [least, most]: readonly [number, number],
  [start, end]: readonly [number, number],
): Scale {
  const slope = most === least ? 0 : (end - start) / (most - least);
  return (value) => start + (value - least) * slope;
}

/** In steps that multiply; values are above 0. */
export function logarithmic(
  [least, most]: readonly [number, number],
  range: readonly [number, number],
): Scale {
  const even = linear([Math.log(least), Math.log(most)], range);
  return (value) => even(Math.log(value));
}

/** Places side by side, of one width. */
export interface Bands {
  /** From the beginning of one to the beginning of the next. */
  step: number;
  /** How wide what is drawn in each is. */
  width: number;
  /** Where what is drawn in one begins. */
  left: Scale;
  middle: Scale;
}

/** So many places over a length, a share of each left free. */
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
