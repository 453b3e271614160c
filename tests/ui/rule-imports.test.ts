// Imported rules: what is refused, and commands that wait for a review.
import assert from "node:assert/strict";
import { asks, claim, isGone, press } from "./claims.ts";
import { ALL, field, inOrder, row } from "./rule-rows.ts";
import { withRules } from "./rules-scenarios.ts";
import { shown } from "./window.ts";

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
    await field(page, "Rules as JSON").fill("not json");
    await press(page, "Import");
    await shown(page, "This isn’t JSON.").waitFor();
    const rule = {
      name: "Brought in",
      when: {},
      then: [{ run: { command: ["/bin/x"], timeoutSeconds: 5 } }],
    };
    await field(page, "Rules as JSON").fill(JSON.stringify(rule));
    await press(page, "Import");
    await row(page, /Brought in/)
      .getByText("Imported with a command: review to enable")
      .waitFor();
    assert.equal(engine.book.rules.at(-1)?.rule.enabled, false);
  },
);

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
