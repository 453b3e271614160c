// All keyboard shortcuts of the window that don't belong to a single control. Components on screen register their keys;
// one handler dispatches them, and the sheet behind "?" lists what is registered, so that the two can't differ.
//
//   useKeys(() => ({                                      // in the component's script
//     layer: "room", title: "Inbox",
//     keys: [{ keys: ["j", "ArrowDown"], does: "Next event", run: () => list.move(1) }],
//   }));
//
// The function is called for every press and again for the sheet, so it may read any state. Letters never act while
// typing or in a menu; keys that the focused control handles itself (arrows in a toggle group, Enter on a button) stay
// with it. While a sheet is open, only its own keys act.
import { onMount } from "svelte";
import { placeOf, type FocusPlace } from "./place";
import { drawn, isHeld, isPressed, onMac, type KeyPress } from "./shortcut";

/** Whose keys these are; the nearest layer wins. `part` is a part of a room, such as a feedback's pictures. */
export type Layer = "sheet" | "part" | "room" | "window";

const NEAREST_FIRST: readonly Layer[] = ["sheet", "part", "room", "window"];
/** The layers listed in the sheet behind "?". A sheet's own keys aren't listed. */
const LISTED: readonly Layer[] = ["room", "part", "window"];

export interface KeyBinding {
  /** In the notation of `shortcut.ts`; any of them triggers it. */
  keys: readonly string[];
  /** Its description in the sheet. Bindings with the same description share a line; one without is not listed. */
  does?: string;
  run: (press: KeyboardEvent) => void;
  /** Whether it applies now, given the focused element. If not, the key goes to the next layer. */
  when?: (focused: Element | null) => boolean;
  /** Whether it works while typing in a field; by default only combinations with Control, Command or Alt do. */
  inFields?: boolean;
  /** Whether it works while a sheet is open above it. */
  underSheets?: boolean;
}

export interface KeyScope {
  layer: Layer;
  /** The heading in the sheet; scopes with the same heading are merged. */
  title: string;
  keys: readonly KeyBinding[];
}

/** A part of the sheet behind "?": its lines have the keys as drawn, and what they do. */
export interface KeyPart {
  title: string;
  lines: { keys: string[]; does: string }[];
}

export class Keys {
  #scopes = $state.raw<readonly (() => KeyScope)[]>([]);

  /** Registers keys; the returned function unregisters them. Within a layer, the latest wins. */
  add(scope: () => KeyScope): () => void {
    this.#scopes = [scope, ...this.#scopes];
    return () => void (this.#scopes = this.#scopes.filter((other) => other !== scope));
  }

  /** The binding for a key press, if there is one. */
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

  /** Runs the binding for a key press, if there is one. */
  handle(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    const binding = this.find(event, placeOf(event), onMac());
    if (!binding) return;
    event.preventDefault();
    binding.run(event);
  }

  /** Whether anything on screen has registered keys in this layer. */
  has(layer: Layer): boolean {
    return this.#scopes.some((scope) => scope().layer === layer);
  }

  /** The content of the sheet behind "?": the keys of the room, of its parts, and of the whole window. */
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

/** Registers keys while the calling component is mounted. */
export function useKeys(scope: () => KeyScope): void {
  onMount(() => windowKeys.add(scope));
}
