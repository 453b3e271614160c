// What is said of issues.
import type { FeedbackIssue, Issue, Tracker } from "../bindings/api";
import type { Meaning } from "../components/meaning";
import { counted } from "../text/words";
import type { Round } from "./issues.svelte";

/** "Open", "In Review"; one that is done marks its feedback as fixed. */
export function stateWords({ progress, state }: Issue): string {
  return progress === "done" ? "Fixed" : state;
}

/** "Fixed in 3.5", where the tracker says in which version. */
export function fixedWords({ fixedIn }: Issue): string {
  return fixedIn === null ? "Fixed" : `Fixed in ${fixedIn}`;
}

/** The mark of an issue's state; one that is open has none. */
export function stateMeaning({ progress }: Issue): Meaning | null {
  if (progress === "open") return null;
  return progress === "done" ? "good" : "info";
}

/** "#21 Open", as a row has it. */
export function shortWords(issue: Issue): string {
  return `${issue.reference} ${stateWords(issue)}`;
}

/** "halden/backyard-birds #21 · Open · mira-halden". Linear's and Jira's references name their place themselves. */
export function longWords({ service, trackerName }: FeedbackIssue, issue: Issue): string {
  const where = service === "github" ? `${trackerName} ${issue.reference}` : issue.reference;
  const state = issue.progress === "done" ? fixedWords(issue) : stateWords(issue);
  return [where, state, issue.assignee].filter(Boolean).join(" · ");
}

/** In a row: what is known of an issue that is not there. */
export function missingWords({ unsure }: FeedbackIssue): string {
  return unsure ? "Not confirmed" : "Not filed";
}

/** In a row: what is done just now. */
export function filingWords(of: FeedbackIssue | undefined): string {
  return of?.unsure ? "Checking…" : "Filing…";
}

/** While an answer that was lost is looked for. */
export const CHECKING = "Hookbell is checking whether the issue was made.";

/** What trying again does; it is never dangerous. */
export function againWords(unsure: boolean): string {
  return unsure
    ? "The issue may already exist. When you try again, Hookbell looks for it first and never files it twice."
    : "Trying again never files it twice.";
}

/** The tracker that an app's feedback goes to: the one that names the app, else one that is for all. */
export function trackerFor(trackers: readonly Tracker[], app: string | null): Tracker | null {
  const named = trackers.find(({ settings }) => app !== null && settings.apps.includes(app));
  return named ?? trackers.find(({ settings }) => settings.apps.length === 0) ?? trackers[0] ?? null;
}

/** "Filed 11 issues. 1 failed.", "Stopped. Filed 3 issues." */
export function roundWords({ of, done, filed }: Round): string {
  const failed = done - filed;
  return [
    done < of ? "Stopped." : "",
    filed === 0 ? "No issue was filed." : `Filed ${counted(filed, "issue")}.`,
    failed === 0 ? "" : `${failed} failed.`,
  ]
    .filter(Boolean)
    .join(" ");
}
