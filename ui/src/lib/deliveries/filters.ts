// Which deliveries of the log are shown. The whole log is loaded, so filtering needs no request.
import type { Delivery } from "../bindings/api";
import { isPeriod, periodWords, type LastDays, type Period } from "../text/periods";
import { daysAgo } from "../text/time";

export type StateFilter = "all" | "failed" | "pending" | "succeeded";

export interface Filters {
  search: string;
  state: StateFilter;
  /** The apps' ids; none for all. */
  apps: string[];
  /** Each as `account/webhook`; none for all. A single one's log is read alone, and isn't filtered. */
  webhooks: string[];
  /** Names in subscriptions, or `PING`; none for all. */
  types: string[];
  /** In calendar days, including today. */
  period: Period;
}

export const NO_FILTERS: Filters = {
  search: "",
  state: "all",
  apps: [],
  webhooks: [],
  types: [],
  period: {},
};

/** The dates to choose from. The log goes ten days back. */
export const DAYS: readonly LastDays[] = [
  { days: 1, label: "Today" },
  { days: 3, label: "Last 3 days" },
  { days: 7, label: "Last 7 days" },
];

/** "Last 10 days" */
export function rangeWords(period: Period, now: Date): string {
  return periodWords(period, now, DAYS) ?? "Last 10 days";
}

export function isFiltered({ search, state, apps, webhooks, types, period }: Filters): boolean {
  const chosen = [...apps, ...webhooks, ...types];
  return search.trim() !== "" || state !== "all" || chosen.length > 0 || isPeriod(period);
}

/** The log has no type for a ping. */
export function typeOf({ eventType }: Delivery): string {
  return eventType ?? "PING";
}

/** When it was sent, or was due. */
export function sentAt({ sentAt, createdAt }: Delivery): Date | null {
  const at = sentAt ?? createdAt;
  return at === null ? null : new Date(at);
}

export function isShown(
  { account, delivery }: { account: string; delivery: Delivery },
  filters: Filters,
  now: Date,
): boolean {
  const { search, state, apps, webhooks, types, period } = filters;
  const allows = (values: readonly string[], value: string) => values.length === 0 || values.includes(value);
  if (state !== "all" && delivery.state !== state) return false;
  if (!allows(apps, delivery.app) || !allows(types, typeOf(delivery))) return false;
  if (!allows(webhooks, webhookKey(account, delivery.webhook))) return false;
  if (!isWithin(period, sentAt(delivery), now)) return false;
  const wanted = search.trim().toLowerCase();
  if (wanted === "") return true;
  const { title, appName, webhookName, url, status, error, id, event } = delivery;
  return [title, appName, webhookName, url, status, error, id, event]
    .join("\n")
    .toLowerCase()
    .includes(wanted);
}

/** A key that identifies a webhook across all accounts. */
export function webhookKey(account: string, webhook: string): string {
  return `${account}/${webhook}`;
}

function isWithin(period: Period, at: Date | null, now: Date): boolean {
  if (!isPeriod(period)) return true;
  if (at === null) return false;
  const { days, since, until } = period;
  if (days !== undefined) return daysAgo(at, now) < days;
  return (since === undefined || at >= new Date(since)) && (until === undefined || at < new Date(until));
}

/**
 * Seconds until the log is read again automatically: reading takes about one request per webhook, and most of the
 * hourly limit must stay available for everything else.
 */
export function secondsBetween(webhooks: number): number {
  return Math.max(20, 5 * webhooks);
}
