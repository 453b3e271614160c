// Scenarios with rules.
import type { Page } from "playwright-core";
import type { State } from "./fake-engine/engine.ts";
import type { Scenario } from "./scenario.ts";
import { FakeEngine } from "./fake-engine/engine.ts";
import { NOW, tellingEvents } from "./fake-engine/events.ts";
import { listed, noRules, run, type RuleBook } from "./fake-engine/rules.ts";
import { loading } from "./scenario.ts";
import { shown } from "./window.ts";

const MINUTE = 60_000;
const at = (minutes: number) => new Date(+NOW - minutes * MINUTE).toISOString();
const CRASH = "BETA_FEEDBACK_CRASH_SUBMISSION_CREATED";
const VERSION = "APP_STORE_VERSION_APP_VERSION_STATE_UPDATED";
const BUILD = "BUILD_UPLOAD_STATE_UPDATED";
const crash = { seq: 10, title: "Crash in 3.3 on iPhone 17", app: "Backyard Birds" };

export const failedRun = () =>
  run({
    id: 12,
    rule: 1,
    label: "Slack",
    event: crash,
    state: "failed",
    attempts: 5,
    endedAt: at(12),
    answer: "Slack replied 404: “channel_not_found”",
    hint: "the channel was archived or renamed; replace the incoming webhook, then retry",
  });

/** The rules in the design. */
export function telling(parts: Partial<RuleBook> = {}): RuleBook {
  const ran = (id: number, label: string, minutes: number) =>
    run({ id, rule: id, label, event: crash, endedAt: at(minutes) });
  const forward = { allowPrivateNetwork: false } as const;
  return {
    ...noRules(),
    rules: [
      listed(
        1,
        {
          name: "Beta crashes to the team",
          when: { types: [CRASH], apps: ["6479283016"], importance: ["bad"], if: "build.number | int > 400" },
          then: [
            {
              notify: {
                title: "{{ app.name }} crashed",
                body: "“{{ event.title | truncate(80) }}”\nBuild {{ build.number }}",
                sound: true,
                breakThroughQuietHours: false,
              },
            },
            {
              forward: {
                as: "slack",
                destination: "slack",
                text: "*{{ app.name }} {{ version.string }}* crashed on {{ feedback.device }}\n{{ links.hookbell }}",
                ...forward,
              },
            },
          ],
        },
        { lastRun: failedRun(), failedRuns: 1 },
      ),
      listed(
        2,
        {
          name: "Rejections break through",
          when: { types: [VERSION], states: ["REJECTED"] },
          then: [{ notify: { breakThroughQuietHours: true } }],
        },
        { lastRun: ran(2, "Notify", 4) },
      ),
      listed(
        3,
        {
          name: "Hush processing",
          when: { types: [BUILD], states: ["PROCESSING"] },
          then: [{ silence: {} }],
        },
        { lastRun: ran(3, "Don’t notify", 64) },
      ),
      listed(
        4,
        {
          name: "Archive finished uploads",
          when: { types: [BUILD], importance: ["good"] },
          then: [{ archive: {} }],
        },
        { lastRun: ran(4, "Archive", 1500) },
      ),
      listed(5, {
        name: "Remind me to release",
        when: { types: [VERSION], states: ["PENDING_DEVELOPER_RELEASE"] },
        then: [{ remind: { afterMinutes: 120 } }],
      }),
      listed(
        6,
        {
          name: "Refresh store screenshots",
          enabled: false,
          when: { types: [VERSION], states: ["READY_FOR_DISTRIBUTION"] },
          then: [
            {
              run: {
                command: ["/usr/local/bin/make-screenshots", "--app", "{{ app.name }}", "all sizes"],
                timeoutSeconds: 600,
              },
            },
          ],
        },
        { needsReview: true },
      ),
    ],
    runs: [
      failedRun(),
      run({ id: 11, rule: 1, label: "Notify", event: crash }),
      run({
        id: 10,
        rule: 1,
        label: "Slack",
        event: { ...crash, title: "Crash in 3.3 on iPhone 16e" },
        attempts: 2,
        endedAt: at(1109),
        output: "ok",
      }),
    ],
    ...parts,
  };
}

export const withRules = (book: RuleBook = telling(), parts: State = {}) =>
  new FakeEngine({ events: tellingEvents(), book, ...parts });

/** A rule with every kind of action. */
export const everyAction = () =>
  telling({
    rules: [
      listed(1, {
        name: "Everything that a rule can do",
        when: {
          types: [CRASH, VERSION, BUILD],
          apps: ["6479283016", "6502817743"],
          states: ["IN_REVIEW", "REJECTED"],
        },
        then: [
          { remind: { afterMinutes: 90, title: "{{ event.title }}" } },
          { run: { command: ["/usr/local/bin/x", "{{ app.id }}"], cwd: "/tmp", timeoutSeconds: 60 } },
          {
            forward: {
              as: "template",
              url: "https://ci.example.com/in",
              text: '{ "title": {{ event.title | tojson }} }',
              headers: { "X-Team": "birds" },
              allowPrivateNetwork: true,
            },
          },
          { forward: { as: "discord", destination: "beta", allowPrivateNetwork: false } },
          { silence: {} },
          { archive: {} },
        ],
        stop: true,
      }),
    ],
  });

const press = (name: string) => (page: Page) => page.getByRole("button", { name, exact: true }).click();
const scrolledTo = (words: string) => (page: Page) =>
  page.getByRole("heading", { name: words }).evaluate((head) => head.scrollIntoView({ block: "start" }));

export const rulesScenarios: Scenario[] = [
  { name: "rules", kept: true, engine: withRules, at: "#/rules" },
  {
    name: "rules-history",
    engine: withRules,
    at: "#/rules/1",
    act: scrolledTo("In the last 30 days"),
    zoomed: true,
  },
  { name: "rules-actions", engine: () => withRules(everyAction()), at: "#/rules/1", act: scrolledTo("Then") },
  {
    name: "rules-more-actions",
    engine: () => withRules(everyAction()),
    at: "#/rules/1",
    act: (page) =>
      page.getByRole("region", { name: "Forward to Discord" }).evaluate((card) => card.scrollIntoView()),
  },
  { name: "rules-none", engine: () => withRules(noRules()), at: "#/rules" },
  {
    name: "rules-loading",
    engine: () => withRules(telling(), { silent: new Set(["rules"]) } as State),
    at: "#/rules",
    act: loading,
  },
  {
    name: "rules-failed",
    engine: () => {
      const engine = withRules();
      engine.fail("rules", "internal", "the rules can’t be read", "restart Hookbell");
      return engine;
    },
    at: "#/rules",
  },
  { name: "rules-new", engine: withRules, at: "#/rules", act: press("New rule") },
  { name: "rules-review", engine: withRules, at: "#/rules/6", act: press("Review to enable…"), zoomed: true },
  { name: "rules-command", engine: withRules, at: "#/rules/6" },
  {
    name: "rules-refused",
    engine: withRules,
    at: "#/rules/1",
    act: async (page) => {
      await page.getByLabel("Only if", { exact: true }).fill("secret");
      await page.keyboard.press("Control+s");
      await shown(page, "Unknown name “secret” at column 1.").waitFor();
    },
  },
  {
    name: "rules-test",
    engine: withRules,
    at: "#/rules/1",
    act: async (page) => {
      await press("Test with an event…")(page);
      await press("Run now")(page);
      await shown(page, "Done now").waitFor();
    },
  },
  {
    name: "rules-destination",
    engine: withRules,
    at: "#/rules/1",
    act: async (page) => {
      await press("Replace…")(page);
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "rules-import",
    engine: withRules,
    at: "#/rules",
    act: async (page) => {
      await press("Import and export")(page);
      await page.getByRole("menuitem", { name: "Import…" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "rules-export",
    engine: withRules,
    at: "#/rules",
    act: async (page) => {
      await press("Import and export")(page);
      await page.getByRole("menuitem", { name: "Export all…" }).click();
      await page.getByRole("region", { name: "JSON" }).waitFor();
    },
  },
  {
    name: "rules-names",
    engine: withRules,
    at: "#/rules/1",
    act: async (page) => {
      await press("Insert a name into Only if")(page);
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "rules-why",
    engine: withRules,
    at: "#/inbox/10",
    act: async (page) => {
      await shown(page, "Why was I notified?").click();
    },
  },
];
