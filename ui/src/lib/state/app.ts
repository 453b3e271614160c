// Everything the window knows, made once, and how the engine's pushes reach it.
import type { Backend } from "../backend/backend";
import type { Push } from "../bindings/api";
import { Inbox } from "../inbox/inbox.svelte";
import { OpenedEvent } from "../inbox/opened.svelte";
import { Testing } from "../webhooks/testing.svelte";
import { Webhooks } from "../webhooks/webhooks.svelte";
import { Clock } from "./clock.svelte";
import { Route } from "./route.svelte";
import { EngineStatus } from "./status.svelte";

export class App {
  readonly engine: EngineStatus;
  readonly inbox: Inbox;
  readonly opened: OpenedEvent;
  readonly webhooks: Webhooks;
  readonly testing: Testing;
  readonly route = new Route();
  readonly clock = new Clock();

  #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
    this.engine = new EngineStatus(backend.call);
    this.inbox = new Inbox(backend.call);
    this.opened = new OpenedEvent(backend.call);
    this.webhooks = new Webhooks(backend.call);
    this.testing = new Testing(this.webhooks);
  }

  /** Reads what is there and follows what comes; the returned function ends it. */
  start(): () => void {
    const ends = [this.#backend.onPush((push) => this.#hear(push)), this.route.start(), this.clock.start()];
    void this.engine.load();
    void this.inbox.load();
    void this.webhooks.load();
    return () => ends.forEach((end) => end());
  }

  #hear(push: Push): void {
    switch (push.kind) {
      case "stored":
        void this.inbox.refresh();
        void this.opened.refresh();
        void this.webhooks.refresh();
        break;
      case "status":
        this.engine.set(push.status);
        this.inbox.unread = push.status.unread;
        void this.webhooks.refresh();
        break;
      case "open":
        this.route.follow(push.route);
        break;
    }
  }
}
