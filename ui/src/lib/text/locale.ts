// How the reader's own system writes dates and numbers. The window's words are English, so months and weekdays
// are too; their order, the clock of 12 or 24 hours, and the marks in a number are those of the reader's region,
// as an English app has them on a Mac in Tokyo or Berlin. The language is asked each time, so that a change of the
// system shows without a restart.

/** English as the whole world reads it, for a region that has no English of its own. */
const WORLD = "en-001";

const dateFormats = new Map<string, Intl.DateTimeFormat>();
const numberFormats = new Map<string, Intl.NumberFormat>();
const conventions = new Map<string, { dates: string; hour12: boolean }>();

/** The reader's language and region, such as "de-DE". */
function language(): string {
  return globalThis.navigator?.language || "en-US";
}

function conventionsOf(tag: string): { dates: string; hour12: boolean } {
  let known = conventions.get(tag);
  if (!known) {
    const { language: spoken, region } = new Intl.Locale(tag).maximize();
    const { locale } = new Intl.DateTimeFormat(spoken === "en" ? tag : `en-${region}`).resolvedOptions();
    const { hour12 } = new Intl.DateTimeFormat(tag, { hour: "numeric" }).resolvedOptions();
    known = { dates: spoken !== "en" && locale === "en" ? WORLD : locale, hour12: hour12 ?? false };
    conventions.set(tag, known);
  }
  return known;
}

/** Whether the reader's system writes "6:52 pm" instead of "18:52". */
export function hasHour12(): boolean {
  return conventionsOf(language()).hour12;
}

/** A date or time in English, in the order of the reader's region. A format is dear to make and is freed late: a list
 * with a new one for each row took 200 kB a row in WebKit. One that was made keeps its time zone, so a computer that
 * travels gets others. */
export function formatDate(at: Date, options: Intl.DateTimeFormatOptions): string {
  const { dates } = conventionsOf(language());
  const key = `${dates} ${at.getTimezoneOffset()} ${JSON.stringify(options)}`;
  let made = dateFormats.get(key);
  if (!made) dateFormats.set(key, (made = new Intl.DateTimeFormat(dates, options)));
  return made.format(at).replace(/\bSept\b/, "Sep");
}

/** A number with the reader's own marks, in the digits that English has. */
export function formatNumber(number: number, options: Intl.NumberFormatOptions = {}): string {
  const tag = language();
  const key = `${tag} ${JSON.stringify(options)}`;
  let made = numberFormats.get(key);
  if (!made)
    numberFormats.set(key, (made = new Intl.NumberFormat(tag, { ...options, numberingSystem: "latn" })));
  return made.format(number);
}
