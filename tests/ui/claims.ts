// How a claim about the window is tried, the same for every room: in a window of its own over an engine of its
// own, which must end without a complaint.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { TestContext } from "node:test";
import type { Locator, Page } from "playwright-core";
import type { Commands } from "../../ui/src/lib/bindings/api.ts";
import type { Command } from "./fake-engine/answers.ts";
import type { FakeEngine } from "./fake-engine/engine.ts";
import { eventually, launch, open, type Opening, quit } from "./window.ts";

// A file of claims has one browser.
before(launch);
after(quit);

/** A claim that never ends fails then. */
const TEST_TIMEOUT_MS = 300_000;

/**
 * Runs a claim. `where` is an address ("#/inbox/3"), or all that `open` takes.
 *
 * A claim that fails is tried once more, in a new window over a new engine, so that one slow moment of a busy machine
 * fails no whole run. The report says which claims needed it. Look into each: it may be the window that is too slow.
 */
export function claim(
  name: string,
  engine: () => FakeEngine,
  where: string | Opening,
  tried: (page: Page, engine: FakeEngine, t: TestContext) => Promise<unknown>,
) {
  const once = async (t: TestContext) => {
    const made = engine();
    const window = await open(made, typeof where === "string" ? { at: where } : where);
    try {
      await tried(window.page, made, t);
      assert.deepEqual(window.complaints, []);
    } finally {
      await window.close();
    }
  };
  test(name, { timeout: TEST_TIMEOUT_MS }, async (t) => {
    try {
      await once(t);
    } catch (failed) {
      t.diagnostic(`tried once more, because it failed with: ${String(failed)}`);
      await once(t);
    }
  });
}

/** What the engine was asked with this command, in order. */
export const asks = <C extends Command>(engine: FakeEngine, command: C) =>
  engine.asked
    .filter(([asked]) => asked === command)
    .map(([, request]) => request as NonNullable<Commands[C][0]>);

export const button = (page: Page | Locator, name: string) => page.getByRole("button", { name, exact: true });
export const press = (page: Page | Locator, name: string) => button(page, name).click();
export const option = (page: Page | Locator, name: string | RegExp) => page.getByRole("option", { name });

/** Chooses these values of a filter, one after another, and closes its menu. */
export async function choose(page: Page, filter: string, ...values: (string | RegExp)[]) {
  await press(page, filter);
  for (const name of values)
    await page
      .getByRole("menuitemcheckbox", { name, exact: true })
      .or(page.getByRole("menuitemradio", { name, exact: true }))
      .click();
  // The menu of a filter with one value has closed by itself.
  if ((await page.getByRole("menuitemcheckbox").count()) > 0) await page.keyboard.press("Escape");
  await isGone(page.getByRole("menu"));
}
/** The button that opens a delivery of this title, in a row that begins with this state. */
export const detailsOf = (page: Page, title: string, state: string) =>
  page
    .getByRole("row")
    .filter({ has: page.getByRole("gridcell", { name: new RegExp(`^${state}`) }) })
    .getByRole("button", { name: `Details of ${title}`, exact: true });
export const headline = (page: Page) => page.locator("article h1");

/** Where something stands on the page; it has to be drawn. */
export async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  assert.ok(box, "it is not drawn");
  return box;
}

/** The name of what has the focus. */
export const focusedName = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");

/** Waits until nothing matches, however many things do until then. */
export const isGone = (locator: Locator) => eventually(async () => assert.equal(await locator.count(), 0));

/** The row at this many pixels below the top of the list: its words, and where it stands. */
export const rowAt = (page: Page, below: number) =>
  page.evaluate((y) => {
    const box = document.querySelectorAll("[role=listbox]")[0].getBoundingClientRect();
    const row = document.elementFromPoint(box.left + 120, box.top + y)?.closest("[role=option]");
    return {
      words: row?.querySelector(".title")?.textContent,
      top: row?.getBoundingClientRect().top,
    };
  }, below);

/** Scrolls a list from its top to its end in steps, two frames each. Gives the places where no row was drawn. */
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
