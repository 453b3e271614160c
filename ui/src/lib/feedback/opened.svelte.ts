// The open feedback, and its crash's report and log.
import type { ApiError, CrashReply, FeedbackDetail, FeedbackRow } from "../bindings/api";
import { asApiError } from "../backend/backend";
import type { Backend } from "../backend/backend";
import { Opened } from "../list/opened.svelte";

/** Lines of a log per request. The first lines are shown while the rest is read. */
const LINES = 5_000;

export class OpenedFeedback extends Opened<FeedbackDetail, FeedbackRow, string> {
  crash = $state.raw<CrashReply | null>(null);
  /** The raw log as far as it has been read; null if it wasn't requested. */
  log = $state.raw<string | null>(null);
  /** Why the log could not be read. */
  logError = $state.raw<ApiError | null>(null);

  #call: Backend["call"];
  /** The feedback whose log is being read. */
  #reading: string | null = null;

  constructor(call: Backend["call"]) {
    super();
    this.#call = call;
  }

  /** Requests missing files from App Store Connect again. */
  async fetchAgain(): Promise<void> {
    const id = this.id;
    if (id === null) return;
    const detail = await this.#call("refreshFeedback", { id });
    if (this.id === id) this.detail = detail;
    await this.refresh();
  }

  /** Reads the raw log in parts. */
  async readLog(): Promise<void> {
    const id = this.id;
    if (id === null || this.log !== null || this.#reading === id) return;
    this.#reading = id;
    this.logError = null;
    try {
      const parts: string[] = [];
      for (let from: number | null = 0; from !== null;) {
        const page: { text: string; next: number | null } = await this.#call("crashLog", {
          id,
          from,
          lines: LINES,
        });
        if (this.id !== id) return;
        parts.push(page.text);
        if (parts.length === 1 || page.next === null) this.log = parts.join("\n");
        from = page.next;
      }
    } catch (thrown) {
      if (this.id === id) this.logError = asApiError(thrown);
    } finally {
      if (this.#reading === id) this.#reading = null;
    }
  }

  rowOf(detail: FeedbackDetail): FeedbackRow {
    return detail.feedback;
  }
  protected withRow(detail: FeedbackDetail, feedback: FeedbackRow): FeedbackDetail {
    return { ...detail, feedback };
  }
  protected async read(id: string) {
    const detail = await this.#call("feedbackDetail", { id });
    const kept = detail.log?.state === "kept";
    const same = this.detail?.feedback.id === id;
    // A stored log never changes.
    const known = same && this.crash?.report ? this.crash : null;
    const crash = known ?? (kept ? await this.#call("crashReport", { id }) : null);
    return () => {
      if (!same) this.forget();
      this.detail = detail;
      this.crash = crash;
    };
  }
  protected override forget(): void {
    super.forget();
    this.crash = null;
    this.log = null;
    this.logError = null;
  }
}
