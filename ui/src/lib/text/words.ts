// Small rules of wording that several pages share.
import { formatNumber } from "./locale";

/** Makes a sentence of the engine's words, which come with no capital and no full stop. */
export function sentence(words: string): string {
  const trimmed = words.trim();
  if (trimmed === "") return "";
  const isAddress = /^https?:/.test(trimmed);
  const capital = isAddress ? trimmed : trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?…”]$/.test(capital) ? capital : `${capital}.`;
}

/** The same as a title: a capital, and no full stop. */
export function title(words: string): string {
  return sentence(words).replace(/\.$/, "");
}

/** Somebody's own words inside ours: read from right to left, they must not take what is around them along. */
export function apart(words: string): string {
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(words) ? `\u2068${words}\u2069` : words;
}

/** "1,204", or "1.204" where the reader writes it so. */
export function count(n: number): string {
  return formatNumber(n);
}

/** "0.9" or "0,9": exactly so many places after the mark. */
export function decimal(n: number, places: number): string {
  return formatNumber(n, { minimumFractionDigits: places, maximumFractionDigits: places });
}

/** "95%": a share of one, in whole hundredths. */
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

/** "512 bytes", "4.1 kB", "1 MB", "2.1 GB": in powers of ten, as macOS counts. */
export function byteSize(bytes: number): string {
  // What would round up to a thousand is one of the next unit.
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

/** "Two", "Twelve", "13": a number that opens a sentence. */
export function opening(n: number): string {
  return SMALL[n] ?? count(n);
}
