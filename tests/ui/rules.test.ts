// Rules: the form and its document, the preview, runs, and where a rule begins.
import assert from "node:assert/strict";
import { asks, button, claim, isGone, press } from "./claims.ts";
import { noRules } from "./fake-engine/rules.ts";
import { ALL, field, row, save } from "./rule-rows.ts";
import { everyAction, withRules } from "./rules-scenarios.ts";
import { eventually, shown } from "./window.ts";

claim(
  "a rule is changed in its form, and only that field of its document changes",
  () => withRules(everyAction()),
  "#/rules/1",
  async (page, engine) => {
    const before = structuredClone(engine.book.rules[0].rule);
    await field(page, "Name").fill("Renamed");
    await page.getByRole("main").getByText("Edited", { exact: true }).waitFor();
    await save(page);
    await eventually(() => assert.equal(asks(engine, "saveRule").length, 1));
    assert.deepEqual(asks(engine, "saveRule"), [{ id: 1, rule: { ...before, name: "Renamed" } }]);
    await isGone(shown(page, "Edited", { exact: true }));
  },
);

claim("Revert brings back what is saved", withRules, "#/rules/1", async (page, engine) => {
  await field(page, "Name").fill("Something else");
  await press(page, "Revert");
  await eventually(async () => assert.equal(await field(page, "Name").inputValue(), ALL[0]));
  assert.equal(asks(engine, "saveRule").length, 0);
});

claim("what was typed stays while another rule is open", withRules, "#/rules/1", async (page) => {
  await field(page, "Name").fill("Half done");
  await row(page, /Rejections/).click();
  await eventually(async () => assert.equal(await field(page, "Name").inputValue(), ALL[1]));
  await row(page, /Beta crashes/).click();
  await eventually(async () => assert.equal(await field(page, "Name").inputValue(), "Half done"));
});

claim("what was typed is there again after the window was closed", withRules, "#/rules/1", async (page) => {
  await field(page, "Name").fill("Half done");
  await page.keyboard.press("Escape");
  await row(page, /Beta crashes/).focus();
  await page.keyboard.press("n");
  await page.getByRole("dialog", { name: "New rule" }).getByText("Hush processing").click();
  await field(page, "Name").fill("Not saved");
  await page.reload();
  await row(page, /Not saved.*Not saved yet/).waitFor();
  await row(page, /Beta crashes/).click();
  await eventually(async () => assert.equal(await field(page, "Name").inputValue(), "Half done"));
  await press(page, "Revert");
  await page.reload();
  await row(page, /Beta crashes/).click();
  await eventually(async () => assert.equal(await field(page, "Name").inputValue(), ALL[0]));
});

claim("conditions are chosen by their names", withRules, "#/rules/5", async (page, engine) => {
  await press(page, "Add to Apps");
  await page.getByRole("menuitem", { name: "Backyard Birds" }).click();
  await press(page, "Remove Pending Developer Release");
  await press(page, "Good news");
  await save(page);
  await eventually(() => assert.equal(asks(engine, "saveRule").length, 1));
  assert.deepEqual(asks(engine, "saveRule")[0].rule.when, {
    types: ["APP_STORE_VERSION_APP_VERSION_STATE_UPDATED"],
    apps: ["6479283016"],
    importance: ["good"],
  });
});

claim(
  "the expression answers while one types: true for an event, or the error in its place",
  withRules,
  "#/rules/1",
  async (page) => {
    await shown(page, /Valid\. True for/).waitFor();
    await field(page, "Only if").fill("build.number | int > 900");
    await shown(page, /not true for any matching event/).waitFor();
    await field(page, "Only if").fill("build.nmber");
    await shown(page, "Unknown name “build.nmber” at column 1.").waitFor();
  },
);

claim(
  "a refused field says why, has the focus, and is fine again once it is changed",
  withRules,
  "#/rules/1",
  async (page) => {
    await field(page, "Title").fill("{{ secret }}");
    await save(page);
    await shown(page, "Unknown name “secret” at column 4.").first().waitFor();
    await eventually(async () =>
      assert.equal(await field(page, "Title").evaluate((input) => input === document.activeElement), true),
    );
    await field(page, "Title").fill("{{ app.name }}");
    await isGone(shown(page, "Unknown name “secret” at column 4."));
  },
);

claim(
  "a preview tells what the rule would have done, and follows the form",
  withRules,
  "#/rules/1",
  async (page) => {
    await shown(page, "Would have run 1 time").waitFor();
    const notice = page.getByRole("region", { name: "Notify" }).getByRole("group", { name: "Preview" });
    await notice.getByText("Backyard Birds crashed").waitFor();
    await shown(page, /other events have/).waitFor();
    await field(page, "Title").fill("{{ app.name }} fell over");
    await notice.getByText("Backyard Birds fell over").waitFor();
  },
);

claim(
  "a preview that comes late does not replace a newer one",
  withRules,
  "#/rules/1",
  async (page, engine) => {
    await shown(page, "Would have run 1 time").waitFor();
    const held = engine.hold("previewRule");
    await field(page, "Only if").fill("build.number | int > 900");
    await held.until(1);
    await field(page, "Only if").fill("");
    await held.until(2);
    held.give(1);
    await shown(page, "Would have run 1 time").waitFor();
    held.end();
    await shown(page, /An expression, for example/).waitFor();
    assert.equal(await shown(page, "Would not have run").count(), 0);
  },
);

claim(
  "a save that is answered late changes nothing of another rule's form",
  withRules,
  "#/rules/1",
  async (page, engine) => {
    await field(page, "Name").fill("Saved late");
    const held = engine.hold("saveRule");
    await save(page);
    await held.until(1);
    await row(page, /Rejections/).click();
    await eventually(async () => assert.equal(await field(page, "Name").inputValue(), ALL[1]));
    held.end();
    await row(page, /Saved late/).waitFor();
    assert.equal(await field(page, "Name").inputValue(), ALL[1]);
  },
);

claim(
  "a failed run explains itself, and Retry does it again",
  withRules,
  "#/rules/1",
  async (page, engine) => {
    await shown(page, /The channel was archived or renamed/).waitFor();
    await press(page, "Retry");
    await isGone(button(page, "Retry"));
    assert.deepEqual(asks(engine, "retryRun"), [{ id: 12 }]);
    await isGone(page.getByRole("link", { name: "Rules 1 failed run" }));
  },
);

claim("a refused retry is told at its run", withRules, "#/rules/1", async (page, engine) => {
  engine.fail("retryRun", "invalidInput", "this run is under way", "wait until it’s done");
  await press(page, "Retry");
  await shown(page, "This run is under way.").waitFor();
});

claim(
  "a rule is tried with one event, for real only when that is asked for",
  withRules,
  "#/rules/1",
  async (page, engine) => {
    await press(page, "Test with an event…");
    await shown(page, "This rule applies to it.").waitFor();
    assert.equal(asks(engine, "tryRule").length, 0);
    await press(page, "Run now");
    await page.getByRole("table", { name: "What was done now" }).getByText("Slack").waitFor();
    assert.deepEqual(
      asks(engine, "tryRule").map(({ seq }) => seq),
      [10],
    );
    await field(page, "Event").selectOption({ index: 1 });
    await shown(page, /This rule doesn’t apply to it/).waitFor();
  },
);

claim(
  "N begins a rule with one that is ready made, and nothing is kept before it is saved",
  withRules,
  "#/rules",
  async (page, engine) => {
    await row(page, /Beta crashes/).focus();
    await page.keyboard.press("n");
    const sheet = page.getByRole("dialog", { name: "New rule" });
    await eventually(async () => assert.equal(await sheet.locator("li").count(), 11));
    await sheet.getByText("Hush processing").click();
    await row(page, /Hush processing.*Not saved yet/).waitFor();
    assert.equal(engine.book.rules.length, 6);
    await save(page);
    await eventually(() => assert.equal(engine.book.rules.length, 7));
    await eventually(() => assert.match(page.url(), /#\/rules\/7$/));
  },
);

claim(
  "the first rule is begun from the empty room",
  () => withRules(noRules()),
  "#/rules",
  async (page) => {
    await shown(page, "Let events do something").waitFor();
    await page.getByRole("main").getByRole("button", { name: "New rule" }).click();
    await press(page, "Start from scratch");
    await field(page, "Name").fill("Mine");
    await save(page);
    await row(page, /^1, Mine/).waitFor();
  },
);

claim(
  "an address that is a secret goes to the keychain and is never shown again",
  withRules,
  "#/rules/1",
  async (page, engine) => {
    await press(page, "Replace…");
    const secret = "https://hooks.slack.com/services/T0/B0/XyZ";
    await field(page, "Address").fill(secret);
    await press(page, "Save in keychain");
    await isGone(page.getByRole("dialog"));
    assert.deepEqual(asks(engine, "saveDestination"), [{ name: "slack", url: secret, secret: null }]);
    assert.equal(
      await page.evaluate((text) => document.documentElement.outerHTML.includes(text), secret),
      false,
    );
  },
);

claim(
  "an event says which rule showed it, and begins one that keeps quiet about such events",
  withRules,
  "#/inbox/10",
  async (page, engine) => {
    await shown(page, "Why was I notified?").click();
    await page.getByRole("paragraph").getByText("“Beta crashes to the team” notified you.").waitFor();
    await press(page, "Don’t notify me about these…");
    await eventually(async () =>
      assert.equal(await field(page, "Name").inputValue(), "No notification: Crash feedback, Backyard Birds"),
    );
    await save(page);
    await eventually(() => assert.equal(engine.book.rules.length, 7));
    const made = engine.book.rules[6].rule;
    assert.deepEqual(made.when, { types: ["BETA_FEEDBACK_CRASH_SUBMISSION_CREATED"], apps: ["6479283016"] });
    assert.deepEqual(made.then, [{ silence: {} }]);
  },
);
