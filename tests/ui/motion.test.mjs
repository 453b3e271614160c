// Nothing moves for longer than 150 ms. That nothing moves at all where the system asks for less motion is
// looked at in every state (states.test.mjs).
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { motions } from "./motion.mjs";
import { scenarios } from "./scenarios.mjs";
import { launch, open, quit } from "./window.mjs";

const LONGEST = 150;

before(launch);
after(quit);

describe("what is moved", () => {
  for (const { name, engine, at, act } of scenarios.filter(({ kept }) => kept))
    test(`takes ${LONGEST} ms at most in ${name}`, async () => {
      const { page, close } = await open(engine(), { at });
      try {
        await act?.(page);
        assert.deepEqual(await motions(page, LONGEST), []);
        // Buttons take their time to light up; without any, nothing would have been looked at.
        assert.notDeepEqual(await motions(page, 0), []);
      } finally {
        await close();
      }
    });
});
