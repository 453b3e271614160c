// The periods that lists are filtered by: the last so many days, or days from a first to a last one.
import type { EventFilter } from "../bindings/api";
import { shortDate, shortDates } from "./time";

/** Nothing in it is every time. */
export type Period = Pick<EventFilter, "days" | "since" | "until">;
/** From a first moment up to a last one, which is not among them. */
export type Dates = Omit<Period, "days">;

/** A number of days that can be chosen. */
export interface LastDays {
  days: number;
  label: string;
}

/** Each in days of 24 hours. */
export const PERIODS: readonly LastDays[] = [
  { days: 1, label: "Last 24 hours" },
  { days: 7, label: "Last 7 days" },
  { days: 30, label: "Last 30 days" },
  { days: 90, label: "Last 90 days" },
];

/** "Last 30 days", "3 to 9 Nov"; null where it is every time. */
export function periodWords(period: Period, now: Date, of = PERIODS): string | null {
  const { days } = period;
  if (days === undefined) return datesWords(period, now);
  return of.find((one) => one.days === days)?.label ?? `Last ${days} days`;
}

export function isPeriod({ days, since, until }: Period): boolean {
  return days !== undefined || since !== undefined || until !== undefined;
}

/** "3 to 9 Nov", "From 3 Nov", "Until 9 Nov"; null where there are none. */
export function datesWords({ since, until }: Dates, now: Date): string | null {
  if (since !== undefined && until !== undefined) return shortDates(new Date(since), lastMoment(until), now);
  if (since !== undefined) return `From ${shortDate(new Date(since), now)}`;
  return until === undefined ? null : `Until ${shortDate(lastMoment(until), now)}`;
}

/** The last moment before its end, which is a midnight. */
export function lastMoment(until: string): Date {
  return new Date(new Date(until).getTime() - 1);
}
