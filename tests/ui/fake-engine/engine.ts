// A small in-memory engine: it answers the window's commands like the real one, can be put into any state, and records
// its requests.
import type {
  Account,
  ApiError,
  App,
  AppWebhook,
  BackfillProgress,
  CatchUp,
  Commands,
  Delivery,
  Deletion,
  Demo,
  DemoPlace,
  DemoPush,
  DoctorStep,
  ErrorCode,
  EventChoices,
  EventFilter,
  FeedbackStorage,
  KeptApps,
  Push,
  SavedView,
  SettingsReply,
  Status,
  StoredChanges,
  Tunnel,
  TunnelLine,
  TunnelProvider,
  UpdateStatus,
  Webhook,
} from "../../../ui/src/lib/bindings/api.ts";
import { type Answers, type Command, refusal } from "./answers.ts";
import { ascCommands } from "./asc.ts";
import { type Beta, noBuilds } from "./beta.ts";
import { buildCommands } from "./builds.ts";
import { deletionCommands } from "./deletion.ts";
import { distributionCommands } from "./distribution.ts";
import { eventCommands, isWanted } from "./event-commands.ts";
import { eventChoices, type FakeEvent } from "./events.ts";
import { blank, type Insights, insightsCommands } from "./insights.ts";
import { caughtUp, LINES, off, steps, storage, tunnelCommands, tunnelStatusOf } from "./tunnel.ts";
import { providers } from "./providers.ts";
import { demo, demoCommands } from "./demo.ts";
import { type FakeFeedback } from "./feedback.ts";
import { Held } from "./held.ts";
import { feedbackCommands } from "./feedback-commands.ts";
import { preferences, settingsCommands } from "./settings.ts";
import { resendCommands } from "./resend.ts";
import { noRules, type RuleBook, ruleCommands } from "./rules.ts";
import { statusCommands } from "./status-commands.ts";
import { noTrackers, type TrackerBook, trackerCommands } from "./trackers.ts";
import { updateCommands } from "./updates.ts";
import { uploadCommands } from "./uploads.ts";

/** A command and its request, as called. */
export type Asked = { [C in Command]: [C, Commands[C][0]] }[Command];
/** The error of a failing command. */
export type Refusal = [code: ErrorCode, message: string, hint: string, field?: string | null];
export type Failure = [command: Command, ...Refusal];
/** Handlers that replace the default ones; one that returns nothing falls through to the default. */
type Otherwise = {
  [C in Command]?: (
    request: Commands[C][0],
  ) => Promise<Commands[C][1] | undefined> | Commands[C][1] | undefined;
};
/** An engine's initial state; the status in parts. */
export type State = Partial<Omit<FakeEngine, "status">> & {
  status?: Partial<Status>;
};

/** Changes of more rows are pushed without naming them. */
const MAX_NAMED_ROWS = 100;
const unreadFeedback = ({ feedback }: FakeEngine) =>
  feedback.filter(({ row }) => !row.read && !row.archived).length;

export class FakeEngine {
  events: FakeEvent[] = [];
  /** Saved views; their counts are computed on request. */
  views: SavedView[] = [];
  /** The filter options for events. */
  choices: EventChoices = eventChoices();
  webhooks: Webhook[] = [];
  accounts: Account[] = [];
  /** By the account's id. */
  apps: Record<string, App[]> = {};
  /** Webhooks in App Store Connect. */
  hooks: AppWebhook[] = [];
  deliveries: Delivery[] = [];
  /** What was read from accounts earlier, by their ids. */
  kept: Record<string, KeptApps> = {};
  tunnel: Tunnel = off();
  providers: TunnelProvider[] = providers();
  missed: CatchUp = caughtUp();
  steps: DoctorStep[] = steps();
  lines: TunnelLine[] = LINES;
  storage: FeedbackStorage = storage();
  preferences: SettingsReply = preferences();
  /** The known update status; a check finds `released`. */
  update: UpdateStatus = { state: "unknown" };
  released: UpdateStatus = { state: "unknown" };
  /** The file that the person chooses in a dialog; null if the dialog is cancelled. */
  chosenPath: string | null = null;
  demo: Demo = demo();
  /** Where the demo is, as seen from the window. */
  demoPlace: DemoPlace = "none";
  /** Addresses that events were resent to, latest first. */
  addresses: string[] = [];
  /** The text copied last. */
  copied: string | null = null;
  feedback: FakeFeedback[] = [];
  /** What many events show together. */
  insights: Insights = blank();
  /** Rules, runs and the options of a rule's form. */
  book: RuleBook = noRules();
  /** Trackers, and the issues of feedback. */
  tracking: TrackerBook = noTrackers();
  /** Builds, uploads, groups and testers. */
  beta: Beta = noBuilds();
  /** The progress of reading existing feedback; null if never requested. */
  backfill: BackfillProgress | null = null;
  /** Resending makes no progress until it is stopped. */
  slow = false;
  stopRedelivery: (() => void) | undefined;
  /** Whether the welcome is finished. */
  welcomed = false;
  /** Whether unlocking the keychain succeeds. */
  unlocks = false;
  /** What is deleted along with an account, if anything. */
  received: Deletion | undefined;
  status: Status = {
    version: "0.1.0",
    tray: "idle",
    headline: "Listening on port 8377",
    detail: "Last event 4 min ago",
    listener: { state: "listening", url: "http://127.0.0.1:8377", port: 8377 },
    tunnel: null,
    trouble: null,
    pausedUntil: null,
    unread: 0,
    dataDir: "/home/mira/.local/share/hookbell",
    platform: "linux",
  };
  /** Calls to the shell around the window, in order. */
  host: ("close" | "quit")[] = [];
  /** All calls, in order: [command, request]. */
  asked: Asked[] = [];
  /** Failing commands and their errors. */
  failing = new Map<Command, ApiError>();
  /** Commands that never answer. */
  silent = new Set<Command>();
  /** The delay of every reply, in milliseconds. */
  delay = 0;
  otherwise: Otherwise = {};
  #held = new Map<Command, Held>();
  #hearers = new Set<(push: Push | DemoPush) => void>();

  constructor(state: State = {}) {
    const { status, ...rest } = state;
    Object.assign(this, rest);
    Object.assign(this.status, status);
    this.status.unread = this.unread();
  }

  /** The events that match a filter, newest first. */
  matching(filter: EventFilter) {
    const words = filter.search.toLowerCase();
    return this.events.filter(
      (event) =>
        isWanted(event, filter) && `${event.row.title} ${event.row.subtitle}`.toLowerCase().includes(words),
    );
  }
  /** The views as sent to the window, with their counts. */
  shownViews(): SavedView[] {
    return this.views.map((view) => ({
      ...view,
      unread: view.trouble === null ? this.matching({ ...view.filter, unread: true }).length : 0,
    }));
  }
  view(id: number) {
    const found = this.shownViews().find((view) => view.id === id);
    if (!found) throw refusal("notFound", "this view is gone", "another window or a command has deleted it");
    return found;
  }
  /** Saves a view; a new one is appended. */
  keepView(view: SavedView): SavedView {
    if (view.name.trim() === "") throw refusal("invalidInput", "a view needs a name", "enter one", "name");
    const isTaken = ({ id, name }: SavedView) =>
      id !== view.id && name.toLowerCase() === view.name.trim().toLowerCase();
    if (this.views.some(isTaken))
      throw refusal(
        "invalidInput",
        `a view called “${view.name}” already exists`,
        "choose another name",
        "name",
      );
    const known = this.views.some(({ id }) => id === view.id);
    this.changeViews(
      known ? this.views.map((old) => (old.id === view.id ? view : old)) : [...this.views, view],
    );
    return this.view(view.id);
  }
  /** The views change, by this window or another process. */
  changeViews(views: SavedView[]) {
    this.views = views;
    this.push({ kind: "views", views: this.shownViews() });
  }
  unread() {
    return this.events.filter(({ row }) => !row.read && !row.archived).length;
  }
  hear(hearer: (push: Push | DemoPush) => void) {
    this.#hearers.add(hearer);
    return () => this.#hearers.delete(hearer);
  }
  push(push: Push | DemoPush) {
    for (const hearer of this.#hearers) hearer(push);
  }
  /** New events arrive. */
  store(...events: FakeEvent[]) {
    this.events = [...events, ...this.events];
    const rows = events.length > MAX_NAMED_ROWS ? null : events.map(({ row }) => structuredClone(row));
    this.changed({
      events: rows && { rows, gone: [] },
      feedback: { rows: [], counts: null },
      unread: this.unread(),
    });
  }
  /** Stored rows change; omitted parts are pushed as too many to name. */
  changed(changes: Partial<StoredChanges> = {}) {
    const { unread } = this.status;
    const none = { events: null, feedback: null, unread, unreadFeedback: unreadFeedback(this) };
    this.push({ kind: "stored", changes: { ...none, ...changes } });
  }
  /** The engine's status changes. */
  become(status: Partial<Status>) {
    Object.assign(this.status, status);
    this.push({ kind: "status", status: this.status });
  }
  /** The tunnel changes. */
  becomeTunnel(tunnel: Tunnel) {
    this.tunnel = tunnel;
    this.become({ tunnel: tunnelStatusOf(tunnel) });
    return tunnel;
  }
  fail(...[command, code, message, hint, field = null]: Failure) {
    this.failing.set(command, refusal(code, message, hint, field));
  }

  async answer<C extends Command>(command: C, request: Commands[C][0]): Promise<Commands[C][1]> {
    this.asked.push([command, request] as Asked);
    const held = this.#held.get(command);
    if (!held && this.delay === 0) return this.#reply(command, request);
    // The reply is a snapshot from now, whatever happens before it arrives.
    const reply = this.#reply(command, request).then(structuredClone<Commands[C][1]>);
    await Promise.allSettled([reply, held?.wait(), new Promise((late) => setTimeout(late, this.delay))]);
    return reply;
  }
  /** Holds back the replies to a command until the test releases them. */
  hold(command: Command): Held {
    const held = new Held(() => this.#held.delete(command));
    this.#held.set(command, held);
    return held;
  }
  /** The number of calls, of all commands or of this one. */
  count(command?: Command): number {
    return command ? this.asked.filter(([asked]) => asked === command).length : this.asked.length;
  }

  async #reply<C extends Command>(command: C, request: Commands[C][0]): Promise<Commands[C][1]> {
    if (this.silent.has(command)) return new Promise(() => undefined);
    if (this.failing.has(command)) throw this.failing.get(command);
    const other: Otherwise[C] = this.otherwise[command];
    const instead = await other?.(request);
    if (instead !== undefined) return instead;
    const answers: Answers[C] = commands[command];
    return answers.call(this, request);
  }

  event(seq: number) {
    const found = this.events.find(({ row }) => row.seq === seq);
    if (!found)
      throw refusal(
        "notFound",
        "this event is not in the store",
        "it may have been removed with its webhook",
      );
    return found;
  }
  webhook(id: string) {
    const found = this.webhooks.find((webhook) => webhook.id === id);
    if (!found)
      throw refusal("notFound", "this webhook is gone", "another window or a command has removed it");
    return found;
  }
}

const commands: Answers = {
  ...ascCommands,
  ...tunnelCommands,
  ...feedbackCommands,
  ...settingsCommands,
  ...deletionCommands,
  ...insightsCommands,
  ...updateCommands,
  ...resendCommands,
  ...ruleCommands,
  ...trackerCommands,
  ...buildCommands,
  ...uploadCommands,
  ...distributionCommands,
  ...demoCommands,
  ...eventCommands,
  ...statusCommands,
  webhooks() {
    return this.webhooks;
  },
  addWebhook({ name, secret }) {
    if (name.trim() === "")
      throw refusal("invalidInput", "a webhook needs a name", "name it after the app or the machine", "name");
    if (secret !== null && secret.length < 14) {
      throw refusal(
        "invalidInput",
        "this secret is too short",
        "use at least 14 characters, or have one generated",
        "secret",
      );
    }
    const added = webhook({
      id: `w${this.webhooks.length + 1}`,
      name,
      events: 0,
      last: null,
    });
    this.webhooks = [...this.webhooks, added];
    return added;
  },
  renameWebhook({ id, name }) {
    if (name.trim() === "")
      throw refusal("invalidInput", "a webhook needs a name", "name it after the app or the machine", "name");
    this.webhook(id).name = name;
    return this.webhook(id);
  },
  removeWebhook({ id }) {
    this.webhooks = this.webhooks.filter((other) => other.id !== id);
    return null;
  },
  rotateSecret({ id }) {
    this.webhook(id).previousSecretUntil = "2026-11-21T14:40:00Z";
    return this.webhook(id);
  },
  copySecret() {
    return { clearsAfterSeconds: 60 };
  },
  copyPayloadUrl() {
    return null;
  },
  sendTest() {
    return {
      status: 200,
      milliseconds: 12,
      seq: this.events[0]?.row.seq ?? null,
    };
  },
};

/** A healthy webhook; the given parts replace its own. */
export function webhook(parts: Pick<Webhook, "id" | "name"> & Partial<Webhook>): Webhook {
  return {
    origin: "local",
    payloadUrl: `http://127.0.0.1:8377/hooks/8f3kQ2mVx7Yp${parts.id}Zt`,
    createdAt: "2026-10-03T09:12:00Z",
    events: 41,
    last: {
      seq: 12,
      title: "Rejected: 3.2 needs changes",
      at: "2026-11-20T14:36:00Z",
    },
    refused: null,
    previousSecretUntil: null,
    trouble: null,
    ...parts,
  };
}
