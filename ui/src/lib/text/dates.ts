// A filter's dates: days of the reader's calendar in the form, moments for the engine. It comes with the form.
import type { ApiError } from "../bindings/api";
import { lastMoment, type Dates } from "./periods";

/** What a date field holds: "2026-11-03", or "" where nothing is chosen. */
export interface Days {
  from: string;
  /** This day is the last one. */
  to: string;
}

/** The days of a filter. It ends before its `until`, and so within the day before a midnight. */
export function daysOf({ since, until }: Dates): Days {
  return {
    from: since === undefined ? "" : written(new Date(since)),
    to: until === undefined ? "" : written(lastMoment(until)),
  };
}

/** From the first moment of a day up to the last one of another. */
export function datesOf({ from, to }: Days): Dates {
  const [since, until] = [midnight(from, 0), midnight(to, 1)];
  return { ...(since && { since }), ...(until && { until }) };
}

/** Why these days can't be meant; null where they can. */
export function daysError({ from, to }: Days): ApiError | null {
  if (from === "" || to === "" || from <= to) return null;
  return {
    code: "invalidInput",
    message: "it ends before it begins",
    hint: "choose a later day",
    field: "to",
  };
}

function written(at: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${String(at.getFullYear()).padStart(4, "0")}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** The midnight at which a day begins, or so many days later; by the calendar, as days have 23 to 25 hours. */
function midnight(day: string, later: number): string | null {
  const [year, month, date] = day.split("-").map(Number);
  if (!year || !month || !date) return null;
  return new Date(year, month - 1, date + later).toISOString();
}
