// Runs a claim about the window, the same way for every room: in a separate window over a separate engine, which must
// finish without complaints.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { TestContext } from "node:test";
import type { Locator, Page } from "playwright-core";
import type { Commands } from "../../ui/src/lib/bindings/api.ts";
import type { Command } from "./fake-engine/answers.ts";
import type { FakeEngine } from "./fake-engine/engine.ts";
import { press } from "./buttons.ts";
import { eventually, launch, open, type Opening, quit } from "./window.ts";

export { button, press } from "./buttons.ts";

// Each test file has one browser.
before(launch);
after(quit);

/** Fails a claim that never ends. */
const TEST_TIMEOUT_MS = 300_000;

/** Runs a claim. `where` is an address ("#/inbox/3"), or everything that `open` takes. */
export function claim(
  name: string,
  engine: () => FakeEngine,
  where: string | Opening,
  tried: (page: Page, engine: FakeEngine, t: TestContext) => Promise<unknown>,
) {
  test(name, { timeout: TEST_TIMEOUT_MS }, async (t) => {
    const made = engine();
    const window = await open(made, typeof where === "string" ? { at: where } : where);
    try {
      await tried(window.page, made, t);
      assert.deepEqual(window.complaints, []);
    } finally {
      await window.close();
    }
  });
}

/** The requests of this command, in order. */
export const asks = <C extends Command>(engine: FakeEngine, command: C) =>
  engine.asked
    .filter(([asked]) => asked === command)
    .map(([, request]) => request as NonNullable<Commands[C][0]>);

export const option = (page: Page | Locator, name: string | RegExp) => page.getByRole("option", { name });

/** Chooses these values of a filter, one after another, and closes its menu. */
export async function choose(page: Page, filter: string, ...values: (string | RegExp)[]) {
  await press(page, filter);
  for (const name of values)
    await page
      .getByRole("menuitemcheckbox", { name, exact: true })
      .or(page.getByRole("menuitemradio", { name, exact: true }))
      .click();
  // The menu of a single-value filter closes automatically.
  if ((await page.getByRole("menuitemcheckbox").count()) > 0) await page.keyboard.press("Escape");
  await isGone(page.getByRole("menu"));
}
/** The button that opens the delivery with this title, in a row that begins with this state. */
export const detailsOf = (page: Page, title: string, state: string) =>
  page
    .getByRole("row")
    .filter({ has: page.getByRole("gridcell", { name: new RegExp(`^${state}`) }) })
    .getByRole("button", { name: `Details of ${title}`, exact: true });
export const headline = (page: Page) => page.locator("article h1");

/** The bounding box of an element, which must be drawn. */
export async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  assert.ok(box, "it is not drawn");
  return box;
}

/** The name of the focused element. */
export const focusedName = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");

/** Waits until nothing matches; until then any number of elements may. */
export const isGone = (locator: Locator) => eventually(async () => assert.equal(await locator.count(), 0));

/** The row at this many pixels below the top of the list: its text, and its position. */
export const rowAt = (page: Page, below: number) =>
  page.evaluate((y) => {
    const box = document.querySelectorAll("[role=listbox]")[0].getBoundingClientRect();
    const row = document.elementFromPoint(box.left + 120, box.top + y)?.closest("[role=option]");
    return {
      words: row?.querySelector(".title")?.textContent,
      top: row?.getBoundingClientRect().top,
    };
  }, below);

/** Scrolls a list from top to end in steps of two frames each. Returns the positions where no row was drawn. */
export const blanksOf = (list: Locator, step = 400) =>
  list.evaluate(async (element, by) => {
    const blanks: [at: number, y: number][] = [];
    const box = element.getBoundingClientRect();
    for (let at = 0; at < element.scrollHeight; at += by) {
      element.scrollTop = at;
      await new Promise((frame) => requestAnimationFrame(() => requestAnimationFrame(frame)));
      for (const y of [80, 240, box.height - 40]) {
        const there = document.elementFromPoint(box.left + 160, box.top + y)?.closest("[role=option], .day");
        if (!there) blanks.push([at, y]);
      }
    }
    return blanks;
  }, step);
