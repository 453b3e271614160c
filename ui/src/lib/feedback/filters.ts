// Which feedback is shown, and how that is said.
import type { FeedbackCounts, FeedbackKind, FeedbackRequest } from "../bindings/api";

export interface Filters {
  kind: FeedbackKind | null;
  unread: boolean;
  archived: boolean;
  app: string | null;
  build: string | null;
  search: string;
}

export const EVERYTHING: Filters = {
  kind: null,
  unread: false,
  archived: false,
  app: null,
  build: null,
  search: "",
};

export function requestOf(filters: Filters, before: string | null, limit: number): FeedbackRequest {
  return { ...filters, before, limit };
}

/** Whether anything but archiving leaves feedback out. */
export function narrows({ kind, unread, app, build, search }: Filters): boolean {
  return kind !== null || unread || app !== null || build !== null || search !== "";
}

/** What the button says: "All apps", "Backyard Birds 3.3 (418)", "Unread, Backyard Birds". */
export function shownWords({ unread, archived, app, build }: Filters, counts: FeedbackCounts | null): string {
  const known = counts?.apps.find(({ id }) => id !== null && id === app);
  const built = known?.builds.find(({ id }) => id !== null && id === build);
  const where = app === null ? "" : [known?.name ?? "One app", built?.name].filter(Boolean).join(" ");
  const which = archived ? "Archived" : unread ? "Unread" : "";
  return [which, where].filter((words) => words !== "").join(", ") || "All apps";
}

/** What was searched, in the middle of a sentence: "unread crashes from Backyard Birds". */
export function sortWords(filters: Filters, counts: FeedbackCounts | null): string {
  const { kind, unread, archived, app, build } = filters;
  const what = kind === "screenshot" ? "screenshots" : kind === "crash" ? "crashes" : "feedback";
  const which = archived ? "archived " : unread ? "unread " : "";
  const where = app === null ? "all apps" : shownWords({ ...EVERYTHING, app, build }, counts);
  return `${which}${what} from ${where}`;
}
