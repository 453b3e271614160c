// A rule's preview shows the current events, and everything that would be sent.
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { asks, claim, isGone, press } from "./claims.ts";
import { event, NOW } from "./fake-engine/events.ts";
import { listed } from "./fake-engine/rules.ts";
import { telling, withRules } from "./rules-scenarios.ts";
import { shown } from "./window.ts";

const SCREENSHOT = "BETA_FEEDBACK_SCREENSHOT_SUBMISSION_CREATED";
const screenshot = (seq: number) =>
  event({
    seq,
    kind: "screenshot",
    title: "Screenshot feedback",
    subtitle: "Backyard Birds 3.2 (412)",
    typeName: "betaFeedbackScreenshotSubmissionCreated",
    at: +NOW,
  });
const toDiscord = listed(1, {
  name: "Screenshots to the team",
  when: { types: [SCREENSHOT], apps: ["6479283016"] },
  then: [{ forward: { as: "discord", destination: "slack", allowPrivateNetwork: false } }],
});
const withOne = () => withRules(telling({ rules: [toDiscord], runs: [] }));
const box = (page: Page) => page.getByLabel("Include screenshots");
const sample = (page: Page) => page.getByRole("group", { name: "Preview" });

claim("an open preview counts the events that come meanwhile", withOne, "#/rules/1", async (page, engine) => {
  const times = async () =>
    Number(/run (\d+) time/.exec(await shown(page, /^Would have run/).innerText())?.[1]);
  await shown(page, /^Would have run \d/).waitFor();
  const before = await times();
  engine.store(screenshot(901), screenshot(900));
  await shown(page, `Would have run ${before + 2} times`).waitFor();
});

claim(
  "a tester's screenshots go along only if the box is ticked, and the preview says so",
  withOne,
  "#/rules/1",
  async (page, engine) => {
    await sample(page).getByText("Backyard Birds").first().waitFor();
    assert.equal(await box(page).isChecked(), false);
    assert.equal(await shown(page, "With the tester’s screenshots").count(), 0);
    await box(page).check();
    await sample(page).getByText("With the tester’s screenshots").waitFor();
    await press(page, "Save");
    await isGone(shown(page, "Edited"));
    const [saved] = asks(engine, "saveRule");
    assert.deepEqual(saved.rule.then, [
      { forward: { as: "discord", destination: "slack", allowPrivateNetwork: false, screenshots: true } },
    ]);
  },
);

claim("a format that takes no files offers no screenshots", withOne, "#/rules/1", async (page, engine) => {
  await box(page).check();
  await page.getByLabel("Format").selectOption({ label: "Slack" });
  await isGone(box(page));
  await press(page, "Save");
  await isGone(shown(page, "Edited"));
  const [saved] = asks(engine, "saveRule");
  assert.deepEqual(saved.rule.then, [
    { forward: { as: "slack", destination: "slack", allowPrivateNetwork: false } },
  ]);
});
