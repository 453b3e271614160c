// The keys that belong to one room, as the sheet behind "?" tells them.
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
    { keys: ["←", "→"], does: "Along the stages, or the days" },
    { keys: ["↑", "↓"], does: "To another version or build" },
    { keys: ["↩"], does: "Open the event of a stage" },
  ],
};
