// Which element draws which row. Few elements draw a long list: one whose row has left the view is given to
// a row that comes into it. To make and drop elements instead is as quick, but web views free what was
// dropped late, pictures with it: a walk through 600 rows would cost some 300 MB.

/**
 * What each place holds once all `wanted` have one. What is wanted still keeps its place, and so does what
 * nobody's place is needed for. There are more places only when there are not enough.
 */
export function placed<K>(held: readonly K[], wanted: readonly K[]): K[] {
  const all = new Set(wanted);
  const known = new Set(held);
  const free = held.flatMap((key, at) => (all.has(key) ? [] : [at]));
  const next = [...held];
  for (const key of wanted) if (!known.has(key)) next[free.pop() ?? next.length] = key;
  return next;
}

export interface Standing {
  element: Element;
  /** Of its row; null if no row needs it. */
  index: number | null;
  /** The day its row stands in. */
  group: Element | null;
  /** Whether its row is another one than before. */
  moved: boolean;
}

/** Brings elements into their days, in the order of their rows, and home what no row needs. What stands right
 * already is not moved. */
export function stand(home: Element, standing: readonly Standing[]): void {
  const below = new Map<Element, Element | null>();
  for (const { element, index, moved } of standing) if (moved || index === null) home.append(element);
  for (const { element, group } of standing.toSorted((a, b) => (b.index ?? 0) - (a.index ?? 0))) {
    if (!group) continue;
    const next = below.get(group) ?? null;
    if (element.parentNode !== group || element.nextElementSibling !== next)
      group.insertBefore(element, next);
    below.set(group, element);
  }
}
