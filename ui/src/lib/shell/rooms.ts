// The rooms of the window, in the order of the sidebar. A new room is a line here and a line in App.svelte.
import ArrowDownUp from "@lucide/svelte/icons/arrow-down-up";
import Inbox from "@lucide/svelte/icons/inbox";
import Webhook from "@lucide/svelte/icons/webhook";

export const rooms = [
  { name: "inbox", label: "Inbox", icon: Inbox },
  { name: "webhooks", label: "Webhooks", icon: Webhook },
  { name: "deliveries", label: "Deliveries", icon: ArrowDownUp },
] as const;

export type RoomName = (typeof rooms)[number]["name"];
