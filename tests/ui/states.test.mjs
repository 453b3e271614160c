// Every state, in a light small and a dark large window: nothing complains, nothing breaks the
// rules of accessibility, nothing runs out at the side. A picture of each is kept for a person to look at.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { scenarios } from "./scenarios.mjs";
import { axe, launch, open, picture, quit } from "./window.mjs";

const LOOKS = [
  { theme: "light", size: [900, 600] },
  { theme: "dark", size: [1440, 900] },
];
/** The pages themselves are also seen at the size and in the themes of the design's pictures. */
const DRAWN = [
  { theme: "light", size: [1180, 760] },
  { theme: "dark", size: [1180, 760] },
];

before(launch);
after(quit);

/** Only for looking at a few: `STATES=inbox,paused node --test …`. */
const only = process.env.STATES?.split(",");

for (const { name, engine, at, act, drawn } of scenarios.filter(
  (scenario) => only?.includes(scenario.name) ?? true,
)) {
  describe(name, () => {
    for (const { theme, size } of drawn ? [...LOOKS, ...DRAWN] : LOOKS) {
      test(`looks right in ${theme} at ${size.join("x")}`, async () => {
        const window = await open(engine(), {
          at,
          theme,
          size,
          reducedMotion: "reduce",
        });
        const { page, complaints } = window;
        try {
          await settled(page, name);
          await act?.(page);
          await picture(page, `${name}-${theme}-${size[0]}`);
          assert.deepEqual(await axe(page), []);
          assert.deepEqual(await runsOut(page), []);
          assert.deepEqual(complaints, []);
        } finally {
          await window.close();
        }
      });
    }
  });
}

/** Waits for what the engine answers at once; a silent one is waited for by its own scenario. */
async function settled(page, name) {
  if (name.endsWith("-loading")) return;
  await page
    .locator("[role=option], .empty, tbody tr, article h1, section h2")
    .first()
    .waitFor();
  await page.locator("[aria-busy=true]").first().waitFor({ state: "detached" });
}

/** Elements that make the window scroll sideways, or stand outside of it. */
function runsOut(page) {
  return page.evaluate(() => {
    const wide = [
      ...document.querySelectorAll(
        "main, section, nav, header, footer, [role=dialog] *, [role=alertdialog] *",
      ),
    ];
    return wide
      .filter(
        (element) =>
          !element.closest("pre") &&
          element.getBoundingClientRect().right > innerWidth + 1,
      )
      .map((element) => element.outerHTML.slice(0, 120));
  });
}
