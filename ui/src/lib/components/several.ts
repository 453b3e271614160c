// Several values of one choice: how one more is taken in or out, and how all are said in a word or two.
import type { MenuGroup } from "./menu";

/** The values with this one as the last, or without it. */
export function toggled<T>(values: readonly T[], value: T): T[] {
  const others = values.filter((other) => other !== value);
  return others.length < values.length ? others : [...values, value];
}

/** The name of the only value, or how many there are: "Backyard Birds", "2 apps". Null where there are none. */
export function severalWords<T>(
  values: readonly T[],
  many: string,
  name: (value: T) => string,
): string | null {
  const [first, ...others] = values;
  if (first === undefined) return null;
  return others.length === 0 ? name(first) : `${others.length + 1} ${many}`;
}

/** What a menu offers to choose several of. */
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
