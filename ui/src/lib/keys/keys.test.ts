// Which registered binding a key press runs, and that the sheet lists every registered key.
import { expect, test, vi } from "vitest";
import { Keys, type KeyBinding, type Layer } from "./keys.svelte";
import type { FocusPlace } from "./place";
import type { KeyPress } from "./shortcut";

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: "",
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
});
const held = (key: string) => press(key, { ctrlKey: true });
const place = (more: Partial<FocusPlace> = {}): FocusPlace => ({
  focused: null,
  typing: false,
  underSheet: false,
  takes: () => false,
  ...more,
});
const binding = (does: string, keys: string[], more: Partial<KeyBinding> = {}): KeyBinding => ({
  keys,
  does,
  run: () => undefined,
  ...more,
});
function registered(scopes: [Layer, string, KeyBinding[]][]) {
  const keys = new Keys();
  const ends = scopes.map(([layer, title, bindings]) => keys.add(() => ({ layer, title, keys: bindings })));
  const does = (key: KeyPress, at: Partial<FocusPlace> = {}) =>
    keys.find(key, place(at), false)?.does ?? null;
  return { keys, ends, does };
}

test("the nearest layer comes first, in whatever order they came", () => {
  const { does, ends } = registered([
    ["part", "Pictures", [binding("fit", ["Escape"])]],
    ["room", "Feedback", [binding("back", ["Escape"]), binding("next", ["j"])]],
    ["window", "Everywhere", [binding("other", ["j"])]],
  ]);
  expect([does(press("Escape")), does(press("j"))]).toEqual(["fit", "next"]);
  ends[0]?.();
  expect(does(press("Escape"))).toBe("back");
  ends[1]?.();
  expect([does(press("Escape")), does(press("j"))]).toEqual([null, "other"]);
});
test("of one layer what came last comes first", () => {
  const { does } = registered([
    ["part", "a", [binding("first", ["x"])]],
    ["part", "b", [binding("last", ["x"])]],
  ]);
  expect(does(press("x"))).toBe("last");
});
test("letters never act while one types, and held keys do unless they say otherwise", () => {
  const { does } = registered([
    [
      "room",
      "Inbox",
      [
        binding("archive", ["e"]),
        binding("find", ["mod+F"]),
        binding("undo", ["mod+Z"], { inFields: false }),
      ],
    ],
  ]);
  expect([does(press("e")), does(held("f")), does(held("z"))]).toEqual(["archive", "find", "undo"]);
  const typing = { typing: true };
  expect([does(press("e"), typing), does(held("f"), typing), does(held("z"), typing)]).toEqual([
    null,
    "find",
    null,
  ]);
});
test("under a sheet only its own keys act, and those that say so", () => {
  const { does } = registered([
    ["sheet", "Sheet", [binding("send", ["mod+Enter"])]],
    ["room", "Inbox", [binding("archive", ["e"])]],
    ["window", "Everywhere", [binding("larger", ["mod++"], { underSheets: true })]],
  ]);
  const under = { underSheet: true };
  expect([does(press("e"), under), does(held("+"), under), does(held("Enter"), under)]).toEqual([
    null,
    "larger",
    "send",
  ]);
});
test("a key that the focused control uses itself stays with it", () => {
  const { does } = registered([["part", "Pictures", [binding("turn", ["ArrowRight"])]]]);
  expect(does(press("ArrowRight"))).toBe("turn");
  expect(does(press("ArrowRight"), { takes: ({ key }) => key === "ArrowRight" })).toBeNull();
});
test("a key that does not act now goes on to the next layer", () => {
  const { does } = registered([
    ["part", "Pictures", [binding("fit", ["Escape"], { when: () => false })]],
    ["room", "Feedback", [binding("back", ["Escape"])]],
  ]);
  expect(does(press("Escape"))).toBe("back");
});
test("Shift parts a letter from its capital, and an arrow from the same with Shift", () => {
  const { does } = registered([
    [
      "room",
      "Inbox",
      [
        binding("mark", ["r"]),
        binding("mark all", ["shift+R"]),
        binding("turn", ["ArrowLeft"]),
        binding("back", ["alt+ArrowLeft"]),
      ],
    ],
  ]);
  expect(does(press("R", { shiftKey: true }))).toBe("mark all");
  expect(does(press("ArrowLeft", { shiftKey: true }))).toBeNull();
  expect(does(press("ArrowLeft", { altKey: true }))).toBe("back");
});
test("the sheet lists what is registered, with one line for the same words", () => {
  const { keys } = registered([
    ["window", "Everywhere", [binding("Refresh", ["mod+R"]), { keys: ["mod+B"], run: vi.fn() }]],
    ["room", "Feedback", [binding("Next feedback", ["j", "ArrowDown"])]],
    ["part", "Feedback", [binding("Turn", ["ArrowLeft"]), binding("Turn", ["ArrowRight"])]],
  ]);
  expect(keys.parts(false)).toEqual([
    {
      title: "Feedback",
      lines: [
        { does: "Next feedback", keys: ["J", "↓"] },
        { does: "Turn", keys: ["←", "→"] },
      ],
    },
    { title: "Everywhere", lines: [{ does: "Refresh", keys: ["Ctrl", "R"] }] },
  ]);
});
