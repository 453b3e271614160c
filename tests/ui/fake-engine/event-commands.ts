// Events and saved views in the fake engine.
import type { EventFilter, SavedView } from "../../../ui/src/lib/bindings/api.ts";
import type { Answers } from "./answers.ts";
import { type FakeEvent, NOW } from "./events.ts";

/** Whether an event matches a filter, ignoring the search words. */
export function isWanted({ row, detail }: FakeEvent, filter: EventFilter): boolean {
  const { place, unread, app, importance, state, since, until, days } = filter;
  const at = Date.parse(row.receivedAt);
  return (
    (place === "everywhere" || row.archived === (place === "archive")) &&
    (!unread || !row.read) &&
    (!app || (row.app !== null && app.includes(row.app.id))) &&
    (!filter.type ||
      filter.type.some((one) => detail.typeName?.toLowerCase() === one.replaceAll("_", "").toLowerCase())) &&
    (!importance || importance.includes(row.importance)) &&
    (!state || state.some((one) => detail.after?.toUpperCase() === one.replaceAll("_", " "))) &&
    (!since || at >= Date.parse(since)) &&
    (!until || at < Date.parse(until)) &&
    (!days || at >= +NOW - days * 24 * 3_600_000)
  );
}

export const eventCommands = {
  events({ filter, before, limit }) {
    const matching = this.matching(filter).filter(({ row }) => before === null || row.seq < before);
    const events = matching.slice(0, limit).map(({ row }) => row);
    return {
      events,
      next: matching.length > limit ? (events.at(-1)?.seq ?? null) : null,
      unread: this.unread(),
    };
  },
  eventChoices() {
    return this.choices;
  },
  event({ seq }) {
    const { row, detail } = this.event(seq);
    return { event: row, ...detail };
  },
  readDetails({ seq }) {
    const { row, detail } = this.event(seq);
    return { event: row, ...detail };
  },
  openEventPage() {
    return null;
  },
  views() {
    return this.shownViews();
  },
  saveView({ id, name, filter }) {
    return this.keepView({
      id: id ?? Math.max(0, ...this.views.map((view) => view.id)) + 1,
      name,
      filter,
      unread: 0,
      trouble: null,
    });
  },
  renameView({ id, name }) {
    return this.keepView({ ...this.view(id), name });
  },
  deleteView({ id }) {
    this.changeViews(this.views.filter((view) => view.id !== id));
    return null;
  },
  orderViews({ ids }) {
    const place = ({ id }: SavedView) => (ids.includes(id) ? ids.indexOf(id) : ids.length);
    this.changeViews(this.views.toSorted((a, b) => place(a) - place(b)));
    return this.shownViews();
  },
  copyPayload() {
    return null;
  },
  markRead({ seqs, read }) {
    for (const seq of seqs) this.event(seq).row.read = read;
    this.become({ unread: this.unread() });
    return null;
  },
  markAllRead() {
    const unread = this.events.filter(({ row }) => !row.read && !row.archived);
    for (const { row } of unread) row.read = true;
    this.become({ unread: 0 });
    return { seqs: unread.map(({ row }) => row.seq) };
  },
  archive({ seqs, archived }) {
    for (const seq of seqs) this.event(seq).row.archived = archived;
    this.become({ unread: this.unread() });
    return null;
  },
} satisfies Partial<Answers>;
