// The texts about issues, and where feedback goes.
import { expect, test } from "vitest";
import type { FeedbackIssue, Issue, Tracker } from "../bindings/api";
import { againWords, longWords, roundWords, shortWords, trackerFor } from "./words";

const issue = (parts: Partial<Issue> = {}): Issue => ({
  reference: "#214",
  url: "https://github.com/halden/backyard-birds/issues/214",
  title: "Save is hidden",
  progress: "open",
  state: "Open",
  assignee: null,
  filedAt: "2026-11-20T14:40:00Z",
  fixedIn: null,
  doneAt: null,
  ...parts,
});
const at = (service: FeedbackIssue["service"], trackerName: string) =>
  ({ service, trackerName }) as FeedbackIssue;
const tracker = (id: number, ...apps: string[]) => ({ id, settings: { apps } }) as Tracker;

test("an issue is told by its number, its state and who has it", () => {
  const github = at("github", "halden/backyard-birds");
  expect(shortWords(issue())).toBe("#214 Open");
  expect(shortWords(issue({ progress: "done", state: "Closed" }))).toBe("#214 Fixed");
  expect(shortWords(issue({ progress: "dropped", state: "Not planned" }))).toBe("#214 Not planned");
  expect(longWords(github, issue({ assignee: "mira" }))).toBe("halden/backyard-birds #214 · Open · mira");
  const fixed = issue({ progress: "done", state: "Closed", fixedIn: "3.5" });
  expect([shortWords(fixed), longWords(github, fixed)]).toEqual([
    "#214 Fixed",
    "halden/backyard-birds #214 · Fixed in 3.5",
  ]);
  const linear = issue({ reference: "ENG-12", state: "In Review" });
  expect(longWords(at("linear", "ENG · Engineering"), linear)).toBe("ENG-12 · In Review");
});

test("feedback goes to the tracker that names its app, else to one that is for all", () => {
  const [birds, all, tides] = [tracker(1, "birds"), tracker(2), tracker(3, "tides")];
  expect(trackerFor([birds, all, tides], "tides")).toBe(tides);
  expect(trackerFor([birds, all, tides], "other")).toBe(all);
  expect(trackerFor([birds, all, tides], null)).toBe(all);
  expect(trackerFor([birds], "tides")).toBe(birds);
  expect(trackerFor([], "tides")).toBeNull();
});

test("after several were filed it is said how many, how many failed, and that it was stopped", () => {
  const round = { of: 3, done: 3, filed: 3, error: null, isOver: true };
  expect(roundWords(round)).toBe("Filed 3 issues.");
  expect(roundWords({ ...round, filed: 1 })).toBe("Filed 1 issue. 2 failed.");
  expect(roundWords({ ...round, filed: 0 })).toBe("No issue was filed. 3 failed.");
  expect(roundWords({ ...round, done: 1, filed: 1 })).toBe("Stopped. Filed 1 issue.");
});

test("only a lost answer may have left an issue behind", () => {
  expect(againWords(true)).toContain("looks for it first");
  expect(againWords(false)).not.toContain("may be there");
});
