// The rooms of the window, in the sidebar's order. A new room needs a line here and a line in Room.svelte.
import ArrowDownUp from "@lucide/svelte/icons/arrow-down-up";
import Cable from "@lucide/svelte/icons/cable";
import ChartSpline from "@lucide/svelte/icons/chart-spline";
import Hammer from "@lucide/svelte/icons/hammer";
import Inbox from "@lucide/svelte/icons/inbox";
import MessageSquareText from "@lucide/svelte/icons/message-square-text";
import Settings from "@lucide/svelte/icons/settings";
import Webhook from "@lucide/svelte/icons/webhook";
import Workflow from "@lucide/svelte/icons/workflow";

export const rooms = [
  { name: "inbox", label: "Inbox", icon: Inbox },
  { name: "feedback", label: "Feedback", icon: MessageSquareText },
  { name: "builds", label: "Builds", icon: Hammer },
  { name: "webhooks", label: "Webhooks", icon: Webhook },
  { name: "deliveries", label: "Deliveries", icon: ArrowDownUp },
  { name: "rules", label: "Rules", icon: Workflow },
  { name: "tunnel", label: "Tunnel", icon: Cable },
  { name: "insights", label: "Insights", icon: ChartSpline },
  { name: "settings", label: "Settings", icon: Settings },
] as const;

export type RoomName = (typeof rooms)[number]["name"];
