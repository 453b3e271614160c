// All commands of the window, in the palette's order. Add a new command to this list, or to the one in `keyed.ts` if it
// has keys; commands of a single room are in that room's file.
import BellOff from "@lucide/svelte/icons/bell-off";
import BellRing from "@lucide/svelte/icons/bell-ring";
import CircleDot from "@lucide/svelte/icons/circle-dot";
import Copy from "@lucide/svelte/icons/copy";
import DoorOpen from "@lucide/svelte/icons/door-open";
import Hammer from "@lucide/svelte/icons/hammer";
import History from "@lucide/svelte/icons/history";
import KeyRound from "@lucide/svelte/icons/key-round";
import LogOut from "@lucide/svelte/icons/log-out";
import Play from "@lucide/svelte/icons/play";
import Plus from "@lucide/svelte/icons/plus";
import RadioTower from "@lucide/svelte/icons/radio-tower";
import RotateCw from "@lucide/svelte/icons/rotate-cw";
import Settings from "@lucide/svelte/icons/settings";
import Sparkles from "@lucide/svelte/icons/sparkles";
import Square from "@lucide/svelte/icons/square";
import Stethoscope from "@lucide/svelte/icons/stethoscope";
import { isDemo } from "../backend/front";
import { ADD_TRACKER, ISSUE } from "../issues/address";
import { READY_MADE } from "../rules/rules.svelte";
import { sections } from "../settings/sections";
import { rooms } from "../shell/rooms";
import type { WindowState } from "../state/windowState";
import { counted } from "../text/words";
import { isWanted } from "../tunnel/words";
import type { Command } from "./command";
import { keyed } from "./keyed";
import { copyable, rotatable, testable } from "./webhookChoices";

const running = ({ way }: WindowState) => way.now !== null && isWanted(way.now);
const stopped = ({ way }: WindowState) => way.now !== null && way.now.provider !== null && !isWanted(way.now);
const idle = ({ deliveries }: WindowState) => deliveries.progress === null || deliveries.progress.done;
const withKeys = (...ids: string[]) => keyed.filter(({ id }) => ids.includes(id));

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
  ...withKeys("undo", "mark-all-read", "back", "forward", "new-webhook"),
  {
    id: "new-rule",
    name: "New rule…",
    icon: Plus,
    also: "add create automation action when then slack notify",
    run: ({ app }) => app.route.go("rules", READY_MADE),
  },
  {
    id: "upload-build",
    name: "Upload a build…",
    icon: Hammer,
    also: "ipa pkg testflight",
    when: ({ accounts }) => accounts.all.length > 0,
    run: ({ app }) => void app.chooseBuild(),
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
    name: "Fetch missed events",
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
    id: "file-issue",
    name: "File issue…",
    icon: CircleDot,
    also: "github linear jira tracker bug ticket",
    when: ({ route, openedFeedback }) => route.place.room === "feedback" && openedFeedback.id !== null,
    run: ({ app }) => app.route.go("feedback", app.openedFeedback.id, ISSUE),
  },
  {
    id: "add-tracker",
    name: "Add tracker…",
    icon: Plus,
    also: "github linear jira issues token",
    run: ({ app }) => app.route.go("settings", "trackers", ADD_TRACKER),
  },
  ...withKeys("refresh"),
  ...rooms.flatMap(({ name }) => withKeys(`go-${name}`)),
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
  ...withKeys("close-window", "quit", "keys"),
];
