// The keys of a room with a list: navigation and actions on rows.
import type { KeyBinding, KeyScope } from "../keys/keys.svelte";
import type { RowAction } from "./rowMenu";

/** What the keys do. */
export interface ListActions {
  inList: (focused: Element | null) => boolean;
  step: (by: number) => void;
  extend: (by: number) => void;
  /** The number of rows per page, and in total. */
  page: () => number;
  all: () => number;
  open: () => void;
  toggle: () => void;
  selectAll: () => void;
  read: () => void;
  archive: () => void;
  remove: () => void;
  undo: () => void;
  /** The room's own actions. */
  more: () => RowAction[];
  search: () => void;
  back: () => void;
}

export function listKeys(room: string, actions: ListActions): KeyScope {
  const { step, extend, page, all, inList: when } = actions;
  /** Letters work anywhere in the room; navigation keys work only while the list has the focus. */
  const anywhere = (keys: string[], does: string, run: () => void): KeyBinding => ({ keys, does, run });
  const inList = (keys: string[], does: string, run: () => void): KeyBinding => ({ keys, does, run, when });
  return {
    layer: "room",
    title: room,
    keys: [
      anywhere(["J"], "Next", () => step(1)),
      inList(["ArrowDown"], "Next", () => step(1)),
      anywhere(["K"], "Previous", () => step(-1)),
      inList(["ArrowUp"], "Previous", () => step(-1)),
      inList(["Home"], "First and last", () => step(-all())),
      inList(["End"], "First and last", () => step(all())),
      inList(["PageDown"], "Page down and up", () => step(page())),
      inList(["PageUp"], "Page down and up", () => step(-page())),
      inList(["Enter"], "Open", actions.open),
      { keys: ["Space"], run: actions.open, when },
      once(anywhere(["R"], "Mark as read or unread", actions.read)),
      once(anywhere(["E"], "Archive or unarchive", actions.archive)),
      once(anywhere(["Backspace"], "Delete permanently", actions.remove)),
      once({ keys: ["Delete"], run: actions.remove }),
      anywhere(["Z"], "Undo", actions.undo),
      once(anywhere(["X"], "Select or deselect", actions.toggle)),
      anywhere(["shift+J"], "Extend the selection down", () => extend(1)),
      { keys: ["shift+ArrowDown"], run: () => extend(1), when },
      anywhere(["shift+K"], "Extend the selection up", () => extend(-1)),
      { keys: ["shift+ArrowUp"], run: () => extend(-1), when },
      inList(["mod+A"], "Select all", actions.selectAll),
      ...actions
        .more()
        .flatMap(({ keys, label, onselect }) =>
          keys === undefined ? [] : [once(anywhere([keys], label.replace(/…$/, ""), onselect))],
        ),
      anywhere(["/"], "Search", actions.search),
      anywhere(["Escape"], "Clear the selection, go back to the list, then close", actions.back),
    ],
  };
}

/** Holding a key repeats navigation, but runs a row action only once. */
function once(binding: KeyBinding): KeyBinding {
  return {
    ...binding,
    run: (press) => {
      if (!press.repeat) binding.run(press);
    },
  };
}
