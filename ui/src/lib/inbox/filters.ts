// The inbox's filters, and how their values are worded.
import type { EventChoices, EventFilter, Importance } from "../bindings/api";
import { meanings } from "../components/meaning";
import { severalWords } from "../components/several";
import { periodWords } from "../text/periods";

export const EVERYTHING: EventFilter = { place: "inbox", unread: false, search: "" };

/** The filters above the list, in order; each is set and cleared by itself. */
export const FIELDS = ["app", "account", "type", "importance", "days", "unread"] as const;
export type Field = (typeof FIELDS)[number];

export const IMPORTANCES: readonly Importance[] = ["needsYou", "bad", "good", "info"];

/** A filter without one of its conditions. */
export function without(filter: EventFilter, field: Field): EventFilter {
  const { app, account, type, state, importance, since, until, days, ...rest } = filter;
  const next: EventFilter = { ...rest, unread: field === "unread" ? false : rest.unread };
  if (app && field !== "app") next.app = app;
  if (account && field !== "account") next.account = account;
  if (importance && field !== "importance") next.importance = importance;
  if (field !== "type") {
    if (type) next.type = type;
    if (state) next.state = state;
  }
  if (field !== "days") {
    if (since !== undefined) next.since = since;
    if (until !== undefined) next.until = until;
    if (days !== undefined) next.days = days;
  }
  return next;
}

/** A filter's value in a word or two; null if not set. */
export function wordsOf(filter: EventFilter, field: Field, choices: EventChoices | null): string | null {
  const { app, account, type, state, importance, unread } = filter;
  switch (field) {
    case "app":
      return severalWords(
        app ?? [],
        "apps",
        (id) => choices?.apps.find((one) => one.id === id)?.name ?? "Unknown app",
      );
    case "account":
      return severalWords(
        account ?? [],
        "accounts",
        (id) => choices?.accounts.find((one) => one.id === id)?.name ?? "Unknown account",
      );
    case "type": {
      const known = choices?.types.filter((one) => !type?.length || type.includes(one.type));
      const status = (wanted: string) =>
        known?.flatMap(({ states }) => states).find((one) => one.state === wanted)?.label ?? wanted;
      return (
        severalWords(state ?? [], "states", status) ??
        severalWords(
          type ?? [],
          "types",
          (wanted) => known?.find((one) => one.type === wanted)?.label ?? wanted,
        )
      );
    }
    case "importance":
      return severalWords(importance ?? [], "levels", (one) => meanings[one].label);
    case "days":
      return periodWords(filter, new Date());
    case "unread":
      return unread ? "Unread" : null;
  }
}

/** Whether anything but the place and the search is set. */
export function isSet(filter: EventFilter): boolean {
  return FIELDS.some((field) => wordsOf(filter, field, null) !== null);
}

/** Whether there is anything to save: a view of the whole inbox would just be the inbox. */
export function canBeSaved(filter: EventFilter): boolean {
  return isSet(filter) || filter.search.trim() !== "" || filter.place !== "inbox";
}

/** Whether two filters are equivalent. */
export function isSame(one: EventFilter, other: EventFilter): boolean {
  const written = (filter: EventFilter) =>
    JSON.stringify(
      Object.entries(filter)
        .filter(([, value]) => value !== undefined && value !== null)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  return written(one) === written(other);
}

/** A suggested name for the current filter: "Backyard Birds, Rejected". */
export function nameOf(filter: EventFilter, choices: EventChoices | null): string {
  const words = FIELDS.map((field) => wordsOf(filter, field, choices)).filter((part) => part !== null);
  const search = filter.search.trim();
  const place = filter.place === "archive" ? ["Archive"] : [];
  return [...(search === "" ? [] : [search]), ...words, ...place].join(", ").slice(0, 100);
}
