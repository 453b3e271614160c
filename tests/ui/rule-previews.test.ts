// What a rule's preview shows: the events that there are now.
import { claim } from "./claims.ts";
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

claim("an open preview counts the events that come meanwhile", withOne, "#/rules/1", async (page, engine) => {
  const times = async () =>
    Number(/run (\d+) time/.exec(await shown(page, /^Would have run/).innerText())?.[1]);
  await shown(page, /^Would have run \d/).waitFor();
  const before = await times();
  engine.store(screenshot(901), screenshot(900));
  await shown(page, `Would have run ${before + 2} times`).waitFor();
});
