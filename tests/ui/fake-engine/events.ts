// Events for the window: a handful of representative ones, and as many more as a test needs.

import type {
  Arrival,
  EventChoices,
  EventDetail,
  EventDetails,
  EventKind,
  EventRow,
  Importance,
  KnownApp,
  Payload,
  TrackStep,
} from "../../../ui/src/lib/bindings/api.ts";

/** An event: its row, and its details. */
export interface FakeEvent {
  row: EventRow;
  detail: Omit<EventDetail, "event">;
}

/** The known apps, by the start of their events' texts. */
export const APPS: KnownApp[] = [
  { id: "6479283016", name: "Backyard Birds", icon: { letter: "B", tint: 1 } },
  { id: "6502817743", name: "Fieldnotes: Offline Maps & Tracks for Hikers", icon: { letter: "F", tint: 2 } },
  { id: "6511408890", name: "Northwind Field Service", icon: { letter: "N", tint: 3 } },
  { id: "6488120057", name: "Tidewater for Apple Watch", icon: { letter: "T", tint: 4 } },
  { id: "6488120058", name: "Tidewater for iPad", icon: { letter: "T", tint: 5 } },
];

/** The types of Hookbell's own news, which follow Apple's in every list. */
export const OWN_TYPES: EventChoices["types"] = [
  { type: "HOOKBELL_AGREEMENT_MISSING", label: "Agreement required", states: [] },
  { type: "HOOKBELL_BUILD_EXPIRES_SOON", label: "Build expires soon", states: [] },
  { type: "HOOKBELL_DELIVERIES_FAILING", label: "Deliveries failing", states: [] },
  { type: "HOOKBELL_DIGEST", label: "Digest", states: [] },
  { type: "HOOKBELL_TUNNEL_DOWN", label: "Tunnel down", states: [] },
  { type: "HOOKBELL_UNUSUALLY_LONG", label: "Unusually long", states: [] },
  { type: "HOOKBELL_WEBHOOK_DISABLED", label: "Webhook disabled", states: [] },
];

/** The filter options for events, with two of Apple's types standing in for all. */
export const eventChoices = (): EventChoices => ({
  apps: APPS,
  accounts: [
    { id: "acc1", name: "Halden Software AB" },
    { id: "acc2", name: "Northwind Labs" },
  ],
  types: [
    {
      type: "APP_STORE_VERSION_APP_VERSION_STATE_UPDATED",
      label: "App version status",
      states: [
        { state: "IN_REVIEW", label: "In Review" },
        { state: "REJECTED", label: "Rejected" },
      ],
    },
    { type: "BETA_FEEDBACK_CRASH_SUBMISSION_CREATED", label: "Crash feedback", states: [] },
    ...OWN_TYPES,
  ],
});

/** The current time in every test, so that "4 min" stays "4 min". */
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

/** The representative events, newest first, with sequence numbers that end at `top`. */
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

/** One of `count` events, counted from the newest: the representative ones repeated, each older than the one before. */
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

/** This many events, newest first. */
export const manyEvents = (count: number) => Array.from({ length: count }, (_, at) => eventOf(count, at));

/** An event with its details. `at` is in milliseconds. */
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
  headline?: string;
  track?: TrackStep[];
  nextState?: string | null;
  sentence?: string;
  before?: string | null;
  after?: string | null;
  arrivals?: Arrival[];
  payload?: Payload | null;
  details?: EventDetails | null;
  page?: string | null;
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
      app: APPS.find(({ name }) => subtitle.startsWith(name)) ?? null,
      receivedAt: new Date(at).toISOString(),
      read,
      source: rest.arrivals?.[0]?.source ?? "delivered",
      archived: false,
    },
    detail: {
      kindLabel: rest.kindLabel ?? "App version",
      headline: rest.headline ?? title,
      sentence:
        rest.sentence ??
        "app Review asks for changes. Their message is in App Store Connect, under App Review. Once it is answered or fixed, submit 3.2 again",
      typeName,
      before: rest.before ?? null,
      after: rest.after ?? null,
      instance: {
        type: "appStoreVersions",
        id: "ad7e6298-2570-4ca6-b3cc-f81788e40bdc",
        label: "Version",
      },
      happenedAt: new Date(at - 1900).toISOString(),
      webhook: "Studio Mac",
      webhookId: "3f0c5a9d91b2",
      account: "Halden Software AB",
      page:
        rest.page ??
        (subtitle.startsWith("Backyard Birds") ? "https://appstoreconnect.apple.com/apps/6479283016" : null),
      track: rest.track ?? [],
      nextState: rest.nextState ?? null,
      arrivals: rest.arrivals ?? arrivalsOf(seq, at),
      payload:
        rest.payload !== undefined
          ? rest.payload
          : {
              text: JSON.stringify(JSON.parse(raw), null, 2),
              raw,
              isJson: true,
              bytes: raw.length,
              cut: false,
            },
      details: rest.details ?? null,
      enriching: false,
    },
  };
}

/** It was delivered; every fourth was also fetched. */
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
