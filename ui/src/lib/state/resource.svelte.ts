// A value read from the engine, such as the webhooks or the tunnel. Handles everything that can go wrong: late replies,
// pushes that overtake them, refused changes, concurrent reads from two rooms.
//
//   const webhooks = new Resource(() => call("webhooks", null));
//   await webhooks.load();                     // `webhooks.value` keeps the last known value, `webhooks.phase` says the rest
//   await webhooks.change(() => call("removeWebhook", { id }), { shows: (all) => all.filter((one) => one.id !== id) });
//
// Paged lists follow other rules: see `list/rows.svelte.ts`. TanStack Query would do the same for 12 kB; its cache of
// many keys, its retries and its reads on focus aren't needed here, because the engine pushes changes.
import type { ApiError } from "../bindings/api";
import { asApiError } from "../backend/backend";

/** How a change shows before the engine has answered, and how its reply updates the value. */
export interface Changing<T, R> {
  /**
   * Shown at once, and reverted if the engine refuses. Without `gives`, it becomes the value once the engine accepts.
   */
  shows?: (value: T) => T;
  /** The value after the reply. Without it and without `shows`, the value is read again. */
  gives?: (value: T, reply: R) => T;
}

export class Resource<T> {
  /** Why the last read failed. The last known value stays. */
  error = $state.raw<ApiError | null>(null);
  /** Whether a read is running. */
  reading = $state(false);

  #known = $state.raw<{ value: T } | null>(null);
  #shown = $state.raw<readonly { shows: (value: T) => T }[]>([]);
  /** The last known value plus unanswered changes; null until something is known. */
  value = $derived<T | null>(
    this.#known && this.#shown.reduce((value, { shows }) => shows(value), this.#known.value),
  );
  phase = $derived<"loading" | "ready" | "failed">(this.#known ? "ready" : this.error ? "failed" : "loading");

  #read: () => Promise<T>;
  /** Increments when pending replies become out of date. */
  #version = 0;
  /** Increments with each read for a new question; only the newest may continue. */
  #question = 0;
  /** Counts the questions themselves: a change applies only to the value it was made on. */
  #restarts = 0;
  #under: Promise<void> | null = null;
  #stale = false;
  /** Changes waiting for their reply, the number of the last one sent, and of the last one answered. */
  #waiting = 0;
  #begun = 0;
  #answered = 0;

  constructor(read: () => Promise<T>) {
    this.#read = read;
  }

  /** Reads the value. Calls made during a read share it. Never rejects. */
  load(): Promise<void> {
    return (this.#under ??= this.#run());
  }

  /** Reads the value unless it is known. */
  ensure(): Promise<void> {
    return this.#known ? Promise.resolve() : this.load();
  }

  /** The value is out of date: reads it again. Calls during a read result in one more read. */
  refresh(): Promise<void> {
    if (this.#under) this.#stale = true;
    return this.load();
  }

  /**
   * The value is for another question now: older replies are ignored. The shown value is cleared at once, unless `keep`
   * is set.
   */
  restart({ keep = false } = {}): Promise<void> {
    this.#version += 1;
    this.#restarts += 1;
    this.#stale = false;
    this.#shown = [];
    if (!keep) {
      this.#known = null;
      this.error = null;
    }
    return (this.#under = this.#run());
  }

  /** The engine pushed the value, so a pending reply is older. */
  told(value: T): void {
    this.#version += 1;
    this.#stale = false;
    this.#put(value);
  }

  /** The engine pushed a change of the value. Does nothing until the value is known. */
  patch(changed: (value: T) => T): void {
    if (this.#known) this.#put(changed(this.#known.value));
    this.#outdate();
  }

  /** Changes the value. Rejects with an `ApiError` if the engine refuses, after reverting what was shown. */
  async change<R>(keep: () => Promise<R>, { shows, gives }: Changing<T, R> = {}): Promise<R> {
    const [number, restarts] = [++this.#begun, this.#restarts];
    const shown = shows && { shows };
    this.#waiting += 1;
    this.#outdate();
    if (shown) this.#shown = [...this.#shown, shown];
    try {
      const reply = await keep();
      if (restarts !== this.#restarts) return reply;
      const settled = gives ? (value: T) => gives(value, reply) : shows;
      if (this.#known && settled) this.#put(settled(this.#known.value));
      // A reply overtaken by a newer one may be older than the known value; without a value there is nothing to update.
      if (!settled || !this.#known || number < this.#answered) this.#stale = true;
      this.#answered = Math.max(this.#answered, number);
      return reply;
    } catch (thrown) {
      // The engine may have applied part of it.
      this.#stale = true;
      throw asApiError(thrown);
    } finally {
      this.#shown = this.#shown.filter((other) => other !== shown);
      this.#waiting -= 1;
      this.#outdate();
      if (this.#stale && this.#waiting === 0) void this.load();
    }
  }

  async #run(): Promise<void> {
    const question = ++this.#question;
    this.reading = true;
    try {
      do {
        this.#stale = false;
        await this.#once();
      } while (question === this.#question && this.#stale && this.#waiting === 0);
    } finally {
      if (question === this.#question) {
        this.#under = null;
        this.reading = false;
      }
    }
  }

  async #once(): Promise<void> {
    const version = this.#version;
    try {
      const value = await this.#read();
      if (version === this.#version) this.#put(value);
    } catch (thrown) {
      if (version === this.#version) this.error = asApiError(thrown);
    }
  }

  /** A pending reply is out of date and brings nothing newer: read again. */
  #outdate(): void {
    this.#version += 1;
    if (this.#under) this.#stale = true;
  }

  #put(value: T): void {
    this.#known = { value };
    this.error = null;
  }
}
