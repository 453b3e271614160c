// A rule in a line of the list, and the result of its last run.
import { expect, test } from "vitest";
import type { Action, ListedRule, Run } from "../bindings/api";
import { lengthOf } from "./actions/length";
import { newAction, newRule } from "./document";
import { commandWords } from "./form/commands";
import { historyWords, lastWords, listWords, othersWords, ruleWords, wouldWords } from "./words";

const NOW = new Date("2026-11-20T14:40:00Z");
const NAMES = {
  apps: [{ id: "6479283016", name: "Backyard Birds" }],
  types: [
    { name: "BETA_FEEDBACK_CRASH_SUBMISSION_CREATED", label: "Crash feedback" },
    { name: "BUILD_UPLOAD_STATE_UPDATED", label: "Build upload status" },
  ],
  states: [{ name: "PENDING_DEVELOPER_RELEASE", label: "Pending Developer Release" }],
};
const run = (parts: Partial<Run> = {}): Run => ({
  id: 1,
  rule: 1,
  ruleName: "R",
  action: "forward",
  label: "Slack",
  event: null,
  state: "done",
  attempts: 1,
  writtenAt: "2026-11-20T14:20:00Z",
  dueAt: null,
  endedAt: "2026-11-20T14:28:00Z",
  answer: null,
  hint: null,
  output: null,
  ...parts,
});
const listed = (parts: Partial<ListedRule> = {}): ListedRule => ({
  id: 1,
  rule: newRule({ name: "R" }),
  needsReview: false,
  trouble: null,
  changedAt: "2026-11-20T14:00:00Z",
  lastRun: null,
  failedRuns: 0,
  ...parts,
});

test("a rule is read as one line, by the names of its types and apps", () => {
  const rule = newRule({
    when: { types: ["BETA_FEEDBACK_CRASH_SUBMISSION_CREATED"], apps: ["6479283016"] },
    then: [newAction("notify"), newAction("forward", "slack")],
  });
  expect(ruleWords(rule, NAMES)).toBe("Crash feedback, Backyard Birds → Notify, Slack");
});
test("a rule without conditions is for every event, and a condition is shown as it is written", () => {
  expect(ruleWords(newRule({ then: [newAction("silence")] }), NAMES)).toBe("Every event → Don’t notify");
  expect(ruleWords(newRule({ when: { if: "event.late" }, then: [newAction("archive")] }), NAMES)).toBe(
    "Every event, if event.late → Archive",
  );
  expect(ruleWords(newRule({ then: [] }), null)).toBe("Every event → Nothing yet");
});
test("names that nobody knows are shown as they are written, and many are counted", () => {
  const rule = newRule({ when: { types: ["A", "B", "C", "D"], apps: ["7"] } });
  expect(ruleWords(rule, null)).toBe("A, B and 2 more, App 7 → Notify");
});
test("every action has its words", () => {
  const words = (action: Action) => ruleWords(newRule({ then: [action] }), NAMES).split(" → ")[1];
  expect(words({ notify: { breakThroughQuietHours: true } })).toBe("Notify, even in quiet hours");
  expect(words({ remind: { afterMinutes: 120 } })).toBe("Remind after 2h");
  expect(words({ run: { command: ["/usr/local/bin/make-notes", "x"], timeoutSeconds: 60 } })).toBe(
    "Run make-notes",
  );
  const forward = { allowPrivateNetwork: false } as const;
  expect(words({ forward: { as: "raw", url: "https://ci.example.com/in", ...forward } })).toBe(
    "Forward to ci.example.com",
  );
  expect(words({ forward: { as: "signed", destination: "ci", ...forward } })).toBe("Forward to ci");
  expect(words({ forward: { as: "teams", destination: "team", ...forward } })).toBe("Microsoft Teams");
  expect(words({ issue: { tracker: "birds/app" } })).toBe("File in birds/app");
  expect(words({ issue: { tracker: "github" } })).toBe("File in GitHub");
  expect(words({ issue: { tracker: "" } })).toBe("File in no tracker");
  expect(words({ shout: {} } as unknown as Action)).toBe("Shout");
});
test("the last run is told with its time and the service's answer", () => {
  const words = (parts: Partial<ListedRule>) => lastWords(listed(parts), NOW);
  expect(words({})).toEqual({ meaning: null, words: "Never ran" });
  expect(words({ lastRun: run() })).toEqual({ meaning: "good", words: "Ran 12\u00a0min ago" });
  expect(words({ lastRun: run({ state: "failed", answer: "Slack replied 404" }) })).toEqual({
    meaning: "bad",
    words: "Failed 12\u00a0min ago: Slack replied 404",
  });
  expect(words({ lastRun: run({ state: "skipped", answer: "Not done: it was late." }) })).toEqual({
    meaning: "info",
    words: "Skipped 12\u00a0min ago",
  });
  const due = "2026-11-20T14:45:00Z";
  expect(words({ lastRun: run({ state: "waiting", dueAt: due, answer: "Slack replied 503" }) }).words).toBe(
    "Retrying in 5\u00a0min: Slack replied 503",
  );
});
test("what needs a person comes before the last run", () => {
  expect(lastWords(listed({ needsReview: true, lastRun: run() }), NOW)).toEqual({
    meaning: "needsYou",
    words: "Imported with a command: review to enable",
  });
  const trouble = "Disabled: Slack replied 410";
  expect(lastWords(listed({ trouble, needsReview: true }), NOW).words).toBe(trouble);
});
test("lists are counted", () => {
  expect(listWords([listed(), listed({ rule: newRule({ enabled: false }) })])).toBe("2 rules, 1 on");
  expect(historyWords([run(), run()], false, 1)).toBe("2 runs, 1 failed");
  expect(historyWords([run()], true, 0)).toBe("Newest 1 run");
});
test("a preview tells how often it would have run and why other events didn’t match", () => {
  const preview = {
    matches: 7,
    compared: 12,
    events: [],
    others: [
      { reason: "have another type", count: 4 },
      { reason: "has no comment", count: 1 },
    ],
    error: null,
  };
  expect(wouldWords(preview)).toBe("Would have run 7 times");
  expect(wouldWords({ ...preview, matches: 0 })).toBe("Would not have run");
  expect(othersWords(preview)).toBe("5 other events didn’t match: 4 have another type, 1 has no comment");
  expect(othersWords({ ...preview, others: [{ reason: "have another type", count: 51 }] })).toBe(
    "51 other events have another type",
  );
  expect(othersWords({ ...preview, others: [] })).toBe("");
});
test("a length of time is shown in its largest whole unit", () => {
  expect([90, 120, 1440, 0].map(lengthOf)).toEqual([
    { amount: 90, unit: "minutes" },
    { amount: 2, unit: "hours" },
    { amount: 1, unit: "days" },
    { amount: 0, unit: "minutes" },
  ]);
});
test("a part of a command that could pass for several is quoted", () => {
  expect(commandWords(["/bin/x", "-a", "two words", "; rm -rf /", ""])).toBe(
    '/bin/x -a "two words" "; rm -rf /" ""',
  );
});
