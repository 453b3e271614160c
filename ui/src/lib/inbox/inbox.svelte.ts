// The inbox's rows as far as they have been read, and what can be done to them. Rows run from the newest
// down and are read in pages; what is done shows at once and is taken back if the engine refuses it.
import type { ApiError, EventRow, EventsReply, Filter } from "../bindings/api";
import { asApiError } from "../backend/backend";
import type { Backend } from "../backend/backend";
import { Marks } from "../list/marks";
import { merged } from "../list/merge";
import { byArrival, indexOf, keyOf } from "./order";

/** Rows per request: a few screens of the largest window. */
const PAGE = 100;

export interface Shown {
  filter: Filter;
  search: string;
  /** Counts up whenever the rows are other rows, and not more of the same. */
  generation: number;
}

export class Inbox {
  /** What was asked for last; the rows follow when they have come. */
  filter = $state<Filter>("all");
  search = $state("");
  /** What the rows are an answer to. */
  shown = $state.raw<Shown>({ filter: "all", search: "", generation: 0 });
  rows = $state.raw<EventRow[]>([]);
  next = $state.raw<number | null>(null);
  unread = $state(0);
  phase = $state<"loading" | "ready" | "failed">("loading");
  /** Why the list could not be read. */
  error = $state.raw<ApiError | null>(null);
  /** Why the last thing done did not work, for the line at the foot. */
  refused = $state.raw<ApiError | null>(null);
  /** What was archived (or brought back) last, while it can be undone. */
  undoable = $state.raw<{ row: EventRow; archived: boolean } | null>(null);

  #call: Backend["call"];
  #marks = new Marks(keyOf);
  #asked = 0;
  #paging = false;
  #refreshing = false;
  #again = false;

  constructor(call: Backend["call"]) {
    this.#call = call;
  }

  /** Reads the first page anew. */
  async load(): Promise<void> {
    const asked = ++this.#asked;
    const { filter, search } = this;
    if (this.rows.length === 0) this.phase = "loading";
    try {
      const reply = await this.#page(filter, search, null);
      if (asked !== this.#asked) return;
      this.rows = reply.events;
      this.next = reply.next;
      this.unread = reply.unread;
      this.shown = { filter, search, generation: this.shown.generation + 1 };
      this.error = null;
      this.phase = "ready";
    } catch (thrown) {
      if (asked !== this.#asked) return;
      this.rows = [];
      this.next = null;
      this.error = asApiError(thrown);
      this.phase = "failed";
    }
  }

  look(filter: Filter, search = this.search): Promise<void> {
    this.filter = filter;
    this.search = search;
    return this.load();
  }

  /** Reads the next page, if there is one and none is on its way. */
  async more(): Promise<void> {
    if (this.#paging || this.next === null || this.phase !== "ready") return;
    this.#paging = true;
    const asked = this.#asked;
    try {
      const reply = await this.#page(this.shown.filter, this.shown.search, this.next);
      if (asked !== this.#asked) return;
      this.rows = merged(this.rows, reply.events, byArrival);
      this.next = reply.next;
    } catch (thrown) {
      if (asked === this.#asked) this.refused = asApiError(thrown);
    } finally {
      this.#paging = false;
    }
  }

  /** Brings in what has come since, above what is known. Many calls at once become two. */
  async refresh(): Promise<void> {
    if (this.phase !== "ready") return this.load();
    this.#again = true;
    if (this.#refreshing) return;
    this.#refreshing = true;
    try {
      while (this.#again) {
        this.#again = false;
        await this.#catchUp();
      }
    } catch (thrown) {
      this.refused = asApiError(thrown);
    } finally {
      this.#refreshing = false;
    }
  }

  async #catchUp(): Promise<void> {
    const asked = this.#asked;
    const newest = this.rows[0]?.seq;
    const fresh: EventRow[] = [];
    let before: number | null = null;
    let reply: EventsReply;
    do {
      reply = await this.#page(this.shown.filter, this.shown.search, before);
      if (asked !== this.#asked) return;
      fresh.push(...reply.events);
      before = reply.next;
    } while (newest !== undefined && before !== null && (fresh.at(-1)?.seq ?? 0) > newest);
    if (this.rows.length === 0) this.next = before;
    this.rows = merged(this.rows, fresh, byArrival);
    this.unread = reply.unread;
  }

  async markRead(seq: number, read: boolean): Promise<void> {
    const undo = this.#patch(seq, { read });
    const settle = this.#marks.marking(seq, read);
    try {
      await this.#call("markRead", { seqs: [seq], read });
      settle(true);
    } catch (thrown) {
      settle(false);
      undo();
      this.refused = asApiError(thrown);
    }
  }

  async markAllRead(): Promise<void> {
    try {
      await this.#call("markAllRead", null);
      this.rows = this.rows.map((row) => (row.read ? row : { ...row, read: true }));
      this.unread = 0;
    } catch (thrown) {
      this.refused = asApiError(thrown);
    }
  }

  /** Archives a row or brings it back; either way it leaves this list, and can be undone. */
  async archive(row: EventRow, archived: boolean): Promise<void> {
    this.rows = this.rows.filter((other) => other.seq !== row.seq);
    this.refused = null;
    try {
      await this.#call("archive", { seqs: [row.seq], archived });
      this.undoable = { row: { ...row, archived }, archived };
      await this.refresh();
    } catch (thrown) {
      this.rows = merged(this.rows, [row], byArrival);
      this.refused = asApiError(thrown);
    }
  }

  /** Takes the last archiving back. Returns the event it was about. */
  async undo(): Promise<number | null> {
    const last = this.undoable;
    if (!last) return null;
    this.undoable = null;
    try {
      await this.#call("archive", { seqs: [last.row.seq], archived: !last.archived });
      this.rows = merged(this.rows, [{ ...last.row, archived: !last.archived }], byArrival);
      return last.row.seq;
    } catch (thrown) {
      this.refused = asApiError(thrown);
      return null;
    }
  }

  rowOf(seq: number): EventRow | undefined {
    const row = this.rows[indexOf(this.rows, seq)];
    return row?.seq === seq ? row : undefined;
  }

  #patch(seq: number, change: Partial<EventRow>): () => void {
    const row = this.rowOf(seq);
    if (!row) return () => undefined;
    const put = (now: EventRow) => {
      const was = this.rowOf(seq);
      this.rows = this.rows.map((other) => (other.seq === seq ? now : other));
      if (was && was.read !== now.read) this.unread = Math.max(0, this.unread + (now.read ? -1 : 1));
    };
    put({ ...row, ...change });
    return () => put(row);
  }

  async #page(filter: Filter, search: string, before: number | null): Promise<EventsReply> {
    const corrected = this.#marks.asking();
    let reply: EventsReply | null = null;
    try {
      reply = await this.#call("events", { filter, search, before, limit: PAGE });
    } finally {
      const events = corrected(reply?.events ?? []);
      if (reply)
        reply = { ...reply, events, unread: reply.unread + unreadOf(events) - unreadOf(reply.events) };
    }
    return reply;
  }
}

function unreadOf(rows: EventRow[]): number {
  return rows.filter((row) => !row.read).length;
}
