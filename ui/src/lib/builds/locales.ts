// The locales that App Store Connect accepts for What to Test.

/** In the spelling of App Store Connect's API, the most used first. */
export const LOCALES: readonly string[] = [
  "en-US",
  "en-GB",
  "en-AU",
  "en-CA",
  "de-DE",
  "fr-FR",
  "fr-CA",
  "es-ES",
  "es-MX",
  "it",
  "ja",
  "ko",
  "zh-Hans",
  "zh-Hant",
  "pt-BR",
  "pt-PT",
  "nl-NL",
  "sv",
  "da",
  "no",
  "fi",
  "pl",
  "cs",
  "sk",
  "hu",
  "ro",
  "hr",
  "el",
  "tr",
  "ru",
  "uk",
  "he",
  "ar-SA",
  "hi",
  "id",
  "ms",
  "th",
  "vi",
  "ca",
];

// As in App Store Connect, the language comes first: "English (US)", not "American English".
const names = new Intl.DisplayNames(["en"], {
  type: "language",
  languageDisplay: "standard",
  style: "short",
});

/** "German (Germany)"; an unknown one keeps its code. */
export function localeName(locale: string): string {
  try {
    return names.of(locale) ?? locale;
  } catch {
    return locale;
  }
}
