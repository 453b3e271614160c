// Every state of the window, each with an address and the steps to reach it. The pictures and the accessibility check
// go through all of them.
import type { Failure, State } from "./fake-engine/engine.ts";
import type { Command } from "./fake-engine/answers.ts";
import type { Page } from "playwright-core";
import { loading, type Scenario } from "./scenario.ts";
import type { ApiError, Status } from "../../ui/src/lib/bindings/api.ts";
import { ascScenarios } from "./asc-scenarios.ts";
import { feedbackScenarios } from "./feedback-scenarios.ts";
import { FakeEngine, webhook } from "./fake-engine/engine.ts";
import { manyEvents, NOW, tellingEvents } from "./fake-engine/events.ts";
import { ownNews } from "./fake-engine/own-news.ts";
import { LONG, oddEvents } from "./fake-engine/odd.ts";
import { oddScenarios } from "./odd-scenarios.ts";
import { paletteScenarios } from "./palette-scenarios.ts";
import { issuesScenarios } from "./issues-scenarios.ts";
import { insightsScenarios } from "./insights-scenarios.ts";
import { buildScenarios } from "./builds-scenarios.ts";
import { rulesScenarios } from "./rules-scenarios.ts";
import { settingsScenarios } from "./settings-scenarios.ts";
import { tunnelScenarios } from "./tunnel-scenarios.ts";
import { welcomeScenarios } from "./welcome-scenarios.ts";
import { shown } from "./window.ts";

const MINUTE = 60_000;
const two = () => [
  webhook({ id: "w1", name: "Studio Mac" }),
  webhook({
    id: "w2",
    name: "Release dashboard",
    events: 1204,
    refused: {
      count: 3,
      lastAt: new Date(+NOW - 4 * MINUTE).toISOString(),
      reason: "the signature doesn’t match: the secret is different, or the body was changed",
      mismatch: true,
    },
    previousSecretUntil: "2026-11-21T11:05:00Z",
  }),
  webhook({
    id: "w3",
    name: "Made by hookbell listen",
    origin: "command",
    events: 7,
  }),
];

const full = (parts: State = {}) => new FakeEngine({ events: tellingEvents(), webhooks: two(), ...parts });
const portTaken: Partial<Status> = {
  tray: "attention",
  headline: "Not listening",
  detail: "Port 8377 is taken",
  listener: {
    state: "portTaken",
    port: 8377,
    holder: "node (PID 4127)",
    free: 8378,
  },
  trouble: {
    kind: "listener",
    title: "port 8377 is taken",
    detail: "another program listens there",
    hint: "use port 8378, or end the other program",
    path: null,
  },
};
const locked: ApiError = {
  code: "keychainLocked",
  message: "the keychain is locked",
  hint: "unlock it, for instance by logging in again, and try again",
  field: null,
};

/**
 * name, engine, options of open(), what to do before the picture is taken, and whether its pictures are kept in
 * tests/ui/kept.
 */
export const scenarios: Scenario[] = [
  {
    name: "inbox",
    kept: true,
    engine: () => full(),
    at: "#/inbox/12",
    act: (page) => page.click("[role=option]"),
  },
  { name: "inbox-nothing-open", engine: () => full() },
  {
    name: "inbox-own-news",
    engine: () => new FakeEngine({ events: [...ownNews(19), ...tellingEvents()], webhooks: two() }),
    at: "#/inbox/19",
    act: (page) => page.getByRole("heading", { name: "Build 418 expires in 7 days" }).waitFor(),
  },
  {
    name: "inbox-mac",
    engine: () => full({ status: { platform: "macos" } }),
    at: "#/inbox/11",
  },
  {
    name: "inbox-cursor",
    engine: () => full(),
    at: "#/inbox/11",
    act: (page) => page.keyboard.press("j"),
  },
  {
    name: "inbox-empty",
    engine: () => new FakeEngine({ status: { detail: "No event yet" } }),
  },
  {
    name: "inbox-empty-with-webhook",
    engine: () => new FakeEngine({ webhooks: two() }),
  },
  {
    name: "inbox-not-found",
    engine: () => full(),
    act: (page) => search(page, "tidewaiter"),
  },
  {
    name: "inbox-all-read",
    engine: () => full({ events: tellingEvents().filter(({ row }) => row.read) }),
    act: (page) => page.getByRole("button", { name: "Unread", exact: true }).click(),
  },
  {
    name: "inbox-loading",
    engine: () => silent("events", "event"),
    at: "#/inbox/3",
    act: loading,
  },
  {
    name: "inbox-error",
    engine: () =>
      failing(
        full(),
        "events",
        "storeUnwritable",
        "the store can't be read",
        "see that the disk is there and not full",
      ),
  },
  { name: "event-gone", engine: () => full(), at: "#/inbox/999" },
  {
    name: "inbox-many",
    engine: () => full({ events: manyEvents(10_000) }),
    at: "#/inbox/9000",
  },
  {
    name: "inbox-archived-undo",
    zoomed: true,
    engine: () => full(),
    at: "#/inbox/12",
    act: archiveOne,
  },
  {
    name: "inbox-filter-menu",
    engine: () => full(),
    act: (page) => page.getByRole("button", { name: "Type", exact: true }).click(),
  },
  {
    name: "inbox-keys",
    engine: () => full(),
    act: (page) => page.keyboard.press("?"),
  },
  {
    name: "odd-long",
    engine: () => full({ events: oddEvents() }),
    at: "#/inbox/9",
  },
  {
    name: "odd-rtl",
    engine: () => full({ events: oddEvents() }),
    at: "#/inbox/8",
  },
  {
    name: "odd-not-json",
    engine: () => full({ events: oddEvents() }),
    at: "#/inbox/5",
  },
  {
    name: "odd-cut",
    engine: () => full({ events: oddEvents() }),
    at: "#/inbox/4",
  },
  {
    name: "port-taken",
    kept: true,
    engine: () => full({ status: portTaken }),
    act: (page) => page.getByRole("button", { name: "Details" }).click(),
  },
  {
    name: "port-taken-reading",
    engine: () => full({ status: portTaken }),
    at: "#/inbox/12",
  },
  {
    name: "listener-failed",
    engine: () =>
      full({
        status: {
          headline: "Not listening",
          detail: "",
          listener: {
            state: "failed",
            message: "the listener could not start",
            hint: "see that 127.0.0.1 is there, then try again",
          },
        },
      }),
  },
  {
    name: "keychain-locked",
    engine: () =>
      full({
        webhooks: [webhook({ id: "w1", name: "Studio Mac", trouble: locked })],
        status: {
          tray: "attention",
          trouble: {
            kind: "keychain",
            title: "the keychain is locked",
            detail: "deliveries can't be verified and are answered 503",
            hint: "unlock it, for instance by logging in again",
            path: null,
          },
        },
      }),
    at: "#/webhooks/w1",
  },
  {
    name: "store-set-aside",
    engine: () =>
      full({
        status: {
          trouble: {
            kind: "setAside",
            title: "the store was damaged and set aside",
            detail: "a new one was begun, and the old file is kept",
            hint: "",
            path: "/home/mira/.local/share/hookbell/hookbell-2026-11-20T14-36.damaged.sqlite",
          },
        },
      }),
  },
  {
    name: "paused",
    engine: () =>
      full({
        status: {
          tray: "paused",
          headline: "Paused until 16:40",
          detail: "Events are stored without a notification",
          pausedUntil: "2026-11-20T15:40:00Z",
        },
      }),
  },
  {
    name: "webhooks",
    engine: () => full(),
    at: "#/webhooks",
    act: (page) => page.click("[role=option]"),
  },
  { name: "webhooks-refused", engine: () => full(), at: "#/webhooks/w2" },
  { name: "webhooks-command", engine: () => full(), at: "#/webhooks/w3" },
  { name: "webhooks-empty", engine: () => new FakeEngine(), at: "#/webhooks" },
  {
    name: "webhooks-new",
    engine: () =>
      full({
        webhooks: [...two(), webhook({ id: "w4", name: "Backyard Birds", events: 0, last: null })],
      }),
    at: "#/webhooks/w4",
  },
  {
    name: "webhooks-long",
    engine: () =>
      full({
        webhooks: [
          webhook({
            id: "w1",
            name: LONG,
            last: { seq: 1, title: LONG, at: NOW.toISOString() },
          }),
        ],
      }),
    at: "#/webhooks",
  },
  {
    name: "webhooks-tested",
    engine: () => full(),
    at: "#/webhooks/w1",
    act: (page) => page.getByRole("button", { name: "Send test" }).click(),
  },
  {
    name: "webhooks-test-failed",
    engine: () =>
      failing(
        full(),
        "sendTest",
        "notListening",
        "Hookbell is not listening",
        "see to the port first, then send the test again",
      ),
    at: "#/webhooks/w1",
    act: (page) => page.getByRole("button", { name: "Send test" }).click(),
  },
  {
    name: "webhooks-menu",
    engine: () => full(),
    at: "#/webhooks/w1",
    act: (page) => page.getByRole("button", { name: "More for" }).click(),
  },
  {
    name: "webhooks-add",
    engine: () => full(),
    at: "#/webhooks",
    act: (page) => page.getByRole("button", { name: "New webhook" }).click(),
  },
  {
    name: "webhooks-add-refused",
    engine: () => full(),
    at: "#/webhooks",
    act: addRefused,
  },
  {
    name: "webhooks-rename",
    engine: () => full(),
    at: "#/webhooks/w1",
    act: (page) => choose(page, "Rename…"),
  },
  {
    name: "webhooks-rotate",
    engine: () => full(),
    at: "#/webhooks/w1",
    act: (page) => choose(page, "Rotate secret…"),
  },
  {
    name: "webhooks-remove",
    kept: true,
    engine: () => full(),
    at: "#/webhooks/w1",
    act: (page) => choose(page, "Remove…"),
  },
  ...ascScenarios,
  ...tunnelScenarios,
  ...buildScenarios,
  ...rulesScenarios,
  ...settingsScenarios,
  ...insightsScenarios,
  ...feedbackScenarios,
  ...issuesScenarios,
  ...oddScenarios,
  ...paletteScenarios,
  ...welcomeScenarios,
];

/** The scenario with this name. */
export function scenarioNamed(wanted: string): Scenario {
  const found = scenarios.find(({ name }) => name === wanted);
  if (!found) throw new Error(`there is no scenario ${wanted}`);
  return found;
}

function failing(engine: FakeEngine, ...how: Failure) {
  engine.fail(...how);
  return engine;
}
function silent(...commands: Command[]) {
  const engine = full();
  for (const command of commands) engine.silent.add(command);
  return engine;
}
async function search(page: Page, text: string) {
  await page.keyboard.press("/");
  await page.keyboard.type(text);
  await shown(page, "No match for").waitFor();
}
async function archiveOne(page: Page) {
  await page.getByRole("main").getByRole("button", { name: "Archive", exact: true }).click();
  await shown(page, /^Archived “/).waitFor();
}
export async function choose(page: Page, item: string) {
  await page.getByRole("button", { name: "More for" }).click();
  await page.getByRole("menuitem", { name: item }).click();
}
async function addRefused(page: Page) {
  await page.getByRole("button", { name: "New webhook" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Backyard Birds");
  await page.getByLabel("Custom", { exact: true }).check();
  await page.getByLabel("Custom secret").fill("short");
  await page.getByRole("button", { name: "Add webhook" }).click();
  await shown(page, "This secret is too short").waitFor();
}
