// Controls show that they are hovered, pressed and focused.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { atApple } from "./asc-scenarios.ts";
import { eventually, launch, open, quit } from "./window.ts";

before(launch);
after(quit);

const HOOKS = "#/webhooks/halden/a1";
const INBOX = "#/inbox";
type Role = Parameters<Page["getByRole"]>[0];
type Control = [at: string, role: Role, name: string | RegExp, focused?: string];
const CONTROLS: Record<string, Control> = {
  "a button": [HOOKS, "button", "Test Studio Mac"],
  "the primary button": [HOOKS, "button", "New webhook"],
  "a button of only an icon": [HOOKS, "button", "More for Studio Mac"],
  "a switch": [HOOKS, "switch", "Studio Mac enabled"],
  "a row of webhooks": [HOOKS, "option", /Tidewater/, "by its list"],
  "a room": [INBOX, "link", "Feedback"],
  "a row of events": [INBOX, "option", /Build 418/, "by its list"],
  "a part of a choice": [INBOX, "button", "Archive"],
  "a filter": [INBOX, "button", "Dates"],
  "a filter that is on or off": [INBOX, "button", "Unread"],
  "a delivery": ["#/deliveries", "row", /On the App Store/, "by its button"],
  "a tunnel provider": ["#/tunnel", "radio", /^Tailscale Funnel/],
};

describe("hovered, pressed and focused", () => {
  for (const [what, [at, role, name, focused]] of Object.entries(CONTROLS))
    test(`${what} looks different each time`, async () => {
      const { page, close } = await open(atApple(), {
        at,
        reducedMotion: "reduce",
      });
      try {
        const exact = typeof name === "string";
        const control = page.getByRole(role, { name, exact }).first();
        await control.waitFor();
        await page.mouse.move(0, 0);
        const still = await looks(control);
        await control.hover();
        const hovered = await looks(control);
        await page.mouse.down();
        const pressed = await looks(control);
        assert.notDeepEqual(hovered, still, "nothing shows the pointer");
        assert.notDeepEqual(pressed, hovered, "nothing shows the press");
        await page.mouse.move(0, 0);
        await page.mouse.up();
        if (focused) return;
        await page.keyboard.press("Tab");
        await control.focus();
        assert.match((await looks(control)).outline, /solid 2px|2px solid/);
      } finally {
        await close();
      }
    });
});

/** A control's colours; a table row's background is drawn by its cells. */
function looks(control: Locator) {
  return control.evaluate((element: HTMLElement) => {
    const { color, borderColor, outline } = getComputedStyle(element);
    const ground = element instanceof HTMLTableRowElement ? (element.cells[0] ?? element) : element;
    const { backgroundColor } = getComputedStyle(ground);
    return { color, backgroundColor, borderColor, outline };
  });
}

/** The smallest visible mark in pixels: more than a change in the border's corners. */
const MARK = 24;

/** The number of pixels with clearly different colours in two pictures of the same size. */
function different(one: Buffer, other: Buffer) {
  const [{ data, width, height }, { data: next }] = [one, other].map((shot) => PNG.sync.read(shot));
  return pixelmatch(data, next, undefined, width, height, { threshold: 0.3 });
}

describe("with forced colours, where backgrounds are gone", () => {
  for (const [what, name] of [
    ["checkbox", "Good news"],
    ["switch", "Quiet hours"],
  ] as const)
    test(`a ${what} still shows whether it is on`, async () => {
      const { page, close } = await open(atApple(), {
        at: "#/settings",
        reducedMotion: "reduce",
      });
      try {
        await page.emulateMedia({ forcedColors: "active" });
        const control = page.getByRole(what, { name }).first();
        await control.waitFor();
        const shoot = async () => {
          await page.mouse.move(0, 0);
          await control.blur();
          return control.screenshot();
        };
        const before = await shoot();
        const was = await control.isChecked();
        await control.click();
        await eventually(async () => assert.notEqual(await control.isChecked(), was));
        const changed = different(before, await shoot());
        assert.ok(changed > MARK, `${changed} pixels tell it`);
      } finally {
        await close();
      }
    });
});
