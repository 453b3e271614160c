// The periods that lists are filtered by: the last N days, or a range of days.
import type { EventFilter } from "../bindings/api";
import { shortDate, shortDates } from "./time";

/** Empty means any time. */
export type Period = Pick<EventFilter, "days" | "since" | "until">;
/** From a first moment (inclusive) to a last one (exclusive). */
export type Dates = Omit<Period, "days">;

/** A number of days that can be chosen. */
export interface LastDays {
  days: number;
  label: string;
}

/** In days of 24 hours. */
export const PERIODS: readonly LastDays[] = [
  { days: 1, label: "Last 24 hours" },
  { days: 7, label: "Last 7 days" },
  { days: 30, label: "Last 30 days" },
  { days: 90, label: "Last 90 days" },
];

/** "Last 30 days", "3 to 9 Nov"; null for any time. */
export function periodWords(period: Period, now: Date, of = PERIODS): string | null {
  const { days } = period;
  if (days === undefined) return datesWords(period, now);
  return of.find((one) => one.days === days)?.label ?? `Last ${days} days`;
}

export function isPeriod({ days, since, until }: Period): boolean {
  return days !== undefined || since !== undefined || until !== undefined;
}

/** "3 to 9 Nov", "From 3 Nov", "Until 9 Nov"; null if there are none. */
export function datesWords({ since, until }: Dates, now: Date): string | null {
  if (since !== undefined && until !== undefined) return shortDates(new Date(since), lastMoment(until), now);
  if (since !== undefined) return `From ${shortDate(new Date(since), now)}`;
  return until === undefined ? null : `Until ${shortDate(lastMoment(until), now)}`;
}

/** The last moment before the end, which is a midnight. */
export function lastMoment(until: string): Date {
  return new Date(new Date(until).getTime() - 1);
}
