// Which keys match a shortcut, and how it is written on screen and for a screen reader.
import { expect, test } from "vitest";
import { drawn, isPressed, spoken, type KeyPress } from "./shortcut";

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: "",
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
});

test("mod is Control, and Command on a Mac", () => {
  expect(isPressed("mod+K", press("k", { ctrlKey: true }), false)).toBe(true);
  expect(isPressed("mod+K", press("k", { metaKey: true }), true)).toBe(true);
  expect(isPressed("mod+K", press("k", { ctrlKey: true }), true)).toBe(false);
  expect(isPressed("mod+K", press("k"), false)).toBe(false);
  expect(isPressed("mod+K", press("k", { ctrlKey: true, altKey: true }), false)).toBe(false);
  expect(isPressed("mod+K", press("k", { ctrlKey: true, shiftKey: true }), false)).toBe(false);
});
test("Shift counts for letters, and not for signs that some keyboards need it for", () => {
  expect(isPressed("shift+R", press("R", { shiftKey: true }), false)).toBe(true);
  expect(isPressed("shift+R", press("R"), false)).toBe(false);
  expect(isPressed("?", press("?", { shiftKey: true }), false)).toBe(true);
  expect(isPressed("?", press("?"), false)).toBe(true);
  expect(isPressed("mod+1", press("&", { ctrlKey: true, code: "Digit1" }), false)).toBe(true);
});
test("it is drawn as on the keyboard and spoken as the rules of accessibility have it", () => {
  expect(drawn("mod+K", false)).toEqual(["Ctrl", "K"]);
  expect(drawn("mod+K", true)).toEqual(["⌘", "K"]);
  expect(drawn("shift+R", false)).toEqual(["⇧", "R"]);
  expect(drawn("Escape", false)).toEqual(["esc"]);
  expect(spoken("mod+K", false)).toBe("Control+K");
  expect(spoken("mod+,", true)).toBe("Meta+,");
  expect(spoken("shift+R", false)).toBe("Shift+R");
});
