// Shortcuts as they are written in the lists of commands and keys: "mod+K", "shift+R", "?". `mod` is Command on a
// Mac and Control elsewhere. Each is written once; what is pressed, drawn and read aloud comes from here.

/** Named keys, by how an event calls them. */
const NAMED: Record<string, { drawn: string; spoken: string }> = {
  enter: { drawn: "↩", spoken: "Enter" },
  escape: { drawn: "esc", spoken: "Escape" },
  arrowup: { drawn: "↑", spoken: "ArrowUp" },
  arrowdown: { drawn: "↓", spoken: "ArrowDown" },
  arrowleft: { drawn: "←", spoken: "ArrowLeft" },
  arrowright: { drawn: "→", spoken: "ArrowRight" },
};

interface Shortcut {
  mod: boolean;
  shift: boolean;
  /** In lower case, as an event has it: "k", "?", "arrowup". */
  key: string;
}

function parsed(shortcut: string): Shortcut {
  const parts = shortcut.toLowerCase().split("+");
  return { mod: parts.includes("mod"), shift: parts.includes("shift"), key: parts.at(-1) ?? "" };
}

/** The part of a key event that decides. */
export type KeyPress = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

export function isPressed(shortcut: string, press: KeyPress, mac: boolean): boolean {
  const { mod, shift, key } = parsed(shortcut);
  const [held, other] = mac ? [press.metaKey, press.ctrlKey] : [press.ctrlKey, press.metaKey];
  if (held !== mod || other || press.altKey) return false;
  // On some keyboards a digit is typed with Shift, and which signs need it is the keyboard's own affair.
  if (/^\d$/.test(key) && press.code === `Digit${key}`) return true;
  if (/^[a-z]$/.test(key) && press.shiftKey !== shift) return false;
  return press.key.toLowerCase() === key;
}

/** Whether it is held together with Control or Command, and so does nothing in a field. */
export function isHeld(shortcut: string): boolean {
  return parsed(shortcut).mod;
}

/** The keys one after another, as they are written on the keyboard: "⌘" and "K", or "Ctrl" and "K". */
export function drawn(shortcut: string, mac: boolean): string[] {
  const { mod, shift, key } = parsed(shortcut);
  const name = NAMED[key]?.drawn ?? key.toUpperCase();
  return [...(mod ? [mac ? "⌘" : "Ctrl"] : []), ...(shift ? ["⇧"] : []), name];
}

/** The same for `aria-keyshortcuts`. */
export function spoken(shortcut: string, mac: boolean): string {
  const { mod, shift, key } = parsed(shortcut);
  const name = NAMED[key]?.spoken ?? key.toUpperCase();
  return [...(mod ? [mac ? "Meta" : "Control"] : []), ...(shift ? ["Shift"] : []), name].join("+");
}

/** Whether the window stands on a Mac, as its root says. */
export function onMac(): boolean {
  return document.documentElement.dataset["platform"] === "macos";
}
