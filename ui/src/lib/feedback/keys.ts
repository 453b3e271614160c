// The keys of a feedback's pictures, as the sheet behind "?" tells them.
import type { KeyLine } from "../inbox/keys";

export const FEEDBACK_KEYS: readonly KeyLine[] = [
  { keys: ["←", "→"], does: "Previous and next picture" },
  { keys: ["+", "−"], does: "Zoom the picture in and out; a wheel or two fingers do the same" },
  { keys: ["0", "1"], does: "Fit the picture, or show it 1:1" },
  { keys: ["⇧", "←"], does: "Move a zoomed picture, with any arrow" },
];
