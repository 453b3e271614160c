// The type of a command, and what commands work with.
import type { Component } from "svelte";
import type { WindowState } from "../state/windowState";

export type Icon = Component<{ class?: string; "aria-hidden"?: "true" }>;

/** What commands work with: the window's state, and the sheets it can open over any room. */
export interface Desk {
  readonly app: WindowState;
  readonly newWebhook: () => void;
  readonly addAccount: () => void;
  readonly showKeys: () => void;
}

/** One of the options that a command asks for, such as a webhook. */
export interface Choice {
  key: string;
  name: string;
  /** Secondary text at the far end, which is searched as well. */
  side: string;
  doing: Doing;
}

/** Goes somewhere in the window that shows the result. */
interface Leads {
  run: (desk: Desk) => void;
}
/** Runs in place. Resolves with a message to announce; rejects with an `ApiError`. */
interface Tells {
  tell: (desk: Desk) => Promise<string>;
}
/** Asks for an option first; if there is only one, it is chosen automatically. */
interface Asks {
  ask: string;
  choices: (desk: Desk) => Choice[];
}

export type Doing = Leads | Tells | Asks;

interface Common {
  id: string;
  /** Its name in the palette and in the sheet of keys. */
  name: string;
  icon: Icon;
  /** Synonyms to search for. */
  also?: string;
  /** Secondary text next to the name: "3 deliveries". */
  aside?: (app: WindowState) => string;
  /** Whether it is possible now; always, if omitted. */
  when?: (app: WindowState) => boolean;
}

/**
 * Its shortcuts, in the notation of `shortcut.ts`; the first is shown. Only a command whose effect is visible can have
 * one.
 */
interface Keyed {
  keys?: readonly string[];
  /** Where the keys work; everywhere, if omitted. */
  keysIn?: (app: WindowState) => boolean;
  /** Whether the keys work while typing, given that they include a modifier. */
  inFields?: boolean;
}

export type Command = Common & ((Leads & Keyed) | Tells | Asks);

/** Whether a command is possible now. */
export function isPossible({ when }: Command, app: WindowState): boolean {
  return when?.(app) ?? true;
}

export function keysOf(command: Command): readonly string[] {
  return "keys" in command ? (command.keys ?? []) : [];
}
