// The palette's state: the typed text, the chosen line, and what happens when a line is run.
import AppWindow from "@lucide/svelte/icons/app-window";
import KeyRound from "@lucide/svelte/icons/key-round";
import WebhookIcon from "@lucide/svelte/icons/webhook";
import type { ApiError } from "../bindings/api";
import { asApiError } from "../backend/backend";
import type { Command, Desk, Doing, Icon } from "./command";
import { EventSearch } from "./eventSearch.svelte";
import { eventSource, groupsOf, plain, type Group } from "./found";
import {
  accountItems,
  appItems,
  choiceItems,
  commandItems,
  eventItem,
  webhookItems,
  type Item,
} from "./items";

/** How many urgent and how many recent lines are shown while nothing is typed. */
const FEW = 3;

/** The lines run last from any palette of this window, latest first. */
const used: string[] = [];

function remember(key: string): void {
  const at = used.indexOf(key);
  if (at >= 0) used.splice(at, 1);
  used.unshift(key);
}

/** A command that asks for an option. */
interface Step {
  ask: string;
  items: Item[];
}

export class Palette {
  typed = $state("");
  /** The index of the chosen line among all lines. */
  chosen = $state(0);
  step = $state.raw<Step | null>(null);
  /** The palette is waiting for an action. */
  working = $state(false);
  /** The message about the finished action, shown just before the palette closes. */
  told = $state("");
  error = $state.raw<ApiError | null>(null);

  groups = $derived.by(() => this.#groups());
  lines = $derived(this.groups.flatMap(({ lines }) => lines));
  line = $derived(this.lines[Math.min(this.chosen, this.lines.length - 1)] ?? null);
  /** Whether events are still being searched, so that "no match" would be premature. */
  looking = $derived.by(() => this.step === null && this.#events.under);

  #desk: Desk;
  #commands: readonly Command[];
  #close: () => void;
  #events: EventSearch;

  /** `close` closes the palette and restores the focus. */
  constructor(desk: Desk, commands: readonly Command[], close: () => void) {
    this.#desk = desk;
    this.#commands = commands;
    this.#close = close;
    this.#events = new EventSearch(desk.app.call);
  }

  type(text: string): void {
    this.typed = text;
    this.chosen = 0;
    this.error = null;
    if (this.step === null) this.#events.look(text);
  }

  /** Moves the choice by this many lines, wrapping around. */
  move(by: number): void {
    const count = this.lines.length;
    if (count > 0) this.chosen = (((Math.min(this.chosen, count - 1) + by) % count) + count) % count;
  }

  /** Goes back from an option to the commands, or closes. */
  back(): void {
    if (this.step) this.#turn(null);
    else this.#close();
  }

  stop(): void {
    this.#events.stop();
  }

  async choose(item: Item): Promise<void> {
    if (this.working) return;
    if (this.step === null) remember(item.key);
    await this.#perform(item.doing, "icon" in item.lead ? item.lead.icon : WebhookIcon);
  }

  async #perform(doing: Doing, icon: Icon): Promise<void> {
    if ("run" in doing) {
      this.#close();
      doing.run(this.#desk);
    } else if ("tell" in doing) {
      await this.#tell(doing.tell);
    } else {
      const choices = doing.choices(this.#desk);
      const [only] = choices;
      if (only && choices.length === 1) await this.#perform(only.doing, icon);
      else this.#turn({ ask: doing.ask, items: choiceItems(choices, icon) });
    }
  }

  async #tell(tell: (desk: Desk) => Promise<string>): Promise<void> {
    this.working = true;
    this.error = null;
    try {
      this.told = await tell(this.#desk);
      this.#close();
    } catch (thrown) {
      this.error = asApiError(thrown);
    } finally {
      this.working = false;
    }
  }

  #turn(step: Step | null): void {
    this.step = step;
    this.typed = "";
    this.chosen = 0;
    this.error = null;
    this.#events.stop();
  }

  #groups(): Group[] {
    const typed = this.typed.trim();
    if (this.step) {
      const { items } = this.step;
      return typed === "" ? [plain("Choices", items)] : groupsOf(typed, [{ name: "Choices", items }]);
    }
    const { app } = this.#desk;
    const items = commandItems(this.#commands, app);
    if (typed === "") return this.#likely(items);
    return groupsOf(typed, [
      { name: "Commands", items },
      // An app's name is in the titles of many of its events, so apps come first.
      { name: "Apps", items: appItems(app, AppWindow) },
      { name: "Webhooks", items: webhookItems(app, WebhookIcon) },
      { name: "Accounts", items: accountItems(app, KeyRound) },
      eventSource(typed, app.inbox.rows, this.#events, app.clock.now),
    ]);
  }

  /** The lines shown while nothing is typed: urgent ones, recent ones, and all possible commands. */
  #likely(items: readonly Item[]): Group[] {
    const { inbox, clock } = this.#desk.app;
    const needed = inbox.rows.filter(({ importance, read }) => importance === "needsYou" && !read);
    const recent = used.flatMap((key) => items.filter((item) => item.key === key)).slice(0, FEW);
    const others = items.filter((item) => !recent.includes(item));
    return [
      plain(
        "Needs attention",
        needed.slice(0, FEW).map((row) => eventItem(row, clock.now)),
      ),
      plain("Recent", recent),
      plain("Commands", others),
    ].filter(({ lines }) => lines.length > 0);
  }
}
