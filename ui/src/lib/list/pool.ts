// Assigns rows to a small pool of elements: when a row leaves the view, its element is reused for a row that enters it.
// Creating and dropping elements is just as fast, but web views free dropped elements late, pictures included:
// scrolling through 600 rows would cost some 300 MB.

/**
 * The pool's assignment once every row in `wanted` has a slot. Rows still wanted keep their slots, and unwanted rows
 * stay in slots that aren't needed. The pool grows only when there are too few slots.
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
  /** The index of its row; null if no row needs it. */
  index: number | null;
  /** The day its row belongs to. */
  group: Element | null;
  /** Whether it shows another row than before. */
  moved: boolean;
}

/**
 * Moves elements into their days, in row order, and unused ones back to `home`. Elements already in place aren't moved.
 */
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
