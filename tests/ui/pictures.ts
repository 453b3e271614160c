// The pictures in tests/ui/kept. Each shows a state; comparing them finds unintended changes. Machines draw text
// differently, so they are compared only where text is drawn as on the machine that made them.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import type { Browser } from "playwright-core";
import pixelmatch from "pixelmatch";
import { type Pixels, PNG } from "pngjs";
import { smallPng } from "./png.ts";

const KEPT = fileURLToPath(new URL("./kept/", import.meta.url));
const RESULTS = fileURLToPath(new URL("./results/", import.meta.url));
const MADE_WITH = `${KEPT}made-with.json`;
/** How far a colour may differ (0 to 1); the palette of a kept picture stays well below. */
const THRESHOLD = 0.06;
/** Pixels that may differ: fewer than one letter has. */
const MOST_DIFFERENT = 8;

/** Whether the pictures are rewritten instead of compared. */
export const updating = process.env.UPDATE_PICTURES === "1";

/** Text in every font and script of the window's states. */
const SAMPLES: Record<string, [family: string, text: string]> = {
  text: ["system-ui", "Rejected: 3.2 needs changes"],
  code: ["ui-monospace, monospace", '"version": 1'],
  arabic: ["system-ui", "تمت الموافقة"],
  hebrew: ["system-ui", "ציפורים בחצר"],
  japanese: ["system-ui", "日本語の名前"],
  emoji: ["system-ui", "🎉"],
};

/** What affects text rendering: the system, the browser's major version, and the fonts it finds. */
interface Drawing {
  system: string;
  chromium: number;
  fonts: Record<string, string>;
}

async function drawnWith(browser: Browser): Promise<Drawing> {
  const page = await browser.newPage();
  try {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("DOM.enable");
    await devtools.send("CSS.enable");
    const { root } = await devtools.send("DOM.getDocument");
    const fonts: Record<string, string> = {};
    for (const [name, [family, text]] of Object.entries(SAMPLES)) {
      const width = await page.evaluate(
        ([id, face, words]) => {
          const line = document.createElement("span");
          Object.assign(line, { id, textContent: words });
          Object.assign(line.style, { font: `13px ${face}` });
          document.body.append(line);
          return line.getBoundingClientRect().width;
        },
        [name, family, text] as const,
      );
      const { nodeId } = await devtools.send("DOM.querySelector", {
        nodeId: root.nodeId,
        selector: `#${name}`,
      });
      const { fonts: used } = await devtools.send("CSS.getPlatformFontsForNode", { nodeId });
      const families = used.map(({ familyName }) => familyName).sort();
      fonts[name] = `${families.join(", ")}, ${width.toFixed(2)} px`;
    }
    const chromium = Number.parseInt(browser.version());
    return { system: process.platform, chromium, fonts };
  } finally {
    await page.close();
  }
}

/**
 * Compares with the kept pictures, or rewrites them. `skip` says why nothing can be compared here, and is false if it
 * can.
 */
export async function pictures(browser: Browser) {
  const here = await drawnWith(browser);
  const there = existsSync(MADE_WITH) ? JSON.parse(readFileSync(MADE_WITH, "utf8")) : null;
  const same = isDeepStrictEqual(here, there);
  if (updating) {
    mkdirSync(KEPT, { recursive: true });
    writeFileSync(MADE_WITH, `${JSON.stringify(here, null, 2)}\n`);
  }
  return {
    skip: !same && !updating && `text is drawn differently here: ${differences(here, there).join("; ")}`,
    /** Compares the screenshot of a state with the kept picture of this name. */
    hold(screenshot: Buffer, name: string) {
      if (updating) return write(screenshot, name, same);
      compare(screenshot, name);
    },
  };
}

/** The names of all kept pictures. */
export const keptNames = () =>
  readdirSync(KEPT)
    .filter((file) => file.endsWith(".png"))
    .map((file) => file.slice(0, -".png".length));

export const forget = (name: string) => rmSync(`${KEPT}${name}.png`);

function write(screenshot: Buffer, name: string, same: boolean) {
  const file = `${KEPT}${name}.png`;
  const drawn = PNG.sync.read(screenshot);
  // An unchanged picture keeps its bytes, so that a commit contains only real changes.
  if (same && existsSync(file) && difference(drawn, kept(name)).count === 0) return;
  writeFileSync(file, smallPng(drawn));
}

function compare(screenshot: Buffer, name: string) {
  const renew = "if it is as it should be, `make pictures` writes it anew";
  assert.ok(
    existsSync(`${KEPT}${name}.png`),
    `there is no tests/ui/kept/${name}.png yet: \`make pictures\` writes it`,
  );
  const drawn = PNG.sync.read(screenshot);
  const { count, picture } = difference(drawn, kept(name));
  if (count <= MOST_DIFFERENT) return;
  writeFileSync(`${RESULTS}${name}-actual.png`, screenshot);
  if (picture) writeFileSync(`${RESULTS}${name}-difference.png`, PNG.sync.write(picture));
  assert.fail(
    `tests/ui/kept/${name}.png shows something else (${count} pixels): look at ${name}-actual.png ` +
      `and ${name}-difference.png in tests/ui/results; ${renew}`,
  );
}

const kept = (name: string) => PNG.sync.read(readFileSync(`${KEPT}${name}.png`));

/** The number of differing pixels, and a picture of them; with another size, all pixels differ. */
function difference(drawn: Pixels, expected: Pixels) {
  const { width, height } = expected;
  if (drawn.width !== width || drawn.height !== height)
    return { count: drawn.width * drawn.height, picture: null };
  const picture = new PNG({ width, height });
  const count = pixelmatch(drawn.data, expected.data, picture.data, width, height, {
    threshold: THRESHOLD,
    includeAA: true,
  });
  return { count, picture };
}

function differences(here: Drawing, there: Drawing | null) {
  if (!there) return ["none were made yet"];
  const flat = ({ fonts, ...rest }: Drawing) => ({ ...rest, ...fonts });
  const before: Record<string, string | number> = flat(there);
  const parts = Object.entries(flat(here));
  return parts
    .filter(([name, value]) => value !== before[name])
    .map(([name, value]) => `${name} is ${value}, and was ${before[name] ?? "not"}`);
}
