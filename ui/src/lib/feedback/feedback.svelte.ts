// Testers' feedback, the counts in its filters, and reading existing feedback.
import type { BackfillProgress, FeedbackCounts, FeedbackRow } from "../bindings/api";
import { asApiError } from "../backend/backend";
import type { Backend } from "../backend/backend";
import type { RowWords } from "../list/done";
import { PAGE, type Page } from "../list/reading.svelte";
import { Rows } from "../list/rows.svelte";
import type { Undo } from "../state/undo.svelte";
import { counted } from "../text/words";
import { EVERYTHING, narrows, requestOf, type Filters } from "./filters";
import { places } from "./places";

/** The most rows that the engine returns at once. */
const MOST = 500;

const WORDS: RowWords<FeedbackRow> = {
  place: "the list",
  titleOf: ({ title }) => title,
  counted: (count) => counted(count, "piece of feedback", "pieces of feedback"),
};

export class Feedback extends Rows<FeedbackRow, string, Filters> {
  counts = $state.raw<FeedbackCounts | null>(null);
  /** The progress of reading existing feedback; null if never requested. */
  backfill = $state.raw<BackfillProgress | null>(null);
  /** Counts the engine's pushes of new or changed feedback. */
  changed = $state(0);

  #call: Backend["call"];

  constructor(call: Backend["call"], undo: Undo) {
    super(EVERYTHING, ({ id }) => id, places.order, WORDS, undo);
    this.#call = call;
  }

  /** Reads existing feedback of all accounts. It is marked as read. */
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

  /** Finds out whether a read is running, for a window that was opened meanwhile. */
  async resume(): Promise<void> {
    try {
      const progress = await this.#call("backfillProgress", null);
      if (progress && !progress.done) this.told(progress);
    } catch {
      // Harmless: the strip appears with the next push.
    }
  }

  override async load(): Promise<void> {
    await Promise.all([super.load(), this.count()]);
  }

  /** The engine pushed the progress of reading existing feedback. */
  told(progress: BackfillProgress): void {
    this.backfill = progress;
  }

  protected async ask(
    filters: Filters,
    before: string | null,
    limit: number,
  ): Promise<Page<FeedbackRow, string>> {
    const request = requestOf(filters, before, limit, new Date());
    const { feedback, next, unread } = await this.#call("feedback", request);
    return { rows: feedback, next, unread };
  }
  protected keepRead(ids: string[], read: boolean) {
    return this.#call("markFeedbackRead", { ids, read });
  }
  protected async keepAllRead() {
    return (await this.#call("markAllFeedbackRead", null)).ids;
  }
  protected keepArchived(ids: string[], archived: boolean) {
    return this.#call("archiveFeedback", { ids, archived });
  }
  protected shows(filters: Filters, archived: boolean) {
    return archived === filters.archived;
  }
  protected showsUnreadOnly({ unread }: Filters) {
    return unread;
  }
  protected belongs({ archived, read }: FeedbackRow, filters: Filters) {
    const { unread, archived: archivedOnes } = filters;
    if (narrows({ ...filters, unread: false })) return null;
    return archived === archivedOnes && (!unread || !read);
  }
  /** Any row may get a thumbnail or a name, and older feedback may be inserted anywhere. */
  protected anew(known: number) {
    return Math.min(MOST, Math.max(PAGE, known));
  }

  /** Reads the counts in the filters. They are optional: the list works without them. */
  async count(): Promise<void> {
    try {
      this.counts = await this.#call("feedbackCounts", null);
    } catch {
      this.counts ??= null;
    }
  }
}
