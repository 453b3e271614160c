// Rules: the list and its order, the form and its document, the preview, runs, and what came from a file.
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { asks, boxOf, button, claim, isGone, press } from "./claims.ts";
import { noRules } from "./fake-engine/rules.ts";
import { everyAction, telling, withRules } from "./rules-scenarios.ts";
import { eventually, shown } from "./window.ts";

const row = (page: Page, name: string | RegExp) => page.getByRole("row", { name });
const names = (page: Page) => page.locator("[role=grid] .title").allInnerTexts();
const inOrder = (page: Page, expected: string[]) =>
  eventually(async () => assert.deepEqual(await names(page), expected));
const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
const save = (page: Page) => press(page, "Save");
const ALL = telling().rules.map((one) => one.rule.name);

claim(
  "rules are listed in their order, each as one line with its last run",
  withRules,
  "#/rules",
  async (page) => {
    await inOrder(page, ALL);
    const first = row(page, /^1, Beta crashes to the team/);
    await first.getByText(/^Crash feedback, Problem, Backyard Birds, if .* → Notify, Slack$/).waitFor();
    await first.getByText("Failed 12\u00a0min ago: Slack replied 404").first().waitFor();
    await row(page, /Remind me to release/)
      .getByText("Never ran")
      .waitFor();
    await shown(page, "6 rules, 5 on").waitFor();
    await page.getByRole("link", { name: "Rules 1 failed run" }).waitFor();
  },
);

claim(
  "Alt with an arrow moves a rule, and its place is announced",
  withRules,
  "#/rules/1",
  async (page, engine) => {
    await row(page, /Beta crashes/).focus();
    await page.keyboard.press("Alt+ArrowDown");
    await inOrder(page, [ALL[1], ALL[0], ...ALL.slice(2)]);
    await page
      .locator("[aria-live]")
      .getByText("Beta crashes to the team, now 2 of 6.")
      .waitFor({ state: "attached" });
    await page.keyboard.press("Alt+ArrowUp");
    await inOrder(page, ALL);
    assert.deepEqual(asks(engine, "moveRule"), [
      { id: 1, before: 3 },
      { id: 1, before: 2 },
    ]);
  },
);

claim(
  "a rule is dragged to its place, and a move that is refused is taken back",
  withRules,
  "#/rules",
  async (page, engine) => {
    const drag = async (from: string, to: string) => {
      const [one, other] = [await boxOf(row(page, new RegExp(from))), await boxOf(row(page, new RegExp(to)))];
      await page.mouse.move(one.x + 80, one.y + 20);
      await page.mouse.down();
      await page.mouse.move(one.x + 80, one.y + 40, { steps: 3 });
      await page.mouse.move(other.x + 80, other.y + other.height - 8, { steps: 6 });
      await page.mouse.up();
    };
    await drag(ALL[0], ALL[2]);
    await inOrder(page, [ALL[1], ALL[2], ALL[0], ...ALL.slice(3)]);
    engine.fail("moveRule", "storeUnwritable", "the disk is full", "free some space");
    await drag(ALL[1], ALL[0]);
    await shown(page, "The disk is full.").waitFor();
    await inOrder(page, [ALL[1], ALL[2], ALL[0], ...ALL.slice(3)]);
  },
);

claim("Space enables and disables the rule with the focus", withRules, "#/rules/2", async (page, engine) => {
  await row(page, /Rejections/).focus();
  await page.keyboard.press("Space");
  await eventually(() => assert.deepEqual(asks(engine, "enableRule"), [{ id: 2, enabled: false }]));
  await shown(page, "6 rules, 4 on").waitFor();
});

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
    await shown(page, /Not true for any event/).waitFor();
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
    await shown(page, /other events didn’t match/).waitFor();
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
  engine.fail("retryRun", "invalidInput", "this run is under way", "wait until it has ended");
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

claim("a deleted rule comes back to its place with Undo", withRules, "#/rules/2", async (page, engine) => {
  await row(page, /Rejections/).focus();
  await page.keyboard.press("Backspace");
  await inOrder(
    page,
    ALL.filter((name) => name !== ALL[1]),
  );
  await shown(page, "Deleted the rule “Rejections break through”.").waitFor();
  await press(page, "Undo");
  await inOrder(page, ALL);
  assert.deepEqual(engine.book.rules[1].rule, telling().rules[1].rule);
});

claim(
  "an imported rule that was deleted and brought back still waits for its review",
  withRules,
  "#/rules/6",
  async (page, engine) => {
    await row(page, /Refresh store/).focus();
    await page.keyboard.press("Delete");
    await inOrder(page, ALL.slice(0, 5));
    await page.keyboard.press("z");
    await inOrder(page, ALL);
    assert.equal(engine.book.rules[5].needsReview, true);
  },
);

claim(
  "an imported command is shown before the rule is enabled",
  withRules,
  "#/rules/6",
  async (page, engine) => {
    await page.getByRole("switch", { name: "Refresh store screenshots" }).click();
    const sheet = page.getByRole("dialog", { name: "Review before you enable" });
    await sheet.getByText('/usr/local/bin/make-screenshots --app "{{ app.name }}" "all sizes"').waitFor();
    assert.equal(asks(engine, "enableRule").length, 0);
    await press(sheet, "Enable rule");
    await isGone(sheet);
    assert.deepEqual(asks(engine, "enableRule"), [{ id: 6, enabled: true }]);
  },
);

claim(
  "rules are imported, and what isn’t a rule is refused and kept in the field",
  withRules,
  "#/rules",
  async (page, engine) => {
    await press(page, "Import and export");
    await page.getByRole("menuitem", { name: "Import…" }).click();
    await field(page, "JSON of one rule or several").fill("not json");
    await press(page, "Import");
    await shown(page, "This isn’t JSON.").waitFor();
    const rule = {
      name: "Brought in",
      when: {},
      then: [{ run: { command: ["/bin/x"], timeoutSeconds: 5 } }],
    };
    await field(page, "JSON of one rule or several").fill(JSON.stringify(rule));
    await press(page, "Import");
    await row(page, /Brought in/)
      .getByText("Imported with a command: review to enable")
      .waitFor();
    assert.equal(engine.book.rules.at(-1)?.rule.enabled, false);
  },
);

claim(
  "N begins a rule with one of ten, and nothing is kept before it is saved",
  withRules,
  "#/rules",
  async (page, engine) => {
    await row(page, /Beta crashes/).focus();
    await page.keyboard.press("n");
    const sheet = page.getByRole("dialog", { name: "New rule" });
    await eventually(async () => assert.equal(await sheet.locator("li").count(), 10));
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

claim("what another window does to the rules is followed", withRules, "#/rules/1", async (page, engine) => {
  await inOrder(page, ALL);
  const rules = engine.book.rules.filter(({ id }) => id !== 3);
  engine.book.rules = rules;
  engine.push({ kind: "rules", rules });
  await inOrder(
    page,
    ALL.filter((name) => name !== ALL[2]),
  );
});

claim(
  "a copy of a rule with an unreviewed command waits for a review too",
  withRules,
  "#/rules/6",
  async (page) => {
    await row(page, /Refresh store/).focus();
    await page.keyboard.press("d");
    await row(page, /^7, Refresh store screenshots copy.*review to enable/).waitFor();
  },
);
