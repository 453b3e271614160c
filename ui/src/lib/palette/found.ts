// What the palette shows for what was typed: groups of lines, the best first, with the letters that were found.
import type { EventRow } from "../bindings/api";
import { eventItem, type Item } from "./items";
import { hit, type Hit } from "./rank";

export type GroupName =
  "Needs attention" | "Recent" | "Commands" | "Events" | "Webhooks" | "Apps" | "Accounts" | "Choices";

export interface Line {
  item: Item;
  /** The letters of the name that were found. */
  at: readonly number[];
}

export interface Group {
  name: GroupName;
  lines: Line[];
}

/** Lines of each group while something is searched; the best are enough. */
const MOST = 6;

interface Ranked extends Line {
  hit: Hit;
}

/** The best first; of two that are as good, the one that came first. */
function ranked(typed: string, items: readonly Item[]): Ranked[] {
  return items
    .flatMap((item) => {
      const found = hit(typed, item.name, item.also);
      return found ? { item, at: found.at, hit: found } : [];
    })
    .sort((a, b) => Number(b.hit.whole) - Number(a.hit.whole) || b.hit.score - a.hit.score);
}

/** What a group is made of. */
export interface Source {
  name: GroupName;
  items: readonly Item[];
  /** Lines that were found elsewhere than in their names, such as events by their payloads. */
  more?: readonly Item[];
}

/**
 * Groups with what was found. They stand in their given order, but those where the words themselves were found come
 * before those where only their letters were.
 */
export function groupsOf(typed: string, sources: readonly Source[]): Group[] {
  const groups = sources
    .map(({ name, items, more = [] }) => {
      const found = ranked(typed, items);
      const shown = new Set(found.map(({ item }) => item.key));
      const others = more.filter(({ key }) => !shown.has(key)).map((item) => ({ item, at: [] }));
      const lines: Line[] = [...found.map(({ item, at }) => ({ item, at })), ...others];
      return { name, lines: lines.slice(0, MOST), whole: found[0]?.hit.whole ?? false };
    })
    .filter(({ lines }) => lines.length > 0);
  return [...groups.filter(({ whole }) => whole), ...groups.filter(({ whole }) => !whole)].map(
    ({ name, lines }) => ({ name, lines }),
  );
}

/** All lines of a group as they are. */
export function plain(name: GroupName, items: readonly Item[]): Group {
  return { name, lines: items.map((item) => ({ item, at: [] })) };
}

/** Events of the list that are looked through while the store is being asked. */
const LISTED = 300;

/**
 * The events of the list and those the store found. `answered` is what the store was asked: an older answer only
 * counts where the letters are in the name as well.
 */
export function eventSource(
  typed: string,
  listed: readonly EventRow[],
  stored: { rows: readonly EventRow[]; answered: string },
  now: Date,
): Source {
  const near = listed.slice(0, LISTED);
  const known = new Set(near.map(({ seq }) => seq));
  const found = stored.rows.map((row) => eventItem(row, now));
  const rest = stored.rows.filter(({ seq }) => !known.has(seq)).map((row) => eventItem(row, now));
  return {
    name: "Events",
    items: [...near.map((row) => eventItem(row, now)), ...rest],
    more: stored.answered === typed.trim() ? found : [],
  };
}
