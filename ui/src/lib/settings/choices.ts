// The choices of the settings, and what is rejected before asking the engine.
import type { ApiError, DigestPeriod, LogLevel, SoundChoice } from "../bindings/api";
import { moment } from "../text/time";
import { byteSize, counted } from "../text/words";
import { minuteWords } from "../tunnel/words";

/** The check intervals on offer, in minutes; the current setting is added. */
const INTERVALS = [1, 2, 5, 10, 15, 30, 60];

export function intervalChoices(present: number): { value: string; label: string }[] {
  return withPresent(INTERVALS, present).map((minutes) => ({
    value: String(minutes),
    label: `Every ${minuteWords(minutes)}`,
  }));
}

export const SOUNDS: { value: SoundChoice; label: string }[] = [
  { value: "never", label: "Never" },
  { value: "needsYou", label: "Needs attention only" },
  { value: "everything", label: "Everything" },
];

export const DIGESTS: { value: DigestPeriod; label: string }[] = [
  { value: "off", label: "Never" },
  { value: "daily", label: "Every day at 9:00" },
  { value: "weekly", label: "Every Monday at 9:00" },
];

export const LOG_LEVELS: { value: LogLevel; label: string }[] = [
  { value: "error", label: "Errors" },
  { value: "warn", label: "Warnings" },
  { value: "info", label: "Information" },
  { value: "debug", label: "Details" },
  { value: "trace", label: "Everything" },
];

const HOUR = 60;
/** When a working day begins, as a local hour. */
const MORNING = 9;

/** The pause lengths on offer, in minutes. */
export function pauseChoices(now: Date): { minutes: number; label: string }[] {
  const morning = new Date(now.getFullYear(), now.getMonth(), now.getDate(), MORNING);
  if (morning <= now) morning.setDate(morning.getDate() + 1);
  const minutes = Math.ceil((morning.getTime() - now.getTime()) / 60_000);
  return [
    { minutes: HOUR, label: "For an hour" },
    { minutes: 4 * HOUR, label: "For 4 hours" },
    { minutes: Math.min(minutes, 24 * HOUR), label: `Until ${moment(morning, now)}` },
  ];
}

/** Lower ports are reserved by the system. */
const FIRST_PORT = 1_024;
const LAST_PORT = 65_535;

export function portError(port: string): ApiError | null {
  const given = port.trim();
  const number = /^\d{1,5}$/.test(given) ? Number(given) : 0;
  if (number >= FIRST_PORT && number <= LAST_PORT) return null;
  return {
    code: "invalidInput",
    message: given === "" ? "enter a port" : "not a valid port",
    hint: "use a number from 1024 to 65535",
    field: "port",
  };
}

const DAYS = [7, 30, 90, 180, 365];

/** How long screenshots and logs can be kept, including the current setting. */
export function dayChoices(present: number): { value: string; label: string }[] {
  return withPresent(DAYS, present).map((days) => ({
    value: String(days),
    label: `Keep ${counted(days, "day")}`,
  }));
}

const GIGABYTE = 1e9;
const SIZES = [0.5, 1, 2, 5, 10, 50].map((gigabytes) => gigabytes * GIGABYTE);

/** How many bytes they may take, including the current setting. */
export function sizeChoices(present: number): { value: string; label: string }[] {
  return withPresent(SIZES, present).map((bytes) => ({ value: String(bytes), label: byteSize(bytes) }));
}

const MEGABYTE_KB = 1_000;
const UPLOAD_LIMITS = [0.5, 1, 2, 5, 10, 20, 50].map((megabytes) => megabytes * MEGABYTE_KB);

/** Upload limits in kB/s, including the current setting; null for no limit. */
export function uploadLimitChoices(present: number | null): { value: string | null; label: string }[] {
  const limits = present === null ? UPLOAD_LIMITS : withPresent(UPLOAD_LIMITS, present);
  return [
    { value: null, label: "No limit" },
    ...limits.map((limit) => ({ value: String(limit), label: `${byteSize(limit * 1_000)}/s` })),
  ];
}

function withPresent(offered: readonly number[], present: number): number[] {
  return offered.includes(present) ? [...offered] : [...offered, present].sort((a, b) => a - b);
}
