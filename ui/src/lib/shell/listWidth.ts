// The list width that the person chose, remembered by the window itself.

/** In pixels; the limits come from the design. */
export const NARROWEST = 280;
export const WIDEST = 480;

const KEY = "hookbell.listWidth";

export function clamped(width: number): number {
  return Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)));
}

/** The remembered width, or null if there is none or it is invalid. */
export function remembered(): number | null {
  const width = Number.parseInt(localStorage.getItem(KEY) ?? "", 10);
  return Number.isFinite(width) ? clamped(width) : null;
}

export function remember(width: number | null): void {
  if (width === null) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, String(width));
}
