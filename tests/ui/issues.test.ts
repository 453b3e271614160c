// Issues of testers' feedback: filed with one click, shown at the feedback, and never filed twice.
import type { Page } from "playwright-core";
import assert from "node:assert/strict";
import { asks, button, choose, claim, isGone, option, press } from "./claims.ts";
import { filed, tracker } from "./fake-engine/trackers.ts";
import { drawn, withFeedback } from "./feedback-scenarios.ts";
import { lost, sheet, tellingIssues, threeTrackers, withTrackers } from "./issues-scenarios.ts";
import { command } from "./palette-scenarios.ts";
import { eventually, shown } from "./window.ts";

const one = () => withTrackers();
const form = (page: Page) => page.getByRole("dialog", { name: /^File/ });
const chip = (page: Page) => page.getByRole("main").getByRole("button", { name: /#214/ });

claim(
  "the key opens the sheet, and Enter files what it shows",
  one,
  "#/feedback/F1",
  async (page, engine) => {
    await drawn(page, 2);
    await page.keyboard.press("i");
    const preview = form(page).getByRole("region", { name: "Preview" });
    await preview.getByText("Save button is hidden behind the keyboard when I type").waitFor();
    await preview.getByText("iPhone 15 Pro").waitFor();
    await preview.getByRole("img", { name: "Screenshot 2" }).waitFor();
    assert.ok(!(await form(page).getByLabel("Tester’s name and email").isChecked()));
    assert.equal(await preview.getByText("Mira Okafor").count(), 0);
    await form(page).getByLabel("Title").fill("Save is hidden");
    await page.keyboard.press("Enter");
    await isGone(form(page));
    await chip(page).getByText("halden/backyard-birds #214 · Open").waitFor();
    await option(page, /Save button.*#214 Open/).waitFor();
    assert.deepEqual(asks(engine, "fileIssues"), [
      {
        feedback: ["F1"],
        tracker: 1,
        title: "Save is hidden",
        labels: ["bug", "testflight"],
        parts: { pictures: true, facts: true, log: true, tester: false },
        together: false,
      },
    ]);
  },
);

claim(
  "what has an issue opens it, by the button, the chip and the key",
  () => withTrackers({ issues: tellingIssues() }),
  "#/feedback/F1",
  async (page, engine) => {
    await chip(page).getByText("#214 · Open · mira-halden").waitFor();
    await isGone(button(page, "File issue…"));
    await press(page, "Open issue");
    await chip(page).click();
    await page.keyboard.press("i");
    await eventually(() =>
      assert.deepEqual(
        asks(engine, "openIssue"),
        Array.from({ length: 3 }, () => ({ feedback: "F1", tracker: 1 })),
      ),
    );
    assert.equal(await page.getByRole("dialog").count(), 0);
  },
);

claim(
  "the preview follows what goes in, and the last choice wins",
  one,
  "#/feedback/F1",
  async (page, engine) => {
    await sheet(page);
    const preview = form(page).getByRole("region", { name: "Preview" });
    const previews = engine.hold("issuePreview");
    await form(page).getByLabel("Tester’s name and email").check();
    await form(page).getByLabel("Tester’s name and email").uncheck();
    await previews.until(2);
    previews.give(1);
    previews.give(0);
    previews.end();
    await form(page).getByLabel("2 screenshots").uncheck();
    await isGone(preview.getByRole("img"));
    assert.equal(await preview.getByText("Mira Okafor").count(), 0);
    await press(form(page), "Markdown");
    await preview.getByText("- **App:** Backyard Birds 3.3 (418)").waitFor();
  },
);

claim(
  "closing the sheet while it files loses nothing, and the button waits",
  one,
  "#/feedback/F1",
  async (page, engine) => {
    await sheet(page);
    const filing = engine.hold("fileIssues");
    await press(form(page), "File issue");
    await filing.until(1);
    await form(page).getByText("You can close this.").waitFor();
    await press(form(page), "Close");
    await isGone(form(page));
    assert.ok(await button(page, "Filing…").isDisabled());
    await option(page, /Save button.*Filing…/).waitFor();
    await page.getByRole("link", { name: /^Inbox/ }).click();
    await page.getByRole("listbox", { name: "Events" }).waitFor();
    filing.end();
    await page.getByRole("link", { name: /^Feedback/ }).click();
    await option(page, /Save button.*#214 Open/).waitFor();
  },
);

claim(
  "a lost answer says that trying again is safe, and keeps what was typed",
  one,
  "#/feedback/F1",
  async (page, engine) => {
    await sheet(page);
    engine.tracking.refusal = lost;
    await form(page).getByLabel("Title").fill("Save is hidden");
    await press(form(page), "File issue");
    const error = form(page).getByText("No answer in time.");
    const isInView = (words: Element) => {
      const [{ top, bottom }, body] = [words, words.closest(".body") ?? words].map((one) =>
        one.getBoundingClientRect(),
      ) as [DOMRect, DOMRect];
      return top >= body.top && bottom <= body.bottom;
    };
    await eventually(async () => assert.ok(await error.evaluate(isInView), "the error is out of view"));
    await form(page).getByText("Hookbell looks for it first and never files it twice.").waitFor();
    await option(page, /Save button.*Not confirmed/).waitFor();
    engine.tracking.refusal = null;
    await press(form(page), "Try again");
    await isGone(form(page));
    await chip(page).waitFor();
    assert.deepEqual(
      asks(engine, "fileIssues").map(({ title }) => title),
      ["Save is hidden", "Save is hidden"],
    );
  },
);

claim(
  "what was not filed says why at the feedback, and how to go on",
  () => withTrackers({ issues: [{ ...filed("F1", "#1"), issue: null, unsure: true, error: lost }] }),
  "#/feedback/F1",
  async (page) => {
    await shown(page, "Not confirmed in halden/backyard-birds.").waitFor();
    await shown(page, "Hookbell looks for it first").waitFor();
    await press(page, "Try again…");
    await press(form(page), "File issue");
    await isGone(form(page));
    await chip(page).waitFor();
    await isGone(shown(page, "Not confirmed in"));
  },
);

claim(
  "feedback goes to its app's tracker, and another can be chosen",
  () => withTrackers({ trackers: threeTrackers() }),
  "#/feedback/F4",
  async (page, engine) => {
    await sheet(page);
    await press(form(page), "Tracker: Linear · ENG · Engineering");
    await page.getByRole("menuitemradio", { name: "GitHub · halden/backyard-birds" }).click();
    await button(form(page), "Remove bug").waitFor();
    await press(form(page), "File issue");
    await isGone(form(page));
    assert.equal(asks(engine, "fileIssues")[0].tracker, 1);
  },
);

claim(
  "similar crashes become one issue with all of them",
  () => withTrackers({ sameCrash: ["F2", "F4"] }),
  "#/feedback/F2",
  async (page, engine) => {
    await sheet(page);
    await form(page).getByText("The same frames as 1 other crash of this app.").waitFor();
    assert.ok(await form(page).getByLabel("One issue for both crashes").isChecked());
    await press(form(page), "File issue");
    await isGone(form(page));
    const [request] = asks(engine, "fileIssues");
    assert.deepEqual([request.feedback, request.together], [["F2", "F4"], true]);
    await option(page, /index out of range.*#214 Open/).waitFor();
    await option(page, /out of memory.*#214 Open/).waitFor();
  },
);

claim(
  "a crash is added to the issue that its like has",
  () => withTrackers({ sameCrash: ["F2", "F4"], issues: [filed("F4", "#209")] }),
  "#/feedback/F2",
  async (page, engine) => {
    await press(page, "File issue…");
    await form(page).getByLabel("Add it to #209 Open").waitFor();
    await press(form(page), "Add to issue");
    await isGone(form(page));
    assert.deepEqual(asks(engine, "fileIssues")[0].feedback, ["F4", "F2"]);
    await option(page, /index out of range.*#209 Open/).waitFor();
  },
);

claim(
  "several are filed one after another, with how far it is, and a failure stops nothing",
  one,
  "#/feedback/F1",
  async (page, engine) => {
    await drawn(page, 2);
    await page.keyboard.press("Shift+J");
    await page.keyboard.press("Shift+J");
    const filing = engine.hold("fileIssues");
    await page.keyboard.press("i");
    await press(form(page), "File 3 issues");
    await filing.until(1);
    await shown(page, "Filing issue 1 of 3").waitFor();
    engine.tracking.refusal = lost;
    filing.give();
    await filing.until(1);
    engine.tracking.refusal = null;
    await shown(page, "Filing issue 2 of 3").waitFor();
    filing.end();
    await shown(page, "Filed 2 issues. 1 failed.").waitFor();
    assert.deepEqual(
      asks(engine, "fileIssues").map(({ feedback, title }) => [feedback, title]),
      [
        [["F1"], null],
        [["F2"], null],
        [["F3"], null],
      ],
    );
    await press(page, "Close");
    await isGone(shown(page, "Filed 2 issues."));
  },
);

claim("several become one issue when that is chosen", one, "#/feedback/F1", async (page, engine) => {
  await drawn(page, 2);
  await page.keyboard.press("Shift+J");
  await press(page, "File issues…");
  await form(page).getByLabel("One issue for both").check();
  await form(page).getByLabel("Title").fill("Two of a kind");
  await press(form(page), "File issue");
  await isGone(form(page));
  const [request] = asks(engine, "fileIssues");
  assert.deepEqual(
    [request.feedback, request.together, request.title],
    [["F1", "F2"], true, "Two of a kind"],
  );
  await option(page, /Save button.*#214 Open/).waitFor();
  await option(page, /index out of range.*#214 Open/).waitFor();
});

claim(
  "somebody is assigned of those whom the tracker names, or nobody",
  () =>
    withTrackers({
      trackers: [tracker({ settings: { ...tracker().settings, assignee: { id: "ada", name: "Ada" } } })],
    }),
  "#/feedback/F1",
  async (page, engine) => {
    await sheet(page);
    const assignee = form(page).getByLabel("Assignee");
    assert.equal(await assignee.locator("option:checked").innerText(), "Ada");
    await assignee.selectOption("mira-halden");
    await assignee.selectOption("Nobody");
    await press(page, "File issue");
    await isGone(form(page));
    assert.equal(asks(engine, "fileIssues")[0].assignee, "");
  },
);

claim(
  "feedback with an issue at one tracker is filed at another, which is offered first",
  () =>
    withTrackers({
      trackers: [tracker(), tracker({ id: 2, service: "linear", name: "ENG · Engineering" })],
      issues: tellingIssues(),
    }),
  "#/feedback/F1",
  async (page, engine) => {
    await chip(page).waitFor();
    await option(page, /Save button/).click({ button: "right" });
    await page.getByRole("menuitem", { name: "File in another tracker…" }).click();
    await form(page)
      .getByText(
        "Already filed as halden/backyard-birds #214 · Open · mira-halden. Here it gets an issue of its own.",
      )
      .waitFor();
    await press(page, "File issue");
    await isGone(form(page));
    assert.equal(asks(engine, "fileIssues")[0].tracker, 2);
    assert.equal(engine.tracking.issues.filter(({ feedback }) => feedback === "F1").length, 2);
  },
);

claim(
  "feedback is filtered by its issue",
  () => withTrackers({ issues: tellingIssues() }),
  "#/feedback",
  async (page, engine) => {
    const listed = page.getByRole("option");
    let filter = "Issue";
    await option(page, /Save button/).waitFor();
    for (const [choice, count] of [
      ["With an issue", 3],
      ["Open", 2],
      ["Fixed", 1],
      ["Without an issue", engine.feedback.filter(({ row }) => !row.archived).length - 3],
    ] as const) {
      await choose(page, filter, choice);
      filter = `Issue: ${choice}`;
      await eventually(async () => assert.equal(await listed.count(), count, choice));
    }
    await press(page, "Clear Issue");
    await eventually(() => assert.equal(asks(engine, "feedback").at(-1)?.issue, undefined));
  },
);

claim("without a tracker there is no filter for issues", withFeedback, "#/feedback", async (page) => {
  await button(page, "App").waitFor();
  await isGone(button(page, "Issue"));
});

claim(
  "an issue that is closed there is fixed here, and its line is copied",
  () => withTrackers({ issues: tellingIssues() }),
  "#/feedback/F1",
  async (page, engine) => {
    await chip(page).waitFor();
    const [first] = engine.tracking.issues;
    engine.tracking.issues = [
      filed("F1", "#214", {
        progress: "done",
        state: "Closed",
        doneAt: first.issue?.filedAt ?? null,
        fixedIn: "3.5",
      }),
    ];
    engine.changed({ feedback: { rows: [structuredClone(engine.feedback[0].row)], counts: null } });
    await option(page, /Save button.*#214 Fixed/).waitFor();
    await press(page, "Copy line for What to Test");
    await eventually(() =>
      assert.equal(engine.copied, "Fixed in 3.5: Save button is hidden behind the keyboard"),
    );
    await press(page, "All fixed…");
    await press(page, "Copy 1 line");
    await eventually(() => assert.equal(asks(engine, "copyText").length, 2));
    assert.equal(asks(engine, "fixedLines")[0].app, "6479283016");
  },
);

claim(
  "without a tracker the sheet leads to where one is added",
  () => withFeedback(),
  "#/feedback/F1",
  async (page) => {
    await press(page, "File issue…");
    await shown(page, "No tracker yet").waitFor();
    await press(form(page), "Open Settings");
    await eventually(() => assert.match(page.url(), /#\/settings\/trackers$/));
  },
);

claim(
  "a tracker in trouble says what to do before anything is filed",
  () =>
    withTrackers({
      trackers: [
        tracker({
          trouble: { ...lost, message: "GitHub returned 401", hint: "Give the tracker a new token." },
        }),
      ],
    }),
  "#/feedback/F1",
  async (page) => {
    await sheet(page);
    await form(page).getByText("Give the tracker a new token.").waitFor();
    await press(form(page), "Open Settings");
    await eventually(() => assert.match(page.url(), /#\/settings\/trackers$/));
  },
);

claim("the palette files the issue of what is open", one, "#/feedback/F1", async (page) => {
  await drawn(page, 2);
  await command(page, "File issue…");
  await form(page).waitFor();
  assert.match(page.url(), /#\/feedback\/F1$/);
  await page.keyboard.press("Escape");
  await isGone(form(page));
});

claim("the sheet of keys has the one that files an issue", one, "#/feedback/F1", async (page) => {
  await drawn(page, 2);
  await page.keyboard.press("?");
  const keys = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await keys.getByText("File issue", { exact: true }).waitFor();
});
