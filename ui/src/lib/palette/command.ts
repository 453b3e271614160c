// What a command is, and what it works with.
import type { Component } from "svelte";
import type { WindowState } from "../state/windowState";

export type Icon = Component<{ class?: string; "aria-hidden"?: "true" }>;

/** What commands work with: what the window knows, and the sheets it can open over any room. */
export interface Desk {
  readonly app: WindowState;
  readonly newWebhook: () => void;
  readonly addAccount: () => void;
  readonly showKeys: () => void;
}

/** One of the things a command asks about: which webhook, for instance. */
export interface Choice {
  key: string;
  name: string;
  /** Quiet words at the far end, which are searched as well. */
  side: string;
  doing: Doing;
}

/** Leads somewhere in the window, where one sees what came of it. */
interface Leads {
  run: (desk: Desk) => void;
}
/** Is done from where one is. Resolves with the words that say so, rejects with an `ApiError`. */
interface Tells {
  tell: (desk: Desk) => Promise<string>;
}
/** Asks about which one first; where there is but one, that is it. */
interface Asks {
  ask: string;
  choices: (desk: Desk) => Choice[];
}

export type Doing = Leads | Tells | Asks;

interface Common {
  id: string;
  /** What it does, as it stands in the palette and among the keys. */
  name: string;
  icon: Icon;
  /** Other words by which one may look for it. */
  also?: string;
  /** Quiet words beside the name: "3 deliveries". */
  aside?: (app: WindowState) => string;
  /** Whether it can be done now; always, if it is left out. */
  when?: (app: WindowState) => boolean;
}

/** Its shortcuts, as `shortcut.ts` reads them; the first one is shown. Only what shows by itself can have one. */
interface Keyed {
  keys?: readonly string[];
  /** Where the keys act; everywhere, if it is left out. */
  keysIn?: (app: WindowState) => boolean;
  /** Whether the keys act while one types, although they are held. */
  inFields?: boolean;
}

export type Command = Common & ((Leads & Keyed) | Tells | Asks);

/** Whether a command can be done now. */
export function isPossible({ when }: Command, app: WindowState): boolean {
  return when?.(app) ?? true;
}

export function keysOf(command: Command): readonly string[] {
  return "keys" in command ? (command.keys ?? []) : [];
}
