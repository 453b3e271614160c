// Measures scrolling in the inbox: loads all events by scrolling to the end, then scrolls through parts of the list
// frame by frame. Prints the results as JSON. `node --import ./typescript.mjs bench-scrolling.ts [events] [frames]`
import { longInbox } from "./fake-engine/long.ts";
import { launch, open, quit } from "./window.ts";

const [events = 100_000, frames = 600] = process.argv.slice(2).map(Number);
/** Pixels per frame: fast wheel scrolling. */
const STEP = 160;
/** The parts of the list that are scrolled through, as fractions from its top. */
const PARTS = [0, 0.33, 0.66, 0.99];

await launch();
const { page, complaints, close } = await open(longInbox(events));
const list = page.getByRole("listbox");
await list.waitFor();
await page.evaluate(() => {
  const long: number[] = [];
  Object.assign(window, { long });
  new PerformanceObserver((seen) => {
    for (const { duration } of seen.getEntries()) long.push(Math.round(duration));
  }).observe({ type: "longtask" });
});
/** Long tasks since the last call, in milliseconds. */
const longTasks = () => page.evaluate(() => (window as unknown as { long: number[] }).long.splice(0));

const toTheEnd = await list.evaluate(async (element) => {
  const began = performance.now();
  const ends = () => element.querySelector("[role=option]:not([aria-setsize='-1'])");
  while (!ends()) {
    element.scrollTop = element.scrollHeight;
    await new Promise(requestAnimationFrame);
  }
  return Math.round(performance.now() - began);
});
const whileReading = await longTasks();

const { times, seen, blank } = await list.evaluate(
  async (element, { step, parts, count }) => {
    const taken = [];
    const rows = new Set();
    let nothing = 0;
    const box = element.getBoundingClientRect();
    for (const part of parts) {
      element.scrollTop = part * (element.scrollHeight - step * count);
      await new Promise((rest) => setTimeout(rest, 300));
      let last = await new Promise(requestAnimationFrame);
      for (let frame = 0; frame < count; frame += 1) {
        element.scrollTop += step;
        const now = await new Promise(requestAnimationFrame);
        taken.push(now - last);
        last = now;
        const row = document
          .elementFromPoint(box.left + 120, box.top + box.height / 2)
          ?.closest("[role=option], .day");
        if (row) rows.add(row.id);
        else nothing += 1;
      }
    }
    return { times: taken, seen: rows.size, blank: nothing };
  },
  { step: STEP, parts: PARTS, count: Math.round(frames / PARTS.length) },
);
const whileScrolling = await longTasks();

const session = await page.context().newCDPSession(page);
await session.send("HeapProfiler.enable");
await session.send("HeapProfiler.collectGarbage");
const { usedSize } = await session.send("Runtime.getHeapUsage");
await close();
await quit();

const sorted = times.toSorted((a, b) => a - b);
const at = (part: number) => Math.round(10 * sorted[Math.floor(part * (sorted.length - 1))]) / 10;
process.stdout.write(
  `${JSON.stringify({
    events,
    frames: times.length,
    frameMs: { median: at(0.5), p95: at(0.95), worst: at(1) },
    longTasksScrolling: whileScrolling,
    readingAllMs: toTheEnd,
    longTasksReading: whileReading,
    rowsSeen: seen,
    blankFrames: blank,
    heapMB: Math.round(usedSize / 1e5) / 10,
    complaints,
  })}\n`,
);
