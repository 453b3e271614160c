// The room's texts about rules and runs.
import type { Meaning } from "../components/meaning";
import { meanings } from "../components/meaning";
import { ago, duration, until } from "../text/time";
import { count, counted } from "../text/words";
import { KINDS } from "../trackers/words";
import type {
  Action,
  ForwardFormat,
  ListedRule,
  Rule,
  RuleChoices,
  RulePreview,
  Run,
  RunState,
  TrackerKind,
  When,
} from "../bindings/api";
import { bodyOf, kindOf } from "./document";

const MINUTE = 60_000;

/** Null while the names are not loaded. */
type Names = Pick<RuleChoices, "apps" | "types" | "states"> | null;

export const FORMATS: Record<ForwardFormat, string> = {
  slack: "Slack",
  teams: "Microsoft Teams",
  discord: "Discord",
  ntfy: "ntfy",
  raw: "As received",
  signed: "Signed again",
  template: "Template",
};

export function typeName(type: string, names: Names): string {
  return names?.types.find(({ name }) => name === type)?.label ?? type;
}
export function stateName(state: string, names: Names): string {
  return names?.states.find(({ name }) => name === state)?.label ?? state;
}
export function appName(app: string, names: Names): string {
  return names?.apps.find(({ id }) => id === app)?.name ?? `App ${app}`;
}

/** How many names are listed: "Crash feedback, screenshot feedback and 2 more" has to fit into a line. */
const MOST_NAMES = 2;
function listed(names: string[]): string {
  if (names.length <= MOST_NAMES) return names.join(", ");
  return `${names.slice(0, MOST_NAMES).join(", ")} and ${count(names.length - MOST_NAMES)} more`;
}

/** "Crash feedback, Backyard Birds" */
export function whenWords(when: When, names: Names): string {
  const parts = [
    listed((when.types ?? []).map((type) => typeName(type, names))),
    listed((when.states ?? []).map((state) => stateName(state, names))),
    listed((when.importance ?? []).map((one) => meanings[one].label)),
    listed((when.apps ?? []).map((app) => appName(app, names))),
  ].filter((part) => part !== "");
  const about = parts.length > 0 ? parts.join(", ") : "Every event";
  return when.if ? `${about}, if ${when.if}` : about;
}

/** "Notify, even in quiet hours", "Slack", "Run make-notes": an action in a line of the list. */
export function actionWords(action: Action): string {
  switch (kindOf(action)) {
    case "notify":
      return bodyOf(action, "notify")?.breakThroughQuietHours ? "Notify, even in quiet hours" : "Notify";
    case "silence":
      return "Don’t notify";
    case "archive":
      return "Archive";
    case "remind":
      return `Remind after ${duration((bodyOf(action, "remind")?.afterMinutes ?? 0) * MINUTE)}`;
    case "run":
      return `Run ${programOf(bodyOf(action, "run")?.command ?? [])}`;
    case "forward":
      return forwardWords(action);
    case "distribute":
      return `Distribute to ${bodyOf(action, "distribute")?.groups.join(", ") || "no groups"}`;
    case "issue":
      return `File in ${trackerWords(bodyOf(action, "issue")?.tracker ?? "")}`;
    case null:
      return title(Object.keys(action)[0] ?? "");
  }
}

/** The tracker's name, also if a rule names it by its kind. */
function trackerWords(tracker: string): string {
  return (tracker in KINDS ? KINDS[tracker as TrackerKind].name : tracker) || "no tracker";
}

function forwardWords(action: Action): string {
  const forward = bodyOf(action, "forward");
  if (!forward) return "Forward";
  const { as, url, destination } = forward;
  if (as === "slack" || as === "teams" || as === "discord" || as === "ntfy") return FORMATS[as];
  const where = destination ?? hostOf(url ?? "");
  return where ? `Forward to ${where}` : "Forward";
}

/** The title of an action's card. */
export function actionTitle(action: Action): string {
  const forward = bodyOf(action, "forward");
  if (forward) {
    const { as } = forward;
    if (as === "raw") return "Forward as received";
    if (as === "signed") return "Forward, signed again";
    return as === "template" ? "Forward a template" : `Forward to ${FORMATS[as]}`;
  }
  switch (kindOf(action)) {
    case "remind":
      return "Remind me";
    case "run":
      return "Run a command";
    case "distribute":
      return "Distribute the build";
    case "issue":
      return "File an issue";
    case "notify":
      return "Notify";
    default:
      return actionWords(action);
  }
}

export function thenWords(then: readonly Action[]): string {
  return then.map(actionWords).join(", ");
}

/** "Crash feedback, Backyard Birds → Notify, Slack" */
export function ruleWords(rule: Rule, names: Names): string {
  return `${whenWords(rule.when, names)} → ${rule.then.length > 0 ? thenWords(rule.then) : "Nothing yet"}`;
}

/** The program's name without its folder. */
export function programOf(command: readonly string[]): string {
  const name = (command[0] ?? "").split(/[/\\]/).at(-1)?.trim();
  return name || "a command";
}

export function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return "";
  }
}

function title(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** The last line of a rule in the list. */
export function lastWords(listed: ListedRule, now: Date): { meaning: Meaning | null; words: string } {
  if (listed.trouble !== null) return { meaning: "needsYou", words: listed.trouble };
  if (listed.needsReview) return { meaning: "needsYou", words: "Imported with a command: review to enable" };
  const run = listed.lastRun;
  return run
    ? { meaning: runMeanings[run.state], words: runWords(run, now) }
    : { meaning: null, words: "Never ran" };
}

const runMeanings: Record<RunState, Meaning> = {
  waiting: "waiting",
  running: "waiting",
  done: "good",
  failed: "bad",
  givenUp: "bad",
  skipped: "info",
};
const runStates: Record<RunState, string> = {
  waiting: "Waiting",
  running: "Running",
  done: "Done",
  failed: "Failed",
  givenUp: "Gave up",
  skipped: "Skipped",
};

export function runState({ state }: Run): { meaning: Meaning; words: string } {
  return { meaning: runMeanings[state], words: runStates[state] };
}

/** "Failed 12 min ago: Slack replied 404" */
function runWords(run: Run, now: Date): string {
  const at = ago(timeOf(run), now);
  const why = run.answer ? `: ${run.answer}` : "";
  switch (run.state) {
    case "done":
      return `Ran ${at}`;
    case "running":
      return "Running now";
    case "waiting":
      if (run.attempts === 0) return "Waiting to run";
      return `Retrying ${run.dueAt ? until(new Date(run.dueAt), now) : "soon"}${why}`;
    case "failed":
      return `Failed ${at}${why}`;
    case "givenUp":
      return `Gave up ${at}${why}`;
    case "skipped":
      return `Skipped ${at}`;
  }
}

/** When it last changed. */
export function timeOf({ endedAt, writtenAt }: Run): Date {
  return new Date(endedAt ?? writtenAt);
}

/** "7 rules, 6 on" */
export function listWords(all: readonly ListedRule[]): string {
  const on = all.filter(({ rule }) => rule.enabled).length;
  return `${counted(all.length, "rule")}, ${count(on)} on`;
}

/** "Would have run 7 times" */
export function wouldWords({ matches }: RulePreview): string {
  return matches === 0 ? "Would not have run" : `Would have run ${counted(matches, "time")}`;
}

/** How many reasons are named; the most frequent come first. */
const MAX_REASONS = 3;

/** "5 other events didn’t match: 4 have another type, 1 has no comment"; with one reason, "51 other events have another type" */
export function othersWords({ others }: RulePreview): string {
  const sum = others.reduce((all, other) => all + other.count, 0);
  if (sum === 0) return "";
  const [first, second] = others;
  if (first && !second) return `${counted(sum, "other event")} ${first.reason}`;
  const reasons = others
    .slice(0, MAX_REASONS)
    .map((other) => `${count(other.count)} ${other.reason}`)
    .join(", ");
  return `${counted(sum, "other event")} didn’t match: ${reasons}`;
}

/** "12 runs, 1 failed" */
export function historyWords(runs: readonly Run[], more: boolean, failed: number): string {
  const known = more ? `Newest ${counted(runs.length, "run")}` : counted(runs.length, "run");
  return failed > 0 ? `${known}, ${count(failed)} failed` : known;
}
