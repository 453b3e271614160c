// The layout checks that states rely on: they find a broken layout, and accept a sound one.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { overdrawn } from "./layout.ts";
import { launch, quit } from "./window.ts";

let page: Page;
before(async () => {
  page = await (await launch()).newPage();
});
after(quit);

const LONG = "A sentence that is much longer than its box";

async function finds(html: string, expected: string[]) {
  await page.setContent(html);
  assert.deepEqual(await overdrawn(page), expected);
}

describe("text", () => {
  test("that is hidden at the side needs an ellipsis", async () => {
    const box = "width: 80px; white-space: nowrap; overflow: hidden";
    await finds(`<p style="${box}">${LONG}</p>`, [`cut off at the side: “${LONG}”`]);
    await finds(`<p style="${box}; text-overflow: ellipsis">${LONG}</p>`, []);
  });
  test("that is hidden below is found", async () => {
    const box = "width: 80px; height: 20px; line-height: 20px";
    await finds(`<p style="${box}; overflow: hidden">${LONG}</p>`, [`cut off below: “${LONG}”`]);
    await finds(`<p style="${box}; overflow: auto">${LONG}</p>`, []);
  });
  test("that runs out of its box is found", async () => {
    await finds(`<p style="width: 80px; white-space: nowrap; background: white">${LONG}</p>`, [
      `runs out of its box: “${LONG}”`,
    ]);
  });
  test("on other text is found", async () => {
    const place = "position: absolute; left: 20px; top: 20px";
    await finds(`<p style="${place}">One</p><p style="${place}">Two</p>`, ["on each other: “One” and “Two”"]);
  });
  test("behind something that floats is left alone", async () => {
    const place = "position: absolute; left: 20px; top: 20px";
    await finds(`<p style="${place}">One</p><p style="${place}; background: white">Two</p>`, []);
  });
});
