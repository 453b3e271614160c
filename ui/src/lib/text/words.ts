// Small wording rules shared by several pages.
import { formatNumber } from "./locale";

/** Turns the engine's words, which have no capital and no full stop, into a sentence. */
export function sentence(words: string): string {
  const trimmed = words.trim();
  if (trimmed === "") return "";
  const isAddress = /^https?:/.test(trimmed);
  const capital = isAddress ? trimmed : trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?…”]$/.test(capital) ? capital : `${capital}.`;
}

/** The same as a title: with a capital, but no full stop. */
export function title(words: string): string {
  return sentence(words).replace(/\.$/, "");
}

/** Isolates somebody's words within ours: right-to-left text must not reorder the text around it. */
export function apart(words: string): string {
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(words) ? `\u2068${words}\u2069` : words;
}

/** "1,204", or "1.204" by the reader's conventions. */
export function count(n: number): string {
  return formatNumber(n);
}

/** "0.9" or "0,9": exactly this many decimal places. */
export function decimal(n: number, places: number): string {
  return formatNumber(n, { minimumFractionDigits: places, maximumFractionDigits: places });
}

/** "95%": a fraction of one, in whole percent. */
export function percent(share: number): string {
  return formatNumber(share, { style: "percent", maximumFractionDigits: 0 });
}

/** "1 event", "1,204 events" */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

const SIZES = [
  { unit: "kB", bytes: 1e3 },
  { unit: "MB", bytes: 1e6 },
  { unit: "GB", bytes: 1e9 },
  { unit: "TB", bytes: 1e12 },
];

/** "512 bytes", "4.1 kB", "1 MB", "2.1 GB": decimal units, as on macOS. */
export function byteSize(bytes: number): string {
  // A value that would round up to 1000 uses the next unit.
  const size = SIZES.findLast((one) => bytes >= one.bytes * 0.99995) ?? SIZES[0];
  if (bytes < 1000 || !size) return counted(bytes, "byte");
  return `${formatNumber(bytes / size.bytes, { maximumFractionDigits: 1 })} ${size.unit}`;
}

const SMALL = [
  "No",
  "One",
  "Two",
  "Three",
  "Four",
  "Five",
  "Six",
  "Seven",
  "Eight",
  "Nine",
  "Ten",
  "Eleven",
  "Twelve",
];

/** "Two", "Twelve", "13": a number at the start of a sentence. */
export function opening(n: number): string {
  return SMALL[n] ?? count(n);
}
