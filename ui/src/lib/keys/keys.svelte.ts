// Every key of the window that is no control's own, in one place. Whatever is on screen registers its keys; one handler
// looks them up, and the sheet behind "?" lists what is registered, so that the two can't differ.
//
//   useKeys(() => ({                                      // in the script of the component whose keys these are
//     layer: "room", title: "Inbox",
//     keys: [{ keys: ["j", "ArrowDown"], does: "Next event", run: () => list.move(1) }],
//   }));
//
// The function is called for every press and again for the sheet, so it may read any state. A letter never acts while
// one types, nor in a menu; keys that the focused control uses itself (arrows in a toggle group, Enter on a button) stay
// with it. While a sheet is open only its own keys act.
import { onMount } from "svelte";
import { placeOf, type FocusPlace } from "./place";
import { drawn, isHeld, isPressed, onMac, type KeyPress } from "./shortcut";

/** Whose keys: the nearest comes first. `part` is a part of a room, such as the pictures of a feedback. */
export type Layer = "sheet" | "part" | "room" | "window";

const NEAREST_FIRST: readonly Layer[] = ["sheet", "part", "room", "window"];
/** The layers in the sheet behind "?". A sheet's own keys are not there to be seen. */
const LISTED: readonly Layer[] = ["room", "part", "window"];

export interface KeyBinding {
  /** As `shortcut.ts` reads them; each of them does it. */
  keys: readonly string[];
  /** A line of the sheet. Bindings with the same words share a line; one without words is not listed. */
  does?: string;
  run: (press: KeyboardEvent) => void;
  /** Whether it acts now, given the element that has the focus. If not, the key goes on to the next layer. */
  when?: (focused: Element | null) => boolean;
  /** Whether it acts while one types in a field; by default only what is held with Control, Command or Alt does. */
  inFields?: boolean;
  /** Whether it acts while a sheet is open over it. */
  underSheets?: boolean;
}

export interface KeyScope {
  layer: Layer;
  /** The heading in the sheet; scopes with the same heading are one part of it. */
  title: string;
  keys: readonly KeyBinding[];
}

/** A part of the sheet behind "?": its lines are the keys as they are drawn, and what they do. */
export interface KeyPart {
  title: string;
  lines: { keys: string[]; does: string }[];
}

export class Keys {
  #scopes = $state.raw<readonly (() => KeyScope)[]>([]);

  /** Registers keys until the returned function is called. Of one layer, what came last comes first. */
  add(scope: () => KeyScope): () => void {
    this.#scopes = [scope, ...this.#scopes];
    return () => void (this.#scopes = this.#scopes.filter((other) => other !== scope));
  }

  /** What a press does, if anything. */
  find(press: KeyPress, place: FocusPlace, mac: boolean): KeyBinding | null {
    for (const { layer, keys } of this.#inOrder(NEAREST_FIRST)) {
      for (const binding of keys) {
        const key = binding.keys.find((one) => isPressed(one, press, mac));
        if (key === undefined) continue;
        if (place.underSheet && layer !== "sheet" && !binding.underSheets) continue;
        if (place.typing && !(binding.inFields ?? isHeld(key))) continue;
        if (place.takes(press) || binding.when?.(place.focused) === false) continue;
        return binding;
      }
    }
    return null;
  }

  /** Does what a press stands for, if it stands for something. */
  handle(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    const binding = this.find(event, placeOf(event), onMac());
    if (!binding) return;
    event.preventDefault();
    binding.run(event);
  }

  /** Whether anything on screen has keys of this layer. */
  has(layer: Layer): boolean {
    return this.#scopes.some((scope) => scope().layer === layer);
  }

  /** The sheet behind "?": the room's keys, those of its parts, and those of the whole window. */
  parts(mac: boolean): KeyPart[] {
    const parts = new Map<string, Map<string, string[]>>();
    for (const { title, keys } of this.#inOrder(LISTED)) {
      const lines = parts.get(title) ?? new Map<string, string[]>();
      for (const { keys: all, does } of keys) {
        if (does === undefined) continue;
        const shown = all.flatMap((key) => drawn(key, mac));
        lines.set(does, [...new Set([...(lines.get(does) ?? []), ...shown])]);
      }
      if (lines.size > 0) parts.set(title, lines);
    }
    return [...parts].map(([title, lines]) => ({
      title,
      lines: [...lines].map(([does, keys]) => ({ does, keys })),
    }));
  }

  #inOrder(layers: readonly Layer[]): KeyScope[] {
    const scopes = this.#scopes.map((scope) => scope());
    return layers.flatMap((layer) => scopes.filter((scope) => scope.layer === layer));
  }
}

/** The keys of this window. */
export const windowKeys = new Keys();

/** Registers keys while the component whose script calls this is on screen. */
export function useKeys(scope: () => KeyScope): void {
  onMount(() => windowKeys.add(scope));
}
