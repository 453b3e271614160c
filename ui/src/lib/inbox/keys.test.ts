// Which key does what, and when it does nothing.
import { expect, test } from "vitest";
import { actionOf, type Pressed } from "./keys";

const key = (name: string, parts: Partial<Pressed> = {}): Pressed => ({
  key: name,
  held: false,
  shift: false,
  busy: false,
  inList: false,
  ...parts,
});

test("letters work anywhere in the inbox", () => {
  expect(["j", "k", "r", "e", "/", "Escape"].map((name) => actionOf(key(name)))).toEqual([
    "next",
    "previous",
    "read",
    "archive",
    "search",
    "back",
  ]);
});
test("arrows and Enter belong to whatever has the focus, and to the list only when it has it", () => {
  expect(["ArrowDown", "Enter", "Home", " "].map((name) => actionOf(key(name)))).toEqual([
    null,
    null,
    null,
    null,
  ]);
  const inList = ["ArrowDown", "ArrowUp", "Enter", " ", "Home", "End", "PageDown", "PageUp"];
  expect(inList.map((name) => actionOf(key(name, { inList: true })))).toEqual([
    "next",
    "previous",
    "open",
    "open",
    "first",
    "last",
    "pageDown",
    "pageUp",
  ]);
});
test("nothing is taken from the system or from a field", () => {
  expect(actionOf(key("r", { held: true, inList: true }))).toBeNull();
  expect(actionOf(key("e", { busy: true }))).toBeNull();
  expect(actionOf(key("y", { inList: true }))).toBeNull();
});
test("Shift extends what is selected, and Control-A selects all where the list has the focus", () => {
  expect(actionOf(key("j", { shift: true }))).toBe("extendDown");
  expect(actionOf(key("ArrowUp", { shift: true, inList: true }))).toBe("extendUp");
  expect(actionOf(key("ArrowUp", { shift: true }))).toBeNull();
  expect(actionOf(key("a", { held: true, inList: true }))).toBe("selectAll");
  expect(actionOf(key("a", { held: true }))).toBeNull();
});
