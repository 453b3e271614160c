// Scenarios with the palette, and with the sheet of shortcuts.
import type { Page } from "playwright-core";
import type { Scenario } from "./scenario.ts";
import { account, app, hook } from "./fake-engine/studio.ts";
import { webhook } from "./fake-engine/engine.ts";
import { LONG, oddEvents } from "./fake-engine/odd.ts";
import { atApple } from "./asc-scenarios.ts";
import { shown } from "./window.ts";

/** Opens the palette and types into it, faster than it searches. */
export async function palette(page: Page, text = "") {
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog", { name: "Commands" }).waitFor();
  await page.keyboard.insertText(text);
}

/** Runs the command with this name, which must be the first match. */
export async function command(page: Page, name: string) {
  await palette(page);
  const box = page.getByRole("dialog", { name: "Commands" });
  await box.getByRole("combobox").fill(name);
  await box.getByRole("option", { name, selected: true }).waitFor();
  await page.keyboard.press("Enter");
  await box.waitFor({ state: "detached" });
}

const oddNames = () =>
  atApple({
    events: oddEvents(),
    accounts: [account({ id: "halden", name: LONG })],
    apps: {
      halden: [
        app("a1", LONG, `se.halden.${"long".repeat(30)}`),
        app("a2", "طيور الحديقة", "se.halden.birds"),
        app("a3", "🎉🐦 Backyard Birds 👩‍👩‍👧‍👦", "se.halden.emoji"),
      ],
    },
    hooks: [hook({ id: "h1", name: LONG, app: "a1" })],
    webhooks: [webhook({ id: "w1", name: "x".repeat(200) })],
  });

export const paletteScenarios: Scenario[] = [
  {
    name: "palette",
    engine: () => atApple(),
    at: "#/inbox/12",
    act: (page) => palette(page),
  },
  {
    name: "palette-found",
    kept: true,
    engine: () => atApple(),
    at: "#/inbox/12",
    act: async (page) => {
      await palette(page, "re");
      await page.getByRole("group", { name: "Events" }).getByText("On the App Store").waitFor();
    },
  },
  {
    name: "palette-nothing-found",
    engine: () => atApple(),
    act: async (page) => {
      await palette(page, "tidewaiter");
      await shown(page, "No match for").waitFor();
    },
  },
  {
    name: "palette-which",
    engine: () => atApple(),
    act: async (page) => {
      await palette(page, "send a test");
      await page.keyboard.press("Enter");
      await page.getByRole("combobox", { name: "Test which webhook?" }).waitFor();
    },
  },
  {
    name: "palette-refused",
    engine: () => {
      const engine = atApple();
      engine.fail(
        "pause",
        "storeUnwritable",
        "the pause could not be kept",
        "see that the disk is there and not full",
      );
      return engine;
    },
    act: async (page) => {
      await palette(page, "pause");
      await page.keyboard.press("Enter");
      await page.getByRole("alert").waitFor();
    },
  },
  {
    name: "palette-odd",
    engine: oddNames,
    act: async (page) => {
      await palette(page, "field");
      await page.getByRole("group", { name: "Apps" }).waitFor();
    },
  },
  {
    name: "palette-mac",
    engine: () => atApple({ status: { platform: "macos" } }),
    act: async (page) => {
      await page.keyboard.press("Meta+k");
      await page.getByRole("dialog", { name: "Commands" }).waitFor();
    },
  },
  {
    name: "keys-everywhere",
    engine: () => atApple(),
    at: "#/deliveries",
    act: (page) => page.keyboard.press("?"),
  },
];
