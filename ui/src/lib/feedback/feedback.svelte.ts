// Testers' feedback as far as it has been read, and what can be done to it. Rows run from the newest down
// and are read in pages; what is done shows at once and is taken back if the engine refuses it.
import type { ApiError, BackfillProgress, FeedbackCounts, FeedbackReply, FeedbackRow } from "../bindings/api";
import { asApiError } from "../backend/backend";
import type { Backend } from "../backend/backend";
import { Marks } from "../list/marks";
import { merged } from "../list/merge";
import { EVERYTHING, requestOf, type Filters } from "./filters";
import { bySending } from "./order";

/** Rows per request: a few screens of the largest window. */
const PAGE = 100;
/** The most rows the engine gives at once. */
const MOST = 500;

export interface Shown {
  filters: Filters;
  /** Counts up whenever the rows are other rows, and not more of the same. */
  generation: number;
}

export class Feedback {
  /** What was asked for last; the rows follow when they have come. */
  filters = $state.raw<Filters>(EVERYTHING);
  /** What the rows are an answer to. */
  shown = $state.raw<Shown>({ filters: EVERYTHING, generation: 0 });
  rows = $state.raw<FeedbackRow[]>([]);
  next = $state.raw<string | null>(null);
  unread = $state(0);
  counts = $state.raw<FeedbackCounts | null>(null);
  phase = $state<"loading" | "ready" | "failed">("loading");
  /** Why the list could not be read. */
  error = $state.raw<ApiError | null>(null);
  /** Why the last thing done did not work, for the line at the foot. */
  refused = $state.raw<ApiError | null>(null);
  /** What was archived (or brought back) last, while it can be undone. */
  undoable = $state.raw<{ row: FeedbackRow; archived: boolean } | null>(null);
  /** How far reading existing feedback has come; null when nobody asked for it. */
  backfill = $state.raw<BackfillProgress | null>(null);

  #call: Backend["call"];
  #marks = new Marks<string, FeedbackRow>(({ id }) => id);
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
    const { filters } = this;
    if (this.rows.length === 0) this.phase = "loading";
    try {
      const [reply] = await Promise.all([this.#page(filters, null, PAGE), this.#count()]);
      if (asked !== this.#asked) return;
      this.rows = reply.feedback;
      this.next = reply.next;
      this.unread = reply.unread;
      this.shown = { filters, generation: this.shown.generation + 1 };
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

  look(change: Partial<Filters>): Promise<void> {
    this.filters = { ...this.filters, ...change };
    return this.load();
  }

  /** Reads the next page, if there is one and none is on its way. */
  async more(): Promise<void> {
    if (this.#paging || this.next === null || this.phase !== "ready") return;
    this.#paging = true;
    const asked = this.#asked;
    try {
      const reply = await this.#page(this.shown.filters, this.next, PAGE);
      if (asked !== this.#asked) return;
      this.rows = merged(this.rows, reply.feedback, bySending);
      this.next = reply.next;
    } catch (thrown) {
      if (asked === this.#asked) this.refused = asApiError(thrown);
    } finally {
      this.#paging = false;
    }
  }

  /** Brings in what has come or changed since: new rows, thumbnails, names. Many calls at once become two. */
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
    const limit = Math.min(MOST, Math.max(PAGE, this.rows.length));
    const [reply] = await Promise.all([this.#page(this.shown.filters, null, limit), this.#count()]);
    if (asked !== this.#asked) return;
    // Only where all rows were read anew is the end of them known anew as well.
    if (reply.feedback.length >= this.rows.length) this.next = reply.next;
    this.rows = merged(this.rows, reply.feedback, bySending);
    this.unread = reply.unread;
  }

  async markRead(id: string, read: boolean): Promise<void> {
    const undo = this.#patch(id, { read });
    const settle = this.#marks.marking(id, read);
    try {
      await this.#call("markFeedbackRead", { ids: [id], read });
      settle(true);
    } catch (thrown) {
      settle(false);
      undo();
      this.refused = asApiError(thrown);
    }
  }

  async markAllRead(): Promise<void> {
    try {
      await this.#call("markAllFeedbackRead", null);
      this.rows = this.rows.map((row) => (row.read ? row : { ...row, read: true }));
      this.unread = 0;
    } catch (thrown) {
      this.refused = asApiError(thrown);
    }
  }

  /** Archives a row or brings it back; either way it leaves this list, and can be undone. */
  async archive(row: FeedbackRow, archived: boolean): Promise<void> {
    this.rows = this.rows.filter(({ id }) => id !== row.id);
    this.refused = null;
    try {
      await this.#call("archiveFeedback", { ids: [row.id], archived });
      this.undoable = { row: { ...row, archived }, archived };
      await this.refresh();
    } catch (thrown) {
      this.rows = merged(this.rows, [row], bySending);
      this.refused = asApiError(thrown);
    }
  }

  /** Takes the last archiving back. Returns the row it was about. */
  async undo(): Promise<FeedbackRow | null> {
    const last = this.undoable;
    if (!last) return null;
    this.undoable = null;
    try {
      await this.#call("archiveFeedback", { ids: [last.row.id], archived: !last.archived });
      const back = { ...last.row, archived: !last.archived };
      this.rows = merged(this.rows, [back], bySending);
      return back;
    } catch (thrown) {
      this.refused = asApiError(thrown);
      return null;
    }
  }

  /** Reads feedback that was there before, of all accounts. It comes in as read. */
  async fetchOlder(): Promise<void> {
    this.refused = null;
    try {
      this.told(await this.#call("backfill", { account: null, app: null }));
    } catch (thrown) {
      this.refused = asApiError(thrown);
    }
  }

  async stopFetching(): Promise<void> {
    try {
      await this.#call("stopBackfill", null);
    } catch (thrown) {
      this.refused = asApiError(thrown);
    }
  }

  /** Finds out whether reading is under way, for a window that was opened meanwhile. */
  async resume(): Promise<void> {
    try {
      const progress = await this.#call("backfillProgress", null);
      if (progress && !progress.done) this.told(progress);
    } catch {
      // Nothing is lost: the strip appears with the next push.
    }
  }

  /** The engine tells how far reading existing feedback has come. */
  told(progress: BackfillProgress): void {
    this.backfill = progress;
  }

  rowOf(id: string): FeedbackRow | undefined {
    return this.rows.find((row) => row.id === id);
  }

  #patch(id: string, change: Partial<FeedbackRow>): () => void {
    const row = this.rowOf(id);
    if (!row) return () => undefined;
    const put = (now: FeedbackRow) => {
      const was = this.rowOf(id);
      this.rows = this.rows.map((other) => (other.id === id ? now : other));
      if (was && was.read !== now.read) this.unread = Math.max(0, this.unread + (now.read ? -1 : 1));
    };
    put({ ...row, ...change });
    return () => put(row);
  }

  /** The numbers beside the filters are a help only: without them the list is still the list. */
  async #count(): Promise<void> {
    try {
      this.counts = await this.#call("feedbackCounts", null);
    } catch {
      this.counts ??= null;
    }
  }

  async #page(filters: Filters, before: string | null, limit: number): Promise<FeedbackReply> {
    const corrected = this.#marks.asking();
    let reply: FeedbackReply | null = null;
    try {
      reply = await this.#call("feedback", requestOf(filters, before, limit));
    } finally {
      const feedback = corrected(reply?.feedback ?? []).sort(bySending);
      if (reply)
        reply = { ...reply, feedback, unread: reply.unread + unreadOf(feedback) - unreadOf(reply.feedback) };
    }
    return reply;
  }
}

function unreadOf(rows: FeedbackRow[]): number {
  return rows.filter((row) => !row.read).length;
}
