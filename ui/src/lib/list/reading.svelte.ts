// The rows of a list as far as they have been read: newest first, in pages. Replies may arrive late and in any order;
// local changes made meanwhile override them.
import type { ApiError } from "../bindings/api";
import { asApiError } from "../backend/backend";
import { Changes, type Correction, type Row } from "./changes";
import { InOrder } from "./inOrder";
import { areSame, merged, type Order } from "./merge";

/** Rows per request: a few screens of the largest window. */
export const PAGE = 100;

export interface Page<T, Id> {
  rows: T[];
  /** The cursor of the next page; null at the end. */
  next: Id | null;
  /** Unread rows in total, not only on the page. */
  unread: number;
}

export interface Shown<F> {
  filters: F;
  /** Increments when the rows are replaced, not when more are added. */
  generation: number;
}

export abstract class Reading<T extends Row, Id, F> {
  /** The filters requested last; the rows follow once they have been read. */
  filters: F;
  /** The filters that the rows match. */
  shown: Shown<F>;
  rows = $state.raw<T[]>([]);
  next = $state.raw<Id | null>(null);
  unread = $state(0);
  phase = $state<"loading" | "ready" | "failed">("loading");
  /** Why the list could not be read. */
  error = $state.raw<ApiError | null>(null);
  /** Why the last action failed, for the line at the foot. */
  refused = $state.raw<ApiError | null>(null);
  /** The engine's id of a row. */
  readonly idOf: (row: T) => Id;

  protected readonly order: Order<T>;
  protected readonly changes: Changes<Id, T>;
  protected readonly requests = new InOrder<Id>();

  #asked = 0;
  #paging: Promise<void> | null = null;
  #refreshing = false;
  #again = false;
  /** Pages are read one after another, because a row missing from a page is judged by what is known. */
  #turn: Promise<unknown> = Promise.resolve();
  /** A running change of rows that may never have been read, and how often one has started or ended. */
  #sweeping: Promise<unknown> | null = null;
  #sweeps = 0;
  /** The engine's last unread count, held back while requests of ours are running. */
  #told: number | null = null;
  /** Set while rows may be missing: the newest row below which none is missing. */
  #gap: { below: T | undefined } | null = null;

  constructor(everything: F, idOf: (row: T) => Id, order: Order<T>) {
    this.filters = $state.raw(everything);
    this.shown = $state.raw({ filters: everything, generation: 0 });
    this.idOf = idOf;
    this.order = order;
    this.changes = new Changes(idOf);
  }

  protected abstract ask(filters: F, before: Id | null, limit: number): Promise<Page<T, Id>>;
  /** How many of the known rows to read again to find changes. */
  protected abstract anew(known: number): number;
  /** Whether these filters show archived rows, or the others. */
  protected abstract shows(filters: F, archived: boolean): boolean;
  protected abstract showsUnreadOnly(filters: F): boolean;
  /** Whether these filters show a row; null if only the engine can say. */
  protected abstract belongs(row: T, filters: F): boolean | null;

  /** Reads the first page again. */
  async load(): Promise<void> {
    const asked = ++this.#asked;
    const { filters } = this;
    if (this.rows.length === 0) this.phase = "loading";
    try {
      await this.#read(
        () => this.ask(filters, null, PAGE),
        (page, correction) => {
          if (asked !== this.#asked) return;
          this.rows = this.#corrected(page.rows, correction, filters);
          this.next = page.next;
          this.#closeGap(page);
          this.shown = { filters, generation: this.shown.generation + 1 };
          this.#tellUnread(page, correction);
          this.error = null;
          this.phase = "ready";
        },
      );
    } catch (thrown) {
      if (asked !== this.#asked) return;
      this.rows = [];
      this.next = null;
      this.error = asApiError(thrown);
      this.phase = "failed";
    }
  }

  look(change: Partial<F>): Promise<void> {
    this.filters = { ...this.filters, ...change };
    return this.load();
  }

  /** Reads the next page, if there is one; joins a read that is already running. */
  async more(limit = PAGE): Promise<void> {
    if (this.next === null || this.phase !== "ready") return;
    this.#paging ??= this.#readMore(limit).finally(() => (this.#paging = null));
    await this.#paging;
  }

  async #readMore(limit: number): Promise<void> {
    await this.#inTurn(async (isWanted) => {
      const { filters } = this.shown;
      await this.#read(
        async () => (this.next === null ? null : this.ask(filters, this.next, limit)),
        (page, correction) => {
          if (!page || !isWanted()) return;
          this.rows = merged(this.rows, this.#corrected(page.rows, correction, filters), this.order);
          this.next = page.next;
        },
      );
    });
  }

  /** Reads what is new or has changed. Concurrent calls are merged into two. */
  async refresh(): Promise<void> {
    if (this.phase !== "ready") return this.load();
    this.#again = true;
    if (this.#refreshing) return;
    this.#refreshing = true;
    while (this.#again) {
      this.#again = false;
      await this.#inTurn((isWanted) => this.#catchUp(isWanted));
    }
    this.#refreshing = false;
  }

  /** The engine pushed the unread count. */
  countUnread(unread: number): void {
    if (this.requests.open > 0) this.#told = unread;
    else this.unread = unread;
  }

  /**
   * The engine pushed new, changed and removed rows. Returns whether that is complete; if not, the list must be read
   * again.
   */
  toldRows(changed: readonly T[], gone: readonly Id[]): boolean {
    if (this.phase !== "ready") return false;
    const { filters } = this.shown;
    // A row with a change under way is pushed again when that is done.
    const rows = changed.filter((row) => !this.changes.isUnderWay(this.idOf(row)));
    if (rows.some((row) => this.belongs(row, filters) === null)) return false;
    this.changes.told(rows, gone);
    const oldest = this.rows.at(-1);
    const isRead = (row: T) => this.next === null || (oldest !== undefined && this.order(row, oldest) <= 0);
    const isListed = new Set(this.rows.map(this.idOf));
    const isShown = (row: T) =>
      isListed.has(this.idOf(row)) && row.read && this.showsUnreadOnly(filters)
        ? this.belongs({ ...row, read: false }, filters)
        : isRead(row) && this.belongs(row, filters);
    const left = new Set([...gone, ...rows.map(this.idOf)]);
    const stay = rows.filter(isShown);
    for (const row of stay) left.delete(this.idOf(row));
    const kept = left.size > 0 ? this.rows.filter((row) => !left.has(this.idOf(row))) : this.rows;
    this.rows = merged(kept, this.#sorted(stay), this.order);
    return true;
  }

  /** More changed than the engine pushes. Rows pushed from now on may be above rows that haven't been read. */
  missRows(): void {
    this.#gap ??= { below: this.rows[0] };
  }

  rowOf(id: Id): T | undefined {
    return this.rows.find((row) => this.idOf(row) === id);
  }

  /** A request of ours was answered: once none is running, the engine's own count applies. */
  protected settle(): void {
    if (this.requests.open > 0 || this.#told === null) return;
    this.unread = this.#told;
    this.#told = null;
  }

  /** Changes rows that may never have been read: pages requested before are discarded. */
  protected async sweep<R>(request: () => Promise<R>): Promise<R> {
    this.#sweeps += 1;
    const sweeping = this.requests.sendAll(request);
    this.#sweeping = sweeping;
    try {
      return await sweeping;
    } finally {
      this.#sweeps += 1;
      if (this.#sweeping === sweeping) this.#sweeping = null;
    }
  }

  /** Reads from the top down to the newest known row, so that there is no gap. */
  async #catchUp(isWanted: () => boolean): Promise<void> {
    const { filters } = this.shown;
    const limit = this.anew(this.rows.length);
    let newest: T | undefined;
    await this.#read(
      async () => {
        // If the list was empty, all of its rows were pushed since.
        newest = this.#gap ? (this.#gap.below ?? this.rows.at(-1)) : this.rows[0];
        this.#gap = null;
        let page = await this.ask(filters, null, limit);
        const fresh = this.#sorted(page.rows);
        while (isWanted() && newest && page.next !== null && !this.#reaches(fresh.at(-1), newest)) {
          page = await this.ask(filters, page.next, limit);
          fresh.push(...this.#sorted(page.rows));
        }
        return { ...page, rows: fresh };
      },
      (page, correction) => {
        if (!isWanted()) return;
        this.#closeGap(page);
        const last = page.rows.at(-1);
        const isRead = (row: T) => page.next === null || this.#reaches(last, row);
        const oldest = this.rows.at(-1);
        // The end of the list is known again only if all rows were read.
        if (!oldest || isRead(oldest)) this.next = page.next;
        const gone = (row: T) =>
          isRead(row) &&
          !correction.knows(this.idOf(row)) &&
          // A row that was just read stays among the unread ones until the list is reloaded.
          !(row.read && this.showsUnreadOnly(filters));
        const rows = merged(this.rows, this.#corrected(page.rows, correction, filters), this.order, gone);
        // Usually nothing changed; then don't lay out again.
        if (!areSame(rows, this.rows)) this.rows = rows;
        this.#tellUnread(page, correction);
      },
    ).catch((thrown: unknown) => {
      this.#gap = { below: newest };
      throw thrown;
    });
  }

  /** What was just read has no gap; anything missed meanwhile is above it. */
  #closeGap({ rows }: Page<T, Id>): void {
    if (this.#gap) this.#gap = { below: rows[0] };
  }

  /** Whether rows ending with `last` reach down to `row`. */
  #reaches(last: T | undefined, row: T): boolean {
    return last !== undefined && this.order(last, row) >= 0;
  }

  #sorted(rows: readonly T[]): T[] {
    return rows.toSorted(this.order);
  }

  /** The rows of a reply with later local changes applied. */
  #corrected(rows: readonly T[], correction: Correction<Id, T>, filters: F): T[] {
    return correction.corrected(this.#sorted(rows)).filter((row) => this.shows(filters, row.archived));
  }

  #tellUnread({ rows, unread }: Page<T, Id>, correction: Correction<Id, T>): void {
    if (this.requests.open === 0)
      this.unread = unread + unreadOf(correction.corrected(rows)) - unreadOf(rows);
  }

  /** Sends a request and applies its reply together with local changes made meanwhile. */
  async #read<R>(
    ask: () => Promise<R>,
    take: (reply: R, correction: Correction<Id, T>) => void,
  ): Promise<void> {
    for (;;) {
      const sweeps = this.#sweeps;
      const correction = this.changes.asking();
      try {
        const reply = await ask();
        if (sweeps === this.#sweeps && this.#sweeping === null) return take(reply, correction);
      } finally {
        correction.done();
      }
      await this.#sweeping?.catch(() => undefined);
    }
  }

  /** Queues a read. `isWanted` says whether its result would still be shown. */
  #inTurn(read: (isWanted: () => boolean) => Promise<void>): Promise<void> {
    const turn = this.#turn.then(async () => {
      const [asked, { shown }] = [this.#asked, this];
      const isWanted = () => asked === this.#asked && shown === this.shown;
      try {
        await read(isWanted);
      } catch (thrown) {
        if (isWanted()) this.refused = asApiError(thrown);
      }
    });
    this.#turn = turn;
    return turn;
  }
}

/** How many of these rows the unread count includes. */
export function unreadOf(rows: readonly Row[]): number {
  return rows.filter((row) => !row.read && !row.archived).length;
}
