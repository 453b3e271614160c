// Choices of several values: adding or removing one, and naming them all in a word or two.
import type { MenuGroup } from "./menu";

/** The values with this one appended, or without it. */
export function toggled<T>(values: readonly T[], value: T): T[] {
  const others = values.filter((other) => other !== value);
  return others.length < values.length ? others : [...values, value];
}

/** The name of the only value, or a count: "Backyard Birds", "2 apps". Null if there are none. */
export function severalWords<T>(
  values: readonly T[],
  many: string,
  name: (value: T) => string,
): string | null {
  const [first, ...others] = values;
  if (first === undefined) return null;
  return others.length === 0 ? name(first) : `${others.length + 1} ${many}`;
}

/** The menu group that offers several values. */
export function severalOf<T>(
  options: readonly { value: T; label: string; aside?: string }[],
  chosen: readonly T[],
  choose: (values: T[]) => void,
): MenuGroup {
  const items = options.map(({ value, ...option }) => ({
    ...option,
    chosen: chosen.includes(value),
    onselect: () => choose(toggled(chosen, value)),
  }));
  return { many: true, items };
}
