// The icon of each action.
import AlarmClock from "@lucide/svelte/icons/alarm-clock";
import Archive from "@lucide/svelte/icons/archive";
import Bell from "@lucide/svelte/icons/bell";
import BellOff from "@lucide/svelte/icons/bell-off";
import CircleDot from "@lucide/svelte/icons/circle-dot";
import CircleQuestionMark from "@lucide/svelte/icons/circle-question-mark";
import Hammer from "@lucide/svelte/icons/hammer";
import Send from "@lucide/svelte/icons/send";
import SquareTerminal from "@lucide/svelte/icons/square-terminal";
import type { ActionKind } from "../document";

const ICONS = {
  notify: Bell,
  silence: BellOff,
  archive: Archive,
  remind: AlarmClock,
  run: SquareTerminal,
  forward: Send,
  distribute: Hammer,
  issue: CircleDot,
} satisfies Record<ActionKind, unknown>;

/** The icon of an action, by its name in the document. */
export function actionIcon(kind: string | null) {
  return (kind !== null && kind in ICONS && ICONS[kind as ActionKind]) || CircleQuestionMark;
}
