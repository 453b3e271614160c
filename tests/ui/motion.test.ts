// Nothing moves for longer than 150 ms. That nothing moves at all with reduced motion is checked in every state
// (states.test.ts).
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { motions } from "./motion.ts";
import { scenarioNamed, scenarios } from "./scenarios.ts";
import { launch, open, quit } from "./window.ts";

const LONGEST = 150;

before(launch);
after(quit);

describe("what is moved", () => {
  test("is found: buttons take their time to light up", async () => {
    const { engine, at } = scenarioNamed("feedback");
    const { page, close } = await open(engine(), { at });
    try {
      await page.locator("article h1, [role=option]").first().waitFor();
      assert.notDeepEqual(await motions(page, 0), []);
    } finally {
      await close();
    }
  });
  for (const { name, engine, at, demo, act } of scenarios.filter(({ kept }) => kept))
    test(`takes ${LONGEST} ms at most in ${name}`, async () => {
      const { page, close } = await open(engine(), { at, demo });
      try {
        await act?.(page);
        await page.locator("main[aria-label], [role=dialog]").first().waitFor();
        await page.locator("[aria-busy=true]").first().waitFor({ state: "detached" });
        assert.deepEqual(await motions(page, LONGEST), []);
      } finally {
        await close();
      }
    });
});
