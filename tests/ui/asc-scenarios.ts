// Scenarios with App Store Connect: accounts, webhooks of apps, deliveries.
import type { Failure, State, Refusal } from "./fake-engine/engine.ts";
import type { Command } from "./fake-engine/answers.ts";
import type { Page } from "playwright-core";
import { loading, type Scenario } from "./scenario.ts";
import { keptOf } from "./fake-engine/asc.ts";
import { account, app, delivery, foreign, hook, studio } from "./fake-engine/studio.ts";
import { FakeEngine, webhook } from "./fake-engine/engine.ts";
import { NOW, tellingEvents } from "./fake-engine/events.ts";
import { LONG } from "./fake-engine/odd.ts";
import { shown } from "./window.ts";

const revoked: Refusal = [
  "keyRefused",
  "App Store Connect doesn’t accept this account’s API key",
  "check the key in Users and Access → Integrations; it may have been revoked",
];

/** Two accounts, and a webhook without an account. */
export const atApple = (parts: State = {}) =>
  new FakeEngine({
    events: tellingEvents(),
    webhooks: [webhook({ id: "w1", name: "Kitchen server" })],
    ...studio(),
    ...parts,
  });

const many = () => {
  const apps = Array.from({ length: 400 }, (_, at) =>
    app(`m${at}`, `App number ${at}`, `se.halden.app${at}`),
  );
  return atApple({
    accounts: [account({ id: "halden", name: LONG })],
    apps: {
      halden: [app("a1", LONG, `se.halden.${"long".repeat(40)}`), ...apps],
    },
    hooks: [
      foreign({
        id: "h1",
        name: LONG,
        url: `https://hooks.halden.example/${"x".repeat(300)}`,
        last: {
          state: "failed",
          at: NOW.toISOString(),
          status: 500,
          means: LONG,
          hint: LONG,
          signature: null,
        },
      }),
      ...apps.map(({ id }) => hook({ id: `h-${id}`, name: "Studio", app: id })),
    ],
    deliveries: Array.from({ length: 10_000 }, (_, at) =>
      delivery({ id: `d${at}`, title: LONG, appName: LONG, webhookName: LONG }),
    ),
  });
};

/** A start that shows what was read three hours ago, because App Store Connect hasn't answered yet. */
export function keptBefore() {
  const engine = silent("apps", "appWebhooks");
  for (const { id } of engine.accounts) engine.kept[id] = keptOf(engine, id, 180);
  return engine;
}
/** The same without a network. */
export function keptOffline() {
  const engine = keptBefore();
  engine.silent.clear();
  for (const command of ["apps", "appWebhooks"] as const)
    engine.fail(
      command,
      "appleUnreachable",
      "App Store Connect can’t be reached",
      "check the network, and try again",
    );
  return engine;
}

function failing(...how: Failure) {
  const engine = atApple();
  engine.fail(...how);
  return engine;
}
function silent(...commands: Command[]) {
  const engine = atApple();
  for (const command of commands) engine.silent.add(command);
  return engine;
}
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
/** Drops paths on the window, one per line, as the shell reports files. */
export const drop = (page: Page, paths: string) =>
  page.evaluate((text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData("text/plain", text);
    window.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }, paths);
export async function more(page: Page, of: string, item: string) {
  await press(page, `More for ${of}`);
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}
const addAccount = async (page: Page) => {
  await press(page, "Add account");
  await page.getByRole("dialog", { name: "Add account" }).waitFor();
};
const newWebhook = async (page: Page) => {
  await press(page, "New webhook");
  await page.getByRole("dialog", { name: "New webhook" }).waitFor();
};

const HERE = "#/webhooks/halden/a1";
export const ascScenarios: Scenario[] = [
  {
    name: "accounts",
    kept: true,
    engine: () => atApple(),
    at: "#/settings/accounts",
  },
  {
    name: "accounts-none",
    engine: () => new FakeEngine(),
    at: "#/settings/accounts",
  },
  {
    name: "accounts-revoked",
    engine: () => failing("apps", ...revoked),
    at: "#/settings/accounts",
  },
  {
    name: "accounts-checked",
    engine: () => atApple(),
    at: "#/settings/accounts",
    act: async (page) => {
      await page.getByRole("button", { name: "Check key" }).first().click();
      await shown(page, "The key works. It has access to 4 apps.").waitFor();
    },
  },
  {
    name: "accounts-add",
    engine: () => atApple(),
    at: "#/settings/accounts",
    act: addAccount,
  },
  {
    name: "accounts-add-refused",
    engine: () => atApple(),
    at: "#/settings/accounts",
    act: async (page) => {
      await addAccount(page);
      await page.getByLabel("Key file").fill("/home/mira/certificate.p8");
      await shown(page, "This file has a certificate, not a key.").waitFor();
    },
  },
  {
    name: "accounts-remove",
    engine: () => atApple(),
    at: "#/settings/accounts",
    act: async (page) => {
      await more(page, "Halden Software AB", "Remove…");
      await page.getByRole("alertdialog").waitFor();
    },
  },
  { name: "apps", kept: true, engine: () => atApple(), at: HERE },
  {
    name: "apps-tested",
    engine: () => atApple(),
    at: HERE,
    act: async (page) => {
      await press(page, "Test Studio Mac");
      await shown(page, "Ping arrived in 412 ms").waitFor();
    },
  },
  {
    name: "apps-testing",
    engine: () => silent("pingAppWebhook"),
    at: HERE,
    act: (page) => press(page, "Test Studio Mac"),
  },
  {
    name: "apps-menu",
    engine: () => atApple(),
    at: HERE,
    act: (page) => press(page, "More for Studio Mac"),
  },
  {
    name: "apps-none",
    engine: () => atApple(),
    at: "#/webhooks/halden/a4",
  },
  { name: "apps-full", engine: () => atApple(), at: "#/webhooks/northwind/b2" },
  {
    name: "apps-loading",
    engine: () => silent("apps"),
    at: HERE,
    act: loading,
  },
  {
    name: "apps-webhooks-loading",
    engine: () => silent("accountWebhooks", "appWebhooks"),
    at: HERE,
    act: loading,
  },
  {
    name: "apps-offline",
    engine: () =>
      failing(
        "appWebhooks",
        "appleUnreachable",
        "App Store Connect can’t be reached",
        "check the network, and try again",
      ),
    at: HERE,
  },
  { name: "apps-kept", engine: keptBefore, at: HERE },
  { name: "apps-kept-offline", engine: keptOffline, at: HERE },
  {
    name: "accounts-dropped-many",
    engine: () => atApple(),
    at: "#/settings/accounts",
    act: async (page) => {
      await drop(page, "/home/mira/AuthKey_AAAA111111.p8\n/home/mira/b.p8");
      await shown(page, "You dropped 1 more file").waitFor();
    },
  },
  {
    name: "apps-revoked",
    engine: () => failing("apps", ...revoked),
    at: HERE,
  },
  { name: "apps-many", engine: many, at: HERE },
  {
    name: "apps-not-found",
    engine: () => atApple(),
    at: HERE,
    act: async (page) => {
      await page.keyboard.press("/");
      await page.keyboard.type("tidewaiter");
      await shown(page, "No match for").waitFor();
    },
  },
  {
    name: "apps-new",
    engine: () => atApple(),
    at: HERE,
    act: newWebhook,
  },
  {
    name: "apps-new-refused",
    kept: true,
    engine: () => atApple(),
    at: HERE,
    act: async (page) => {
      await newWebhook(page);
      await page.getByRole("textbox", { name: "Name" }).fill("Release dashboard");
      await page.getByLabel("Another address").check();
      await page.getByRole("textbox", { name: "Address" }).fill("https://ci.halden.example/apple");
      await press(page, "Create webhook");
      await shown(page, "App Store Connect rejected this").waitFor();
    },
  },
  {
    name: "apps-edit",
    engine: () => atApple(),
    at: HERE,
    act: async (page) => {
      await press(page, "Edit Zapier to Slack");
      await page.getByRole("dialog", { name: "Edit webhook" }).waitFor();
    },
  },
  {
    name: "apps-rotate",
    engine: () => atApple(),
    at: HERE,
    act: async (page) => {
      await more(page, "Studio Mac", "Rotate secret…");
      await page.getByRole("dialog", { name: "Rotate secret" }).waitFor();
    },
  },
  {
    name: "apps-delete",
    engine: () => atApple(),
    at: HERE,
    act: async (page) => {
      await more(page, "Zapier to Slack", "Delete…");
      await page.getByRole("alertdialog").waitFor();
    },
  },
  {
    name: "apps-adopt",
    engine: () => atApple(),
    at: HERE,
    act: async (page) => {
      await more(page, "Buildkite", "Send to this computer…");
      await page.getByRole("alertdialog").waitFor();
    },
  },
  {
    name: "deliveries",
    kept: true,
    engine: () => atApple(),
    at: "#/deliveries",
    act: (page) =>
      page
        .getByRole("button", { name: "Details of Screenshot feedback from Mira Okafor", exact: true })
        .click(),
  },
  {
    name: "deliveries-none",
    engine: () => new FakeEngine(),
    at: "#/deliveries",
  },
  {
    name: "deliveries-quiet",
    engine: () => atApple({ deliveries: [] }),
    at: "#/deliveries",
  },
  {
    name: "deliveries-filtered",
    engine: () => atApple(),
    at: "#/deliveries/halden/h2",
    act: (page) => press(page, "Failed"),
  },
  {
    name: "deliveries-not-found",
    engine: () => atApple(),
    at: "#/deliveries",
    act: async (page) => {
      await page.keyboard.press("/");
      await page.keyboard.type("tidewaiter");
      await shown(page, "No match for").waitFor();
    },
  },
  {
    name: "deliveries-redelivering",
    engine: () => atApple({ slow: true }),
    at: "#/deliveries",
    act: async (page) => {
      await press(page, "Redeliver 2 failed");
      await shown(page, "Redelivering 1 of 2").waitFor();
    },
  },
  {
    name: "deliveries-loading",
    engine: () => silent("deliveries"),
    at: "#/deliveries",
    act: loading,
  },
  {
    name: "deliveries-offline",
    engine: () =>
      failing(
        "deliveries",
        "appleUnreachable",
        "App Store Connect can’t be reached",
        "check the network, and try again",
      ),
    at: "#/deliveries",
  },
  { name: "deliveries-many", engine: many, at: "#/deliveries" },
];
