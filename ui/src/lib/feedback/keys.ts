// The keys of the feedback's room, as the sheet behind "?" tells them.
import type { KeyLine } from "../inbox/keys";

export const FEEDBACK_KEYS: readonly KeyLine[] = [
  { keys: ["j", "↓"], does: "Next feedback" },
  { keys: ["k", "↑"], does: "Previous feedback" },
  { keys: ["↩"], does: "Open it" },
  { keys: ["r"], does: "Mark as read or unread" },
  { keys: ["e"], does: "Archive, or bring back" },
  { keys: ["⌫"], does: "Delete it for good, once that is confirmed" },
  { keys: ["/"], does: "Search" },
  { keys: ["←", "→"], does: "Previous and next picture" },
  { keys: ["+", "−"], does: "Zoom the picture in and out; a wheel or two fingers do the same" },
  { keys: ["0", "1"], does: "Fit the picture, or show it 1:1" },
  { keys: ["⇧", "←"], does: "Move a zoomed picture, with any arrow" },
  { keys: ["esc"], does: "Leave the zoom, then back to the list, then close" },
];
