// Dates and numbers in three regions' formats.
import { describe, expect, test, vi } from "vitest";
import { clock, date, dayHead, duration, exact, shortDate, shortDates, shortTime } from "./time";
import { byteSize, count, decimal, percent } from "./words";

const now = new Date(2026, 10, 20, 14, 40, 0);
const lastOctober = new Date(2025, 9, 3, 18, 52);

function readIn(language: string) {
  vi.stubGlobal("navigator", { language });
}

describe.each([
  {
    language: "en-US",
    dates: ["October 3, 2025", "Oct 3, 2025", "Friday, October 3, 2025", "6:52\u00a0PM"],
    short: "Wednesday, 5:30\u00a0PM",
    numbers: ["1,204", "0.9", "95%", "4.1 kB", "1.9s"],
  },
  {
    language: "de-DE",
    dates: ["3 October 2025", "3 Oct 2025", "Friday, 3 October 2025", "18:52"],
    short: "Wednesday, 17:30",
    numbers: ["1.204", "0,9", "95\u00a0%", "4,1 kB", "1,9s"],
  },
  {
    language: "ja-JP",
    dates: ["October 3, 2025", "Oct 3, 2025", "Friday, October 3, 2025", "18:52"],
    short: "Wednesday, 17:30",
    numbers: ["1,204", "0.9", "95%", "4.1 kB", "1.9s"],
  },
])("a reader in $language", ({ language, dates, short, numbers }) => {
  test("has dates in English, ordered as there", () => {
    readIn(language);
    const at = lastOctober;
    expect([date(at, now), shortDate(at, now), dayHead(at, now), clock(at)]).toEqual(dates);
    expect(shortTime(new Date(2026, 10, 18, 17, 30), now)).toBe(short);
  });
  test("has numbers as written there", () => {
    readIn(language);
    expect([count(1204), decimal(0.9, 1), percent(0.95), byteSize(4096), duration(1900)]).toEqual(numbers);
  });
});

test("the exact time follows the reader's clock", () => {
  readIn("en-US");
  expect(exact(lastOctober)).toMatch(/^Friday, October 3, 2025, 6:52:00 PM \S+/);
});

test.each([
  ["en-US", "Oct 3 to 9, 2025", "Nov 3 to 9"],
  ["de-DE", "3 to 9 Oct 2025", "3 to 9 Nov"],
])("several days have in %s what they share once", (language, lastYear, thisYear) => {
  readIn(language);
  expect(shortDates(lastOctober, new Date(2025, 9, 9), now)).toBe(lastYear);
  expect(shortDates(new Date(2026, 10, 3), new Date(2026, 10, 9), now)).toBe(thisYear);
});

test("digits stay those of English, whatever the reader's language", () => {
  readIn("ar-EG");
  expect([count(12), clock(lastOctober, false)]).toEqual(["12", "18:52"]);
});

test("a system that names no locale is read as American", () => {
  readIn("C");
  expect([count(1204), date(lastOctober, now)]).toEqual(["1,204", "October 3, 2025"]);
});

test("a change of the system's language shows at once", () => {
  readIn("en-US");
  expect(count(1204)).toBe("1,204");
  readIn("de-DE");
  expect(count(1204)).toBe("1.204");
});
