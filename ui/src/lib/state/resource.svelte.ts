// One thing that is read from the engine, such as the webhooks or the tunnel, and everything that goes wrong around
// reading: a reply that comes late, a push that overtakes it, a change that is refused, two rooms that ask at once.
//
//   const webhooks = new Resource(() => call("webhooks", null));
//   await webhooks.load();                     // `webhooks.value` keeps the last known value, `webhooks.phase` says the rest
//   await webhooks.change(() => call("removeWebhook", { id }), { shows: (all) => all.filter((one) => one.id !== id) });
//
// A list that is read in pages has rules of its own: see `list/rows.svelte.ts`. TanStack Query would do the same for
// 12 kB; what is left out here is what it does beyond: a cache of many keys, retries and reading on focus, which the
// engine's pushes replace.
import type { ApiError } from "../bindings/api";
import { asApiError } from "../backend/backend";

/** How a change is shown before the engine has answered, and how its answer goes into the value. */
export interface Changing<T, R> {
  /** Shown at once, and taken back if the engine refuses. Without `gives` it becomes the value once the engine agrees. */
  shows?: (value: T) => T;
  /** The value after the answer. Without it and without `shows` the value is read again. */
  gives?: (value: T, reply: R) => T;
}

export class Resource<T> {
  /** Why the last reading failed. What is known stays beside it. */
  error = $state.raw<ApiError | null>(null);
  /** Whether a reading is under way. */
  reading = $state(false);

  #known = $state.raw<{ value: T } | null>(null);
  #shown = $state.raw<readonly { shows: (value: T) => T }[]>([]);
  /** The last known value with the changes that the engine has not answered yet; null until something is known. */
  value = $derived<T | null>(
    this.#known && this.#shown.reduce((value, { shows }) => shows(value), this.#known.value),
  );
  phase = $derived<"loading" | "ready" | "failed">(this.#known ? "ready" : this.error ? "failed" : "loading");

  #read: () => Promise<T>;
  /** Counts what makes a reply that is on its way out of date. */
  #version = 0;
  /** Counts readings that were begun for another question; only the newest may go on. */
  #question = 0;
  /** Counts the questions themselves: a change belongs to the value it was made to. */
  #restarts = 0;
  #under: Promise<void> | null = null;
  #stale = false;
  /** Changes that wait for their answer, the number of the last one begun, and of the last one answered. */
  #waiting = 0;
  #begun = 0;
  #answered = 0;

  constructor(read: () => Promise<T>) {
    this.#read = read;
  }

  /** Reads it. A reading that is under way serves everybody who asks meanwhile. Never rejects. */
  load(): Promise<void> {
    return (this.#under ??= this.#run());
  }

  /** Reads it unless something is known already. */
  ensure(): Promise<void> {
    return this.#known ? Promise.resolve() : this.load();
  }

  /** What is known is out of date: reads it again. Many calls during a reading become one more reading. */
  refresh(): Promise<void> {
    if (this.#under) this.#stale = true;
    return this.load();
  }

  /** The reader asks for something else now: older replies are ignored. What is shown goes at once, unless it is kept. */
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

  /** The engine says what the value is, so a reply that is on its way is older. */
  told(value: T): void {
    this.#version += 1;
    this.#stale = false;
    this.#put(value);
  }

  /** The engine says what has changed about it. Nothing happens until something is known. */
  patch(changed: (value: T) => T): void {
    if (this.#known) this.#put(changed(this.#known.value));
    this.#outdate();
  }

  /** Changes it. Rejects with an `ApiError` where the engine refuses, once what was shown has been taken back. */
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
      // An answer that a newer one has overtaken may be older than what is known; without a value there is none to change.
      if (!settled || !this.#known || number < this.#answered) this.#stale = true;
      this.#answered = Math.max(this.#answered, number);
      return reply;
    } catch (thrown) {
      // The engine may have done a part of it.
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

  /** A reply that is on its way is out of date, and says nothing newer: it is asked for once more. */
  #outdate(): void {
    this.#version += 1;
    if (this.#under) this.#stale = true;
  }

  #put(value: T): void {
    this.#known = { value };
    this.error = null;
  }
}
