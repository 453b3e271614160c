// The icon for each kind of event, the same on all pages.
import AppWindow from "@lucide/svelte/icons/app-window";
import BadgeQuestionMark from "@lucide/svelte/icons/badge-question-mark";
import Bug from "@lucide/svelte/icons/bug";
import FolderDown from "@lucide/svelte/icons/folder-down";
import Hammer from "@lucide/svelte/icons/hammer";
import Hourglass from "@lucide/svelte/icons/hourglass";
import Image from "@lucide/svelte/icons/image";
import Newspaper from "@lucide/svelte/icons/newspaper";
import Package from "@lucide/svelte/icons/package";
import RadioTower from "@lucide/svelte/icons/radio-tower";
import Store from "@lucide/svelte/icons/store";
import Unplug from "@lucide/svelte/icons/unplug";
import type { EventKind } from "../bindings/api";

export const kindIcons = {
  version: AppWindow,
  build: Hammer,
  upload: Package,
  screenshot: Image,
  crash: Bug,
  asset: FolderDown,
  distribution: Store,
  ping: RadioTower,
  alert: Unplug,
  reminder: Hourglass,
  digest: Newspaper,
  unknown: BadgeQuestionMark,
} satisfies Record<EventKind, unknown>;
