// Every room of the real engine after the demo's story: it shows what happened, without complaints. `make pictures`
// writes these as the README's pictures. They aren't compared, because ids, ports and the last seconds differ each
// time.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { option } from "./claims.ts";
import { MAC_FRAME } from "./frame.ts";
import { type RealEngine, startEngine } from "./real-engine.ts";
import { picture, shown, visit } from "./window.ts";

const PICTURES = fileURLToPath(new URL("../../docs/pictures/", import.meta.url));
const NOW = "2026-11-20T13:40:00Z";
const THEMES = ["light", "dark"] as const;
const updating = process.env.UPDATE_PICTURES === "1";

interface Room {
  name: string;
  at: string;
  /** What to open first. */
  act?: (page: Page) => Promise<unknown>;
  /** The least number of rows in its list or table. */
  rows?: [role: "option" | "row", atLeast: number];
  /** Texts from the story that are on the screen. */
  says: string[];
}

/** Opens the newest row with this text. */
const opens = (words: RegExp) => (page: Page) => option(page, words).first().click();

const ROOMS: Room[] = [
  {
    name: "inbox",
    at: "#/inbox",
    act: opens(/Upload failed/),
    rows: ["option", 10],
    says: ["Build 419 upload failed", "Apple’s report"],
  },
  {
    name: "feedback",
    at: "#/feedback",
    act: opens(/Save button is hidden/),
    rows: ["option", 6],
    says: ["When the screenshot was taken"],
  },
  {
    name: "crash",
    at: "#/feedback",
    act: opens(/Opened my life list/),
    rows: ["option", 6],
    says: ["Index out of range in SightingStore.sighting(at:)", "LifeListView.row(for:)"],
  },
  { name: "webhooks", at: "#/webhooks", says: ["se.halden.fieldnotes", "1 of 10 used"] },
  { name: "deliveries", at: "#/deliveries", rows: ["row", 12], says: ["Fetched", "Live on the App Store"] },
  {
    name: "rules",
    at: "#/rules",
    act: (page) => page.getByRole("row", { name: /Beta crashes to the team/ }).click(),
    rows: ["row", 3],
    says: ["In the last 30 days", "Crash feedback → Notify, even in quiet hours, Slack"],
  },
  { name: "tunnel", at: "#/tunnel", says: ["Apple can reach this Mac", "3 missed events fetched"] },
  { name: "insights", at: "#/insights", says: ["Webhooks by health", "3.2 (412)"] },
  { name: "settings", at: "#/settings", says: ["Halden Software", "Notify me about"] },
];

let engine: RealEngine;
before(async () => {
  engine = await startEngine({ now: NOW, platform: "macos", rules: true });
});
after(() => engine.close());

describe("with the real engine", () => {
  for (const room of ROOMS)
    test(`${room.name} shows what happened`, async () => {
      const window = await visit(engine.url, engine.now, {
        at: room.at,
        reducedMotion: "reduce",
        style: MAC_FRAME,
      });
      const { page, complaints } = window;
      try {
        await page.evaluate(() => document.fonts.load("13px Inter"));
        await room.act?.(page);
        for (const words of room.says) await shown(page, words).first().waitFor();
        await page.locator("[aria-busy=true]").first().waitFor({ state: "detached" });
        if (room.rows) {
          const [role, atLeast] = room.rows;
          await page
            .getByRole(role)
            .nth(atLeast - 1)
            .waitFor();
        }
        for (const theme of THEMES) {
          await page.emulateMedia({ colorScheme: theme });
          await page.mouse.move(0, 0);
          const drawn = await picture(page, `true-${room.name}-${theme}`);
          if (updating) keep(drawn, `${room.name}-${theme}`);
        }
        assert.deepEqual(complaints, []);
      } finally {
        await window.close();
      }
    });
});

test("every picture that the README shows is there", () => {
  const shown =
    readFileSync(new URL("../../README.md", import.meta.url), "utf8").match(/docs\/pictures\/[\w-]+\.png/g) ??
    [];
  const kept = readdirSync(PICTURES).map((file) => `docs/pictures/${file}`);
  assert.ok(shown.length > 1, "the README shows no pictures");
  assert.deepEqual(
    shown.filter((file) => !kept.includes(file)),
    [],
  );
});

test("the pictures of the documents are those of these rooms", () => {
  const wanted = ROOMS.flatMap(({ name }) => THEMES.map((theme) => `${name}-${theme}.png`));
  const there = readdirSync(PICTURES);
  if (updating) for (const file of there.filter((file) => !wanted.includes(file))) rmSync(PICTURES + file);
  else assert.deepEqual(there.sort(), wanted.sort());
});

function keep(drawn: Buffer, name: string) {
  mkdirSync(PICTURES, { recursive: true });
  writeFileSync(`${PICTURES}${name}.png`, drawn);
}
