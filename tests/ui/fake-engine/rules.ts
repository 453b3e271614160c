// Rules and runs in the fake engine: kept in order, and nothing is done.
import type { Destination, ListedRule, Rule, RuleChoices, Run } from "../../../ui/src/lib/bindings/api.ts";
import { type Answers, refusal } from "./answers.ts";
import { NOW } from "./events.ts";

/** The rules of a fake engine, and what they did. */
export interface FakeRules {
  rules: ListedRule[];
  runs: Run[];
  choices: Omit<RuleChoices, "destinations">;
  destinations: Destination[];
}

export const fakeRules = (): FakeRules => ({
  rules: [],
  runs: [],
  choices: { apps: [], types: [], states: [], names: [], readyMade: [] },
  destinations: [],
});

const missing = (what: string) =>
  refusal("notFound", `there is no such ${what}`, "it may have been deleted; check the list");

function found<T>(one: T | undefined, what: string): T {
  if (one === undefined) throw missing(what);
  return one;
}

/** A rule in the list that has done nothing yet. */
export const listed = (id: number, rule: Rule): ListedRule => ({
  id,
  rule,
  needsReview: false,
  trouble: null,
  changedAt: NOW.toISOString(),
  lastRun: null,
  failedRuns: 0,
});

const nextId = (rules: ListedRule[]) => Math.max(0, ...rules.map(({ id }) => id)) + 1;

export const ruleCommands = {
  rules() {
    return this.ruling.rules;
  },
  saveRule({ id, rule }) {
    const { rules } = this.ruling;
    if (id === null) {
      const added = listed(nextId(rules), rule);
      this.changeRules([...rules, added]);
      return added;
    }
    const before = found(
      rules.find((one) => one.id === id),
      "rule",
    );
    const saved = { ...before, rule, needsReview: before.needsReview && !rule.enabled };
    this.changeRules(rules.map((one) => (one.id === id ? saved : one)));
    return saved;
  },
  enableRule({ id, enabled }) {
    const { rules } = this.ruling;
    const before = found(
      rules.find((one) => one.id === id),
      "rule",
    );
    const saved = {
      ...before,
      rule: { ...before.rule, enabled },
      needsReview: before.needsReview && !enabled,
      trouble: enabled ? null : before.trouble,
    };
    this.changeRules(rules.map((one) => (one.id === id ? saved : one)));
    return saved;
  },
  moveRule({ id, before }) {
    const { rules } = this.ruling;
    const moved = found(
      rules.find((one) => one.id === id),
      "rule",
    );
    const rest = rules.filter((one) => one.id !== id);
    const at = before === null ? rest.length : rest.findIndex((one) => one.id === before);
    this.changeRules(rest.toSpliced(at, 0, moved));
    return this.ruling.rules;
  },
  deleteRule({ id }) {
    this.changeRules(this.ruling.rules.filter((one) => one.id !== id));
    return this.ruling.rules;
  },
  importRules({ text }) {
    const read: Rule | Rule[] = JSON.parse(text);
    const { rules } = this.ruling;
    const added = [read].flat().map((rule, at) => {
      const needsReview = rule.then.some((action) => "run" in action);
      const enabled = rule.enabled && !needsReview;
      return { ...listed(nextId(rules) + at, { ...rule, enabled }), needsReview };
    });
    this.changeRules([...rules, ...added]);
    return added;
  },
  exportRules({ ids }) {
    const chosen = this.ruling.rules.filter(({ id }) => ids.includes(id)).map(({ rule }) => rule);
    return { text: JSON.stringify(chosen.length === 1 ? chosen[0] : chosen, null, 2) };
  },
  ruleChoices() {
    return { ...this.ruling.choices, destinations: this.ruling.destinations };
  },
  saveDestination({ name, url }) {
    const saved = { name, host: new URL(url).hostname };
    const others = this.ruling.destinations.filter((one) => one.name !== name);
    this.ruling.destinations = [...others, saved];
    return saved;
  },
  deleteDestination({ name }) {
    this.ruling.destinations = this.ruling.destinations.filter((one) => one.name !== name);
    return this.ruling.destinations;
  },
  previewRule() {
    return { matches: 0, compared: this.events.length, events: [], others: [], error: null };
  },
  eventRules({ seq }) {
    const { rules, runs } = this.ruling;
    return {
      rules: rules.map(({ id, rule }) => ({
        id,
        name: rule.name,
        applied: false,
        reason: "The rule is off.",
      })),
      told: "Your notification settings decided.",
      runs: runs.filter(({ event }) => event?.seq === seq),
    };
  },
  tryRule() {
    return [];
  },
  runs({ rule, seq, state, before, limit }) {
    const wanted = this.ruling.runs.filter(
      (run) =>
        (rule === null || run.rule === rule) &&
        (seq === null || run.event?.seq === seq) &&
        (state === null || run.state === state) &&
        (before === null || run.id < before),
    );
    return { runs: wanted.slice(0, limit), more: wanted.length > limit };
  },
  run({ id }) {
    return found(
      this.ruling.runs.find((run) => run.id === id),
      "run",
    );
  },
  retryRun({ id }) {
    const run = found(
      this.ruling.runs.find((one) => one.id === id),
      "run",
    );
    Object.assign(run, { state: "waiting", attempts: 0, endedAt: null });
    this.push({ kind: "runs" });
    return run;
  },
} satisfies Partial<Answers>;
