// The keys of the room.
import type { KeyBinding, KeyScope } from "../keys/keys.svelte";

/** What the keys do. */
export interface BuildActions {
  inList: (focused: Element | null) => boolean;
  step: (by: number) => void;
  all: () => number;
  open: () => void;
  back: () => void;
  upload: () => void;
  groups: () => void;
  distribute: () => void;
}

export function buildKeys(actions: BuildActions): KeyScope {
  const { step, all, inList: when } = actions;
  const inList = (keys: string[], does: string, run: () => void): KeyBinding => ({ keys, does, run, when });
  return {
    layer: "room",
    title: "Builds",
    keys: [
      { keys: ["J"], does: "Next build", run: () => step(1) },
      inList(["ArrowDown"], "Next build", () => step(1)),
      { keys: ["K"], does: "Previous build", run: () => step(-1) },
      inList(["ArrowUp"], "Previous build", () => step(-1)),
      inList(["Home"], "First and last", () => step(-all())),
      inList(["End"], "First and last", () => step(all())),
      inList(["Enter"], "Open the plan", actions.open),
      { keys: ["U"], does: "Upload a build", run: actions.upload },
      { keys: ["G"], does: "Groups and testers", run: actions.groups },
      {
        keys: ["mod+Enter"],
        does: "Distribute",
        inFields: true,
        run: (press) => {
          if (!press.repeat) actions.distribute();
        },
      },
      { keys: ["Escape"], does: "Back to the list", run: actions.back },
    ],
  };
}
