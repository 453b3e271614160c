// All state of the window, created once, and how the engine's pushes reach it.
import type { Backend, FileKind, Push } from "../backend/backend";
import { loadFront } from "../backend/front";
import type { AppWebhook, Status, StoredChanges } from "../bindings/api";
import { Accounts } from "../accounts/accounts.svelte";
import { Uploads } from "../builds/uploads.svelte";
import { Apps } from "../webhooks/asc/apps.svelte";
import { Pings } from "../webhooks/asc/pings.svelte";
import { Behind } from "../demo/behind.svelte";
import { Deliveries } from "../deliveries/deliveries.svelte";
import { secondsBetween } from "../deliveries/filters";
import { Feedback } from "../feedback/feedback.svelte";
import { OpenedFeedback } from "../feedback/opened.svelte";
import { Inbox } from "../inbox/inbox.svelte";
import { SavedViews } from "../inbox/savedViews.svelte";
import { OpenedEvent } from "../inbox/opened.svelte";
import { Insights } from "../insights/insights.svelte";
import { Rules } from "../rules/rules.svelte";
import { Checkup } from "../tunnel/checkup.svelte";
import { Kept } from "../settings/kept.svelte";
import { Preferences } from "../settings/preferences.svelte";
import { Updates } from "../settings/updates.svelte";
import { Missed } from "../tunnel/missed.svelte";
import { WayThrough } from "../tunnel/way.svelte";
import { Testing } from "../webhooks/local/testing.svelte";
import { Webhooks } from "../webhooks/local/webhooks.svelte";
import { Rotation } from "../webhooks/secret/rotation.svelte";
import { Clock } from "./clock.svelte";
import type { RoomName } from "../shell/rooms";
import { Route } from "./route.svelte";
import { EngineStatus } from "./status.svelte";
import { Undo } from "./undo.svelte";

const TUNNEL_ROOMS: RoomName[] = ["tunnel", "settings"];

/** Rooms whose views don't read anything when they are entered. */
type StaleRoom = "inbox" | "feedback" | "webhooks";

/** Whether two states differ only in the fields that every event changes. */
function isSameButForEvents(one: Status, other: Status): boolean {
  const rest = (status: Status) =>
    JSON.stringify({ ...status, unread: 0, tray: "", headline: "", detail: "" });
  return rest(one) === rest(other);
}

export class WindowState {
  readonly engine: EngineStatus;
  readonly inbox: Inbox;
  readonly savedViews: SavedViews;
  readonly opened: OpenedEvent;
  readonly feedback: Feedback;
  readonly openedFeedback: OpenedFeedback;
  readonly webhooks: Webhooks;
  readonly testing: Testing;
  readonly accounts: Accounts;
  readonly apps: Apps;
  readonly pings: Pings;
  readonly rotation = new Rotation();
  readonly deliveries: Deliveries;
  readonly uploads: Uploads;
  readonly rules: Rules;
  readonly way: WayThrough;
  readonly missed: Missed;
  readonly checkup: Checkup;
  readonly kept: Kept;
  readonly preferences: Preferences;
  readonly insights: Insights;
  readonly updates: Updates;
  readonly behind: Behind;
  readonly route = new Route();
  readonly clock = new Clock();
  readonly undo = new Undo();

  readonly call: Backend["call"];

  #backend: Backend;
  /** Rooms whose content has changed since it was read. */
  #stale = new Set<StaleRoom>();
  /** The timer until the delivery log is read again, if one is running. */
  #reading: ReturnType<typeof setTimeout> | null = null;

  constructor(backend: Backend) {
    this.#backend = backend;
    this.call = backend.call;
    this.engine = new EngineStatus(backend.call);
    this.inbox = new Inbox(backend.call, this.undo);
    this.savedViews = new SavedViews(backend.call, this.undo);
    this.opened = new OpenedEvent(backend.call);
    this.feedback = new Feedback(backend.call, this.undo);
    this.openedFeedback = new OpenedFeedback(backend.call);
    this.webhooks = new Webhooks(backend.call);
    this.testing = new Testing(this.webhooks);
    this.accounts = new Accounts(backend);
    this.apps = new Apps(backend.call);
    this.pings = new Pings(backend.call);
    this.deliveries = new Deliveries(backend.call, (account, failed, only) =>
      this.apps.countFailed(account, failed, only),
    );
    this.uploads = new Uploads(backend.call);
    this.rules = new Rules(backend.call);
    this.way = new WayThrough(backend.call);
    this.missed = new Missed(backend.call);
    this.checkup = new Checkup(backend.call);
    this.kept = new Kept(backend.call);
    this.preferences = new Preferences(backend.call);
    this.insights = new Insights(backend.call);
    this.updates = new Updates(backend.call);
    this.behind = new Behind(backend.call);
  }

  /** Events or feedback were deleted in bulk: reads all lists again. */
  async forgotten(): Promise<void> {
    await Promise.all([this.inbox.load(), this.feedback.load(), this.kept.load()]);
  }

  /** Reads everything and follows the pushes; the returned function stops that. */
  start(): () => void {
    const ends = [
      this.#backend.onPush((push) => this.#hear(push)),
      this.route.start(() => this.#readStale()),
      this.clock.start(),
    ];
    void this.engine.load();
    void this.behind.load();
    void this.inbox.load();
    void this.inbox.choices.load();
    void this.savedViews.known.load();
    void this.uploads.known.load();
    void this.rules.known.load();
    void this.feedback.load();
    void this.feedback.resume();
    void this.webhooks.load();
    void this.reload(false);
    return () => ends.forEach((end) => end());
  }

  /** Reads the accounts and their contents. `fresh`: asks App Store Connect even if it was asked a moment ago. */
  async reload(fresh = true): Promise<void> {
    await this.accounts.load();
    if (this.accounts.phase === "ready") await this.apps.load(this.accounts.all, fresh);
  }

  /** Reads again what the window shows. */
  async refresh(): Promise<void> {
    void this.engine.load();
    void this.inbox.refresh();
    void this.feedback.refresh();
    void this.webhooks.refresh();
    void this.uploads.known.refresh();
    void this.rules.known.refresh();
    this.#refreshTunnel();
    await this.reload();
    if (this.route.place.room === "deliveries") await this.deliveries.load(this.accounts.all);
  }

  /** Has App Store Connect ping a webhook, and reads the outcome into its row. */
  async test(account: string, { id, app }: AppWebhook): Promise<void> {
    await this.pings.send(account, id);
    await this.apps.refresh(account, app);
  }

  /** Redelivers all failed events of all accounts, and goes where the progress shows. */
  async redeliverAll(): Promise<void> {
    this.route.go("deliveries");
    const failing = this.accounts.all.filter(({ id }) =>
      this.apps.allOf(id).some(({ failed }) => (failed ?? 0) > 0),
    );
    await this.deliveries.redeliverFailed(failing.map(({ id }) => ({ account: id, webhook: null })));
    await this.deliveries.load(this.accounts.all);
  }

  closeWindow(): void {
    this.#backend.closeWindow();
  }
  quit(): void {
    this.#backend.quit();
  }

  /** Opens a file dialog. Resolves with the path, or null if it was cancelled. */
  chooseFile(kind: FileKind): Promise<string | null> {
    return this.#backend.chooseFile(kind);
  }
  /** Opens a dialog to choose a build; the window then shows the upload sheet. */
  async chooseBuild(): Promise<void> {
    const path = await this.chooseFile("build");
    if (path !== null) this.uploads.offer([path]);
  }
  /** Calls back with files dropped on the window. The returned function unsubscribes. */
  onFilesDropped(dropped: (paths: string[]) => void): () => void {
    return this.#backend.onFilesDropped(dropped);
  }

  /**
   * An event arrived, so there may be a delivery too. The log is read once after a burst, not for each event; for a
   * single event with several accounts it is left to its room, which reads it on its own schedule.
   */
  #refreshDeliveries(isOneEvent: boolean): void {
    const { account, webhook } = this.deliveries.scope;
    const areMany = account === null && this.accounts.all.length > 1;
    if (this.#reading !== null || (isOneEvent && areMany)) return;
    const webhooks = this.accounts.all.flatMap(({ id }) => this.apps.allOf(id));
    const least = secondsBetween(webhook === null ? webhooks.length : 1) * 100;
    const early = this.deliveries.readAt + least - Date.now();
    this.#reading = setTimeout(
      () => {
        this.#reading = null;
        if (this.route.place.room === "deliveries") void this.deliveries.load(this.accounts.all);
      },
      Math.min(Math.max(early, 0), least),
    );
  }

  /** The rooms that show the tunnel follow it at once. */
  #refreshTunnel(): void {
    const { room, over } = this.route.place;
    if (!TUNNEL_ROOMS.includes(room) && over !== "welcome") return;
    void this.way.refresh();
    void this.missed.refresh();
  }

  /** Rows come with the push. Of everything else, only what is visible is read now; the rest once it is shown. */
  #hearStored({ events, feedback, unread, unreadFeedback }: StoredChanges): void {
    const { room } = this.route.place;
    this.inbox.countUnread(unread);
    this.feedback.countUnread(unreadFeedback);
    if (feedback?.counts) this.feedback.counts = feedback.counts;
    if (!feedback || feedback.rows.length > 0) this.feedback.changed += 1;
    if (!events || !this.inbox.toldRows(events.rows, events.gone)) this.#miss("inbox");
    if (!feedback || !this.feedback.toldRows(feedback.rows, [])) this.#miss("feedback");
    this.#stale.add("webhooks");
    this.#readStale();
    const [event, opened] = [this.opened.id, this.openedFeedback.id];
    if (room === "inbox" && (!events || events.rows.some(({ seq }) => seq === event)))
      void this.opened.refresh();
    if (room === "feedback" && (!feedback || feedback.rows.some(({ id }) => id === opened)))
      void this.openedFeedback.refresh();
    if (room === "deliveries") this.#refreshDeliveries(events?.rows.length === 1);
    if (room === "rules" && (!events || events.rows.length + events.gone.length > 0))
      this.rules.eventsChanged += 1;
    if (room === "insights") this.insights.refresh();
    if (room === "settings") void this.preferences.refresh();
    if (room === "tunnel") void this.missed.refresh();
  }

  #miss(room: "inbox" | "feedback"): void {
    this[room].missRows();
    this.#stale.add(room);
  }

  /** A status that differs only in its event counts says nothing new about webhooks or the tunnel. */
  #hearStatus(status: Status): void {
    const before = this.engine.now;
    this.engine.told(status);
    this.inbox.countUnread(status.unread);
    if (before && isSameButForEvents(before, status)) return;
    this.#stale.add("webhooks");
    this.#readStale();
    this.#refreshTunnel();
  }

  /** Reads again what changed while another room was shown. */
  #readStale(): void {
    const { room, over } = this.route.place;
    const isShown = (name: StaleRoom) => room === name || (over === "welcome" && name === "webhooks");
    for (const name of [...this.#stale].filter(isShown)) {
      this.#stale.delete(name);
      if (name === "inbox") void this.inbox.refresh();
      else if (name === "webhooks") void this.webhooks.refresh();
      else void Promise.all([this.feedback.refresh(), this.feedback.count()]);
    }
  }

  #hear(push: Push): void {
    switch (push.kind) {
      case "stored":
        this.#hearStored(push.changes);
        break;
      case "views":
        this.savedViews.known.told(push.views);
        break;
      case "status":
        this.#hearStatus(push.status);
        break;
      case "uploads":
        this.uploads.told(push.uploads);
        break;
      case "builds":
        this.uploads.buildsChanged = { app: push.app };
        break;
      case "rules":
        this.rules.known.told(push.rules);
        break;
      case "runs":
        this.rules.runsChanged += 1;
        break;
      case "appWebhooks":
        this.apps.told(push.webhooks);
        break;
      case "redelivery":
        this.deliveries.told(push.progress);
        break;
      case "backfill":
        this.feedback.told(push.progress);
        if (push.progress.done) void Promise.all([this.feedback.refresh(), this.feedback.count()]);
        break;
      case "update":
        this.updates.told(push.status);
        break;
      case "open":
        this.route.follow(push.route);
        break;
      case "front":
        loadFront(push.demo, push.route);
        break;
    }
  }
}
