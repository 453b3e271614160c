// What the palette shows for the typed text: groups of lines, best first, with the matched letters.
import type { EventRow } from "../bindings/api";
import { eventItem, type Item } from "./items";
import { hit, type Hit } from "./rank";

export type GroupName =
  "Needs attention" | "Recent" | "Commands" | "Events" | "Webhooks" | "Apps" | "Accounts" | "Choices";

export interface Line {
  item: Item;
  /** The matched letters of the name. */
  at: readonly number[];
}

export interface Group {
  name: GroupName;
  lines: Line[];
}

/** Lines per group while searching. */
const MOST = 6;

interface Ranked extends Line {
  hit: Hit;
}

/** Best first; equal matches keep their order. */
function ranked(typed: string, items: readonly Item[]): Ranked[] {
  return items
    .flatMap((item) => {
      const found = hit(typed, item.name, item.also);
      return found ? { item, at: found.at, hit: found } : [];
    })
    .sort((a, b) => Number(b.hit.whole) - Number(a.hit.whole) || b.hit.score - a.hit.score);
}

/** The source of a group. */
export interface Source {
  name: GroupName;
  items: readonly Item[];
  /** Lines matched by something other than their names, such as events by their payloads. */
  more?: readonly Item[];
}

/**
 * Groups with matches. They keep their given order, except that groups with whole-word matches come before those where
 * only letters matched.
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

/** A group with all lines, without matching. */
export function plain(name: GroupName, items: readonly Item[]): Group {
  return { name, lines: items.map((item) => ({ item, at: [] })) };
}

/** How many listed events are searched while the store's reply is pending. */
const LISTED = 300;

/**
 * Events from the list and from the store's reply. `answered` is the text that the store searched for: a reply to an
 * older text counts only if the letters match the name as well.
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
