// Requests about the same row go out one after another, so that the last thing done is the last thing kept.
// Those about different rows do not wait for each other.

export class InOrder<Id> {
  #last = new Map<Id, Promise<unknown>>();
  #everything: Promise<unknown> | null = null;
  /** How many are under way or wait. */
  open = 0;

  /** Sends what is about these rows once everything before it about any of them has been answered. */
  send<R>(ids: readonly Id[], request: () => Promise<R>): Promise<R> {
    const before = new Set(ids.flatMap((id) => this.#last.get(id) ?? []));
    if (this.#everything) before.add(this.#everything);
    const sent = this.#after(before, request);
    for (const id of ids) this.#last.set(id, sent);
    return sent;
  }

  /** Sends what is about all rows: after all that came before it, and before all that comes. */
  sendAll<R>(request: () => Promise<R>): Promise<R> {
    const before = new Set(this.#last.values());
    if (this.#everything) before.add(this.#everything);
    const sent = this.#after(before, request);
    this.#everything = sent;
    return sent;
  }

  async #after<R>(before: Set<Promise<unknown>>, request: () => Promise<R>): Promise<R> {
    this.open += 1;
    try {
      if (before.size > 0) await Promise.allSettled(before);
      return await request();
    } finally {
      this.open -= 1;
      if (this.open === 0) {
        this.#last.clear();
        this.#everything = null;
      }
    }
  }
}
