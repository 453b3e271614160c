// Rules in the fake engine: an ordered list, previews over its events, and runs that succeed or fail.
import type { Action, ListedRule, Rule, RuleChoices, Run, Sends } from "../../../ui/src/lib/bindings/api.ts";
import { type Answers, refusal } from "./answers.ts";
import type { FakeEngine } from "./engine.ts";
import { APPS, NOW, OWN_TYPES, type FakeEvent } from "./events.ts";
import {
  countedReasons,
  expressionError,
  factsOf,
  mismatch,
  NAMES,
  EXPLAINED,
  rendered,
} from "./rule-facts.ts";
import { readyMade } from "./ready-made.ts";

const MINUTE = 60_000;
const at = (minutes: number) => new Date(+NOW - minutes * MINUTE).toISOString();

/** The fake engine's rules. */
export interface RuleBook {
  rules: ListedRule[];
  runs: Run[];
  choices: RuleChoices;
  /** Addresses by their names; they are never returned. */
  addresses: Map<string, string>;
  /** The numbers of events that were fetched late. */
  late: number[];
  /** A service's reply to a run, instead of success. */
  answers: Pick<Run, "state" | "answer" | "hint"> | null;
}

export const noRules = (): RuleBook => ({
  rules: [],
  runs: [],
  choices: {
    apps: APPS.map(({ id, name }) => ({ id, name })),
    types: [
      { name: "APP_STORE_VERSION_APP_VERSION_STATE_UPDATED", label: "App version status" },
      { name: "BETA_FEEDBACK_CRASH_SUBMISSION_CREATED", label: "Crash feedback" },
      { name: "BETA_FEEDBACK_SCREENSHOT_SUBMISSION_CREATED", label: "Screenshot feedback" },
      { name: "BUILD_UPLOAD_STATE_UPDATED", label: "Build upload status" },
      { name: "BUILD_BETA_DETAIL_EXTERNAL_BUILD_STATE_UPDATED", label: "External build status" },
      ...OWN_TYPES.map(({ type, label }) => ({ name: type, label })),
    ],
    states: [
      { name: "IN_REVIEW", label: "In Review" },
      { name: "REJECTED", label: "Rejected" },
      { name: "PENDING_DEVELOPER_RELEASE", label: "Pending Developer Release" },
      { name: "READY_FOR_DISTRIBUTION", label: "Ready for Distribution" },
      { name: "PROCESSING", label: "Processing" },
    ],
    names: NAMES,
    readyMade: readyMade(),
    destinations: [{ name: "slack", host: "hooks.slack.com" }],
  },
  addresses: new Map(),
  late: [],
  answers: null,
});

export function rule(parts: Pick<Rule, "name"> & Partial<Rule>): Rule {
  return {
    enabled: true,
    when: {},
    then: [{ notify: { breakThroughQuietHours: false } }],
    stop: false,
    ...parts,
  };
}

export function listed(
  id: number,
  parts: Pick<Rule, "name"> & Partial<Rule>,
  more: Partial<ListedRule> = {},
): ListedRule {
  return {
    id,
    rule: rule(parts),
    needsReview: false,
    trouble: null,
    changedAt: at(6000),
    lastRun: null,
    failedRuns: 0,
    ...more,
  };
}

export function run(parts: Pick<Run, "id" | "rule" | "label"> & Partial<Run>): Run {
  return {
    ruleName: "Rule",
    action: parts.label === "Notify" ? "notify" : "forward",
    event: null,
    state: "done",
    attempts: 1,
    writtenAt: at(41),
    dueAt: null,
    endedAt: at(41),
    answer: null,
    hint: null,
    output: null,
    ...parts,
  };
}

/** The rule, or a refusal. */
function found(engine: FakeEngine, id: number): ListedRule {
  const known = engine.book.rules.find((one) => one.id === id);
  if (!known) throw refusal("notFound", "this rule is gone", "another window or a command has deleted it");
  return known;
}

function put(engine: FakeEngine, rules: ListedRule[]): ListedRule[] {
  engine.book.rules = rules;
  engine.push({ kind: "rules", rules });
  return rules;
}

const invalid = (field: string, message: string, hint = "") => refusal("invalidInput", message, hint, field);

type Texts = Partial<Record<"title" | "body" | "link" | "text" | "url" | "destination" | "tracker", string>>;

/** The name of an action, and its content. */
function partsOf(action: Action): [string, Texts & { command?: string[]; afterMinutes?: number }] {
  const [[kind, body] = ["", {}]] = Object.entries(action);
  return [kind, body];
}

/** The first error of a rule. */
function check({ name, when, then }: Rule): void {
  if (name.trim() === "") throw invalid("name", "enter a name");
  const condition = when.if ? expressionError(when.if) : null;
  if (condition) throw invalid("when.if", condition, "choose one from the list of names");
  if (then.length === 0) throw invalid("then", "add an action");
  for (const [place, action] of then.entries()) {
    const [kind, body] = partsOf(action);
    if (kind === "run" && !body.command?.[0]?.trim())
      throw invalid(`then[${place}].run.command`, "enter the program to run");
    if (kind === "remind" && (body.afterMinutes ?? 0) < 1)
      throw invalid(`then[${place}].remind.afterMinutes`, "choose 1 to 43200 minutes");
    if (kind === "issue" && !body.tracker?.trim())
      throw invalid(`then[${place}].issue.tracker`, "choose a tracker");
    if (kind === "forward" && !body.url && !body.destination)
      throw invalid(`then[${place}].forward.url`, "enter an address, or choose a destination");
    for (const field of ["title", "body", "link", "text"] as const) {
      const { error } = rendered(body[field] ?? "", Object.fromEntries(NAMES.map(({ path }) => [path, ""])));
      if (error) throw invalid(`then[${place}].${kind}.${field}`, error, "choose one from the list of names");
    }
  }
}

const LABELS: Record<string, string> = { slack: "Slack", teams: "Teams", discord: "Discord", ntfy: "ntfy" };

function labelOf(action: Action): string {
  if ("notify" in action) return "Notify";
  if ("silence" in action) return "Don’t notify";
  if ("archive" in action) return "Archive";
  if ("remind" in action) return "Remind";
  if ("distribute" in action) return "Distribute";
  if ("issue" in action) return "File in GitHub";
  if ("run" in action) return `Run ${action.run.command[0]?.split("/").at(-1)}`;
  return LABELS[action.forward.as] ?? "Forward";
}

function sends(action: Action, event: FakeEvent, isLate: boolean): Sends {
  const facts = factsOf(event);
  const [kind, body] = partsOf(action);
  const text = rendered(body.text ?? body.body ?? (body.command ?? []).join(" "), facts);
  const title = rendered(body.title ?? "", facts);
  const says = kind === "notify" || kind === "remind" || kind === "forward";
  return {
    action: kind,
    label: labelOf(action),
    title: kind === "notify" || kind === "remind" ? title.text || event.row.title : title.text || null,
    text:
      "issue" in action
        ? "The feedback is filed in GitHub, with its files."
        : text.text || (says ? event.row.subtitle : ""),
    withScreenshots:
      "forward" in action && action.forward.screenshots === true && event.row.kind === "screenshot",
    error: title.error ?? text.error,
    notDone:
      isLate && kind === "run" ? "Skipped: the event was fetched more than an hour after it happened." : null,
  };
}

function previewed(rule: Rule, event: FakeEvent, engine: FakeEngine) {
  const isLate = rule.when.late !== true && engine.book.late.includes(event.row.seq);
  const why = mismatch(rule.when, event, engine.choices);
  return {
    seq: event.row.seq,
    title: event.row.title,
    app: event.row.app?.name ?? null,
    receivedAt: event.row.receivedAt,
    matches: why === null,
    reason: why && EXPLAINED[why],
    sends: why === null ? rule.then.map((action) => sends(action, event, isLate)) : [],
    why,
  };
}

export const ruleCommands = {
  rules() {
    return this.book.rules;
  },
  saveRule({ id, rule }) {
    check(rule);
    const next = Math.max(0, ...this.book.rules.map((one) => one.id)) + 1;
    const kept =
      id === null ? listed(next, rule) : { ...found(this, id), rule, changedAt: at(0), trouble: null };
    const { rules } = this.book;
    put(this, id === null ? [...rules, kept] : rules.map((one) => (one.id === id ? kept : one)));
    return kept;
  },
  enableRule({ id, enabled }) {
    const old = found(this, id);
    const kept = { ...old, rule: { ...old.rule, enabled }, needsReview: old.needsReview && !enabled };
    put(
      this,
      this.book.rules.map((one) => (one.id === id ? kept : one)),
    );
    return kept;
  },
  moveRule({ id, before }) {
    const moved = found(this, id);
    const others = this.book.rules.filter((one) => one.id !== id);
    const place = others.findIndex((one) => one.id === before);
    return put(this, place < 0 ? [...others, moved] : others.toSpliced(place, 0, moved));
  },
  deleteRule({ id }) {
    found(this, id);
    return put(
      this,
      this.book.rules.filter((one) => one.id !== id),
    );
  },
  importRules({ text }) {
    let read: unknown;
    try {
      read = JSON.parse(text);
    } catch {
      throw invalid("text", "this isn’t JSON", "export rules from Hookbell, and import that file");
    }
    const first = Math.max(0, ...this.book.rules.map((one) => one.id)) + 1;
    const added = [read].flat().map((one, place) => {
      const document = rule(one as Rule);
      const needsReview = document.then.some((action) => "run" in action);
      return listed(
        first + place,
        { ...document, enabled: document.enabled && !needsReview },
        { needsReview },
      );
    });
    put(this, [...this.book.rules, ...added]);
    return added;
  },
  exportRules({ ids }) {
    const rules = ids.map((id) => found(this, id).rule);
    return { text: JSON.stringify(rules.length === 1 ? rules[0] : rules, null, 2) };
  },
  ruleChoices() {
    return this.book.choices;
  },
  saveDestination({ name, url }) {
    if (!URL.canParse(url)) throw invalid("url", "this isn’t a URL", "copy it from the service");
    this.book.addresses.set(name, url);
    const kept = { name, host: new URL(url).host };
    const { choices } = this.book;
    const destinations = [...choices.destinations.filter((one) => one.name !== name), kept];
    this.book.choices = { ...choices, destinations };
    return kept;
  },
  deleteDestination({ name }) {
    const { choices } = this.book;
    const destinations = choices.destinations.filter((one) => one.name !== name);
    this.book.choices = { ...choices, destinations };
    return destinations;
  },
  previewRule({ rule, days, seq, limit }) {
    try {
      check(rule);
    } catch (refused) {
      const { field, message } = refused as { field: string; message: string };
      return { matches: 0, compared: 0, events: [], others: [], error: { field, message } };
    }
    const since = +NOW - days * 24 * 60 * MINUTE;
    const events = this.events.filter(({ row }) =>
      seq === null ? Date.parse(row.receivedAt) >= since : row.seq === seq,
    );
    const all = events.map((event) => previewed(rule, event, this));
    const matching = all.filter(({ matches }) => matches);
    return {
      matches: matching.length,
      compared: all.length,
      events: (seq === null ? matching : all).slice(0, limit),
      others: countedReasons(all.flatMap(({ why }) => why ?? [])),
      error: null,
    };
  },
  tryRule({ rule, seq }) {
    check(rule);
    const event = this.event(seq);
    const made = rule.then.map((action, place) => {
      const [kind = ""] = Object.keys(action);
      return run({
        id: this.book.runs.length + place + 1000,
        rule: null,
        ruleName: rule.name,
        action: kind,
        label: labelOf(action),
        event: { seq, title: event.row.title, app: event.row.app?.name ?? null },
        writtenAt: at(0),
        endedAt: at(0),
        ...(kind === "forward" && this.book.answers),
      });
    });
    this.book.runs = [...made, ...this.book.runs];
    return made;
  },
  eventRules({ seq }) {
    const event = this.event(seq);
    const rules = this.book.rules
      .filter((one) => one.rule.enabled)
      .map(({ id, rule }) => {
        const why = mismatch(rule.when, event, this.choices);
        return { id, name: rule.name, applied: why === null, reason: why && EXPLAINED[why] };
      });
    const applied = rules.find((one) => one.applied);
    return {
      rules,
      told: applied ? `“${applied.name}” notified you.` : "Your notification settings apply.",
      runs: this.book.runs.filter((one) => one.event?.seq === seq),
    };
  },
  runs({ rule, limit }) {
    const all = this.book.runs.filter((one) => rule === null || one.rule === rule);
    return { runs: all.slice(0, limit), more: all.length > limit };
  },
  run({ id }) {
    const known = this.book.runs.find((one) => one.id === id);
    if (!known) throw refusal("notFound", "this run is gone", "it was deleted with its event");
    return known;
  },
  retryRun({ id }) {
    const old = this.book.runs.find((one) => one.id === id);
    if (!old) throw refusal("notFound", "this run is gone", "it was deleted with its event");
    const again: Run = {
      ...old,
      state: "done",
      answer: null,
      hint: null,
      ...this.book.answers,
      attempts: old.attempts + 1,
      endedAt: at(0),
    };
    this.book.runs = this.book.runs.map((one) => (one.id === id ? again : one));
    const failed = (of: number) =>
      this.book.runs.filter((one) => one.rule === of && ["failed", "givenUp"].includes(one.state)).length;
    put(
      this,
      this.book.rules.map((one) =>
        one.id === again.rule ? { ...one, lastRun: again, failedRuns: failed(one.id) } : one,
      ),
    );
    this.push({ kind: "runs" });
    return again;
  },
} satisfies Partial<Answers>;
