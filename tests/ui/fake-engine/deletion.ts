// Deleting what was received, as the fake engine does it. Of an event it knows neither account nor app.

function chosen(engine, { events, feedback, within }) {
  if (!within)
    return {
      events: engine.events.filter(({ row }) => events.includes(row.seq)),
      feedback: engine.feedback.filter(({ row }) => feedback.includes(row.id)),
    };
  const { what, before, account, app } = within;
  const isOld = (at) => before === null || at < before;
  const free = account === null && app === null;
  return {
    events:
      what === "feedback" || !free
        ? []
        : engine.events.filter(({ row }) => isOld(row.receivedAt)),
    feedback:
      what === "events"
        ? []
        : engine.feedback.filter(
            ({ row }) => isOld(row.sentAt) && (app === null || row.app === app),
          ),
  };
}

function going(engine, request) {
  const { events, feedback } = chosen(engine, request);
  const apps = new Map(
    feedback
      .filter(({ row }) => row.app)
      .map(({ row }) => [row.app, { id: row.app, name: row.appName }]),
  );
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
      ? "There is nothing to delete."
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

export const deletionCommands = {
  deletion(request) {
    return going(this, request);
  },
  deleteReceived(request) {
    const { events, feedback } = chosen(this, request);
    this.events = this.events.filter((one) => !events.includes(one));
    this.feedback = this.feedback.filter((one) => !feedback.includes(one));
    this.become({ unread: this.unread() });
    return {
      events: events.length,
      feedback: feedback.length,
      files: 0,
      tracesUntilNextStart: false,
    };
  },
  removeAccountAndReceived({ id }) {
    this.accounts = this.accounts.filter((one) => one.id !== id);
    return deletionCommands.deleteReceived.call(this, {
      events: [],
      feedback: [],
      within: { what: "everything", before: null, account: null, app: null },
    });
  },
};
