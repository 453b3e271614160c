// The words for a list with no rows: the search and the filter are named, and one button widens them.
import type { EventFilter } from "../bindings/api";

export interface EmptyWords {
  title: string;
  text: string;
  widen: string;
}

/** Where a search looked, so that nobody takes the inbox for everything. */
function searched(filter: EventFilter): string {
  const which = filter.unread ? "unread events" : filter.importance ? "events that need attention" : "events";
  switch (filter.place) {
    case "inbox":
      return `Searched ${which} in the inbox, but not the archive.`;
    case "archive":
      return `Searched ${which} in the archive, but not the inbox.`;
    case "everywhere":
      return `Searched ${which} in the inbox and the archive.`;
  }
}

/** Null when the inbox is empty as such: then there is nothing to widen, only something to begin. */
export function emptyWords(filter: EventFilter): EmptyWords | null {
  const { place, unread, importance, search } = filter;
  const isPlain = place === "inbox" && !unread && !importance;
  if (search !== "") {
    return {
      title: `No match for “${search}”`,
      text: searched(filter),
      widen: isPlain ? "Clear Search" : "Search Inbox",
    };
  }
  if (place === "archive") {
    return {
      title: "Nothing archived",
      text: "Press E to archive an event. You can find it here.",
      widen: "Show Inbox",
    };
  }
  if (unread) {
    return {
      title: "You’re all caught up",
      text: "New events stay here until you open them.",
      widen: "Show Inbox",
    };
  }
  if (importance) {
    return {
      title: "Nothing needs your attention",
      text: "Rejections, pending releases and missing agreements show up here.",
      widen: "Show Inbox",
    };
  }
  return null;
}
