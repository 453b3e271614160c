// Scenarios with testers' feedback: its list, its pictures, its crashes.
import type { Failure, State } from "./fake-engine/engine.ts";
import type { Command } from "./fake-engine/answers.ts";
import type { Page } from "playwright-core";
import { loading, type Scenario } from "./scenario.ts";
import type { BackfillProgress } from "../../ui/src/lib/bindings/api.ts";
import { account, studio } from "./fake-engine/studio.ts";
import { crashReport } from "./fake-engine/crash-report.ts";
import { FakeEngine } from "./fake-engine/engine.ts";
import { NOW, tellingEvents } from "./fake-engine/events.ts";
import { shown } from "./window.ts";
import {
  crashLog,
  feedback,
  manyFeedback,
  missing,
  picture,
  tellingFeedback,
} from "./fake-engine/feedback.ts";
import { LONG } from "./fake-engine/odd.ts";

const MINUTE = 60_000;
const soon = new Date(NOW.getTime() + 4 * MINUTE).toISOString();

export const withFeedback = (parts: State = {}) =>
  new FakeEngine({
    events: tellingEvents(),
    ...studio(),
    feedback: tellingFeedback(),
    ...parts,
  });

export const twoAccounts = () =>
  withFeedback({
    accounts: [
      account({ id: "halden", name: "Halden Software AB" }),
      account({ id: "tidewater", name: "Tidewater Ltd" }),
    ],
  });

const failing = (engine: FakeEngine, ...how: Failure) => {
  engine.fail(...how);
  return engine;
};
const silent = (...commands: Command[]) => {
  const engine = withFeedback();
  for (const command of commands) engine.silent.add(command);
  return engine;
};
const only = (parts: Partial<Parameters<typeof feedback>[0]>) => () =>
  withFeedback({
    feedback: [feedback({ id: "F1", minutes: 12, tester: "Mira Okafor", ...parts })],
  });
const shot = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** Every reason for a missing picture. */
const missed = () =>
  only({
    comment: "All of them at once",
    pictures: [
      missing("waiting", { nextTry: soon, reason: "no response in time" }),
      missing("refused", {
        reason: "App Store Connect returned 403",
      }),
      missing("gone"),
    ],
  })();
const missedToo = () =>
  only({
    comment: "And the others",
    pictures: [
      missing("tooLarge", { reason: "it is larger than 26 MB" }),
      missing("notAnImage", { reason: "the download is a web page, not an image" }),
      missing("cleared"),
    ],
  })();

const working = (parts: Partial<BackfillProgress> = {}): BackfillProgress => ({
  apps: 12,
  appsDone: 4,
  found: 61,
  added: 37,
  done: false,
  stopped: false,
  trouble: null,
  ...parts,
});

export const feedbackScenarios: Scenario[] = [
  {
    name: "feedback",
    kept: true,
    engine: () => withFeedback(),
    at: "#/feedback",
    act: async (page) => {
      await page.getByRole("option", { name: /Save button/ }).click();
      await drawn(page, 2);
    },
  },
  {
    name: "feedback-actual",
    engine: () => withFeedback(),
    at: "#/feedback/F1",
    act: async (page) => {
      await drawn(page, 2);
      await shot(page, "1:1").click();
      await shown(page, "100%").waitFor();
    },
  },
  {
    name: "feedback-landscape",
    engine: only({
      comment: "Where is the legend?",
      pictures: [picture("map"), picture("keyboard"), picture("dark-list")],
    }),
    at: "#/feedback/F1",
    act: (page) => drawn(page, 3),
  },
  {
    name: "feedback-nothing-open",
    engine: () => withFeedback(),
    at: "#/feedback",
  },
  {
    name: "feedback-cursor",
    engine: () => withFeedback(),
    at: "#/feedback/F3",
    act: (page) => page.keyboard.press("j"),
  },
  {
    name: "feedback-missing",
    engine: missed,
    at: "#/feedback/F1",
  },
  { name: "feedback-missing-too", engine: missedToo, at: "#/feedback/F1" },
  {
    name: "feedback-heic",
    engine: only({
      comment: "The map is upside down",
      pictures: [picture(null, { format: "HEIC", showable: false, thumbnail: false })],
    }),
    at: "#/feedback/F1",
  },
  {
    name: "feedback-broken",
    engine: only({ comment: "Half a picture", pictures: [picture("page")] }),
    at: "#/feedback/F1",
    act: (page) => shown(page, "Can’t be shown").waitFor(),
  },
  {
    name: "feedback-no-comment",
    engine: only({
      title: "Screenshot feedback",
      pictures: [picture("keyboard")],
      facts: [],
    }),
    at: "#/feedback/F1",
  },
  {
    name: "feedback-deleted",
    engine: only({
      comment: "Love it",
      pictures: [picture("dark-list")],
      trouble: "Not found in App Store Connect; it may have been deleted there",
    }),
    at: "#/feedback/F1",
  },
  {
    name: "feedback-long",
    engine: only({
      comment: `${LONG}\n\n${LONG} ${"x".repeat(200)}\n${LONG}`,
      tester: LONG,
      app: ["1", LONG],
      pictures: Array.from({ length: 9 }, () => picture("dark-list")),
    }),
    at: "#/feedback/F1",
  },
  {
    name: "feedback-rtl",
    engine: only({
      comment: "زر الحفظ مخفي خلف لوحة المفاتيح",
      tester: "ليلى حداد",
      pictures: [picture("keyboard")],
    }),
    at: "#/feedback/F1",
  },
  {
    name: "crash",
    kept: true,
    engine: () => withFeedback(),
    at: "#/feedback",
    act: async (page) => {
      await page.getByRole("option", { name: /index out of range/ }).click();
      await shown(page, "Thread 0, crashed").waitFor();
    },
  },
  {
    name: "crash-thread-open",
    engine: () => withFeedback(),
    at: "#/feedback/F2",
    act: async (page) => {
      await page.getByRole("button", { name: /Thread 2/ }).click();
      await page.getByRole("button", { name: /Binary images/ }).click();
      await shown(page, "SyncQueue.drain()").waitFor();
      await shown(page, "Thread 1 ·").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "crash-search",
    engine: () => withFeedback(),
    at: "#/feedback/F2",
    act: async (page) => {
      await page.getByRole("textbox", { name: "Search frames" }).fill("birds");
      await shown(page, "9 frames").waitFor({ state: "detached" });
    },
  },
  {
    name: "crash-raw",
    engine: () => withFeedback(),
    at: "#/feedback/F2",
    act: async (page) => {
      await shot(page, "Raw").click();
      await page.getByRole("textbox", { name: "Search log" }).fill("SightingStore");
      await shown(page, /^1\/\d/).waitFor();
    },
  },
  {
    name: "crash-unreadable",
    engine: () => withFeedback(),
    at: "#/feedback/F4",
    act: (page) => shown(page, "Showing the raw log").waitFor(),
  },
  {
    name: "crash-thrown",
    engine: only({
      kind: "crash",
      title: "Crash: unrecognised selector",
      log: crashLog("track-import.crash"),
      report: crashReport({
        headline: "NSInvalidArgumentException in TrackImporter.encode(_:)",
        shortened: true,
        thrown: crashReport().threads[0].frames.slice(0, 4),
        terminationDetails: [
          "scene-update watchdog transgression: exhausted real time allowance of 20.00 seconds",
        ],
      }),
    }),
    at: "#/feedback/F1",
  },
  {
    name: "crash-waiting",
    engine: only({
      kind: "crash",
      title: "Crash in 3.3",
      logFile: {
        state: "waiting",
        reason: null,
        bytes: null,
        nextTry: soon,
      },
    }),
    at: "#/feedback/F1",
  },
  {
    name: "feedback-menu",
    engine: () => withFeedback(),
    at: "#/feedback",
    act: (page) => shot(page, "App").click(),
  },
  {
    name: "feedback-of-app",
    engine: () => withFeedback(),
    at: "#/feedback",
    act: async (page) => {
      await shot(page, "App").click();
      await page.getByRole("menuitemcheckbox", { name: /^Backyard Birds/ }).click();
      await shown(page, "Build", { exact: true }).waitFor();
    },
  },
  {
    name: "feedback-no-account",
    engine: () => new FakeEngine({ events: tellingEvents() }),
    at: "#/feedback",
  },
  {
    name: "feedback-empty",
    engine: () => withFeedback({ feedback: [] }),
    at: "#/feedback",
  },
  {
    name: "feedback-not-found",
    engine: () => withFeedback(),
    at: "#/feedback",
    act: async (page) => {
      await page.keyboard.press("/");
      await page.keyboard.type("tidewaiter");
      await shown(page, "No match for").waitFor();
    },
  },
  {
    name: "feedback-loading",
    engine: () => silent("feedback", "feedbackDetail"),
    at: "#/feedback/F1",
    act: loading,
  },
  {
    name: "feedback-error",
    engine: () =>
      failing(
        withFeedback(),
        "feedback",
        "storeUnwritable",
        "the store can't be read",
        "see that the disk is there and not full",
      ),
    at: "#/feedback",
  },
  {
    name: "feedback-gone",
    engine: () => withFeedback(),
    at: "#/feedback/nowhere",
  },
  {
    name: "feedback-backfill",
    engine: () => withFeedback({ backfill: working() }),
    at: "#/feedback/F6",
  },
  {
    name: "feedback-backfill-trouble",
    engine: () =>
      withFeedback({
        backfill: working({
          done: true,
          trouble: {
            code: "appleRefused",
            message: "App Store Connect rejected the request for one app’s feedback",
            hint: "the key needs the role App Manager or Developer",
            field: null,
          },
        }),
      }),
    at: "#/feedback",
    act: (page) => page.getByRole("button", { name: "Fetch older feedback" }).click(),
  },
  {
    name: "feedback-many",
    engine: () =>
      withFeedback({
        accounts: [account({ id: "halden", name: "Halden Software AB" })],
        feedback: manyFeedback(10_000),
      }),
    at: "#/feedback/M09999",
  },
  {
    name: "feedback-archived-undo",
    engine: () => withFeedback(),
    at: "#/feedback/F1",
    act: async (page) => {
      await shot(page, "Archive").click();
      await shown(page, /^Archived “/).waitFor();
    },
  },
  {
    name: "feedback-keys",
    engine: () => withFeedback(),
    at: "#/feedback",
    act: (page) => page.keyboard.press("?"),
  },
];

/** Waits until this many pictures of the gallery are drawn, and the list is there with the open row. */
export async function drawn(page: Page, count: number) {
  // Playwright takes a promise for a yes: the function that is asked again must answer at once.
  await page.waitForFunction((wanted) => {
    // Keys that move in the list do nothing until it has a row to move from.
    if (!document.querySelector("[role=option][aria-selected=true]")) return false;
    return [...document.querySelectorAll<HTMLImageElement>(".gallery img")].length >= wanted;
  }, count);
  await page
    .locator(".gallery img")
    .evaluateAll((all: HTMLImageElement[]) => Promise.all(all.map((one) => one.decode())));
}
