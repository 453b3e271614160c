// Testers' screenshots, and what can be taken out of Hookbell.
import type { Page } from "playwright-core";
import assert from "node:assert/strict";
import { boxOf, asks, button, claim, headline, isGone, option } from "./claims.ts";
import { FakeEngine } from "./fake-engine/engine.ts";
import { feedback, missing, picture, tellingFeedback } from "./fake-engine/feedback.ts";
import { drawn, withFeedback } from "./feedback-scenarios.ts";
import { eventually, shown } from "./window.ts";

const caption = (page: Page) => page.locator("figcaption");
const fromMenu = async (page: Page, item: string) => {
  await button(page, "More for this screenshot").click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
};

const telling = () => withFeedback();
const onMac = (engine: FakeEngine) => {
  engine.status.platform = "macos";
  return engine;
};
const focusedText = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? "");
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
    await caption(page).getByText("2 of 2").waitFor();
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
  await shown(page, "Screenshot 1: App Store Connect returned 403.").waitFor();
});

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
