// Requests about the same row are sent one after another, so that the last action wins. Requests about different rows
// don't wait for each other.

export class InOrder<Id> {
  #last = new Map<Id, Promise<unknown>>();
  #everything: Promise<unknown> | null = null;
  /** How many requests are running or waiting. */
  open = 0;

  /** Sends a request about these rows once all earlier requests about any of them are answered. */
  send<R>(ids: readonly Id[], request: () => Promise<R>): Promise<R> {
    const before = new Set(ids.flatMap((id) => this.#last.get(id) ?? []));
    if (this.#everything) before.add(this.#everything);
    const sent = this.#after(before, request);
    for (const id of ids) this.#last.set(id, sent);
    return sent;
  }

  /** Sends a request about all rows: after all earlier requests and before all later ones. */
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
