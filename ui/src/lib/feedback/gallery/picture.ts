// A picture for the gallery: its URL, or the reason why it is missing.
import type { Component } from "svelte";
import type { Size } from "./view";

export interface Picture {
  key: string;
  id: number;
  /** The URL to draw it from; null if it can't be drawn. */
  url: string | null;
  /** Its thumbnail. */
  thumb: string | null;
  /** In pixels, if known before it is drawn. */
  size: Size | null;
  /** "PNG, 412 kB" */
  about: string;
  /** Whether there is a file to open, copy and save. */
  kept: boolean;
  /** Whether requesting it again may succeed. */
  again: boolean;
  /** Why it can't be drawn. With a URL: the message if the window can't draw it. */
  missing: Missing;
}

export interface Missing {
  icon: Component<{ "aria-hidden"?: "true"; class?: string }>;
  title: string;
  text: string;
}

/** The size of a phone's screen, for a picture of unknown size. */
export const LIKELY: Size = { width: 1179, height: 2556 };

/** The minimum width of a picture's place, so that the message of a missing one fits. */
const LEAST_MISSING = 216;

/** The size of a picture in the strip, in CSS pixels. */
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
