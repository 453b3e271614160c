// Looks for events in the store while one types: once typing rests, and never with an answer to an older question.
import type { ApiError, EventFilter, EventRow } from "../bindings/api";
import { asApiError, type Backend } from "../backend/backend";

/** Milliseconds of rest after which a search is worth its price. */
const REST = 120;
/** As many as the palette shows at most. */
const LIMIT = 8;

export class EventSearch {
  /** What was found for `answered`. */
  rows = $state.raw<EventRow[]>([]);
  answered = $state("");
  /** Whether an answer is still to come. */
  under = $state(false);
  error = $state.raw<ApiError | null>(null);

  #call: Backend["call"];
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(call: Backend["call"]) {
    this.#call = call;
  }

  /** Looks for these words soon; nothing is looked for without any. */
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

  /** Forgets what was asked. */
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
