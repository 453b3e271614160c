// Opens the built window in a real browser, over a fake engine or the real one, and records anything the page complains
// about.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import type axeCore from "axe-core";
import type { FakeEngine } from "./fake-engine/engine.ts";
export { eventually } from "./eventually.ts";
import { NOW } from "./fake-engine/events.ts";
import { serve } from "./fake-engine/server.ts";

const fromUi = createRequire(new URL("../../ui/package.json", import.meta.url));
const AXE = fromUi.resolve("axe-core/axe.min.js");
const RESULTS = fileURLToPath(new URL("./results/", import.meta.url));
const EXECUTABLE = process.env.CHROMIUM ?? "/usr/bin/chromium";

type Axe = typeof axeCore;

let browser: Browser;

/** How to open the window: an address ("#/inbox/3"), its size, the webview's zoom, the system's preferences. */
export interface Opening {
  at?: string;
  demo?: boolean;
  size?: [width: number, height: number];
  zoom?: number;
  theme?: "light" | "dark";
  reducedMotion?: "reduce" | "no-preference";
  /** Additional styles, for a picture. */
  style?: string;
}

/** One browser for a test file. */
export async function launch() {
  browser = await chromium.launch({
    executablePath: EXECUTABLE,
    args: ["--no-sandbox"],
  });
  return browser;
}
export async function quit() {
  await browser.close();
}

/** Opens the window over a fake engine, like `visit`; closing it stops the engine's server. */
export async function open(engine: FakeEngine, opening: Opening = {}) {
  const server = await serve(engine);
  const window = await visit(server.url, NOW, opening);
  return {
    ...window,
    async close() {
      await window.close();
      await server.close();
    },
  };
}

/**
 * Opens a server's window at an address ("#/inbox/3"), with a fixed time. `zoom` is the webview's; the size is what
 * remains after zooming. `complaints` collects console errors, page errors and policy violations: it must stay empty.
 */
export async function visit(
  url: string,
  now: Date,
  {
    at = "#/inbox",
    demo = false,
    size = [1180, 760],
    zoom = 1,
    theme = "light",
    reducedMotion = "no-preference",
    style,
  }: Opening = {},
) {
  const context = await browser.newContext({
    viewport: { width: size[0], height: size[1] },
    deviceScaleFactor: zoom,
    colorScheme: theme,
    reducedMotion,
    locale: "en-GB",
    timezoneId: "Europe/Stockholm",
    bypassCSP: style !== undefined,
  });
  const page = await context.newPage();
  // A loaded machine is no failure, and a passing test never waits this long.
  page.setDefaultTimeout(30_000);
  const complaints: string[] = [];
  page.on("console", (message) => {
    // A refused request may be what is tested; the browser logs it, and the page shows it.
    if (message.type() === "error" && !message.text().includes("status of 422"))
      complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.clock.setFixedTime(now);
  await page.goto(url + (demo ? "?demo" : "") + at, { waitUntil: "load" });
  if (style !== undefined) await page.addStyleTag({ content: style });
  await page.waitForSelector("nav[aria-label=Hookbell]");
  return { page, complaints, close: () => context.close() };
}

/** Accessibility violations found by axe, one line each. */
export async function axe(page: Page): Promise<string[]> {
  const isThere = await page.evaluate(() => "axe" in window);
  if (!isThere) await page.evaluate(readFileSync(AXE, "utf8"));
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: Axe }).axe.run(document, {
      resultTypes: ["violations"],
      // The window has no sound and no frames, and findings are named by their HTML.
      preload: false,
      iframes: false,
      selectors: false,
    }),
  );
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes
      // An open tooltip is outside the landmarks; its button refers to it.
      .filter(({ html }) => id !== "region" || !html.includes("data-bits-floating"))
      .map((node) => `${impact} ${id}: ${node.html.slice(0, 160)}`),
  );
}

/** Visible text only. Text announced to screen readers is excluded, because it repeats the visible text. */
export const shown = (page: Page, words: string | RegExp, options: { exact?: boolean } = {}) =>
  // eslint-disable-next-line no-restricted-properties -- It is here that the live region is left out.
  page.getByText(words, options).and(page.locator(":not([aria-live])"));

/** Saves a picture for a person to look at, and returns its bytes. */
export async function picture(page: Page, name: string) {
  mkdirSync(RESULTS, { recursive: true });
  await page.evaluate(async () => {
    // A picture that is decoded in the background is drawn some frames after the rest.
    const images = [...document.images].filter(({ complete }) => complete);
    for (const image of images) image.decoding = "sync";
    await Promise.allSettled(images.map((image) => image.decode()));
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  });
  return page.screenshot({ path: `${RESULTS}${name}.png` });
}
