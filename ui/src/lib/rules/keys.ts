// The keys of the room.
import type { KeyBinding, KeyScope } from "../keys/keys.svelte";

/** What the keys do. */
export interface RuleActions {
  inList: (focused: Element | null) => boolean;
  step: (by: number) => void;
  all: () => number;
  move: (by: number) => void;
  begin: () => void;
  duplicate: () => void;
  toggle: () => void;
  remove: () => void;
  save: () => void;
  undo: () => void;
  open: () => void;
  back: () => void;
}

export function ruleKeys(actions: RuleActions): KeyScope {
  const { step, all, inList: when } = actions;
  const inList = (keys: string[], does: string, run: () => void): KeyBinding => ({ keys, does, run, when });
  const once = (binding: KeyBinding): KeyBinding => ({
    ...binding,
    run: (press) => {
      if (!press.repeat) binding.run(press);
    },
  });
  return {
    layer: "room",
    title: "Rules",
    keys: [
      { keys: ["J"], does: "Next rule", run: () => step(1) },
      inList(["ArrowDown"], "Next rule", () => step(1)),
      { keys: ["K"], does: "Previous rule", run: () => step(-1) },
      inList(["ArrowUp"], "Previous rule", () => step(-1)),
      inList(["Home"], "First and last", () => step(-all())),
      inList(["End"], "First and last", () => step(all())),
      inList(["Enter"], "Open the form", actions.open),
      inList(["alt+ArrowUp"], "Move the rule up or down", () => actions.move(-1)),
      inList(["alt+ArrowDown"], "Move the rule up or down", () => actions.move(1)),
      once({ ...inList(["Space"], "Enable or disable", actions.toggle), when: isRow(when) }),
      once({ keys: ["N"], does: "New rule", run: actions.begin }),
      once({ keys: ["D"], does: "Duplicate", run: actions.duplicate }),
      once({ keys: ["mod+S"], does: "Save", run: actions.save }),
      once({ ...inList(["Backspace"], "Delete", actions.remove) }),
      once({ keys: ["Delete"], run: actions.remove, when }),
      { keys: ["Z"], does: "Undo", run: actions.undo },
      { keys: ["Escape"], does: "Back to the list", run: actions.back },
    ],
  };
}

/** Whether the row itself has the focus, not its switch, which handles the key too. */
function isRow(inList: RuleActions["inList"]) {
  return (focused: Element | null) => inList(focused) && focused?.getAttribute("role") === "row";
}
