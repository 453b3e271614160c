// What a key does in the inbox. Pure, so that every key can be tried without a window.

export type Action =
  | "next"
  | "previous"
  | "first"
  | "last"
  | "pageDown"
  | "pageUp"
  | "extendDown"
  | "extendUp"
  | "open"
  | "select"
  | "selectAll"
  | "read"
  | "archive"
  | "delete"
  | "undo"
  | "search"
  | "back";

export interface Pressed {
  key: string;
  shift: boolean;
  /** Control, Command or Alt is held: such keys belong to the system. */
  held: boolean;
  /** Typing goes into a field, a menu or a sheet. */
  busy: boolean;
  /** The list has the focus. */
  inList: boolean;
}

const ANYWHERE: Record<string, Action> = {
  j: "next",
  k: "previous",
  x: "select",
  r: "read",
  e: "archive",
  z: "undo",
  Delete: "delete",
  Backspace: "delete",
  "/": "search",
  Escape: "back",
};

const IN_LIST: Record<string, Action> = {
  ArrowDown: "next",
  ArrowUp: "previous",
  Home: "first",
  End: "last",
  PageDown: "pageDown",
  PageUp: "pageUp",
  Enter: "open",
  " ": "open",
};

const WITH_SHIFT: Record<string, Action> = { j: "extendDown", k: "extendUp" };
const WITH_SHIFT_IN_LIST: Record<string, Action> = { ArrowDown: "extendDown", ArrowUp: "extendUp" };

/** A key that is held down does these only once. */
export const DONE_ONCE: readonly Action[] = ["open", "select", "read", "archive", "delete"];

export function actionOf(pressed: Pressed): Action | null {
  if (pressed.busy) return null;
  if (pressed.held) return pressed.key === "a" && pressed.inList ? "selectAll" : null;
  const extending =
    pressed.shift && (WITH_SHIFT[pressed.key] ?? (pressed.inList && WITH_SHIFT_IN_LIST[pressed.key]));
  if (extending) return extending;
  return ANYWHERE[pressed.key] ?? (pressed.inList ? (IN_LIST[pressed.key] ?? null) : null);
}

/** Reads a real key press. `list` is the element of the list, if it is there. */
export function pressed(event: KeyboardEvent, list: Element | null): Pressed {
  const target = event.target instanceof Element ? event.target : null;
  return {
    key: event.key.length === 1 ? event.key.toLowerCase() : event.key,
    shift: event.shiftKey,
    held: event.ctrlKey || event.metaKey || event.altKey || event.isComposing,
    busy:
      event.defaultPrevented ||
      !!target?.closest("input, textarea, select, [contenteditable], [role=menu], [role$=dialog]"),
    inList: !!list && list === target,
  };
}

/** A line of the sheet behind "?". */
export interface KeyLine {
  keys: string[];
  does: string;
}

export const KEYS: readonly KeyLine[] = [
  { keys: ["j", "↓"], does: "Next event" },
  { keys: ["k", "↑"], does: "Previous event" },
  { keys: ["↩"], does: "Open it" },
  { keys: ["r"], does: "Mark as read or unread" },
  { keys: ["e"], does: "Archive, or bring back" },
  { keys: ["⌫"], does: "Delete it for good, once that is confirmed" },
  { keys: ["/"], does: "Search" },
  { keys: ["esc"], does: "Back to the list, then close the event" },
];
