// The rows of a list as far as they have been read, from the newest down and in pages. Replies may come late and in
// any order: what was done here meanwhile is known better than they know it.
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
  /** Of all rows, whatever the page. */
  unread: number;
}

export interface Shown<F> {
  filters: F;
  /** Counts up whenever the rows are other rows, and not more of the same. */
  generation: number;
}

export abstract class Reading<T extends Row, Id, F> {
  /** What was asked for last; the rows follow when they have come. */
  filters: F;
  /** What the rows are an answer to. */
  shown: Shown<F>;
  rows = $state.raw<T[]>([]);
  next = $state.raw<Id | null>(null);
  unread = $state(0);
  phase = $state<"loading" | "ready" | "failed">("loading");
  /** Why the list could not be read. */
  error = $state.raw<ApiError | null>(null);
  /** Why the last thing done did not work, for the line at the foot. */
  refused = $state.raw<ApiError | null>(null);
  /** How the engine names a row. */
  readonly idOf: (row: T) => Id;

  protected readonly order: Order<T>;
  protected readonly changes: Changes<Id, T>;
  protected readonly requests = new InOrder<Id>();

  #asked = 0;
  #paging: Promise<void> | null = null;
  #refreshing = false;
  #again = false;
  /** Pages are read one after another, because what a page lacks is taken from what is known. */
  #turn: Promise<unknown> = Promise.resolve();
  /** A change of rows that were never read, while it is under way, and how often one has begun or ended. */
  #sweeping: Promise<unknown> | null = null;
  #sweeps = 0;
  /** What the engine said last is unread, while requests of ours are under way. */
  #told: number | null = null;

  constructor(everything: F, idOf: (row: T) => Id, order: Order<T>) {
    this.filters = $state.raw(everything);
    this.shown = $state.raw({ filters: everything, generation: 0 });
    this.idOf = idOf;
    this.order = order;
    this.changes = new Changes(idOf);
  }

  protected abstract ask(filters: F, before: Id | null, limit: number): Promise<Page<T, Id>>;
  /** How many of so many known rows are read anew to see what has changed. */
  protected abstract anew(known: number): number;
  /** Whether these filters show what is archived, or what is not. */
  protected abstract shows(filters: F, archived: boolean): boolean;
  protected abstract showsUnreadOnly(filters: F): boolean;
  /** Whether these filters show a row; null where only the engine can say. */
  protected abstract belongs(row: T, filters: F): boolean | null;

  /** Reads the first page anew. */
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

  /** Reads the next page, if there is one; where it is on its way already, that is waited for. */
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

  /** Brings in what has come or changed since. Many calls at once become two. */
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

  /** The engine says of its own accord how many are unread. */
  countUnread(unread: number): void {
    if (this.requests.open > 0) this.#told = unread;
    else this.unread = unread;
  }

  /**
   * The engine says of its own accord how rows are that are new or have changed, and which are gone. Gives whether that
   * is all there is to know; if not, the list has to be read again.
   */
  toldRows(changed: readonly T[], gone: readonly Id[]): boolean {
    if (this.phase !== "ready") return false;
    const { filters } = this.shown;
    // What is being done to a row here is told once more when it is done.
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

  rowOf(id: Id): T | undefined {
    return this.rows.find((row) => this.idOf(row) === id);
  }

  /** Something of ours was answered: if nothing is under way any more, the engine's own count holds. */
  protected settle(): void {
    if (this.requests.open > 0 || this.#told === null) return;
    this.unread = this.#told;
    this.#told = null;
  }

  /** Changes rows that may never have been read: no page from before that is taken. */
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

  /** Reads from the top until the newest known row is reached, so that no row is missing between them. */
  async #catchUp(isWanted: () => boolean): Promise<void> {
    const { filters } = this.shown;
    const limit = this.anew(this.rows.length);
    await this.#read(
      async () => {
        const newest = this.rows[0];
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
        const last = page.rows.at(-1);
        const isRead = (row: T) => page.next === null || this.#reaches(last, row);
        const oldest = this.rows.at(-1);
        // Only where all rows were read anew is the end of them known anew as well.
        if (!oldest || isRead(oldest)) this.next = page.next;
        const gone = (row: T) =>
          isRead(row) &&
          !correction.knows(this.idOf(row)) &&
          // What was just read keeps its place among the unread until the reader looks again.
          !(row.read && this.showsUnreadOnly(filters));
        const rows = merged(this.rows, this.#corrected(page.rows, correction, filters), this.order, gone);
        // Mostly nothing has changed, and then nothing is laid out anew.
        if (!areSame(rows, this.rows)) this.rows = rows;
        this.#tellUnread(page, correction);
      },
    );
  }

  /** Whether rows that end with this one go as far as the other. */
  #reaches(last: T | undefined, row: T): boolean {
    return last !== undefined && this.order(last, row) >= 0;
  }

  #sorted(rows: readonly T[]): T[] {
    return rows.toSorted(this.order);
  }

  /** The rows of a reply as they are by now. */
  #corrected(rows: readonly T[], correction: Correction<Id, T>, filters: F): T[] {
    return correction.corrected(this.#sorted(rows)).filter((row) => this.shows(filters, row.archived));
  }

  #tellUnread({ rows, unread }: Page<T, Id>, correction: Correction<Id, T>): void {
    if (this.requests.open === 0)
      this.unread = unread + unreadOf(correction.corrected(rows)) - unreadOf(rows);
  }

  /** Asks, and takes what comes together with what was done here meanwhile. */
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

  /** Reads when nothing else is being read. `isWanted` says whether that is what is shown still. */
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

/** How many of these rows the count of the unread has. */
export function unreadOf(rows: readonly Row[]): number {
  return rows.filter((row) => !row.read && !row.archived).length;
}
