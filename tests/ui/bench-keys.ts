// Measures the time from a key press until its change is drawn, in an inbox whose events have all been read: the key's
// handler plus the work of the frame that shows the result. Waiting for the display isn't counted. Prints the results
// as JSON, and fails if they exceed a frame. `node --import ./typescript.mjs bench-keys.ts [events]`
import { longInbox } from "./fake-engine/long.ts";
import { launch, open, quit } from "./window.ts";

const [events = 10_000] = process.argv.slice(2).map(Number);
/** The milliseconds of a frame at 60 Hz, the limit for the 95th percentile. */
const FRAME_MS = 16;
/** Each key, and the number of presses. */
const KEYS: [key: string, presses: number][] = [
  ["j", 200],
  ["k", 100],
  ["x", 50],
  ["r", 50],
  ["e", 100],
];

interface Measured {
  /** Milliseconds of each press, in order. */
  taken: number[];
}

await launch();
const { page, complaints, close } = await open(longInbox(events));
const list = page.getByRole("listbox");
await list.waitFor();
// All rows are read, so that a key affects the whole list.
await list.evaluate(async (element) => {
  while (!element.querySelector("[role=option]:not([aria-setsize='-1'])")) {
    element.scrollTop = element.scrollHeight;
    await new Promise(requestAnimationFrame);
  }
  element.scrollTop = 0;
});
await list.focus();
await page.evaluate(() => {
  const measured: Measured = { taken: [] };
  Object.assign(window, { measured });
  const afterThis = (done: () => void) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = done;
    port2.postMessage(null);
  };
  window.addEventListener(
    "keydown",
    () => {
      const began = performance.now();
      let handled = 0;
      afterThis(() => (handled = performance.now() - began));
      requestAnimationFrame(() => {
        const frame = performance.now();
        // A message sent before a frame is drawn arrives after it.
        afterThis(() => measured.taken.push(handled + performance.now() - frame));
      });
    },
    { capture: true },
  );
});

const results: Record<string, { median: number; p95: number; worst: number }> = {};
for (const [key, presses] of KEYS) {
  for (let press = 1; press <= presses; press += 1) {
    await page.keyboard.press(key);
    await page.waitForFunction(
      (count) => (window as unknown as { measured: Measured }).measured.taken.length >= count,
      press,
    );
  }
  const taken = await page.evaluate(() =>
    (window as unknown as { measured: Measured }).measured.taken.splice(0),
  );
  const sorted = taken.toSorted((a, b) => a - b);
  const at = (part: number) => Math.round(10 * sorted[Math.floor(part * (sorted.length - 1))]) / 10;
  results[key] = { median: at(0.5), p95: at(0.95), worst: at(1) };
}
await close();
await quit();

process.stdout.write(`${JSON.stringify({ events, milliseconds: results, complaints })}\n`);
const slow = Object.entries(results).filter(([, { p95 }]) => p95 > FRAME_MS);
if (slow.length > 0) throw new Error(`${slow.map(([key]) => key).join(", ")} took longer than a frame`);
