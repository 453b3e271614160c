// Which deliveries of the log are shown. The log itself comes whole, so a filter costs no request.
import type { Delivery } from "../bindings/api";

export type StateFilter = "all" | "failed" | "pending" | "succeeded";

export interface Filters {
  search: string;
  state: StateFilter;
  /** As it is subscribed to, or `PING`; null for all. */
  type: string | null;
}

/** The log names no type for a ping. */
export function typeOf({ eventType }: Delivery): string {
  return eventType ?? "PING";
}

export function isShown(delivery: Delivery, { search, state, type }: Filters): boolean {
  if (state !== "all" && delivery.state !== state) return false;
  if (type !== null && typeOf(delivery) !== type) return false;
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
