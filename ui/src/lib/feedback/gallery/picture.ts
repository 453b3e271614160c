// A picture as the gallery takes it: drawn from its address, or words on why it is not there.
import type { Component } from "svelte";
import type { Size } from "./view";

export interface Picture {
  key: string;
  id: number;
  /** Where it is drawn from; null while it can't be. */
  url: string | null;
  /** The same, kept small. */
  thumb: string | null;
  /** Pixels, as far as they are known before it is drawn. */
  size: Size | null;
  /** "PNG, 412 kB" */
  about: string;
  /** Whether there is a file to open, copy and save. */
  kept: boolean;
  /** Whether asking for it again may bring it. */
  again: boolean;
  /** Why it can't be drawn. For one with an address: what to say when the window can't draw it. */
  missing: Missing;
}

export interface Missing {
  icon: Component<{ "aria-hidden"?: "true"; class?: string }>;
  title: string;
  text: string;
}

/** The size of a telephone's screen, for a picture of which nothing is known. */
export const LIKELY: Size = { width: 1179, height: 2556 };

/** The least width of a picture's place, so that the words of a missing one fit. */
const LEAST_MISSING = 216;

/** How large a picture stands in the strip, in pixels of the window. */
export function placeOf({ size }: Picture, drawn: boolean, room: Size, actual: number): Size {
  const { width, height } = size ?? LIKELY;
  const scale = Math.min(
    room.width / Math.max(1, width),
    room.height / Math.max(1, height),
    size ? actual : Infinity,
  );
  const place = { width: Math.max(24, width * scale), height: Math.max(24, height * scale) };
  if (drawn) return place;
  return { width: Math.min(room.width, Math.max(LEAST_MISSING, place.width)), height: room.height };
}
