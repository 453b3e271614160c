// What a reader does with testers' feedback, in a real browser over a fake engine with real pictures.
import type { Page } from "playwright-core";
import assert from "node:assert/strict";
import { boxOf, asks, blanksOf, button, claim, headline, isGone, option, rowAt } from "./claims.ts";
import { FakeEngine } from "./fake-engine/engine.ts";
import { event, NOW } from "./fake-engine/events.ts";
import { feedback, manyFeedback, missing, picture, tellingFeedback } from "./fake-engine/feedback.ts";
import { account } from "./fake-engine/studio.ts";
import { drawn, withFeedback } from "./feedback-scenarios.ts";
import { eventually, shown } from "./window.ts";

const caption = (page: Page) => page.locator("figcaption");
const fromMenu = async (page: Page, item: string) => {
  await button(page, "More for this screenshot").click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
};

const telling = () => withFeedback();
const twoAccounts = () =>
  withFeedback({
    accounts: [
      account({ id: "halden", name: "Halden Software AB" }),
      account({ id: "tidewater", name: "Tidewater Ltd" }),
    ],
  });
const onMac = (engine: FakeEngine) => {
  engine.status.platform = "macos";
  return engine;
};
const focusedText = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? "");
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
    await button(page, "App").click();
    await page.getByRole("menuitemradio", { name: /^Backyard Birds/ }).click();
    await button(page, "App: Backyard Birds").click();
    await page.getByRole("menuitemradio", { name: /416/ }).click();
    await eventually(() =>
      assert.deepEqual([last()?.app, last()?.build, last()?.kind], ["6479283016", "b416", null]),
    );
    await eventually(async () => assert.equal(await page.getByRole("option").count(), 1));
    await button(page, "App: Backyard Birds 3.3 (416)").waitFor();
    await button(page, "Show").click();
    await page.getByRole("menuitemradio", { name: /^Unread/ }).click();
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
    await button(page, "Dates").click();
    await page.getByRole("menuitemradio", { name: "Last 24 hours" }).click();
    await eventually(() => assert.equal(last()?.since, new Date(+NOW - 24 * 3_600_000).toISOString()));
    await eventually(async () => assert.equal(await page.getByRole("option").count(), 5));
    await button(page, "Clear Dates").click();
    await eventually(() => assert.equal(last()?.since, undefined));
    await button(page, "Account").click();
    await page.getByRole("menuitemradio", { name: "Tidewater Ltd" }).click();
    await eventually(() => assert.equal(last()?.account, "tidewater"));
    await eventually(async () => assert.equal(await page.getByRole("option").count(), 2));
    await button(page, "Account: Tidewater Ltd").waitFor();
  },
);

claim(
  "pictures are turned with the arrows, from anywhere",
  telling,
  { at: "#/feedback/F1" },
  async (page) => {
    await drawn(page, 2);
    await page.keyboard.press("ArrowRight");
    await caption(page).getByText("2 of 2").waitFor();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowLeft");
    await caption(page).getByText("1 of 2").waitFor();
    await page.getByRole("separator", { name: "Width of the list" }).focus();
    await page.keyboard.press("ArrowRight");
    await caption(page).getByText("1 of 2").waitFor();
  },
);

claim(
  "a picture is zoomed by key, wheel and button, dragged, and fitted again",
  telling,
  { at: "#/feedback/F1" },
  async (page) => {
    await drawn(page, 2);
    const first = button(page, "Screenshot 1 of 2");
    const zoomed = page.getByRole("group", {
      name: "Screenshot 1 of 2, zoomed",
    });
    const place = () => zoomed.locator("img").evaluate((image) => image.getBoundingClientRect().toJSON());
    await first.focus();
    await page.keyboard.press("Enter");
    await caption(page).getByText("100%").waitFor();
    assert.deepEqual(await place().then(({ width, height }) => [width, height]), [1179, 2556]);
    const was = await place();
    const stage = await boxOf(zoomed);
    await page.mouse.move(stage.x + 200, stage.y + 200);
    await page.mouse.down();
    await page.mouse.move(stage.x + 150, stage.y + 120, { steps: 4 });
    await page.mouse.up();
    const moved = await place();
    assert.deepEqual([Math.round(moved.x - was.x), Math.round(moved.y - was.y)], [-50, -80]);
    await page.keyboard.press("+");
    await caption(page).getByText("125%").waitFor();
    await page.keyboard.press("Shift+ArrowUp");
    await page.keyboard.press("Escape");
    await first.waitFor();
    assert.equal(
      await page.evaluate(() => document.activeElement?.getAttribute("aria-label")),
      "Screenshot 1 of 2",
    );
    await headline(page).getByText("“Save button").waitFor();
    const shot = await boxOf(first);
    const scrolled = () => page.locator("main .scroll").evaluate((pane) => pane.scrollTop);
    await page.mouse.move(shot.x + 40, shot.y + 60);
    await page.mouse.wheel(0, 40);
    await eventually(async () => assert.ok((await scrolled()) > 0));
    assert.equal(await zoomed.count(), 0, "a plain wheel scrolls the page");
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -120);
    await page.keyboard.up("Control");
    await zoomed.waitFor();
    await page.mouse.wheel(0, 600);
    await page.mouse.wheel(0, 600);
    await first.waitFor();
    await button(page, "1:1").click();
    await zoomed.waitFor();
    await button(page, "Screenshot 2").click();
    await caption(page).getByText("2 of 2").waitFor();
    await button(page, "Fit").click();
    await button(page, "Screenshot 2 of 2").waitFor();
  },
);

claim(
  "the stage keeps its height whatever is shown in it",
  () =>
    withFeedback({
      feedback: [...tellingFeedback(), feedback({ id: "F9", minutes: 5, pictures: [missing("refused")] })],
    }),
  { at: "#/feedback/F1" },
  async (page, engine) => {
    const height = () => page.locator(".stage").evaluate((stage) => stage.clientHeight);
    await drawn(page, 2);
    const was = await height();
    await button(page, "1:1").click();
    await caption(page).getByText("100%").waitFor();
    assert.equal(await height(), was);
    engine.push({ kind: "open", route: "#/feedback/F9" });
    await shown(page, "No access").waitFor();
    assert.equal(await height(), was);
  },
);

claim(
  "what is done with a picture is done by the engine",
  telling,
  { at: "#/feedback/F1" },
  async (page, engine) => {
    await drawn(page, 2);
    const [first, second] = engine.feedback[0].detail.pictures;
    await button(page, "Copy screenshot").click();
    await caption(page).getByText("Copied").waitFor();
    await page.keyboard.press("ArrowRight");
    await button(page, "Save screenshot…").click();
    await caption(page).getByText("Saved").waitFor();
    await caption(page).getByRole("button", { name: "Show in folder" }).click();
    await eventually(() => assert.equal(asks(engine, "revealSaved").length, 1));
    await fromMenu(page, "Show in folder");
    await fromMenu(page, "Open in the system’s viewer");
    await eventually(() => assert.deepEqual(asks(engine, "openPicture"), [{ id: second.id }]));
    assert.deepEqual(asks(engine, "copyPicture"), [{ id: first.id }]);
    assert.deepEqual(asks(engine, "savePictures"), [{ ids: [second.id] }]);
    assert.deepEqual(asks(engine, "revealPicture"), [{ id: second.id }]);
    await button(page, "Copy as Markdown").click();
    await button(page, "Open in App Store Connect").click();
    await eventually(() => assert.deepEqual(asks(engine, "openFeedbackPage"), [{ id: "F1" }]));
    assert.deepEqual(asks(engine, "copyFeedback"), [{ id: "F1" }]);
  },
);

claim(
  "all screenshots are saved at once, and shown where they went",
  telling,
  { at: "#/feedback/F1" },
  async (page, engine) => {
    await drawn(page, 2);
    await fromMenu(page, "Save All 2…");
    await caption(page).getByText("Saved 2 screenshots").waitFor();
    const ids = engine.feedback[0].detail.pictures.map(({ id }) => id);
    assert.deepEqual(asks(engine, "savePictures"), [{ ids }]);
    await caption(page).getByRole("button", { name: "Show in folder" }).click();
    await eventually(() => assert.equal(asks(engine, "revealSaved").length, 1));
  },
);

claim("a screenshot is dragged out as a file", telling, { at: "#/feedback/F1" }, async (page, engine) => {
  await drawn(page, 2);
  const box = await boxOf(button(page, "Screenshot 2 of 2"));
  await page.mouse.move(box.x + 40, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + 80, box.y + 120, { steps: 6 });
  await page.mouse.up();
  const [, second] = engine.feedback[0].detail.pictures;
  await eventually(() => assert.deepEqual(asks(engine, "dragPictures"), [{ ids: [second.id] }]));
});

claim("1:1 begins where one reads first", telling, { at: "#/feedback/F1" }, async (page) => {
  await drawn(page, 2);
  await button(page, "1:1").click();
  await caption(page).getByText("100%").waitFor();
  const stage = await boxOf(page.locator(".stage"));
  const picture = await boxOf(page.locator(".zoomed img"));
  assert.deepEqual(
    [Math.round(picture.x), Math.round(picture.y)],
    [Math.round(stage.x), Math.round(stage.y)],
  );
});

claim(
  "Space shows a screenshot as large as the window, where the arrows turn",
  telling,
  { at: "#/feedback/F1" },
  async (page) => {
    await drawn(page, 2);
    await button(page, "Screenshot 1 of 2").focus();
    await page.keyboard.press("Space");
    const large = page.getByRole("dialog", { name: "Screenshot 1 of 2" });
    await large.locator("img").waitFor();
    const size = page.viewportSize();
    const box = await boxOf(large);
    assert.deepEqual([box.width, box.height], [size?.width, size?.height]);
    await page.keyboard.press("ArrowRight");
    await page.getByRole("dialog", { name: "Screenshot 2 of 2" }).waitFor();
    await page.keyboard.press("Space");
    await isGone(page.getByRole("dialog"));
    await caption(page).getByText("2 of 2").waitFor();
    await headline(page).getByText("“Save button").waitFor();
  },
);

claim(
  "on a Mac, Space opens Quick Look with every screenshot, the current one first",
  () => onMac(telling()),
  { at: "#/feedback/F1" },
  async (page, engine) => {
    await drawn(page, 2);
    await page.keyboard.press("ArrowRight");
    await button(page, "Screenshot 2 of 2").focus();
    await page.keyboard.press("Space");
    const [first, second] = engine.feedback[0].detail.pictures;
    await eventually(() =>
      assert.deepEqual(asks(engine, "previewPictures"), [{ ids: [second.id, first.id] }]),
    );
    assert.equal(await page.getByRole("dialog").count(), 0);
  },
);

claim("the arrows of a choice turn no screenshot", telling, { at: "#/feedback/F1" }, async (page) => {
  await drawn(page, 2);
  await button(page, "Fit").focus();
  await page.keyboard.press("ArrowRight");
  await button(page, "All").focus();
  await page.keyboard.press("ArrowRight");
  await eventually(async () => assert.equal(await focusedText(page), "Screenshots"));
  await caption(page).getByText("1 of 2").waitFor();
});

claim(
  "a feedback is exported to a folder, and the window says where it went",
  telling,
  { at: "#/feedback/F1" },
  async (page, engine) => {
    await button(page, "Export to a folder…").click();
    await shown(page, "Exported to “Backyard Birds F1”.").waitFor();
    assert.deepEqual(asks(engine, "exportFeedback"), [{ ids: ["F1"] }]);
    await button(page, "Show in folder").click();
    await eventually(() => assert.equal(asks(engine, "revealSaved").length, 1));
    await button(page, "Close").click();
    engine.fail(
      "exportFeedback",
      "internal",
      "could not save there: permission denied",
      "choose another folder",
    );
    await button(page, "Export to a folder…").click();
    await shown(page, "Could not save there: permission denied. Choose another folder.").waitFor();
  },
);

claim("several feedbacks are exported together", telling, "#/feedback", async (page, engine) => {
  await option(page, /Save button/).click();
  await option(page, /Could the list/).click({ modifiers: ["Shift"] });
  const bar = page.getByRole("toolbar", { name: "3 selected" });
  await button(bar, "Export to a folder…").click();
  await shown(page, "Exported 3 items to “Export”.").waitFor();
  assert.deepEqual(asks(engine, "exportFeedback"), [{ ids: ["F1", "F2", "F3"] }]);
});

claim("an export says what could not be fetched", telling, { at: "#/feedback/F5" }, async (page) => {
  await button(page, "Export to a folder…").click();
  await shown(page, "1 file could not be fetched.").waitFor();
  await shown(page, "Screenshot 1: App Store Connect answered 403.").waitFor();
});

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

claim("a refused copy is told at the picture", telling, { at: "#/feedback/F1" }, async (page, engine) => {
  await drawn(page, 2);
  engine.fail("copyPicture", "clipboard", "the clipboard did not take the picture", "save it instead");
  await button(page, "Copy screenshot").click();
  await shown(page, "The clipboard did not take the picture.").waitFor();
});

claim(
  "HEIC is offered to the system's viewer, and asked for nowhere else",
  () =>
    withFeedback({
      feedback: [
        feedback({
          id: "F1",
          minutes: 4,
          pictures: [
            picture(null, {
              format: "HEIC",
              showable: false,
              thumbnail: false,
            }),
          ],
        }),
      ],
    }),
  { at: "#/feedback/F1" },
  async (page, engine) => {
    await shown(page, "HEIC image").waitFor();
    assert.equal(await page.locator("main img").count(), 0);
    await shown(page, "Open in the system’s viewer").first().click();
    await eventually(() => assert.equal(asks(engine, "openPicture").length, 1));
  },
);

claim(
  "a picture that comes later appears by itself",
  telling,
  { at: "#/feedback/F5" },
  async (page, engine) => {
    await shown(page, "Not downloaded yet").waitFor();
    await shown(page, /Retrying at 15:44/).waitFor();
    const [, , , , waiting] = engine.feedback;
    const [come] = feedback({
      id: "x",
      minutes: 0,
      pictures: [picture("map")],
    }).detail.pictures;
    const { id } = waiting.detail.pictures[0];
    waiting.files.set(id, "map");
    waiting.detail.pictures = [{ ...come, id }];
    waiting.row = { ...waiting.row, thumbnail: id, state: "kept" };
    engine.changed();
    await drawn(page, 1);
    await option(page, /Tide table/)
      .locator("img")
      .waitFor();
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
