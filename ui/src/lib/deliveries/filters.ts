// Which deliveries of the log are shown. The log itself comes whole, so a filter costs no request.
import type { Delivery } from "../bindings/api";
import { daysAgo } from "../text/time";

export type StateFilter = "all" | "failed" | "pending" | "succeeded";

export interface Filters {
  search: string;
  state: StateFilter;
  /** The app's id; null for all. */
  app: string | null;
  /** As it is subscribed to, or `PING`; null for all. */
  type: string | null;
  /** Only of so many days, the current one included; null for as long as the log goes back. */
  days: number | null;
}

export const NO_FILTERS: Filters = { search: "", state: "all", app: null, type: null, days: null };

/** The dates to choose from. The log goes ten days back. */
export const DAYS = [
  { days: 1, label: "Today" },
  { days: 3, label: "Last 3 days" },
  { days: 7, label: "Last 7 days" },
] as const;

/** "Last 10 days" */
export function rangeWords(days: number | null): string {
  return DAYS.find((one) => one.days === days)?.label ?? "Last 10 days";
}

export function isFiltered({ search, state, app, type, days }: Filters): boolean {
  return search.trim() !== "" || state !== "all" || app !== null || type !== null || days !== null;
}

/** The log names no type for a ping. */
export function typeOf({ eventType }: Delivery): string {
  return eventType ?? "PING";
}

/** When it was sent, or was to be. */
export function sentAt({ sentAt, createdAt }: Delivery): Date | null {
  const at = sentAt ?? createdAt;
  return at === null ? null : new Date(at);
}

export function isShown(delivery: Delivery, filters: Filters, now: Date): boolean {
  const { search, state, app, type, days } = filters;
  if (state !== "all" && delivery.state !== state) return false;
  if (app !== null && delivery.app !== app) return false;
  if (type !== null && typeOf(delivery) !== type) return false;
  const at = sentAt(delivery);
  if (days !== null && (at === null || daysAgo(at, now) >= days)) return false;
  const wanted = search.trim().toLowerCase();
  if (wanted === "") return true;
  const { title, appName, webhookName, url, status, error, id, event } = delivery;
  return [title, appName, webhookName, url, status, error, id, event]
    .join("\n")
    .toLowerCase()
    .includes(wanted);
}

/** Seconds to wait before the log is read again by itself: reading takes about a request for each webhook, and
 * looking must leave most of the hourly limit to everything else. */
export function secondsBetween(webhooks: number): number {
  return Math.max(20, 5 * webhooks);
}
