// Deleting received data in the fake engine. Its events have neither account nor app.
import type { Deleted, Deletion, DeletionRequest, NamedThing } from "../../../ui/src/lib/bindings/api.ts";
import type { Answers } from "./answers.ts";
import type { FakeEngine } from "./engine.ts";

type Store = Pick<FakeEngine, "events" | "feedback">;

function chosen(engine: Store, { events, feedback, within }: DeletionRequest): Store {
  if (!within)
    return {
      events: engine.events.filter(({ row }) => events.includes(row.seq)),
      feedback: engine.feedback.filter(({ row }) => feedback.includes(row.id)),
    };
  const { what, before, account, app } = within;
  const isOld = (at: string) => before === null || at < before;
  const free = account === null && app === null;
  return {
    events: what === "feedback" || !free ? [] : engine.events.filter(({ row }) => isOld(row.receivedAt)),
    feedback:
      what === "events"
        ? []
        : engine.feedback.filter(({ row }) => isOld(row.sentAt) && (app === null || row.app === app)),
  };
}

function going(engine: Store, request: DeletionRequest): Deletion {
  const { events, feedback } = chosen(engine, request);
  const apps = new Map<string, NamedThing>();
  for (const { row } of feedback)
    if (row.app !== null) apps.set(row.app, { id: row.app, name: row.appName ?? "" });
  const none = events.length + feedback.length === 0;
  return {
    events: events.length,
    feedback: feedback.length,
    oldest: null,
    newest: null,
    apps: [...apps.values()],
    payloadBytes: 0,
    files: 0,
    fileBytes: 0,
    setAside: [],
    sentence: none
      ? "Nothing to delete."
      : `${events.length} events and ${feedback.length} pieces of feedback.`,
  };
}

export const nothing = () =>
  going(
    { events: [], feedback: [] },
    {
      events: [],
      feedback: [],
      within: null,
    },
  );

function deleted(engine: FakeEngine, request: DeletionRequest): Deleted {
  const { events, feedback } = chosen(engine, request);
  engine.events = engine.events.filter((one) => !events.includes(one));
  engine.feedback = engine.feedback.filter((one) => !feedback.includes(one));
  engine.become({ unread: engine.unread() });
  return {
    events: events.length,
    feedback: feedback.length,
    files: 0,
    tracesUntilNextStart: false,
  };
}

export const deletionCommands = {
  deletion(request) {
    return going(this, request);
  },
  deleteReceived(request) {
    return deleted(this, request);
  },
  removeAccountAndReceived({ id }) {
    this.accounts = this.accounts.filter((one) => one.id !== id);
    return deleted(this, {
      events: [],
      feedback: [],
      within: { what: "everything", before: null, account: null, app: null },
    });
  },
} satisfies Partial<Answers>;
