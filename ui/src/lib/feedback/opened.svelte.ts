// The feedback that is open in the detail, and the report of its crash. Opening one that is not in the list
// works as well: a notification may lead to one of long ago.
import type { ApiError, CrashReply, FeedbackDetail } from "../bindings/api";
import { asApiError } from "../backend/backend";
import type { Backend } from "../backend/backend";

/** Lines of a log per request. The first of them are shown while the rest is read. */
const LINES = 5_000;

export class OpenedFeedback {
  /** What was asked for, or null when nothing is open. */
  id = $state<string | null>(null);
  detail = $state.raw<FeedbackDetail | null>(null);
  crash = $state.raw<CrashReply | null>(null);
  /** The log as it came, as far as it has been read; null when nobody looked at it. */
  log = $state.raw<string | null>(null);
  error = $state.raw<ApiError | null>(null);
  /** Why the log could not be read. */
  logError = $state.raw<ApiError | null>(null);

  #call: Backend["call"];
  #reading = false;

  constructor(call: Backend["call"]) {
    this.#call = call;
  }

  /** Reads the feedback. What was open stays until the new one is here. Returns whether it came. */
  async open(id: string): Promise<boolean> {
    this.id = id;
    this.error = null;
    return this.#read(id, (thrown) => {
      this.#forget();
      this.error = asApiError(thrown);
    });
  }

  close(): void {
    this.id = null;
    this.error = null;
    this.#forget();
  }

  /** A picture may have come: reads it again, quietly. */
  async refresh(): Promise<void> {
    // What is shown was true when it was read; the list tells of what is wrong with the store.
    if (this.id !== null && !this.error) await this.#read(this.id, () => undefined);
  }

  /** Asks App Store Connect again for what is missing. */
  async fetchAgain(): Promise<void> {
    const id = this.id;
    if (id === null) return;
    const detail = await this.#call("refreshFeedback", { id });
    if (this.id === id) this.detail = detail;
    await this.refresh();
  }

  patch(change: { read?: boolean; archived?: boolean }): void {
    if (this.detail) this.detail = { ...this.detail, feedback: { ...this.detail.feedback, ...change } };
  }

  /** Reads the log as it came, in parts. */
  async readLog(): Promise<void> {
    const id = this.id;
    if (id === null || this.log !== null || this.#reading) return;
    this.#reading = true;
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
      this.#reading = false;
    }
  }

  async #read(id: string, failed: (thrown: unknown) => void): Promise<boolean> {
    try {
      const detail = await this.#call("feedbackDetail", { id });
      const kept = detail.log?.state === "kept";
      const same = this.detail?.feedback.id === id;
      // A log never changes once it is kept.
      const crash =
        same && this.crash?.report ? this.crash : kept ? await this.#call("crashReport", { id }) : null;
      if (this.id !== id) return false;
      if (!same) this.#forget();
      this.detail = detail;
      this.crash = crash;
      return true;
    } catch (thrown) {
      if (this.id !== id) return false;
      failed(thrown);
      return false;
    }
  }

  #forget(): void {
    this.detail = null;
    this.crash = null;
    this.log = null;
    this.logError = null;
  }
}
