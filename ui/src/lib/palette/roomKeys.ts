// The keys of single rooms, as listed in the sheet behind "?".
import type { KeyLine } from "../inbox/keys";
import type { RoomName } from "../shell/rooms";

const SEARCH: KeyLine = { keys: ["/"], does: "Search" };

export const roomKeys: Partial<Record<RoomName, readonly KeyLine[]>> = {
  webhooks: [
    { keys: ["j", "↓"], does: "Next app or webhook" },
    { keys: ["k", "↑"], does: "Previous app or webhook" },
    SEARCH,
    { keys: ["esc"], does: "Back to the list" },
  ],
  insights: [
    { keys: ["←", "→"], does: "Previous or next stage or day" },
    { keys: ["↑", "↓"], does: "Previous or next version or build" },
    { keys: ["↩"], does: "Open a stage’s event" },
  ],
};
