// Checks every state, in a small light window and a large dark one: no complaints, no accessibility violations, nothing
// overflows sideways, no text is cut off or overlaps, and nothing moves with reduced motion. A picture of each is saved
// for a person to look at, and some are compared with those in tests/ui/kept. A state is entered once and then checked
// in every size and theme, because entering it takes most of the time.
import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import { after, before, describe, test, type TestContext } from "node:test";
import type { Page } from "playwright-core";
import { overdrawn, runsOut } from "./layout.ts";
import { motions } from "./motion.ts";
import { forget, keptNames, pictures, updating } from "./pictures.ts";
import type { Scenario } from "./scenario.ts";
import { scenarios } from "./scenarios.ts";
import { axe, eventually, launch, open, type Opening, picture, quit } from "./window.ts";

/** How a state is checked: with or without the accessibility rules, compared with a kept picture or not. */
type Look = Required<Pick<Opening, "theme" | "size" | "zoom">> & {
  rules: boolean;
  kept: boolean;
};
type Window = Awaited<ReturnType<typeof open>>;

const look = (theme: "light" | "dark", ...size: [number, number]): Look => ({
  theme,
  size,
  zoom: 1,
  rules: true,
  kept: false,
});
const SMALL = look("light", 900, 600);
const LARGE = look("dark", 1440, 900);
/** The smallest window with its text at 125 % and 150 %: the webview's zoom leaves it this many pixels. */
const ZOOMED: Look[] = [
  { ...look("light", 720, 480), zoom: 1.25, rules: false },
  { ...look("light", 600, 400), zoom: 1.5, rules: false },
];
/** The size of the pictures in tests/ui/kept. */
const KEPT: Look[] = [
  { ...look("light", 1180, 760), kept: true },
  { ...look("dark", 1180, 760), kept: true },
];

/** To check only a few: `STATES=inbox,paused node --import ./tests/ui/typescript.mjs --test …`. */
const only = process.env.STATES?.split(",");
const chosen = scenarios.filter(({ name }) => only?.includes(name) ?? true);
const nameOfKept = ({ name }: Scenario, { theme }: Look) => `${name}-${theme}`;

let held: Awaited<ReturnType<typeof pictures>>;
before(async () => {
  held = await pictures(await launch());
});
after(quit);

describe("every state", { concurrency: availableParallelism() }, () => {
  for (const scenario of chosen) {
    const looks = looksOf(scenario);
    for (const zoom of new Set(looks.map((one) => one.zoom))) {
      const words = `${scenario.name} looks right${zoom === 1 ? "" : ` with text at ${zoom * 100} %`}`;
      const alike = looks.filter((one) => one.zoom === zoom);
      test(words, (context) => looksRight(scenario, alike, context));
    }
  }
});

test("every kept picture shows a state", { skip: only !== undefined }, () => {
  const wanted = scenarios
    .filter(({ kept }) => kept)
    .flatMap((scenario) => KEPT.map((one) => nameOfKept(scenario, one)));
  const others = keptNames().filter((name) => !wanted.includes(name));
  if (updating) others.forEach(forget);
  else assert.deepEqual(others, []);
});

function looksOf({ kept = false, narrow = false, zoomed = kept }: Scenario): Look[] {
  const looks = kept ? KEPT : [];
  if (updating) return looks;
  return [SMALL, ...(narrow ? [] : [LARGE]), ...(zoomed ? ZOOMED : []), ...looks];
}

/** Enters a state, and checks it in all of these ways. */
async function looksRight(scenario: Scenario, looks: Look[], context: TestContext) {
  const { name, engine, at, demo, act } = scenario;
  const window = await open(engine(), {
    at,
    demo,
    ...looks[0],
    reducedMotion: "reduce",
  });
  try {
    await settled(window.page, name);
    await act?.(window.page);
    for (const one of looks)
      await context.test(`in ${one.theme} at ${one.size.join("x")}`, async (t) => {
        await window.page.emulateMedia({ colorScheme: one.theme });
        await window.page.setViewportSize({
          width: one.size[0],
          height: one.size[1],
        });
        await isRight(scenario, one, window, t);
      });
  } finally {
    await window.close();
  }
}

async function isRight(scenario: Scenario, one: Look, { page, complaints }: Window, context: TestContext) {
  // The last pointer position may highlight something in one size and not in another.
  if (one.kept) await page.mouse.move(0, 0);
  const shoot = () => picture(page, `${scenario.name}-${one.theme}-${one.size[0]}`);
  const drawn = await (one.kept ? still(shoot) : shoot());
  if (one.kept)
    await context.test("as it is kept", { skip: held.skip }, () =>
      held.hold(drawn, nameOfKept(scenario, one)),
    );
  if (updating) return;
  if (one.rules) assert.deepEqual(await axe(page), []);
  assert.deepEqual(await runsOut(page), []);
  assert.deepEqual(await overdrawn(page), []);
  assert.deepEqual(await motions(page, 0), []);
  assert.deepEqual(complaints, []);
}

/** Takes pictures until two in a row are equal: what is compared must not be moving. */
async function still(shoot: () => Promise<Buffer>) {
  let before = await shoot();
  return eventually(async () => {
    const now = await shoot();
    const same = now.equals(before);
    before = now;
    assert.ok(same, "the window does not come to rest");
    return now;
  });
}

/** Waits for replies that come at once; a scenario with a silent engine waits by itself. */
async function settled(page: Page, name: string) {
  if (name.endsWith("-loading")) return;
  await page.locator("[role=option], .empty, tbody tr, article h1, section h2, .step h1").first().waitFor();
  await page.locator("[aria-busy=true]").first().waitFor({ state: "detached" });
}
