// The texts and choices of quiet hours.
import type { ApiError, Day, QuietHours } from "../bindings/api";

export const DAYS: readonly { day: Day; letter: string; name: string }[] = [
  { day: "monday", letter: "M", name: "Monday" },
  { day: "tuesday", letter: "T", name: "Tuesday" },
  { day: "wednesday", letter: "W", name: "Wednesday" },
  { day: "thursday", letter: "T", name: "Thursday" },
  { day: "friday", letter: "F", name: "Friday" },
  { day: "saturday", letter: "S", name: "Saturday" },
  { day: "sunday", letter: "S", name: "Sunday" },
];

/** Parses "7", "730", "7.30" or "07:30" as a time; null for anything else. */
export function timeOf(text: string): string | null {
  const parts = /^(\d{1,2})(?:[:.]?(\d{2}))?$/.exec(text.trim());
  const [hour, minute] = [Number(parts?.[1]), Number(parts?.[2] ?? 0)];
  if (!parts || hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

export function timeError(text: string): ApiError {
  return {
    code: "invalidInput",
    message: text.trim() === "" ? "enter a time" : `“${text.trim()}” isn’t a valid time`,
    hint: "use 00:00 to 23:59",
    field: "quietHours",
  };
}

/** Which day the hours belong to, if they extend into the next one: "Friday’s ends on Saturday at 08:30." */
export function nightWords({ from, to, days }: QuietHours): string {
  if (from < to) return "";
  const last = DAYS.findLast(({ day }) => days.includes(day));
  const next = last && DAYS[(DAYS.indexOf(last) + 1) % DAYS.length];
  if (!last || !next) return "";
  const whole = from === to ? "The same time twice means 24 hours. " : "";
  return `${whole}A night belongs to the day it starts on: ${last.name}’s ends on ${next.name} at ${to}.`;
}

interface ZoneGroup {
  label: string;
  options: { value: string; label: string }[];
}

/**
 * The time zones by continent, with this computer's first. A chosen zone that the engine doesn't know is offered as
 * well.
 */
export function zoneGroups(zones: string[], chosen: string | null, here: string | null): ZoneGroup[] {
  const own = here === null ? "This computer’s time" : `${zoneWords(here)}, this computer’s time`;
  const groups = new Map<string, ZoneGroup["options"]>();
  const all = chosen === null || zones.includes(chosen) ? zones : [...zones, chosen];
  for (const zone of all) {
    const [continent = ""] = zone.split("/");
    const options = groups.get(continent) ?? [];
    options.push({ value: zone, label: zoneWords(zone) });
    groups.set(continent, options);
  }
  return [
    { label: "This computer", options: [{ value: "", label: own }] },
    ...[...groups].map(([label, options]) => ({ label, options })),
  ];
}

function zoneWords(zone: string): string {
  return zone.replaceAll("_", " ");
}
