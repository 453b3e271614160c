// Events for the window to show: a handful of telling ones, and as many more as a test asks for.

import type {
  Arrival,
  EventDetail,
  EventKind,
  EventRow,
  Importance,
  Payload,
} from "../../../ui/src/lib/bindings/api.ts";

/** One event: its line, and what is shown of it when it is opened. */
export interface FakeEvent {
  row: EventRow;
  detail: Omit<EventDetail, "event">;
}

/** The present of every test, so that "4 min" stays "4 min". */
export const NOW = new Date("2026-11-20T14:40:00Z");

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** kind, importance, title, subtitle, minutes ago, read, kind label, before, after, Apple's type */
type Telling = [
  EventKind,
  Importance,
  string,
  string,
  number,
  boolean,
  string,
  string | null,
  string | null,
  string,
];
const TELLING: Telling[] = [
  [
    "version",
    "needsYou",
    "Rejected: 3.2 needs changes",
    "Backyard Birds · iOS",
    4,
    false,
    "App version",
    "In review",
    "Rejected",
    "appStoreVersionAppVersionStateUpdated",
  ],
  [
    "screenshot",
    "info",
    "Screenshot feedback from a tester",
    "Backyard Birds 3.3 (418) · “Save button is hidden behind the keyboard”",
    22,
    false,
    "Screenshot feedback",
    null,
    null,
    "betaFeedbackScreenshotSubmissionCreated",
  ],
  [
    "crash",
    "bad",
    "Crash in 3.3 on iPhone 17",
    "Backyard Birds 3.3 (418) · Index out of range",
    41,
    false,
    "Crash feedback",
    null,
    null,
    "betaFeedbackCrashSubmissionCreated",
  ],
  [
    "build",
    "good",
    "Build 418 is ready to test",
    "Backyard Birds 3.3 · TestFlight",
    64,
    true,
    "Build",
    "In beta review",
    "Ready to test",
    "buildBetaDetailExternalBuildStateUpdated",
  ],
  [
    "version",
    "info",
    "In review",
    "Fieldnotes: Offline Maps & Tracks for Hikers 12.0.1",
    190,
    true,
    "App version",
    "Waiting",
    "In review",
    "appStoreVersionAppVersionStateUpdated",
  ],
  [
    "upload",
    "bad",
    "Upload failed: missing purpose string",
    "Tidewater for iPad 1.9 (2041) · 2 errors",
    1187,
    false,
    "Build upload",
    "Processing",
    "Failed",
    "buildUploadStateUpdated",
  ],
  [
    "version",
    "good",
    "On the App Store",
    "Tidewater for Apple Watch 1.8.4",
    1339,
    true,
    "App version",
    "Approved",
    "On sale",
    "appStoreVersionAppVersionStateUpdated",
  ],
  [
    "version",
    "needsYou",
    "Approved: release it when you like",
    "Northwind Field Service 7.0 · iOS",
    1654,
    true,
    "App version",
    "In review",
    "Waiting for you to release it",
    "appStoreVersionAppVersionStateUpdated",
  ],
  [
    "asset",
    "info",
    "Season pack uploaded",
    "Backyard Birds · songs-spring-2027",
    1738,
    true,
    "Background assets",
    "Processing",
    "Complete",
    "backgroundAssetVersionStateUpdated",
  ],
  ["ping", "info", "Ping", "Studio Mac", 2710, true, "Ping", null, null, "webhookPingCreated"],
  [
    "unknown",
    "info",
    "New kind of event from Apple",
    "appClipDomainStatusUpdated",
    3270,
    true,
    "Unknown",
    null,
    null,
    "appClipDomainStatusUpdated",
  ],
  [
    "distribution",
    "info",
    "New package version",
    "Backyard Birds 3.2",
    3300,
    true,
    "Alternative distribution",
    null,
    null,
    "alternativeDistributionPackageVersionCreated",
  ],
];

/** The telling events, newest first, with the sequence numbers that end at `top`. */
export function tellingEvents(top = TELLING.length) {
  return TELLING.map(
    ([kind, importance, title, subtitle, minutes, read, kindLabel, before, after, typeName], at) =>
      event({
        seq: top - at,
        kind,
        importance,
        title,
        subtitle,
        read,
        kindLabel,
        before,
        after,
        typeName,
        at: +NOW - minutes * MINUTE,
      }),
  );
}

/** One of so many events, counted from the newest: the telling ones over and over, each older than the one before. */
export function eventOf(count: number, at: number): FakeEvent {
  const [kind, importance, title, subtitle, , , kindLabel, before, after, typeName] =
    TELLING[at % TELLING.length];
  const seq = count - at;
  return event({
    seq,
    kind,
    importance,
    title: `${title} (${seq})`,
    subtitle,
    read: at > 40,
    kindLabel,
    before,
    after,
    typeName,
    at: +NOW - at * 0.7 * HOUR,
  });
}

/** So many events, newest first. */
export const manyEvents = (count: number) => Array.from({ length: count }, (_, at) => eventOf(count, at));

/** One event with its detail. `at` is in milliseconds. */
export function event({
  seq,
  kind = "version",
  importance = "info",
  title,
  subtitle = "Studio Mac",
  read = false,
  at,
  ...rest
}: {
  seq: number;
  kind?: EventKind;
  importance?: Importance;
  title: string;
  subtitle?: string;
  read?: boolean;
  at: number;
  typeName?: string | null;
  kindLabel?: string;
  sentence?: string;
  before?: string | null;
  after?: string | null;
  arrivals?: Arrival[];
  payload?: Payload;
}): FakeEvent {
  const id = `7c813492-9516-4c79-903e-${String(seq).padStart(12, "0")}`;
  const typeName = rest.typeName === undefined ? "appStoreVersionAppVersionStateUpdated" : rest.typeName;
  const raw = JSON.stringify({
    data: {
      type: typeName,
      id,
      version: 1,
      attributes: {
        newValue: "REJECTED",
        oldValue: "IN_REVIEW",
        timestamp: new Date(at).toISOString(),
        expedited: false,
        note: null,
      },
      relationships: {
        instance: {
          data: {
            type: "appStoreVersions",
            id: "ad7e6298-2570-4ca6-b3cc-f81788e40bdc",
          },
        },
      },
    },
  });
  return {
    row: {
      seq,
      id,
      kind,
      importance,
      title,
      subtitle,
      receivedAt: new Date(at).toISOString(),
      read,
      source: rest.arrivals?.[0]?.source ?? "delivered",
      archived: false,
    },
    detail: {
      kindLabel: rest.kindLabel ?? "App version",
      sentence:
        rest.sentence ??
        "app Review asks for changes. Their message is in App Store Connect, under App Review. Once it is answered or fixed, submit 3.2 again",
      typeName,
      before: rest.before ?? null,
      after: rest.after ?? null,
      instance: {
        type: "appStoreVersions",
        id: "ad7e6298-2570-4ca6-b3cc-f81788e40bdc",
      },
      happenedAt: new Date(at - 1900).toISOString(),
      webhook: "Studio Mac",
      arrivals: rest.arrivals ?? arrivalsOf(seq, at),
      payload: rest.payload ?? {
        text: JSON.stringify(JSON.parse(raw), null, 2),
        raw,
        isJson: true,
        bytes: raw.length,
        cut: false,
      },
      details: null,
      enriching: false,
    },
  };
}

/** It was delivered; every fourth was fetched as well. */
function arrivalsOf(seq: number, at: number): Arrival[] {
  const delivered: Arrival = {
    at: new Date(at).toISOString(),
    source: "delivered",
    delayMs: 1900,
  };
  const fetched: Arrival = {
    at: new Date(at + MINUTE).toISOString(),
    source: "fetched",
    delayMs: null,
  };
  return seq % 4 === 0 ? [delivered, fetched] : [delivered];
}
