// A filter's dates: calendar days in the form, moments for the engine. Loads with the form.
import type { ApiError } from "../bindings/api";
import { lastMoment, type Dates } from "./periods";

/** A date field's value: "2026-11-03", or "" if empty. */
export interface Days {
  from: string;
  /** This day is included. */
  to: string;
}

/** The days of a filter. `until` is exclusive, so a midnight belongs to the day before. */
export function daysOf({ since, until }: Dates): Days {
  return {
    from: since === undefined ? "" : written(new Date(since)),
    to: until === undefined ? "" : written(lastMoment(until)),
  };
}

/** From the start of the first day to the end of the last. */
export function datesOf({ from, to }: Days): Dates {
  const [since, until] = [midnight(from, 0), midnight(to, 1)];
  return { ...(since && { since }), ...(until && { until }) };
}

/** Why these days are invalid; null if they are valid. */
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

/** The midnight at which a day begins, or `later` days after it; by the calendar, because days have 23 to 25 hours. */
function midnight(day: string, later: number): string | null {
  const [year, month, date] = day.split("-").map(Number);
  if (!year || !month || !date) return null;
  return new Date(year, month - 1, date + later).toISOString();
}
