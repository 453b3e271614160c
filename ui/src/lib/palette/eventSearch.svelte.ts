// Searches the store for events while typing: starts once typing pauses, and ignores replies to older searches.
import type { ApiError, EventFilter, EventRow } from "../bindings/api";
import { asApiError, type Backend } from "../backend/backend";

/** Milliseconds after the last keystroke before a search starts. */
const REST = 120;
/** The most events that the palette shows. */
const LIMIT = 8;

export class EventSearch {
  /** The matches for `answered`. */
  rows = $state.raw<EventRow[]>([]);
  answered = $state("");
  /** Whether a reply is pending. */
  under = $state(false);
  error = $state.raw<ApiError | null>(null);

  #call: Backend["call"];
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(call: Backend["call"]) {
    this.#call = call;
  }

  /** Searches for these words after a pause; does nothing without words. */
  look(words: string): void {
    const wanted = words.trim();
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    this.error = null;
    this.under = wanted !== "";
    if (wanted === "") {
      this.rows = [];
      this.answered = "";
      return;
    }
    this.#timer = setTimeout(() => void this.#ask(wanted, asked), REST);
  }

  /** Cancels the search. */
  stop(): void {
    this.look("");
  }

  async #ask(search: string, asked: number): Promise<void> {
    try {
      const filter: EventFilter = { place: "inbox", unread: false, search };
      const { events } = await this.#call("events", { filter, before: null, limit: LIMIT });
      if (asked !== this.#asked) return;
      this.rows = events;
      this.answered = search;
    } catch (thrown) {
      if (asked !== this.#asked) return;
      this.rows = [];
      this.error = asApiError(thrown);
    }
    this.under = false;
  }
}
