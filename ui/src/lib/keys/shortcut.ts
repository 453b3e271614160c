// Parses shortcuts as written in the lists of commands and keys: "mod+K", "shift+R", "alt+ArrowLeft", "?". `mod` is
// Command on a Mac and Control elsewhere. Matching, drawing and reading aloud all use this one notation.

/** Named keys, by their names in key events. */
const NAMED: Record<string, { drawn: string; spoken: string }> = {
  enter: { drawn: "↩", spoken: "Enter" },
  escape: { drawn: "esc", spoken: "Escape" },
  backspace: { drawn: "⌫", spoken: "Backspace" },
  delete: { drawn: "⌦", spoken: "Delete" },
  space: { drawn: "space", spoken: "Space" },
  home: { drawn: "home", spoken: "Home" },
  end: { drawn: "end", spoken: "End" },
  pageup: { drawn: "page ↑", spoken: "PageUp" },
  pagedown: { drawn: "page ↓", spoken: "PageDown" },
  arrowup: { drawn: "↑", spoken: "ArrowUp" },
  arrowdown: { drawn: "↓", spoken: "ArrowDown" },
  arrowleft: { drawn: "←", spoken: "ArrowLeft" },
  arrowright: { drawn: "→", spoken: "ArrowRight" },
};

interface Shortcut {
  mod: boolean;
  shift: boolean;
  alt: boolean;
  /** Lowercase, as in a key event: "k", "?", "arrowup". */
  key: string;
}

function parsed(shortcut: string): Shortcut {
  const parts = shortcut.toLowerCase().split("+");
  const has = (part: string) => parts.slice(0, -1).includes(part);
  // "+" itself leaves an empty last part.
  return { mod: has("mod"), shift: has("shift"), alt: has("alt"), key: parts.at(-1) || "+" };
}

/** The fields of a key event that matter. */
export type KeyPress = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

export function isPressed(shortcut: string, press: KeyPress, mac: boolean): boolean {
  const { mod, shift, alt, key } = parsed(shortcut);
  const [held, other] = mac ? [press.metaKey, press.ctrlKey] : [press.ctrlKey, press.metaKey];
  if (held !== mod || other || press.altKey !== alt) return false;
  // On some keyboards digits need Shift, and which signs need it depends on the keyboard.
  if (/^\d$/.test(key) && press.code === `Digit${key}`) return true;
  if ((/^[a-z]$/.test(key) || key in NAMED) && press.shiftKey !== shift) return false;
  return (press.key === " " ? "space" : press.key.toLowerCase()) === key;
}

/** Whether it includes Control, Command or Alt, and so isn't typing. */
export function isHeld(shortcut: string): boolean {
  const { mod, alt } = parsed(shortcut);
  return mod || alt;
}

/** The keys in order, labelled as on the keyboard: "⌘" and "K", or "Ctrl" and "K". */
export function drawn(shortcut: string, mac: boolean): string[] {
  const { mod, shift, alt, key } = parsed(shortcut);
  const name = NAMED[key]?.drawn ?? (key === "-" ? "−" : key.toUpperCase());
  const before = [mod && (mac ? "⌘" : "Ctrl"), alt && (mac ? "⌥" : "Alt"), shift && "⇧"];
  return [...before.filter((held) => held !== false), name];
}

/** The shortcut for `aria-keyshortcuts`. */
export function spoken(shortcut: string, mac: boolean): string {
  const { mod, shift, alt, key } = parsed(shortcut);
  const name = NAMED[key]?.spoken ?? key.toUpperCase();
  const before = [mod && (mac ? "Meta" : "Control"), alt && "Alt", shift && "Shift"];
  return [...before.filter((held) => held !== false), name].join("+");
}

/** Whether the window runs on a Mac, according to its root element. */
export function onMac(): boolean {
  return document.documentElement.dataset["platform"] === "macos";
}
