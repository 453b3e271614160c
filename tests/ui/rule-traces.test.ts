// What a rule skips on purpose is shown beforehand in the preview, and afterwards at the skipped run.
import assert from "node:assert/strict";
import { asks, button, claim, isGone, press } from "./claims.ts";
import { listed, run } from "./fake-engine/rules.ts";
import { telling, withRules } from "./rules-scenarios.ts";
import { shown } from "./window.ts";

const LATE = "Skipped: the event was fetched more than an hour after it happened.";
const command = {
  name: "Notes for each crash",
  when: { types: ["BETA_FEEDBACK_CRASH_SUBMISSION_CREATED"] },
  then: [{ run: { command: ["/usr/local/bin/notes"], timeoutSeconds: 60 } }],
};

claim(
  "a command that a late event would not run is no error in the preview",
  () => withRules(telling({ rules: [listed(1, command)], runs: [], late: [10] })),
  "#/rules/1",
  async (page) => {
    await shown(page, LATE).first().waitFor();
    assert.equal(await page.locator(".wrong").count(), 0);
  },
);

claim(
  "a run that was skipped says why, and Retry does it all the same",
  () => {
    const skipped = run({
      id: 90,
      rule: 1,
      label: "Run notes",
      action: "run",
      state: "skipped",
      attempts: 0,
      answer: LATE,
      hint: "Retry it, or let the rule act on events that are fetched late.",
    });
    return withRules(telling({ rules: [listed(1, command, { lastRun: skipped })], runs: [skipped] }));
  },
  "#/rules/1",
  async (page, engine) => {
    await page.getByRole("table", { name: "Run history" }).getByText("Skipped", { exact: true }).waitFor();
    await shown(page, /let the rule act on events that are fetched late/).waitFor();
    await press(page, "Retry");
    await isGone(button(page, "Retry"));
    assert.deepEqual(asks(engine, "retryRun"), [{ id: 90 }]);
  },
);
