// Reading crashes, in a real browser over a fake engine with real crash logs.
import assert from "node:assert/strict";
import { asks, button, claim } from "./claims.ts";
import { crashReport } from "./fake-engine/crash-report.ts";
import { feedback } from "./fake-engine/feedback.ts";
import { withFeedback } from "./feedback-scenarios.ts";
import { eventually, shown } from "./window.ts";
const telling = () => withFeedback();

claim(
  "the crashed thread stands first, and the others open",
  telling,
  { at: "#/feedback/F2" },
  async (page) => {
    const crashed = page.getByRole("list", { name: "Frames of thread 0" });
    await crashed.getByText("SightingStore.sighting(at:)").waitFor();
    assert.equal(await crashed.locator("li.own").count(), 3);
    assert.equal(await crashed.getByRole("listitem").count(), 9);
    await button(page, "23 more system frames").click();
    assert.equal(await crashed.getByRole("listitem").count(), 31);
    const second = page.getByRole("button", { name: /Thread 2 · birds.sync/ });
    await second.click();
    await shown(page, "SyncQueue.drain()").waitFor();
    await second.click();
    assert.equal(await shown(page, "SyncQueue.drain()").count(), 0);
    await page.getByRole("button", { name: /Binary images/ }).click();
    assert.equal(await page.getByRole("list", { name: "Binary images" }).getByRole("listitem").count(), 412);
  },
);

claim(
  "why it ended is a sentence, with the log's words below",
  telling,
  { at: "#/feedback/F2" },
  async (page) => {
    const why = page.locator("dt", { hasText: "Why it ended" }).locator("xpath=following-sibling::dd[1]");
    await eventually(async () =>
      assert.deepEqual(await why.locator("p").allTextContents(), [
        "A runtime check failed, and the app stopped itself.",
        "Namespace SIGNAL, code 5, Trace/BPT trap: 5, by exc handler",
      ]),
    );
  },
);

claim(
  "a search finds calls in folded threads, and marks what it found",
  telling,
  { at: "#/feedback/F2" },
  async (page) => {
    await shown(page, "Thread 0, crashed").waitFor();
    await page.keyboard.press("Control+f");
    await page.keyboard.type("drain");
    await shown(page, "SyncQueue.drain()").waitFor();
    assert.deepEqual(await page.locator("mark").allTextContents(), ["drain"]);
    await page.keyboard.press("Escape");
    await shown(page, "SyncQueue.drain()").waitFor({ state: "detached" });
  },
);

claim(
  "the raw log is one press away, searched, copied and saved",
  telling,
  { at: "#/feedback/F2" },
  async (page, engine) => {
    await button(page, "Raw").click();
    const log = page.getByRole("region", { name: "Raw log" });
    await log.getByText('"app_name":"BackyardBirds"').waitFor();
    const find = page.getByRole("textbox", { name: "Search log" });
    await find.fill("faultingThread");
    await shown(page, "1/1").waitFor();
    await eventually(async () => assert.ok((await log.evaluate((box) => box.scrollTop)) > 0));
    await log.locator("mark").waitFor();
    await button(page, "Copy log").click();
    await button(page, "Save log…").click();
    await eventually(() => assert.deepEqual(asks(engine, "saveCrashLog"), [{ id: "F2" }]));
    assert.deepEqual(asks(engine, "copyCrashLog"), [{ id: "F2" }]);
    await button(page, "Parsed").click();
    await shown(page, "Thread 0, crashed").waitFor();
    assert.equal(asks(engine, "crashLog").length, 1, "it is read once");
  },
);

claim("a log that is no report is shown raw, and why", telling, { at: "#/feedback/F4" }, async (page) => {
  await shown(page, "Showing the raw log. The crash log is incomplete").waitFor();
  await shown(page, "Incident Identifier:").waitFor();
  assert.equal(await button(page, "Parsed").count(), 0);
});

claim(
  "a log of five megabytes opens, scrolls to its end and is searched, with few rows in the page",
  () => {
    const line = "0   libsystem_kernel.dylib        0x1e5338a94 mach_msg2_trap + 8";
    const log = `${Array.from({ length: 80_000 }, (_, at) => `${line} ${at}`).join("\n")}\nTHE END`;
    return withFeedback({
      feedback: [
        feedback({
          id: "F1",
          kind: "crash",
          minutes: 3,
          title: "Crash",
          report: crashReport(),
          log,
        }),
      ],
    });
  },
  { at: "#/feedback/F1" },
  async (page, engine, t) => {
    await button(page, "Raw").waitFor();
    const began = Date.now();
    await button(page, "Raw").click();
    const log = page.getByRole("region", { name: "Raw log" });
    await log.getByText("mach_msg2_trap + 8 0").first().waitFor();
    t.diagnostic(`first lines of a 5 MB log: ${Date.now() - began} ms`);
    await shown(page, "80,001 lines").waitFor();
    t.diagnostic(`all of it: ${Date.now() - began} ms`);
    await log.evaluate((box) => (box.scrollTop = box.scrollHeight));
    await log.getByText("THE END").waitFor();
    assert.ok((await log.locator(".line").count()) < 120);
    await page.getByRole("textbox", { name: "Search log" }).fill("the end");
    await shown(page, "1/1").waitFor();
    assert.ok(asks(engine, "crashLog").length > 10, "it comes in parts");
  },
);
