// Small rules of wording that several pages share.

const numbers = new Intl.NumberFormat("en-GB");

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

/** "1,204" */
export function count(n: number): string {
  return numbers.format(n);
}

/** "1 event", "1,204 events" */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

/** "512 bytes", "4.1 kB", "1 MB", in powers of ten as file managers write them. */
export function byteSize(bytes: number): string {
  if (bytes < 1000) return counted(bytes, "byte");
  const [size, unit] = bytes < 999_950 ? [bytes / 1000, "kB"] : [bytes / 1_000_000, "MB"];
  return `${numbers.format(Number(size.toFixed(1)))} ${unit}`;
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
