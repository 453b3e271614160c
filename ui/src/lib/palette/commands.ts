// Every command of the window, in the order of the palette. The keys of the window and the sheet behind "?" come from
// here as well. A new command is an entry of this list; those that belong to one room come with that room's file.
import ArrowLeft from "@lucide/svelte/icons/arrow-left";
import ArrowRight from "@lucide/svelte/icons/arrow-right";
import BellOff from "@lucide/svelte/icons/bell-off";
import BellRing from "@lucide/svelte/icons/bell-ring";
import Copy from "@lucide/svelte/icons/copy";
import DoorOpen from "@lucide/svelte/icons/door-open";
import History from "@lucide/svelte/icons/history";
import Keyboard from "@lucide/svelte/icons/keyboard";
import KeyRound from "@lucide/svelte/icons/key-round";
import LogOut from "@lucide/svelte/icons/log-out";
import MailOpen from "@lucide/svelte/icons/mail-open";
import Play from "@lucide/svelte/icons/play";
import Plus from "@lucide/svelte/icons/plus";
import Power from "@lucide/svelte/icons/power";
import RadioTower from "@lucide/svelte/icons/radio-tower";
import RefreshCw from "@lucide/svelte/icons/refresh-cw";
import RotateCw from "@lucide/svelte/icons/rotate-cw";
import Settings from "@lucide/svelte/icons/settings";
import Sparkles from "@lucide/svelte/icons/sparkles";
import Square from "@lucide/svelte/icons/square";
import Stethoscope from "@lucide/svelte/icons/stethoscope";
import Undo2 from "@lucide/svelte/icons/undo-2";
import X from "@lucide/svelte/icons/x";
import { isDemo } from "../backend/front";
import { READY_MADE } from "../rules/rules.svelte";
import type { KeyScope } from "../keys/keys.svelte";
import { sections } from "../settings/sections";
import { rooms, type RoomName } from "../shell/rooms";
import type { WindowState } from "../state/windowState";
import { counted } from "../text/words";
import { isWanted } from "../tunnel/words";
import { isPossible, keysOf, type Command, type Desk } from "./command";
import { copyable, rotatable, testable } from "./webhookChoices";

/** How the palette itself is opened. */
export const PALETTE_KEYS = "mod+K";

const running = ({ way }: WindowState) => way.now !== null && isWanted(way.now);
const stopped = ({ way }: WindowState) => way.now !== null && way.now.provider !== null && !isWanted(way.now);
const idle = ({ deliveries }: WindowState) => deliveries.progress === null || deliveries.progress.done;
const LISTS: readonly RoomName[] = ["inbox", "feedback"];
const inFeedback = ({ route }: WindowState) => route.place.room === "feedback";
const inList = ({ route }: WindowState) => route.place.over === undefined && LISTS.includes(route.place.room);

export const commands: readonly Command[] = [
  {
    id: "redeliver",
    name: "Redeliver all failed",
    icon: RotateCw,
    also: "retry resend send again deliveries",
    aside: ({ apps }) => counted(apps.failed, "delivery", "deliveries"),
    when: (app) => app.apps.failed > 0 && idle(app),
    run: ({ app }) => void app.redeliverAll(),
  },
  {
    id: "undo",
    name: "Undo",
    icon: Undo2,
    keys: ["mod+Z"],
    // A field takes back what was typed there.
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
    id: "new-rule",
    name: "New rule…",
    icon: Plus,
    also: "add create automation action when then slack notify",
    run: ({ app }) => app.route.go("rules", READY_MADE),
  },
  {
    id: "add-account",
    name: "Add account…",
    icon: KeyRound,
    also: "new connect key app store connect p8",
    run: ({ addAccount }) => addAccount(),
  },
  {
    id: "test",
    name: "Send a test…",
    icon: RadioTower,
    also: "ping try webhook",
    when: (app) => testable(app).length > 0,
    ask: "Test which webhook?",
    choices: ({ app }) => testable(app),
  },
  {
    id: "rotate-secret",
    name: "Rotate secret…",
    icon: KeyRound,
    also: "wrong mismatch signature new webhook",
    when: (app) => rotatable(app).length > 0,
    ask: "Rotate the secret of which webhook?",
    choices: ({ app }) => rotatable(app),
  },
  {
    id: "copy-payload-url",
    name: "Copy payload URL…",
    icon: Copy,
    also: "address webhook",
    when: (app) => copyable(app).length > 0,
    ask: "Copy the payload URL of which webhook?",
    choices: ({ app }) => copyable(app),
  },
  {
    id: "pause",
    name: "Pause notifications for an hour",
    icon: BellOff,
    also: "quiet snooze mute do not disturb",
    when: ({ engine }) => engine.now !== null && engine.now.pausedUntil === null,
    tell: async ({ app: { engine } }) => {
      await engine.pause(60);
      if (engine.refused) throw engine.refused;
      return "Paused for an hour.";
    },
  },
  {
    id: "resume",
    name: "Resume notifications",
    icon: BellRing,
    also: "unpause",
    when: ({ engine }) => (engine.now?.pausedUntil ?? null) !== null,
    tell: async ({ app: { engine } }) => {
      await engine.resume();
      if (engine.refused) throw engine.refused;
      return "Notifications are on again.";
    },
  },
  {
    id: "tunnel-start",
    name: "Start the tunnel",
    icon: Play,
    when: stopped,
    run: ({ app }) => {
      app.route.go("tunnel");
      void app.way.start();
    },
  },
  {
    id: "tunnel-restart",
    name: "Restart the tunnel",
    icon: RotateCw,
    when: running,
    run: ({ app }) => {
      app.route.go("tunnel");
      void app.way.restart();
    },
  },
  {
    id: "tunnel-stop",
    name: "Stop the tunnel",
    icon: Square,
    when: running,
    run: ({ app }) => {
      app.route.go("tunnel");
      void app.way.stop();
    },
  },
  {
    id: "doctor",
    name: "Run the doctor",
    icon: Stethoscope,
    also: "check diagnose why not working",
    run: ({ app }) => {
      app.route.go("tunnel", "doctor");
      void app.checkup.run();
    },
  },
  {
    id: "fetch-missed",
    name: "Fetch what was missed",
    icon: History,
    also: "catch up missed events",
    when: ({ accounts }) => accounts.all.length > 0,
    run: ({ app }) => {
      app.route.go("tunnel");
      void app.missed.fetch();
    },
  },
  {
    id: "fetch-feedback",
    name: "Fetch older feedback",
    icon: History,
    also: "testers backfill",
    when: ({ accounts, feedback }) =>
      accounts.all.length > 0 && (feedback.backfill === null || feedback.backfill.done),
    run: ({ app }) => {
      app.route.go("feedback");
      void app.feedback.fetchOlder();
    },
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
  ...sections.map(({ name, label }) => ({
    id: `settings-${name}`,
    name: `Settings: ${label}`,
    icon: Settings,
    run: ({ app }: { app: WindowState }) => app.route.go("settings", name),
  })),
  {
    id: "demo",
    name: "Send a demo event…",
    icon: Sparkles,
    also: "emit simulate event",
    when: isDemo,
    run: ({ app }) => app.route.follow("#/demo"),
  },
  {
    id: "leave-demo",
    name: "Leave the demo…",
    icon: LogOut,
    when: (app) => isDemo() || app.behind.now,
    run: ({ app }) => app.route.follow("#/demo/leave"),
  },
  {
    id: "welcome",
    name: "Welcome",
    icon: DoorOpen,
    also: "first steps setup demo try without an account",
    when: () => !isDemo(),
    run: ({ app }) => app.route.follow("#/welcome"),
  },
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

/** The keys of the commands, and of the palette itself, for the whole window. */
export function commandKeys(desk: Desk, onpalette: () => void): KeyScope {
  return {
    layer: "window",
    title: "Everywhere",
    keys: [
      {
        keys: [PALETTE_KEYS],
        does: "Search commands and everything else",
        run: onpalette,
        underSheets: true,
      },
      ...commands.flatMap((command) => {
        const keys = keysOf(command);
        if (!("run" in command) || keys.length === 0) return [];
        const [first = "", ...others] = keys;
        const { inFields } = command;
        const run = () => command.run(desk);
        const when = () => isPossible(command, desk.app) && (command.keysIn?.(desk.app) ?? true);
        // One of them is enough in the sheet.
        return [
          { keys: [first], does: command.name.replace(/…$/, ""), run, when, inFields },
          ...(others.length > 0 ? [{ keys: others, run, when, inFields }] : []),
        ];
      }),
    ],
  };
}
