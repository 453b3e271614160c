// Testers' feedback, in a real browser over a fake engine with real pictures.

import assert from "node:assert/strict";
import { asks, blanksOf, boxOf, button, choose, claim, headline, option, rowAt } from "./claims.ts";
import { FakeEngine } from "./fake-engine/engine.ts";
import { event, NOW } from "./fake-engine/events.ts";
import { feedback, manyFeedback, picture } from "./fake-engine/feedback.ts";
import { drawn, twoAccounts, withFeedback } from "./feedback-scenarios.ts";
import { eventually, shown } from "./window.ts";

const telling = () => withFeedback();
const many = () => withFeedback({ feedback: manyFeedback(600) });

claim(
  "opening marks as read, in the list and in both counts",
  telling,
  "#/feedback",
  async (page, engine) => {
    await shown(page, "4 unread").waitFor();
    await option(page, /Save button/).click();
    await headline(page).getByText("“Save button is hidden").waitFor();
    await shown(page, "3 unread").first().waitFor();
    assert.equal(await option(page, /Unread.*Save button/).count(), 0);
    await page.getByRole("link", { name: "Feedback 3 unread" }).waitFor({ state: "visible" });
    assert.deepEqual(asks(engine, "markFeedbackRead"), [{ ids: ["F1"], read: true }]);
  },
);

claim(
  "a notification leads straight to the gallery, and to a crash",
  telling,
  { at: "#/inbox" },
  async (page, engine) => {
    await option(page, /Rejected/).waitFor();
    engine.push({ kind: "open", route: "#/feedback/F1" });
    await drawn(page, 2);
    assert.match(page.url(), /#\/feedback\/F1$/);
    engine.push({ kind: "open", route: "#/feedback/F2" });
    await shown(page, "Thread 0, crashed").waitFor();
  },
);

claim(
  "an event about feedback tells what is known and leads to it",
  () => {
    const told = event({
      seq: 1,
      kind: "screenshot",
      title: "Screenshot feedback",
      at: NOW.getTime(),
    });
    told.detail.enriching = false;
    told.detail.details = {
      app: { id: "6479283016", name: "Backyard Birds" },
      version: "3.3",
      build: "418",
      platform: "iOS",
      tester: "Mira Okafor",
      device: "iPhone 15 Pro",
      warnings: ["ITMS-90078: Missing Push Notification Entitlement"],
      feedback: "F1",
    };
    return withFeedback({ events: [told] });
  },
  { at: "#/inbox/1" },
  async (page) => {
    await shown(page, "3.3 (418), iOS").waitFor();
    await shown(page, "Missing Push Notification").waitFor();
    await button(page, "Open feedback").click();
    await drawn(page, 2);
    assert.match(page.url(), /#\/feedback\/F1$/);
  },
);

claim("the keyboard does it all", telling, "#/feedback", async (page) => {
  await option(page, /Save button/).waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  await headline(page).getByText("“Save button").waitFor();
  await shown(page, "3 unread").first().waitFor();
  await page.keyboard.press("r");
  await shown(page, "4 unread").first().waitFor();
  await page.keyboard.press("e");
  await shown(page, /^Archived “/).waitFor();
  await button(page, "Undo").click();
  await option(page, /Save button/).waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("tidewater");
  await eventually(async () => assert.equal(await page.getByRole("option").count(), 2));
  await page.keyboard.press("Escape");
  await eventually(async () => assert.equal(await page.getByRole("option").count(), 6));
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
});

claim(
  "filters by kind, app, build and unread are asked of the engine",
  telling,
  "#/feedback",
  async (page, engine) => {
    const last = () => asks(engine, "feedback").at(-1);
    await button(page, "Crashes").click();
    await eventually(() => assert.equal(last()?.kind, "crash"));
    await button(page, "All").click();
    await choose(page, "App", /^Backyard Birds/);
    await choose(page, "App: Backyard Birds", /416/);
    await eventually(() =>
      assert.deepEqual([last()?.app, last()?.build, last()?.kind], [["6479283016"], "b416", null]),
    );
    await eventually(async () => assert.equal(await page.getByRole("option").count(), 1));
    await button(page, "App: Backyard Birds 3.3 (416)").waitFor();
    await choose(page, "Show", /^Unread/);
    await shown(page, "No matching feedback").waitFor();
    await shown(page, "Searched unread feedback from Backyard Birds 3.3 (416).").waitFor();
    assert.equal(last()?.unread, true);
    await button(page, "Show all feedback").click();
    await option(page, /Save button/).waitFor();
  },
);

claim(
  "a period and an account are asked of the engine, and cleared again",
  twoAccounts,
  "#/feedback",
  async (page, engine) => {
    const last = () => asks(engine, "feedback").at(-1);
    await choose(page, "Dates", "Last 24 hours");
    await eventually(() => assert.equal(last()?.since, new Date(+NOW - 24 * 3_600_000).toISOString()));
    await eventually(async () => assert.equal(await page.getByRole("option").count(), 5));
    await button(page, "Clear Dates").click();
    await eventually(() => assert.equal(last()?.since, undefined));
    await choose(page, "Account", "Tidewater Ltd");
    await eventually(() => assert.equal(last()?.account, "tidewater"));
    await eventually(async () => assert.equal(await page.getByRole("option").count(), 2));
    await button(page, "Account: Tidewater Ltd").waitFor();
  },
);

claim(
  "a long comment is folded, and the screenshots stay in sight",
  () =>
    withFeedback({
      feedback: [
        feedback({
          id: "F1",
          minutes: 4,
          comment: "It jumps. ".repeat(200),
          pictures: [picture("keyboard")],
        }),
      ],
    }),
  { at: "#/feedback/F1" },
  async (page) => {
    await drawn(page, 1);
    await button(page, "Show more").waitFor();
    const folded = await boxOf(headline(page));
    assert.ok(folded.height <= 150, `${folded.height}`);
    await button(page, "Show more").click();
    await eventually(async () => assert.ok((await boxOf(headline(page))).height > 300));
    await button(page, "Show less").click();
    await eventually(async () => assert.equal((await boxOf(headline(page))).height, folded.height));
  },
);

claim(
  "backfill shows how far it is, and stops",
  () =>
    withFeedback({
      backfill: {
        apps: 12,
        appsDone: 4,
        found: 61,
        added: 37,
        done: false,
        stopped: false,
        trouble: null,
      },
    }),
  "#/feedback",
  async (page, engine) => {
    await shown(page, "App 5 of 12").waitFor();
    await shown(page, "37 new").waitFor();
    await button(page, "Stop").click();
    await shown(page, "Stopped. Added 37 items.").waitFor();
    assert.equal(asks(engine, "stopBackfill").length, 1);
    await button(page, "Close").click();
    await shown(page, "Stopped.").waitFor({ state: "detached" });
  },
);

claim(
  "without an account the way leads to the accounts",
  () => new FakeEngine(),
  "#/feedback",
  async (page) => {
    await button(page, "Connect an account").click();
    await eventually(() => assert.match(page.url(), /#\/settings\/accounts$/));
  },
);

claim("new feedback does not move what is being looked at", many, "#/feedback", async (page, engine) => {
  await option(page, /\(600\)/).waitFor();
  const list = page.getByRole("listbox");
  await list.evaluate((element) => (element.scrollTop = 2000));
  const middle = () => rowAt(page, 200);
  await eventually(async () => assert.ok((await middle()).words));
  const was = await middle();
  engine.feedback = [feedback({ id: "new", minutes: 0, comment: "Just now" }), ...engine.feedback];
  engine.changed();
  await shown(page, "14 unread").first().waitFor();
  await eventually(async () => assert.deepEqual(await middle(), was));
});

claim(
  "600 entries scroll without blank rows, with few rows in the page",
  many,
  { at: "#/inbox" },
  async (page, engine, t) => {
    await page.getByRole("link", { name: /Feedback/ }).waitFor();
    const session = await page.context().newCDPSession(page);
    await session.send("HeapProfiler.enable");
    const heap = async () => {
      await session.send("HeapProfiler.collectGarbage");
      return (await session.send("Runtime.getHeapUsage")).usedSize;
    };
    const opened = await page.evaluate(
      () =>
        new Promise<number>((done) => {
          const began = performance.now();
          const seen = () => {
            if (document.querySelectorAll("[role=option] .thumb").length > 6)
              requestAnimationFrame(() => done(performance.now() - began));
            else requestAnimationFrame(seen);
          };
          location.hash = "#/feedback";
          seen();
        }),
    );
    t.diagnostic(`from the click to the drawn rows: ${opened.toFixed(0)} ms`);
    const list = page.getByRole("listbox");
    await eventually(async () => {
      await list.evaluate((element) => (element.scrollTop = element.scrollHeight));
      await option(page, /\(1\)/).waitFor({ timeout: 400 });
    });
    const through = () => blanksOf(list);
    assert.deepEqual(await through(), []);
    const early = await heap();
    for (let round = 0; round < 4; round += 1) assert.deepEqual(await through(), []);
    const late = await heap();
    t.diagnostic(
      `heap after one walk ${(early / 1e6).toFixed(1)} MB, after five ${(late / 1e6).toFixed(1)} MB`,
    );
    assert.ok((await page.getByRole("option").count()) < 60);
    const asked = asks(engine, "feedback").map(({ before }) => before);
    assert.equal(new Set(asked.slice(1)).size, asked.length - 1, "no page is read twice");
  },
);

claim("the lines of a row are heard apart", telling, "#/feedback", async (page) => {
  await option(page, /Mira Okafor · Backyard Birds 3\.3 \(418\) ?\. 2 screenshots/).waitFor();
});
