// Which frames of a backtrace are shown at first: all of the app's own, and only the ends of a long run of the
// system's.

export interface Fold<F> {
  frames: F[];
  /** Whether they wait behind a button. */
  folded: boolean;
}

/** Frames of a run shown before it collapses, and after it if own code follows. */
const HEAD = 4;
const TAIL = 1;
/** A button that hides fewer isn't worth its line. */
const LEAST = 3;
/** Frames shown of a backtrace without the app's own code. */
const WITHOUT_OWN = 8;

export function folds<F extends { own: boolean }>(frames: readonly F[]): Fold<F>[] {
  const parts: Fold<F>[] = [];
  const none = frames.every(({ own }) => !own);
  for (let first = 0; first < frames.length;) {
    const own = (frames[first] as F).own;
    let end = first + 1;
    while (end < frames.length && (frames[end] as F).own === own) end += 1;
    const run = frames.slice(first, end);
    const head = none ? WITHOUT_OWN : HEAD;
    const tail = end < frames.length ? TAIL : 0;
    if (own || run.length - head - tail < LEAST) parts.push({ frames: run, folded: false });
    else {
      parts.push({ frames: run.slice(0, head), folded: false });
      parts.push({ frames: run.slice(head, run.length - tail), folded: true });
      if (tail > 0) parts.push({ frames: run.slice(run.length - tail), folded: false });
    }
    first = end;
  }
  return parts;
}
