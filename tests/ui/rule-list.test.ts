// The list of rules: its order, its switches, and what comes back with Undo.
import assert from "node:assert/strict";
import { asks, boxOf, claim, isGone, press } from "./claims.ts";
import { ALL, inOrder, row } from "./rule-rows.ts";
import { telling, withRules } from "./rules-scenarios.ts";
import { eventually, shown } from "./window.ts";

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
  "a rule comes back even if Undo is pressed before its deletion is answered",
  withRules,
  "#/rules/2",
  async (page, engine) => {
    const deletion = engine.hold("deleteRule");
    await row(page, /Rejections/).focus();
    await page.keyboard.press("Backspace");
    const others = ALL.filter((name) => name !== ALL[1]);
    await inOrder(page, others);
    await deletion.until(1);
    await page.keyboard.press("z");
    deletion.end();
    await inOrder(page, ALL);
    await isGone(shown(page, "Deleted the rule “Rejections break through”."));
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
