// Which feedback is shown, and how that is said.
import type { FeedbackCounts, FeedbackKind, FeedbackRequest } from "../bindings/api";
import { periodWords } from "../text/periods";

export interface Filters {
  kind: FeedbackKind | null;
  unread: boolean;
  archived: boolean;
  app: string | null;
  build: string | null;
  account: string | null;
  /** Only of the last so many days. */
  days: number | null;
  search: string;
}

export const EVERYTHING: Filters = {
  kind: null,
  unread: false,
  archived: false,
  app: null,
  build: null,
  account: null,
  days: null,
  search: "",
};

const DAY_MS = 24 * 3_600_000;

/** What the engine is asked. A page further down may begin a moment later, which nobody sees at its end. */
export function requestOf(
  { app, account, days, ...rest }: Filters,
  before: string | null,
  limit: number,
  now: Date,
): FeedbackRequest {
  const since = days === null ? {} : { since: new Date(now.getTime() - days * DAY_MS).toISOString() };
  const apps = app === null ? [] : [app];
  return { ...rest, app: apps, ...(account === null ? {} : { account }), ...since, before, limit };
}

/** Whether anything but archiving leaves feedback out. */
export function narrows(filters: Filters): boolean {
  const set = (value: unknown) => value !== null && value !== false && value !== "";
  return Object.entries(filters).some(([name, value]) => name !== "archived" && set(value));
}

/** The app, or the one build of it: "Backyard Birds", "Backyard Birds 3.3 (418)". Null where all are shown. */
export function appWords({ app, build }: Filters, counts: FeedbackCounts | null): string | null {
  if (app === null) return null;
  const known = counts?.apps.find(({ id }) => id === app);
  const built = known?.builds.find(({ id }) => id !== null && id === build);
  return [known?.name ?? "Unknown app", built?.name].filter(Boolean).join(" ");
}

/** What was searched, in the middle of a sentence: "unread crashes from Backyard Birds, last 7 days". */
export function sortWords(filters: Filters, counts: FeedbackCounts | null): string {
  const { kind, unread, archived, account, days } = filters;
  const what = kind === "screenshot" ? "screenshots" : kind === "crash" ? "crashes" : "feedback";
  const which = archived ? "archived " : unread ? "unread " : "";
  const where = appWords(filters, counts) ?? (account === null ? "all apps" : "one account");
  const period = days === null ? "" : `, ${periodWords(days).toLowerCase()}`;
  return `${which}${what} from ${where}${period}`;
}
