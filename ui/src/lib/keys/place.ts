// Where a key is pressed, and which keys that place handles first: a field letters, a menu all keys, a slider arrows, a
// button Enter.
import type { KeyPress } from "./shortcut";

export interface FocusPlace {
  focused: Element | null;
  /** Letters are typed into a field, or choose in a menu. */
  typing: boolean;
  /** A sheet is open. */
  underSheet: boolean;
  /** Whether the focused control handles this key itself. */
  takes: (press: KeyPress) => boolean;
}

const FIELDS =
  "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]:not([contenteditable=false])";
const MENUS = "[role=menu]";
/** Controls that use the arrows, Home, End and the page keys. */
const STEPPED = `${FIELDS}, ${MENUS}, [type=radio], [role=radiogroup], [role=tablist], [role=toolbar], [role=slider], [role=separator], [aria-pressed]`;
/** Controls that Enter and Space press. */
const PRESSED = `${FIELDS}, ${MENUS}, button, a[href], summary, [type=checkbox], [type=radio]`;

const STEPS = new Set([
  "ArrowUp",
  "ArrowDown",
  "ArrowLeft",
  "ArrowRight",
  "Home",
  "End",
  "PageUp",
  "PageDown",
]);

export function placeOf({ target }: Event): FocusPlace {
  const focused = target instanceof Element ? target : null;
  const within = (what: string) => Boolean(focused?.closest(what));
  return {
    focused,
    typing: within(FIELDS) || document.querySelector(MENUS) !== null,
    underSheet: document.querySelector("[role=dialog], [role=alertdialog]") !== null,
    takes({ key, ctrlKey, metaKey, altKey }) {
      if (ctrlKey || metaKey || altKey) return false;
      if (STEPS.has(key)) return within(STEPPED);
      return (key === "Enter" || key === " ") && within(PRESSED);
    },
  };
}
