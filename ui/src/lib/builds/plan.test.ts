import { expect, test } from "vitest";
import type { DistributionPlan, TesterGroup } from "../bindings/api";
import {
  firstPlan,
  hasLine,
  isDone,
  lengthOf,
  nextPlan,
  PlanDraft,
  planToSend,
  withLine,
} from "./plan.svelte";

const plan = (parts: Partial<DistributionPlan> = {}): DistributionPlan => ({
  groups: [],
  texts: [],
  usesNonExemptEncryption: null,
  rememberEncryption: true,
  review: "no",
  notify: "whenApproved",
  ...parts,
});
const group = (id: string, parts: Partial<TesterGroup> = {}): TesterGroup => ({
  id,
  name: id,
  internal: false,
  automatic: false,
  testers: 1,
  createdAt: null,
  feedback: null,
  publicLink: null,
  ...parts,
});
const GROUPS = [
  group("team", { internal: true, automatic: true }),
  group("qa", { internal: true }),
  group("birders"),
];
const draft = (parts: Partial<DistributionPlan> = {}) =>
  new PlanDraft(
    () => Promise.reject(new Error("nobody answers")),
    { account: null, app: "a", build: "b", upload: null },
    plan(parts),
  );

test("the first external group submits the build, and without the last one it is not submitted", () => {
  const one = draft();
  one.setGroup("qa", true, GROUPS);
  expect(one.plan.review).toBe("no");
  one.setGroup("birders", true, GROUPS);
  expect(one.plan.review).toBe("submit");
  one.setGroup("birders", false, GROUPS);
  expect(one.plan.review).toBe("no");
  one.stop();
});

test("a decision about the review stays while groups are added", () => {
  const one = draft({ groups: ["birders"], review: "afterOther" });
  one.setGroup("qa", true, GROUPS);
  expect(one.plan.review).toBe("afterOther");
  one.stop();
});

test("an automatic group, a group that is gone and an empty text are not sent", () => {
  const sent = planToSend(
    plan({
      groups: ["team", "qa", "gone"],
      texts: [
        { locale: "en-US", text: "Try it." },
        { locale: "sv", text: "" },
      ],
    }),
    GROUPS,
    [],
  );
  expect(sent.groups).toEqual(["qa"]);
  expect(sent.texts).toEqual([{ locale: "en-US", text: "Try it." }]);
});

test("a text that was emptied is sent, so that it is taken back", () => {
  const texts = [{ locale: "sv", text: "Prova." }];
  expect(planToSend(plan({ texts: [{ locale: "sv", text: "" }] }), GROUPS, texts).texts).toEqual([
    { locale: "sv", text: "" },
  ]);
});

test("the form begins with a build's own texts, or with those of the plan before", () => {
  const before = plan({ groups: ["qa"], texts: [{ locale: "en-US", text: "Old." }] });
  const own = [{ locale: "sv", text: "Prova." }];
  expect(firstPlan(before, ["team"], own)).toEqual(plan({ groups: ["qa", "team"], texts: own }));
  expect(firstPlan(before, [], [{ locale: "sv", text: "" }]).texts).toEqual([
    { locale: "en-US", text: "Old." },
    { locale: "sv", text: "" },
  ]);
});

test("a plan that is replaced keeps its texts over those that the build has", () => {
  const plain = plan({ texts: [{ locale: "sv", text: "Ny." }] });
  const has = [
    { locale: "sv", text: "Gammal." },
    { locale: "de-DE", text: "Neu." },
  ];
  expect(nextPlan(plain, has).texts).toEqual([
    { locale: "sv", text: "Ny." },
    { locale: "de-DE", text: "Neu." },
  ]);
});

test("a plan that asks for nothing new is done", () => {
  const had = {
    groups: [{ id: "qa" }],
    texts: [{ locale: "sv", text: "Prova." }],
    submitted: true,
    answered: true,
  };
  const same = plan({ groups: ["qa"], texts: had.texts, review: "submit", usesNonExemptEncryption: false });
  expect(isDone(same, had)).toBe(true);
  expect(isDone({ ...same, groups: ["qa", "birders"] }, had)).toBe(false);
  expect(isDone({ ...same, texts: [{ locale: "sv", text: "Ny." }] }, had)).toBe(false);
  expect(isDone({ ...same, notify: "now" }, had)).toBe(false);
  expect(isDone(same, { ...had, submitted: false })).toBe(false);
  expect(isDone(same, { ...had, answered: false })).toBe(false);
});

test("a text counts as App Store Connect counts it, in bytes", () => {
  expect(lengthOf("abc")).toBe(3);
  expect(lengthOf("ä🐦")).toBe(6);
});

test("lines of what was fixed stand together at the end", () => {
  const first = withLine("Try it.\n", "Fixed: One");
  expect(first).toBe("Try it.\n\nFixed: One");
  expect(withLine(first, "Fixed: Two")).toBe("Try it.\n\nFixed: One\nFixed: Two");
  expect(withLine("", "Fixed: One")).toBe("Fixed: One");
  expect(hasLine(first, "Fixed: One")).toBe(true);
  expect(hasLine(first, "Fixed: On")).toBe(false);
});
