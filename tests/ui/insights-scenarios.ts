// Scenarios with insights.
import type { Page } from "playwright-core";
import { loading, type Scenario } from "./scenario.ts";
import { FakeEngine } from "./fake-engine/engine.ts";
import { shown } from "./window.ts";
import {
  birds,
  drawn,
  health,
  healthDays,
  local,
  nightly,
  pace,
  timeline,
  track,
  webhookHealth,
} from "./fake-engine/insights.ts";
import type { Insights } from "./fake-engine/insights.ts";
import { LONG } from "./fake-engine/odd.ts";

export const INSIGHTS = "#/insights";
export const BIRDS = "#/insights/6448000001/50";

export const insightful = (parts: Partial<Insights> = {}) => new FakeEngine({ insights: drawn(parts) });

const silently = (engine: FakeEngine) => {
  engine.silent.add("insights");
  return engine;
};
const refused = (engine: FakeEngine) => {
  engine.fail(
    "insights",
    "storeUnwritable",
    "the database is damaged",
    "check that the disk has space and that the data directory is writable",
  );
  return engine;
};

export const insightsScenarios: Scenario[] = [
  { name: "insights", kept: true, engine: () => insightful(), at: BIRDS },
  {
    name: "insights-table",
    kept: true,
    engine: () => insightful(),
    at: BIRDS,
    act: asTable,
  },
  {
    name: "insights-tip",
    engine: () => insightful(),
    at: BIRDS,
    act: (page) => page.getByRole("link", { name: /^3\.3, Being prepared/ }).focus(),
  },
  {
    name: "insights-year",
    engine: () => insightful(),
    at: "#/insights/6448000001/365",
  },
  {
    name: "insights-week",
    engine: () => insightful(),
    at: "#/insights/6448000001/7",
  },
  {
    name: "insights-unknown-app",
    engine: () => insightful(),
    at: "#/insights/webhook%3Aw3/30",
  },
  {
    name: "insights-quiet-app",
    engine: () => insightful(),
    at: "#/insights/6448000003/30",
  },
  { name: "insights-empty", engine: () => new FakeEngine(), at: INSIGHTS },
  {
    name: "insights-loading",
    engine: () => silently(insightful()),
    at: INSIGHTS,
    act: loading,
  },
  {
    name: "insights-failed",
    engine: () => refused(insightful()),
    at: INSIGHTS,
    act: (page) => shown(page, "The database is damaged").waitFor(),
  },
  { name: "insights-one", engine: oneEvent, at: INSIGHTS },
  { name: "insights-many", engine: many, at: INSIGHTS },
  { name: "insights-odd", engine: odd, at: INSIGHTS },
];

export async function asTable(page: Page) {
  await page.getByRole("button", { name: "Table", exact: true }).click();
  await page.getByRole("table", { name: /^Versions of/ }).waitFor();
}

/** The very first event. */
export function oneEvent() {
  return insightful({
    apps: [birds()],
    timelines: {
      6448000001: timeline({
        versions: [
          track({ version: "1.0" }, [
            ["preparing", null],
            ["waiting", 0.02],
          ]),
        ],
        builds: [],
        pace: pace({
          waiting: null,
          review: null,
          reviewed: 0,
          rejected: 0,
          mostRejections: 0,
        }),
      }),
    },
    health: (days) => {
      const none = { delivered: 0, fetched: 0, failed: 0 };
      const delay = { medianMs: 840, p95Ms: 840, samples: 1 };
      const shown = healthDays(days).map((day, index) =>
        index === days - 1
          ? { ...day, count: { ...none, delivered: 1 }, delay }
          : { ...day, count: none, delay: null },
      );
      return health(shown, {
        delay,
        webhooks: [local({ count: { ...none, delivered: 1 }, delay })],
      });
    },
  });
}

/** Sixty versions, and delays from an instant to days. */
export function many() {
  const versions = Array.from({ length: 60 }, (_, index) =>
    track({ version: `4.${60 - index}` }, [
      ["preparing", index / 2 + 1],
      ["waiting", index / 2 + 0.6],
      ["inReview", index / 2 + 0.3],
      ["onSale", index / 2],
    ]),
  );
  return insightful({
    timelines: { 6448000001: timeline({ versions }) },
    health: (days) =>
      health(
        healthDays(days).map((day, index) =>
          index === days - 4
            ? {
                ...day,
                count: { delivered: 4210, fetched: 3, failed: 1 },
                delay: { medianMs: 1100, p95Ms: 86_000_000, samples: 4210 },
              }
            : day,
        ),
      ),
  });
}

/** Names that are long, right-to-left, or missing. */
function odd() {
  return insightful({
    apps: [birds({ name: LONG })],
    timelines: {
      6448000001: timeline({
        versions: [
          track({ version: "2027.1.15-rc.4+build.20261120" }, [
            ["preparing", 12],
            ["waiting", 3],
          ]),
          track({ version: "الإصدار ٣٫٢", platform: "macOS" }, [
            ["other", 20],
            ["offSale", 10],
          ]),
          track(
            {
              trouble: "It was deleted in App Store Connect, or belongs to another team",
            },
            [
              ["preparing", null],
              ["waiting", 22],
              ["over", 9],
            ],
          ),
        ],
      }),
    },
    health: (days) =>
      health(healthDays(days), {
        early: 5,
        webhooks: [
          webhookHealth({
            name: LONG,
            gap: {
              from: "2026-11-03T09:00:00Z",
              to: "2026-11-09T09:00:00Z",
            },
          }),
          nightly({
            name: "طيور الحديقة 🐦",
            failuresSince: "2026-11-12T08:00:00Z",
          }),
          local({ id: "w9", name: "Gone long since", removed: true }),
          local(),
        ],
      }),
  });
}
