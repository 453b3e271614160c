// How the reader's own system writes dates and numbers. The window's words are English, so months and weekdays
// are too; their order, the clock of 12 or 24 hours, and the marks in a number are those of the reader's region,
// as an English app has them on a Mac in Tokyo or Berlin. The language is asked each time, so that a change of the
// system shows without a restart.

/** English as the whole world reads it, for a region that has no English of its own. */
const WORLD = "en-001";
/** Where the system says nothing. */
const USUAL = "en-US";

interface Conventions {
  /** The locale of numbers. */
  numbers: string;
  /** The English that dates are written in. */
  dates: string;
  hour12: boolean;
}

const dateFormats = new Map<string, Intl.DateTimeFormat>();
const numberFormats = new Map<string, Intl.NumberFormat>();
const conventions = new Map<string, Conventions>();

/** The conventions of the reader's language and region, such as "de-DE". */
function readers(): Conventions {
  const tag = globalThis.navigator?.language || USUAL;
  let known = conventions.get(tag);
  if (!known) conventions.set(tag, (known = conventionsOf(isLocale(tag) ? tag : USUAL)));
  return known;
}

/** Some systems call theirs "C", which no format takes. */
function isLocale(tag: string): boolean {
  try {
    return new Intl.Locale(tag).language !== "";
  } catch {
    return false;
  }
}

function conventionsOf(numbers: string): Conventions {
  const { language, region } = new Intl.Locale(numbers).maximize();
  const isEnglish = language === "en";
  const { locale } = new Intl.DateTimeFormat(isEnglish ? numbers : `en-${region}`).resolvedOptions();
  const { hour12 } = new Intl.DateTimeFormat(numbers, { hour: "numeric" }).resolvedOptions();
  return { numbers, dates: !isEnglish && locale === "en" ? WORLD : locale, hour12: hour12 ?? false };
}

/** Whether the reader's system writes "6:52 pm" instead of "18:52". */
export function hasHour12(): boolean {
  return readers().hour12;
}

/** A date or time in English, in the order of the reader's region. A format is dear to make and is freed late: a list
 * with a new one for each row took 200 kB a row in WebKit. One that was made keeps its time zone, so a computer that
 * travels gets others. */
export function formatDate(at: Date, options: Intl.DateTimeFormatOptions): string {
  return dateFormat(at, options)
    .format(at)
    .replace(/\bSept\b/, "Sep");
}

/** From one date to a later one, what they share said once: "3 to 9 Nov", "Nov 3 to 9". */
export function formatDates(from: Date, to: Date, options: Intl.DateTimeFormatOptions): string {
  return dateFormat(from, options)
    .formatRange(from, to)
    .replace(/\bSept\b/g, "Sep")
    .replace(/\s*–\s*/, " to ");
}

function dateFormat(at: Date, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const { dates } = readers();
  const key = `${dates} ${at.getTimezoneOffset()} ${JSON.stringify(options)}`;
  let made = dateFormats.get(key);
  if (!made) dateFormats.set(key, (made = new Intl.DateTimeFormat(dates, options)));
  return made;
}

/** A number with the reader's own marks, in the digits that English has. */
export function formatNumber(number: number, options: Intl.NumberFormatOptions = {}): string {
  const { numbers } = readers();
  const key = `${numbers} ${JSON.stringify(options)}`;
  let made = numberFormats.get(key);
  if (!made)
    numberFormats.set(key, (made = new Intl.NumberFormat(numbers, { ...options, numberingSystem: "latn" })));
  return made.format(number);
}
