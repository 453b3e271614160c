// Opening, changing and saving a rule loses no part of its document.
import { expect, test } from "vitest";
import type { Action, Rule } from "../bindings/api";
import {
  bodyOf,
  headerLines,
  headersOf,
  isSameDocument,
  kindOf,
  newAction,
  newRule,
  withField,
} from "./document";
import { RuleDraft } from "./draft.svelte";
import { placeOf } from "./fields";

/** Every field that a document has, and some that this window has no control for. */
const FULL = {
  name: "Everything",
  enabled: false,
  when: {
    types: ["BETA_FEEDBACK_CRASH_SUBMISSION_CREATED", "A_TYPE_OF_TOMORROW"],
    apps: ["6479283016"],
    states: ["REJECTED"],
    importance: ["bad"],
    if: "build.number | int > 400",
    late: false,
    weekdays: ["mon"],
  },
  then: [
    {
      notify: {
        title: "{{ app.name }}",
        body: "a\nb",
        link: "{{ links.hookbell }}",
        sound: false,
        breakThroughQuietHours: true,
      },
    },
    { silence: {} },
    { archive: {} },
    { remind: { afterMinutes: 90, title: "t", body: "b" } },
    { run: { command: ["/bin/x", "a b", "line\nline", ""], cwd: "/tmp", timeoutSeconds: 5, nice: 3 } },
    {
      forward: {
        as: "template",
        url: "https://x.example",
        text: "t",
        headers: { "X-A": "1: 2" },
        allowPrivateNetwork: true,
      },
    },
    { issue: { tracker: "github", labels: ["crash"] } },
    { shout: { words: ["a"] } },
  ],
  stop: true,
  priority: 9,
} as unknown as Rule;
const copy = () => structuredClone(FULL);

test("a rule that is opened and saved is the same document, also where the form has no control for it", () => {
  const draft = new RuleDraft(1, copy());
  expect(draft.edited).toBe(false);
  expect(draft.now).toEqual(FULL);
});
test("a change touches its own field only", () => {
  const draft = new RuleDraft(1, copy());
  draft.setName("Other");
  draft.setWhen("apps", []);
  draft.setWhen("if", "");
  const run = draft.actions[4];
  const body = run && bodyOf(run.action, "run");
  if (run && body) draft.setAction(run.key, { run: withField(body, "cwd", undefined) }, "then[4].run.cwd");
  const expected = copy();
  expected.name = "Other";
  delete expected.when.apps;
  delete expected.when.if;
  delete (expected.then[4] as { run: { cwd?: string } }).run.cwd;
  expect(draft.now).toEqual(expected);
  expect(draft.edited).toBe(true);
  draft.revert();
  expect(draft.now).toEqual(FULL);
});
test("an action that is moved or removed takes the others along as they are", () => {
  const draft = new RuleDraft(1, copy());
  const [notify] = draft.actions;
  if (notify) draft.move(notify.key, 2);
  expect(draft.now.then.map((action) => Object.keys(action)[0])).toEqual([
    "silence",
    "archive",
    "notify",
    "remind",
    "run",
    "forward",
    "issue",
    "shout",
  ]);
  if (notify) draft.remove(notify.key);
  expect(draft.now.then).toEqual(FULL.then.slice(1));
});
test("what another window changed is followed, unless something was typed here", () => {
  const draft = new RuleDraft(1, newRule({ name: "A" }));
  draft.follow(newRule({ name: "B" }));
  expect(draft.now.name).toBe("B");
  draft.setName("Mine");
  draft.follow(newRule({ name: "C", enabled: false }));
  expect([draft.now.name, draft.now.enabled]).toEqual(["Mine", false]);
  draft.revert();
  expect(draft.now.name).toBe("C");
});
test("enabling a rule is no change of its form", () => {
  const draft = new RuleDraft(1, newRule({ name: "A" }));
  draft.follow(newRule({ name: "A", enabled: false }));
  expect(draft.edited).toBe(false);
});
test("what was typed while a rule was saved stays, and is still unsaved", () => {
  const draft = new RuleDraft(1, newRule({ name: "A" }));
  draft.setName("AB");
  const sent = draft.now;
  draft.setName("ABC");
  draft.keep(sent, sent);
  expect([draft.now.name, draft.saved.name, draft.edited]).toEqual(["ABC", "AB", true]);
});
test("the order of fields is no difference, the order of actions is one", () => {
  expect(isSameDocument({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true);
  expect(isSameDocument({ b: [1, 2] }, { b: [2, 1] })).toBe(false);
});
test("an empty field is left out of the document", () => {
  expect(withField({ title: "x" as string | undefined, body: "y" }, "title", "")).toEqual({ body: "y" });
  expect(withField({ late: true as boolean | undefined }, "late", false)).toEqual({ late: false });
});
test("headers are lines, and a line that isn’t one is no header", () => {
  expect(headersOf("X-A: 1: 2\n\nX-B:")).toEqual({ "X-A": "1: 2", "X-B": "" });
  expect(headerLines({ "X-A": "1: 2" })).toBe("X-A: 1: 2");
  expect(headersOf("nothing")).toBeNull();
});
test("an action of tomorrow is kept and has no kind", () => {
  expect(kindOf({ shout: {} } as unknown as Action)).toBeNull();
  expect(kindOf(newAction("run"))).toBe("run");
});
test("a refusal stands at its field, or at the nearest part of the form", () => {
  const places = {
    name: "name",
    "when.types[1]": "when.types",
    "when.if": "when.if",
    "when.weekdays": "when",
    then: "then",
    "then[0].notify.title": "then[0].notify.title",
    "then[2].run.command[3]": "then[2].run.command",
    "then[1].forward.headers.X-A": "then[1].forward.headers",
    "then[1].forward.url": "then[1].forward.address",
    "then[1].forward.destination": "then[1].forward.address",
    "then[6].issue.labels[1]": "then[6].issue.labels",
    "then[6].shout.words": "then[6]",
    elsewhere: "",
  };
  for (const [field, place] of Object.entries(places)) expect(placeOf(field), field).toBe(place);
  expect(placeOf(null)).toBe("");
});
