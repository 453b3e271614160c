// The keys of a room with a list: how one goes through it, and what is done to its rows.
import type { KeyBinding, KeyScope } from "../keys/keys.svelte";

/** What the keys do. */
export interface ListActions {
  inList: (focused: Element | null) => boolean;
  step: (by: number) => void;
  extend: (by: number) => void;
  /** How many rows a page has, and how many there are. */
  page: () => number;
  all: () => number;
  open: () => void;
  toggle: () => void;
  selectAll: () => void;
  read: () => void;
  archive: () => void;
  remove: () => void;
  undo: () => void;
  search: () => void;
  back: () => void;
}

export function listKeys(room: string, actions: ListActions): KeyScope {
  const { step, extend, page, all, inList: when } = actions;
  /** Letters act anywhere in the room, and the keys that move through any list only where that has the focus. */
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
      inList(["PageDown"], "A page down and up", () => step(page())),
      inList(["PageUp"], "A page down and up", () => step(-page())),
      inList(["Enter"], "Open", actions.open),
      { keys: ["Space"], run: actions.open, when },
      once(anywhere(["R"], "Mark as read or unread", actions.read)),
      once(anywhere(["E"], "Archive, or move back", actions.archive)),
      once(anywhere(["Backspace"], "Delete permanently, after asking", actions.remove)),
      once({ keys: ["Delete"], run: actions.remove }),
      anywhere(["Z"], "Undo", actions.undo),
      once(anywhere(["X"], "Select or deselect", actions.toggle)),
      anywhere(["shift+J"], "Select the next one too", () => extend(1)),
      { keys: ["shift+ArrowDown"], run: () => extend(1), when },
      anywhere(["shift+K"], "Select the previous one too", () => extend(-1)),
      { keys: ["shift+ArrowUp"], run: () => extend(-1), when },
      inList(["mod+A"], "Select all", actions.selectAll),
      anywhere(["/"], "Search", actions.search),
      anywhere(["Escape"], "Clear the selection, go back to the list, then close", actions.back),
    ],
  };
}

/** A key that is held down goes through the list, but what it does to a row it does once. */
function once(binding: KeyBinding): KeyBinding {
  return {
    ...binding,
    run: (press) => {
      if (!press.repeat) binding.run(press);
    },
  };
}
