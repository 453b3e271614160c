// Every state, in a light small and a dark large window: nothing complains, nothing breaks the
// rules of accessibility, nothing runs out at the side, no text is cut off or drawn over another, and
// nothing moves where the system asks for less motion.
// A picture of each is left for a person to look at, and some are compared with the ones in docs/pictures.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { overdrawn, runsOut } from "./layout.ts";
import { motions } from "./motion.ts";
import { forget, keptNames, pictures, updating } from "./pictures.ts";
import { scenarios } from "./scenarios.ts";
import { axe, eventually, launch, open, picture, quit } from "./window.ts";

const SMALL = { theme: "light", size: [900, 600], rules: true };
const LARGE = { theme: "dark", size: [1440, 900], rules: true };
/** The smallest window with its text at 125 %: the webview's zoom leaves it this many pixels. */
const ZOOMED = { theme: "light", size: [720, 480], zoom: 1.25 };
/** The size of the pictures in docs/pictures. */
const KEPT = [
  { theme: "light", size: [1180, 760], rules: true, kept: true },
  { theme: "dark", size: [1180, 760], rules: true, kept: true },
];

/** Only for looking at a few: `STATES=inbox,paused node --test …`. */
const only = process.env.STATES?.split(",");
const chosen = scenarios.filter(({ name }) => only?.includes(name) ?? true);
const nameOfKept = ({ name }, { theme }) => `${name}-${theme}`;

let held;
before(async () => {
  held = await pictures(await launch());
});
after(quit);

describe("every state", { concurrency: 2 }, () => {
  for (const scenario of chosen) {
    for (const look of looksOf(scenario)) {
      const { theme, size, zoom = 1 } = look;
      const words = `${scenario.name} looks right in ${theme} at ${size.join("x")}${zoom === 1 ? "" : " with larger text"}`;
      test(words, (context) => looksRight(scenario, look, context));
    }
  }
});

test("every kept picture shows a state", { skip: only !== undefined }, () => {
  const wanted = scenarios
    .filter(({ kept }) => kept)
    .flatMap((scenario) => KEPT.map((look) => nameOfKept(scenario, look)));
  const others = keptNames().filter((name) => !wanted.includes(name));
  if (updating) others.forEach(forget);
  else assert.deepEqual(others, []);
});

function looksOf({ kept, narrow = false, zoomed = kept }) {
  if (updating) return kept ? KEPT : [];
  return [
    SMALL,
    ...(narrow ? [] : [LARGE]),
    ...(zoomed ? [ZOOMED] : []),
    ...(kept ? KEPT : []),
  ];
}

async function looksRight(scenario, look, context) {
  const { name, engine, at, demo, act } = scenario;
  const { theme, size, zoom = 1 } = look;
  const window = await open(engine(), {
    at,
    demo,
    theme,
    size,
    zoom,
    reducedMotion: "reduce",
  });
  const { page, complaints } = window;
  try {
    await settled(page, name);
    await act?.(page);
    const shoot = () => picture(page, `${name}-${theme}-${size[0]}`);
    const drawn = await (look.kept ? still(shoot) : shoot());
    if (look.kept)
      await context.test("as it is kept", { skip: held.skip }, () =>
        held.hold(drawn, nameOfKept(scenario, look)),
      );
    if (updating) return;
    if (look.rules) assert.deepEqual(await axe(page), []);
    assert.deepEqual(await runsOut(page), []);
    assert.deepEqual(await overdrawn(page), []);
    assert.deepEqual(await motions(page, 0), []);
    assert.deepEqual(complaints, []);
  } finally {
    await window.close();
  }
}

/** Takes a picture until one is as the one before: what is compared must not be on its way. */
async function still(shoot) {
  let before = await shoot();
  return eventually(async () => {
    const now = await shoot();
    const same = now.equals(before);
    before = now;
    assert.ok(same, "the window does not come to rest");
    return now;
  });
}

/** Waits for what the engine answers at once; a silent one is waited for by its own scenario. */
async function settled(page, name) {
  if (name.endsWith("-loading")) return;
  await page
    .locator(
      "[role=option], .empty, tbody tr, article h1, section h2, .step h1",
    )
    .first()
    .waitFor();
  await page.locator("[aria-busy=true]").first().waitFor({ state: "detached" });
}
