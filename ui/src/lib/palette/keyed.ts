// The commands that have keys, needed from the window's start, and the keys themselves. The palette has these and all
// others.
import ArrowLeft from "@lucide/svelte/icons/arrow-left";
import ArrowRight from "@lucide/svelte/icons/arrow-right";
import Keyboard from "@lucide/svelte/icons/keyboard";
import MailOpen from "@lucide/svelte/icons/mail-open";
import Plus from "@lucide/svelte/icons/plus";
import Power from "@lucide/svelte/icons/power";
import RefreshCw from "@lucide/svelte/icons/refresh-cw";
import Undo2 from "@lucide/svelte/icons/undo-2";
import X from "@lucide/svelte/icons/x";
import type { KeyScope } from "../keys/keys.svelte";
import { rooms, type RoomName } from "../shell/rooms";
import type { WindowState } from "../state/windowState";
import { counted } from "../text/words";
import { isPossible, keysOf, type Command, type Desk } from "./command";

/** The shortcut that opens the palette. */
export const PALETTE_KEYS = "mod+K";

const LISTS: readonly RoomName[] = ["inbox", "feedback"];
const inFeedback = ({ route }: WindowState) => route.place.room === "feedback";
const inList = ({ route }: WindowState) => route.place.over === undefined && LISTS.includes(route.place.room);

export const keyed: readonly Command[] = [
  {
    id: "undo",
    name: "Undo",
    icon: Undo2,
    keys: ["mod+Z"],
    // In a field, this key undoes typing.
    inFields: false,
    aside: ({ undo }) => undo.last?.done ?? "",
    when: ({ undo }) => undo.last !== null,
    run: ({ app }) => void app.undo.take(),
  },
  {
    id: "mark-all-read",
    name: "Mark all as read",
    icon: MailOpen,
    keys: ["shift+R"],
    keysIn: inList,
    aside: (app) =>
      inFeedback(app)
        ? counted(app.feedback.unread, "feedback", "feedback")
        : counted(app.inbox.unread, "event"),
    when: (app) => (inFeedback(app) ? app.feedback : app.inbox).unread > 0,
    run: ({ app }) => void (inFeedback(app) ? app.feedback : app.inbox).markAllRead(),
  },
  {
    id: "back",
    name: "Back",
    icon: ArrowLeft,
    keys: ["mod+[", "alt+ArrowLeft"],
    inFields: false,
    run: () => history.back(),
  },
  {
    id: "forward",
    name: "Forward",
    icon: ArrowRight,
    keys: ["mod+]", "alt+ArrowRight"],
    inFields: false,
    run: () => history.forward(),
  },
  {
    id: "new-webhook",
    name: "New webhook…",
    icon: Plus,
    keys: ["mod+N"],
    also: "add create make",
    run: ({ newWebhook }) => newWebhook(),
  },
  {
    id: "refresh",
    name: "Refresh",
    icon: RefreshCw,
    keys: ["mod+R"],
    also: "reload read again app store connect",
    run: ({ app }) => void app.refresh(),
  },
  ...rooms.map(({ name, label, icon }, at) => ({
    id: `go-${name}`,
    name: `Go to ${label}`,
    icon,
    keys: [...(name === "settings" ? ["mod+,"] : []), `mod+${at + 1}`],
    run: ({ app }: { app: WindowState }) => app.route.go(name),
  })),
  {
    id: "close-window",
    name: "Close window",
    icon: X,
    keys: ["mod+W"],
    run: ({ app }) => app.closeWindow(),
  },
  {
    id: "quit",
    name: "Quit Hookbell",
    icon: Power,
    keys: ["mod+Q"],
    also: "exit end stop",
    run: ({ app }) => app.quit(),
  },
  {
    id: "keys",
    name: "Keyboard shortcuts",
    icon: Keyboard,
    keys: ["?"],
    also: "shortcuts keyboard help",
    run: ({ showKeys }) => showKeys(),
  },
];

/** The keys of the commands and of the palette itself, for the whole window. */
export function commandKeys(desk: Desk, onpalette: () => void): KeyScope {
  return {
    layer: "window",
    title: "Everywhere",
    keys: [
      {
        keys: [PALETTE_KEYS],
        does: "Search everything",
        run: onpalette,
        underSheets: true,
      },
      ...keyed.flatMap((command) => {
        const keys = keysOf(command);
        if (!("run" in command) || keys.length === 0) return [];
        const [first = "", ...others] = keys;
        const { inFields } = command;
        const run = () => command.run(desk);
        const when = () => isPossible(command, desk.app) && (command.keysIn?.(desk.app) ?? true);
        // The sheet lists only one of these.
        return [
          { keys: [first], does: command.name.replace(/…$/, ""), run, when, inFields },
          ...(others.length > 0 ? [{ keys: others, run, when, inFields }] : []),
        ];
      }),
    ],
  };
}
