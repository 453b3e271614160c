// Each filter is named, cleared by itself, and told apart from the others.
import { expect, test } from "vitest";
import type { EventChoices, EventFilter } from "../bindings/api";
import { canBeSaved, EVERYTHING, FIELDS, isSame, isSet, nameOf, without, wordsOf } from "./filters";

const choices: EventChoices = {
  apps: [{ id: "1", name: "Backyard Birds", icon: { letter: "B", tint: 1 } }],
  accounts: [{ id: "a", name: "Halden" }],
  types: [
    {
      type: "APP_STORE_VERSION_APP_VERSION_STATE_UPDATED",
      label: "App version status",
      states: [{ state: "REJECTED", label: "Rejected" }],
    },
  ],
};
const FULL: EventFilter = {
  ...EVERYTHING,
  unread: true,
  app: ["1"],
  account: ["a"],
  type: ["APP_STORE_VERSION_APP_VERSION_STATE_UPDATED"],
  state: ["REJECTED"],
  importance: ["needsYou"],
  days: 30,
};

test("each filter says what is set, and nothing where nothing is", () => {
  expect(FIELDS.map((field) => wordsOf(FULL, field, choices))).toEqual([
    "Backyard Birds",
    "Halden",
    "Rejected",
    "Needs attention",
    "Last 30 days",
    "Unread",
  ]);
  expect(FIELDS.map((field) => wordsOf(EVERYTHING, field, choices))).toEqual(FIELDS.map(() => null));
  expect(wordsOf({ ...EVERYTHING, app: ["9"] }, "app", choices)).toBe("Unknown app");
});
test("several values of one filter are counted", () => {
  const several: EventFilter = { ...EVERYTHING, app: ["1", "2"], importance: ["needsYou", "bad"] };
  expect(wordsOf(several, "app", choices)).toBe("2 apps");
  expect(wordsOf(several, "importance", choices)).toBe("2 levels");
  expect(wordsOf({ ...EVERYTHING, state: ["REJECTED", "IN_REVIEW"] }, "type", choices)).toBe("2 states");
  expect(wordsOf(without(several, "app"), "app", choices)).toBeNull();
});
test("each is cleared by itself, and without all of them everything is left", () => {
  expect(wordsOf(without(FULL, "type"), "type", choices)).toBeNull();
  expect(wordsOf(without(FULL, "type"), "app", choices)).toBe("Backyard Birds");
  const cleared = FIELDS.reduce((filter, field) => without(filter, field), FULL);
  expect(isSame(cleared, EVERYTHING)).toBe(true);
  expect([isSet(FULL), isSet(cleared), canBeSaved(cleared)]).toEqual([true, false, false]);
});
test("a view is called after what it shows", () => {
  expect(nameOf({ ...EVERYTHING, search: "crash", app: ["1"] }, choices)).toBe("crash, Backyard Birds");
  expect(canBeSaved({ ...EVERYTHING, place: "archive" })).toBe(true);
});
