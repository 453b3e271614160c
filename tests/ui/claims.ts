// How a claim about the window is tried, the same for every room: in a window of its own over an engine of its
// own, which must end without a complaint.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { eventually, launch, open, quit } from "./window.ts";

// A file of claims has one browser.
before(launch);
after(quit);

/** Runs a claim. `where` is an address ("#/inbox/3"), or all that `open` takes. */
export function claim(name, engine, where, tried) {
  test(name, async (t) => {
    const made = engine();
    const window = await open(
      made,
      typeof where === "string" ? { at: where } : where,
    );
    try {
      await tried(window.page, made, t);
      assert.deepEqual(window.complaints, []);
    } finally {
      await window.close();
    }
  });
}

/** What the engine was asked with this command, in order. */
export const asks = (engine, command) =>
  engine.asked
    .filter(([asked]) => asked === command)
    .map(([, request]) => request);

export const button = (page, name) =>
  page.getByRole("button", { name, exact: true });
export const press = (page, name) => button(page, name).click();
export const option = (page, name) => page.getByRole("option", { name });
export const headline = (page) => page.locator("article h1");

/** Waits until nothing matches, however many things do until then. */
export const isGone = (locator) =>
  eventually(async () => assert.equal(await locator.count(), 0));

/** The row at this many pixels below the top of the list: its words, and where it stands. */
export const rowAt = (page, below) =>
  page.evaluate((y) => {
    const box = document
      .querySelector("[role=listbox]")
      .getBoundingClientRect();
    const row = document
      .elementFromPoint(box.left + 120, box.top + y)
      .closest("[role=option]");
    return {
      words: row?.querySelector(".title").textContent,
      top: row?.getBoundingClientRect().top,
    };
  }, below);

/** Scrolls a list from its top to its end in steps, two frames each. Gives the places where no row was drawn. */
export const blanksOf = (list, step = 400) =>
  list.evaluate(async (element, by) => {
    const blanks = [];
    const box = element.getBoundingClientRect();
    for (let at = 0; at < element.scrollHeight; at += by) {
      element.scrollTop = at;
      await new Promise((frame) =>
        requestAnimationFrame(() => requestAnimationFrame(frame)),
      );
      for (const y of [80, 240, box.height - 40]) {
        const there = document
          .elementFromPoint(box.left + 160, box.top + y)
          ?.closest("[role=option], .day");
        if (!there) blanks.push([at, y]);
      }
    }
    return blanks;
  }, step);
