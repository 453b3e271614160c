// Scenarios with issues: the sheet that files them, their display at the feedback, and the trackers in the settings.
import type { Page } from "playwright-core";
import type { ApiError, Tracker } from "../../ui/src/lib/bindings/api.ts";
import { press } from "./buttons.ts";
import type { State } from "./fake-engine/engine.ts";
import { NOW } from "./fake-engine/events.ts";
import { LONG } from "./fake-engine/odd.ts";
import { filed, noTrackers, tracker, type TrackerBook, WRONG_TOKEN } from "./fake-engine/trackers.ts";
import { drawn, withFeedback } from "./feedback-scenarios.ts";
import type { Scenario } from "./scenario.ts";
import { tunnelled } from "./tunnel-scenarios.ts";
import { shown } from "./window.ts";

export const TRACKERS = "#/settings/trackers";
const DAY_MS = 24 * 3_600_000;

export const revoked: ApiError = {
  code: "invalidInput",
  message: "GitHub returned 401: “Bad credentials”",
  hint: "The token is wrong, expired or revoked. Give the tracker a new one.",
  field: null,
};
export const lost: ApiError = {
  code: "noAnswer",
  message: "no answer in time",
  hint: "Check your connection.",
  field: null,
};

/** Trackers of all three services. */
export const threeTrackers = (): Tracker[] => [
  tracker(),
  tracker({
    id: 2,
    service: "linear",
    name: "ENG · Engineering",
    place: "a3f1",
    owner: "Mira Halden",
    settings: { ...tracker().settings, apps: ["6501928374"], labels: ["feedback"] },
  }),
  tracker({
    id: 3,
    service: "jira",
    name: "BIRD · Backyard Birds",
    place: "BIRD",
    url: "https://halden.atlassian.net",
    owner: "Mira Halden",
    trouble: { ...revoked, message: "Jira returned 401" },
  }),
];

export const withTrackers = (tracking: Partial<TrackerBook> = {}, parts: State = {}) =>
  withFeedback({ tracking: { ...noTrackers(), trackers: [tracker()], ...tracking }, ...parts });

/** The issues in the design. */
export const tellingIssues = () => [
  filed("F1", "#214", { assignee: "mira-halden" }),
  filed("F2", "#209", { title: "Crash: index out of range" }),
  filed("F3", "#198", {
    title: "Could the list remember where I was?",
    progress: "done",
    state: "Closed",
    doneAt: new Date(+NOW - DAY_MS).toISOString(),
    fixedIn: "3.4",
  }),
];
const failed = (error: ApiError) => ({
  ...filed("F1", "#1"),
  issue: null,
  unsure: error.code === "noAnswer",
  error,
});

const settings = (tracking: Partial<TrackerBook> = {}) =>
  tunnelled(undefined, { tracking: { ...noTrackers(), trackers: threeTrackers(), ...tracking } });

/** Opens the sheet for the feedback that is shown. */
export async function sheet(page: Page) {
  await press(page, "File issue…");
  await page.getByRole("region", { name: "Preview" }).waitFor();
}
/** Enters a token in the form of a new tracker, and has it checked. */
export async function giveToken(page: Page, token = "github_pat_11A") {
  const form = page.getByRole("dialog", { name: "Add tracker" });
  await form.getByLabel("Personal access token").fill(token);
  await press(form, "Check token");
  return form;
}
async function chooseBirds(page: Page) {
  const form = await giveToken(page);
  await form.getByLabel("Repository").selectOption("halden/backyard-birds");
  await form.getByLabel("Add a label").waitFor();
}

export const issuesScenarios: Scenario[] = [
  {
    name: "issue-sheet",
    zoomed: true,
    engine: () => withTrackers({ trackers: threeTrackers() }),
    at: "#/feedback/F1",
    act: sheet,
  },
  {
    name: "issue-sheet-markdown",
    engine: () => withTrackers(),
    at: "#/feedback/F2",
    act: async (page) => {
      await sheet(page);
      await press(page, "Markdown");
    },
  },
  {
    name: "issue-sheet-similar",
    engine: () => withTrackers({ sameCrash: ["F2", "F4"] }),
    at: "#/feedback/F2",
    act: async (page) => {
      await sheet(page);
      await page.getByRole("radiogroup", { name: "Same crash" }).waitFor();
    },
  },
  {
    name: "issue-sheet-refused",
    engine: () => withTrackers({ refusal: lost }),
    at: "#/feedback/F1",
    act: async (page) => {
      await sheet(page);
      await press(page, "File issue");
      await shown(page, /never files it twice/)
        .last()
        .waitFor();
    },
  },
  {
    name: "issue-sheet-trouble",
    engine: () => withTrackers({ trackers: [tracker({ trouble: revoked })] }),
    at: "#/feedback/F1",
    act: sheet,
  },
  {
    name: "issue-sheet-several",
    engine: () => withTrackers(),
    at: "#/feedback/F1",
    act: async (page) => {
      await drawn(page, 2);
      await page.keyboard.press("Shift+J");
      await page.keyboard.press("i");
      await page.getByRole("region", { name: "Preview" }).waitFor();
      await page.getByLabel("One issue for both").check();
    },
  },
  {
    name: "issue-no-tracker",
    engine: () => withFeedback(),
    at: "#/feedback/F1",
    act: async (page) => {
      await press(page, "File issue…");
      await shown(page, "No tracker yet").waitFor();
    },
  },
  {
    name: "issue-filed",
    zoomed: true,
    engine: () => withTrackers({ issues: tellingIssues() }),
    at: "#/feedback/F1",
    act: (page) => shown(page, /^halden.backyard-birds #214/).waitFor(),
  },
  {
    name: "issue-fixed",
    engine: () => withTrackers({ issues: tellingIssues() }),
    at: "#/feedback/F3",
    act: (page) => page.getByRole("button", { name: "All fixed…" }).waitFor(),
  },
  {
    name: "issue-fixed-lines",
    engine: () => withTrackers({ issues: tellingIssues() }),
    at: "#/feedback/F3",
    act: async (page) => {
      await press(page, "All fixed…");
      await page.getByRole("button", { name: "Copy 1 line" }).waitFor();
    },
  },
  {
    name: "issue-failed",
    engine: () => withTrackers({ issues: [failed(revoked)] }),
    at: "#/feedback/F1",
    act: (page) => shown(page, /^Not filed in/).waitFor(),
  },
  {
    name: "issue-unsure",
    engine: () => withTrackers({ issues: [failed(lost)] }),
    at: "#/feedback/F1",
    act: (page) => shown(page, /^Not confirmed in/).waitFor(),
  },
  {
    name: "issue-long",
    engine: () =>
      withTrackers({
        trackers: [tracker({ name: LONG })],
        issues: [{ ...filed("F1", "#214", { state: LONG, assignee: LONG, title: LONG }), trackerName: LONG }],
      }),
    at: "#/feedback/F1",
    act: (page) => page.getByRole("button", { name: "Open issue" }).waitFor(),
  },
  { name: "trackers", zoomed: true, engine: () => settings(), at: TRACKERS },
  { name: "trackers-none", engine: () => settings({ trackers: [] }), at: TRACKERS },
  {
    name: "trackers-add",
    engine: () => settings(),
    at: TRACKERS,
    act: (page) => press(page, "Add tracker"),
  },
  {
    name: "trackers-add-wrong",
    engine: () => settings(),
    at: TRACKERS,
    act: async (page) => {
      await press(page, "Add tracker");
      await giveToken(page, WRONG_TOKEN);
      await shown(page, /wrong, expired or revoked/)
        .last()
        .waitFor();
    },
  },
  {
    name: "trackers-add-chosen",
    zoomed: true,
    engine: () => settings(),
    at: TRACKERS,
    act: async (page) => {
      await press(page, "Add tracker");
      await chooseBirds(page);
    },
  },
  {
    name: "trackers-change",
    engine: () => settings(),
    at: TRACKERS,
    act: async (page) => {
      await press(page, "More for halden/backyard-birds");
      await page.getByRole("menuitem", { name: "Change…" }).click();
      await page.getByRole("dialog").getByLabel("Add a label").waitFor();
    },
  },
  {
    name: "trackers-token",
    engine: () => settings(),
    at: TRACKERS,
    act: async (page) => {
      await press(page, "New token…");
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "trackers-remove",
    engine: () => settings(),
    at: TRACKERS,
    act: async (page) => {
      await press(page, "More for halden/backyard-birds");
      await page.getByRole("menuitem", { name: "Remove…" }).click();
      await page.getByRole("alertdialog").waitFor();
    },
  },
];
