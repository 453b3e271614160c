// The words for a list with no rows: the search and the filter are named, and one button widens them.
import type { Filter } from "../bindings/api";
import type { Filters } from "./inbox.svelte";

const SORTS: Record<Filter, string> = {
  all: "all events",
  unread: "unread events",
  needsYou: "events that need you",
  archived: "archived events",
};

export interface EmptyWords {
  title: string;
  text: string;
  widen: string;
}

/** Null when the inbox is empty as such: then there is nothing to widen, only something to begin. */
export function emptyWords({ filter, search }: Filters): EmptyWords | null {
  if (search !== "") {
    return {
      title: `No match for “${search}”`,
      text: `Searched titles and payloads of ${SORTS[filter]}.`,
      widen: filter === "all" ? "Clear the search" : "Search all events",
    };
  }
  switch (filter) {
    case "unread":
      return {
        title: "All read",
        text: "New events stand here until you have opened them.",
        widen: "Show all events",
      };
    case "needsYou":
      return {
        title: "Nothing needs you",
        text: "What waits for a step of yours is gathered here.",
        widen: "Show all events",
      };
    case "archived":
      return {
        title: "Nothing archived",
        text: "Archive an event with E, and it is kept here.",
        widen: "Show the inbox",
      };
    case "all":
      return null;
  }
}
