// Which feedback is shown, and how that is said.
import type { FeedbackCounts, FeedbackKind, FeedbackRequest, IssueFilter } from "../bindings/api";
import { severalWords } from "../components/several";
import { isPeriod, periodWords, type Period } from "../text/periods";

export interface Filters {
  kind: FeedbackKind | null;
  issue: IssueFilter | null;
  unread: boolean;
  archived: boolean;
  /** The apps' ids; none for all. */
  apps: string[];
  /** Of the only app that is chosen. */
  build: string | null;
  account: string | null;
  period: Period;
  search: string;
}

export const EVERYTHING: Filters = {
  kind: null,
  issue: null,
  unread: false,
  archived: false,
  apps: [],
  build: null,
  account: null,
  period: {},
  search: "",
};

const DAY_MS = 24 * 3_600_000;

/** What the issue is that feedback is to have: for a menu, and in the middle of a sentence. */
export const ISSUE_WORDS: Record<IssueFilter, { label: string; with: string }> = {
  with: { label: "With an issue", with: "with an issue" },
  without: { label: "Without an issue", with: "without an issue" },
  open: { label: "Open", with: "with an open issue" },
  fixed: { label: "Fixed", with: "with a fixed issue" },
};

/** What the engine is asked. A page further down may begin a moment later, which nobody sees at its end. */
export function requestOf(
  { apps, account, issue, period, ...rest }: Filters,
  before: string | null,
  limit: number,
  now: Date,
): FeedbackRequest {
  const { days, ...dates } = period;
  const sent = days === undefined ? dates : { since: new Date(now.getTime() - days * DAY_MS).toISOString() };
  const only = { ...(account === null ? {} : { account }), ...(issue === null ? {} : { issue }) };
  return { ...rest, app: apps, ...only, ...sent, before, limit };
}

/** Whether anything but archiving leaves feedback out. */
export function narrows({ kind, issue, unread, apps, build, account, period, search }: Filters): boolean {
  const isChosen = [kind, issue, build, account].some((chosen) => chosen !== null) || apps.length > 0;
  return isChosen || unread || isPeriod(period) || search !== "";
}

/** The apps, or the one build: "Backyard Birds", "2 apps", "Backyard Birds 3.3 (418)". Null where all are shown. */
export function appWords({ apps, build }: Filters, counts: FeedbackCounts | null): string | null {
  const appOf = (app: string) => counts?.apps.find(({ id }) => id === app);
  const words = severalWords(apps, "apps", (app) => appOf(app)?.name ?? "Unknown app");
  const built = appOf(apps[0] ?? "")?.builds.find(({ id }) => id !== null && id === build);
  return words && [words, built?.name].filter(Boolean).join(" ");
}

/** What was searched, in the middle of a sentence: "unread crashes from Backyard Birds, last 7 days". */
export function sortWords(filters: Filters, counts: FeedbackCounts | null, now: Date): string {
  const { kind, issue, unread, archived, account } = filters;
  const what = kind === "screenshot" ? "screenshots" : kind === "crash" ? "crashes" : "feedback";
  const which = archived ? "archived " : unread ? "unread " : "";
  const where = appWords(filters, counts) ?? (account === null ? "all apps" : "one account");
  const period = periodWords(filters.period, now);
  const filed = issue === null ? "" : ` ${ISSUE_WORDS[issue].with}`;
  return `${which}${what}${filed} from ${where}${period === null ? "" : `, ${midSentence(period)}`}`;
}

/** "Last 7 days" and "From 3 Nov" begin small, but the months of "Nov 3 to 9" don't. */
function midSentence(words: string): string {
  return words.replace(/^(Last|From|Until)/, (first) => first.toLowerCase());
}
