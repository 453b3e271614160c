// Dates and numbers in the conventions of the reader's system. The window's words are English, and so are months and
// weekdays; the date order, the 12- or 24-hour clock, and number separators are those of the reader's region, like an
// English app on a Mac in Tokyo or Berlin. The language is read each time, so that a change of the system applies
// without a restart.

/** International English, for regions without an English of their own. */
const WORLD = "en-001";
/** The default if the system doesn't say. */
const USUAL = "en-US";

interface Conventions {
  /** The locale for numbers. */
  numbers: string;
  /** The English variant for dates. */
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

/** Some systems report "C", which no format accepts. */
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

/**
 * A date or time in English, in the order of the reader's region. Formats are cached, because they are expensive to
 * create and freed late: a list that created one per row took 200 kB per row in WebKit. A format keeps its time zone,
 * so the cache is renewed when the computer's zone changes.
 */
export function formatDate(at: Date, options: Intl.DateTimeFormatOptions): string {
  return dateFormat(at, options)
    .format(at)
    .replace(/\bSept\b/, "Sep");
}

/** A range of dates that states shared parts once: "3 to 9 Nov", "Nov 3 to 9". */
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

/** A number with the reader's separators, in Western digits. */
export function formatNumber(number: number, options: Intl.NumberFormatOptions = {}): string {
  const { numbers } = readers();
  const key = `${numbers} ${JSON.stringify(options)}`;
  let made = numberFormats.get(key);
  if (!made)
    numberFormats.set(key, (made = new Intl.NumberFormat(numbers, { ...options, numberingSystem: "latn" })));
  return made.format(number);
}
