// A key press as rooms without registered keys read it, and a line of the sheet behind "?".

export interface Pressed {
  key: string;
  /** Control, Command or Alt is held: such keys belong to the system. */
  held: boolean;
  /** Typing goes into a field, a menu or a sheet. */
  busy: boolean;
  /** The list has the focus. */
  inList: boolean;
}

/** Reads a key press. `list` is the list's element, if it exists. */
export function pressed(event: KeyboardEvent, list: Element | null): Pressed {
  const target = event.target instanceof Element ? event.target : null;
  return {
    key: event.key.length === 1 ? event.key.toLowerCase() : event.key,
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
