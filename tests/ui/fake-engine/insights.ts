// Versions and builds through their stages and the health of webhooks, as in the design.
import type {
  HealthCount,
  HealthDay,
  HealthOfWebhook,
  InsightsApp,
  AppTimeline,
  ReviewPace,
  TimelineSpan,
  TimelineStage,
  TimelineTrack,
  WebhookHealth,
} from "../../../ui/src/lib/bindings/api.ts";
import type { Answers } from "./answers.ts";
import { NOW } from "./events.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const iso = (ms: number) => new Date(ms).toISOString();
/** The midnight this many days ago in the tests' time zone, Stockholm. */
const midnight = (daysAgo: number) => {
  const day = Date.UTC(2026, 10, 20 - daysAgo);
  return day - (day < Date.UTC(2026, 9, 26) ? 2 : 1) * HOUR;
};

const STATES: Record<TimelineStage, string> = {
  preparing: "Being prepared",
  processing: "Being processed",
  ready: "Ready for beta review",
  waiting: "Waiting for review",
  inReview: "In review",
  rejected: "Rejected",
  failed: "Failed",
  waitingForYou: "Waiting for your release",
  approved: "Accepted",
  onSale: "On sale",
  testing: "In testing",
  offSale: "Taken off sale",
  over: "Replaced",
  other: "No state",
};

let seq = 0;

type Stage = [stage: TimelineStage, ago: number | null, more?: Partial<TimelineSpan>];
/** A timeline without its bounds, which the request supplies. */
export type Timeline = Omit<AppTimeline, "from" | "to">;
/** Insights: apps, a timeline for each app or webhook, the health over this many days. */
export interface Insights {
  apps: InsightsApp[];
  timelines: Record<string, Timeline>;
  health: (days: number) => WebhookHealth;
}

/**
 * A line: its stages, each with the number of days ago it began (null: before anything is known). The last one
 * continues, or ended this many days ago.
 */
export function track(
  parts: Partial<TimelineTrack>,
  stages: Stage[],
  endAgo: number | null = null,
): TimelineTrack {
  seq += 100;
  return {
    id: `thing-${parts.version ?? ""}-${parts.build ?? ""}-${seq}`,
    version: null,
    build: null,
    platform: "iOS",
    trouble: null,
    ...parts,
    spans: stages.map(([stage, ago, more = {}], index) => {
      const next = stages[index + 1]?.[1] ?? endAgo;
      return {
        stage,
        state: STATES[stage],
        from: ago === null ? null : iso(+NOW - ago * DAY),
        to: next === null ? null : iso(+NOW - next * DAY),
        exact: true,
        seq: ago === null ? null : seq + index,
        ...more,
      };
    }),
  };
}

export const versions = () => [
  track({ version: "3.3" }, [["preparing", 8.9]]),
  track({ version: "3.2" }, [
    ["preparing", 23.9],
    ["waiting", 4.5],
    ["inReview", 1.1],
    ["rejected", 0.75],
  ]),
  track({ version: "3.1.1" }, [
    ["preparing", 31.4],
    ["waiting", 29.3],
    ["inReview", 28.2],
    ["waitingForYou", 27.8],
    ["onSale", 26.6],
  ]),
  track(
    { version: "3.1" },
    [
      ["preparing", null],
      ["waiting", 42.5],
      ["inReview", 40.4],
      ["rejected", 39.9],
      ["waiting", 36.9],
      ["inReview", 35.9],
      ["onSale", 35.4],
    ],
    26.6,
  ),
  track({ version: "3.0.4" }, [["onSale", null]], 35.4),
];

export const builds = () => [
  track({ version: "3.3", build: "418" }, [
    ["processing", 6],
    ["ready", 5.9],
    ["waiting", 5.8],
    ["inReview", 4.9],
    ["testing", 4.6],
  ]),
  track({ version: "3.3", build: "417" }, [
    ["processing", 7],
    ["failed", 6.9],
  ]),
  track({ version: "3.2", build: "411" }, [
    ["processing", null],
    ["waitingForYou", 24],
    ["waiting", 22],
    ["testing", 20.5],
  ]),
];

export const pace = (parts: Partial<ReviewPace> = {}): ReviewPace => ({
  waiting: { milliseconds: 50 * HOUR, samples: 5 },
  review: { milliseconds: 3.67 * HOUR, samples: 5 },
  reviewed: 5,
  rejected: 2,
  mostRejections: 1,
  ...parts,
});

export const timeline = (parts: Partial<Timeline> = {}): Timeline => ({
  versions: versions(),
  moreVersions: false,
  builds: builds(),
  moreBuilds: false,
  pace: pace(),
  ...parts,
});

const OK = [
  6, 9, 4, 2, 7, 12, 8, 5, 3, 9, 14, 11, 6, 2, 4, 8, 10, 7, 9, 16, 12, 5, 3, 8, 11, 9, 6, 13, 17, 12,
];
const P95 = [
  16, 15, 20, 18, 15, 14, 13, 19, 22, 17, 15, 14, 16, 38, 31, 18, 15, 17, 16, 14, 15, 19, 20, 16, 15, 16, 18,
  21, 19, 19,
];

/** The days with failures, by their index in the thirty days. */
const FAILED: Record<number, number> = { 5: 1, 10: 2, 19: 1, 28: 1, 29: 3 };
const FETCHED: Record<number, number> = { 13: 5, 14: 3, 29: 3 };

/** As many days as requested, repeating the thirty in the design. */
export function healthDays(many: number): HealthDay[] {
  return Array.from({ length: many }, (_, index) => {
    const place = OK.length - 1 - ((many - 1 - index) % OK.length);
    const at = new Date(+NOW - (many - 1 - index) * DAY);
    const failed = FAILED[place] ?? 0;
    return {
      date: at.toISOString().slice(0, 10),
      count: {
        delivered: OK[place],
        fetched: FETCHED[place] ?? 0,
        failed,
      },
      delay: {
        medianMs: P95[place] * 40 + 250,
        p95Ms: P95[place] * 100,
        samples: OK[place],
      },
    };
  });
}

export const webhookHealth = (parts: Partial<HealthOfWebhook> = {}): HealthOfWebhook => ({
  id: "w1",
  name: "Studio Mac",
  removed: false,
  count: { delivered: 212, fetched: 11, failed: 1 },
  delay: { medianMs: 910, p95Ms: 1900, samples: 212 },
  failuresSince: "2025-11-01T00:00:00Z",
  gap: null,
  lastFailure: {
    at: iso(+NOW - 5 * HOUR),
    reason: "No response from this computer. The request timed out.",
  },
  ...parts,
});

export const nightly = (parts: Partial<HealthOfWebhook> = {}) =>
  webhookHealth({
    id: "w2",
    name: "Release dashboard",
    count: { delivered: 22, fetched: 0, failed: 7 },
    delay: { medianMs: 1400, p95Ms: 6000, samples: 22 },
    lastFailure: {
      at: iso(+NOW - 30 * HOUR),
      reason: "The signature was refused: it has no signature.",
    },
    ...parts,
  });

export const local = (parts: Partial<HealthOfWebhook> = {}) =>
  webhookHealth({
    id: "w3",
    name: "Made by hookbell listen",
    count: { delivered: 14, fetched: 0, failed: 0 },
    delay: { medianMs: 60, p95Ms: 110, samples: 14 },
    failuresSince: null,
    lastFailure: null,
    ...parts,
  });

const sum = (days: HealthDay[], result: keyof HealthCount) =>
  days.reduce((all, { count }) => all + count[result], 0);

export function health(days: HealthDay[], parts: Partial<WebhookHealth> = {}): WebhookHealth {
  return {
    days,
    total: {
      delivered: sum(days, "delivered"),
      fetched: sum(days, "fetched"),
      failed: sum(days, "failed"),
    },
    delay: { medianMs: 912, p95Ms: 1940, samples: sum(days, "delivered") },
    early: 0,
    webhooks: [webhookHealth(), nightly(), local()],
    ...parts,
  };
}

export const birds = (parts: Partial<InsightsApp> = {}): InsightsApp => ({
  app: "6448000001",
  webhook: null,
  name: "Backyard Birds",
  changed: true,
  ...parts,
});

/** Nothing yet: no apps, no deliveries. */
export const blank = (): Insights => ({
  apps: [],
  timelines: {},
  health: (days) =>
    health(
      healthDays(days).map((day) => ({
        ...day,
        count: { delivered: 0, fetched: 0, failed: 0 },
        delay: null,
      })),
      { delay: null, webhooks: [] },
    ),
});

/** Everything in the design. */
export const drawn = (parts: Partial<Insights> = {}): Insights => ({
  apps: [
    birds(),
    birds({ app: "6448000002", name: "Fieldnotes" }),
    birds({ app: null, webhook: "w3", name: "Made by hookbell listen" }),
    birds({ app: "6448000003", name: "Quiet Tides", changed: false }),
  ],
  timelines: {
    6448000001: timeline(),
    6448000002: timeline({
      versions: [track({ version: "1.0" }, [["preparing", 3]])],
      builds: [],
      pace: pace({
        waiting: null,
        review: null,
        reviewed: 0,
        rejected: 0,
        mostRejections: 0,
      }),
    }),
    w3: timeline({
      versions: [
        track({ platform: null }, [
          ["waiting", null],
          ["inReview", 4, { exact: false }],
          ["rejected", 2],
        ]),
      ],
      builds: [],
      pace: pace({ waiting: null, review: null, reviewed: 1, rejected: 1 }),
    }),
  },
  health: (days) => health(healthDays(days)),
  ...parts,
});

export const insightsCommands = {
  insights({ app, webhook, days }) {
    const { apps, timelines, health } = this.insights;
    const asked = apps.find((one) => one.app === app && one.webhook === webhook) ?? apps[0];
    const found = asked?.changed ? timelines[asked.app ?? asked.webhook ?? ""] : null;
    const from = iso(midnight(days - 1));
    const isSeen = ({ spans }: TimelineTrack) => spans.some(({ to }) => to === null || to >= from);
    const timeline = found && {
      from,
      to: iso(+NOW),
      ...found,
      versions: found.versions.filter(isSeen),
    };
    return { apps, timeline, health: health(days) };
  },
} satisfies Partial<Answers>;
