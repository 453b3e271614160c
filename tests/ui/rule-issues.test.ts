// A rule that files feedback: its tracker is chosen by name.
import assert from "node:assert/strict";
import type { Rule } from "../../ui/src/lib/bindings/api.ts";
import { asks, claim, isGone, press } from "./claims.ts";
import { listed } from "./fake-engine/rules.ts";
import { tracker } from "./fake-engine/trackers.ts";
import { telling, withRules } from "./rules-scenarios.ts";
import { eventually, shown } from "./window.ts";

const CRASH = "BETA_FEEDBACK_CRASH_SUBMISSION_CREATED";

function filing(then: Rule["then"], trackers = [tracker()]) {
  const rule = listed(1, { name: "File crashes", when: { types: [CRASH] }, then });
  const engine = withRules(telling({ rules: [rule], runs: [] }));
  engine.tracking = { ...engine.tracking, trackers };
  return engine;
}

claim(
  "an action that files feedback gets its tracker by name, and its labels",
  () =>
    filing([{ silence: {} }], [tracker(), tracker({ id: 2, service: "linear", name: "ENG · Engineering" })]),
  "#/rules/1",
  async (page, engine) => {
    assert.equal(asks(engine, "trackers").length, 0, "trackers are read only for a rule that needs them");
    await press(page, "Add action");
    await page.getByRole("menuitem", { name: "File an issue" }).click();
    const card = page.getByRole("region", { name: "File an issue" });
    await card.getByText("Choose one, or add another in Settings.").waitFor();
    await press(page, "Save");
    await card.getByText("choose a tracker", { exact: false }).last().waitFor();
    await card.getByLabel("Tracker", { exact: true }).selectOption({ label: "Linear · ENG · Engineering" });
    await card.getByLabel("Labels, separated by commas").fill("crash, beta");
    await press(page, "Save");
    await isGone(shown(page, "Edited"));
    assert.deepEqual(asks(engine, "saveRule").at(-1)?.rule.then, [
      { silence: {} },
      { issue: { tracker: "ENG · Engineering", labels: ["crash", "beta"] } },
    ]);
  },
);

claim(
  "a rule that names the only GitHub repository by its kind shows which one it is",
  () => filing([{ issue: { tracker: "github" } }]),
  "#/rules/1",
  async (page) => {
    const select = page.getByLabel("Tracker", { exact: true });
    await shown(page, "Feedback has one issue there, whoever files it.").waitFor();
    await eventually(async () =>
      assert.equal(await select.locator("option:checked").innerText(), "GitHub · halden/backyard-birds"),
    );
    assert.equal(await select.locator("option").count(), 1);
  },
);

claim(
  "a rule whose tracker isn't there says to add it",
  () => filing([{ issue: { tracker: "github" } }], []),
  "#/rules/1",
  async (page) => {
    await shown(page, "Add a tracker in Settings before you enable this rule.").waitFor();
    const select = page.getByLabel("Tracker", { exact: true });
    assert.equal(await select.locator("option:checked").innerText(), "github (not added yet)");
  },
);
