// The texts of an empty list: they name the search and filters, and one button widens them.
import type { EventFilter } from "../bindings/api";
import { EVERYTHING, isSame } from "./filters";

export interface EmptyWords {
  title: string;
  text: string;
  widen: string;
}

/** Where a search looked, so that nobody takes the inbox for everything. */
const SEARCHED: Record<EventFilter["place"], string> = {
  inbox: "in the inbox, but not the archive",
  archive: "in the archive, but not the inbox",
  everywhere: "in the inbox and the archive",
};

/** Null if the inbox itself is empty: then there is nothing to widen. */
export function emptyWords(filter: EventFilter): EmptyWords | null {
  const { place, search } = filter;
  const only = (change: Partial<EventFilter>) => isSame(filter, { ...EVERYTHING, ...change });
  if (search !== "") {
    const which = isSame(filter, { ...EVERYTHING, place, search })
      ? "all events"
      : "events that match these filters";
    const isPlain = only({ search });
    return {
      title: `No match for “${search}”`,
      text: `Searched ${which} ${SEARCHED[place]}.`,
      widen: isPlain ? "Clear the search" : "Show the inbox",
    };
  }
  if (only({})) return null;
  if (only({ place: "archive" })) {
    return {
      title: "Nothing archived",
      text: "Press E to archive an event. You can find it here.",
      widen: "Show the inbox",
    };
  }
  if (only({ unread: true })) {
    return {
      title: "You’re all caught up",
      text: "New events stay here until you open them.",
      widen: "Show the inbox",
    };
  }
  if (only({ importance: ["needsYou"] })) {
    return {
      title: "Nothing needs your attention",
      text: "Rejections, pending releases and missing agreements show up here.",
      widen: "Show the inbox",
    };
  }
  return {
    title: "No matching events",
    text: "Nothing matches all of these filters.",
    widen: "Clear the filters",
  };
}
