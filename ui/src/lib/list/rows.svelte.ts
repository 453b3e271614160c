// The rows of a list as far as they have been read, and what can be done to them. Rows run from the newest
// down and are read in pages; what is done shows at once and is taken back if the engine refuses it. The
// engine's commands for one kind of row are given by the class that extends this one.
import type { ApiError } from "../bindings/api";
import { asApiError } from "../backend/backend";
import { Marks } from "./marks";
import { merged, type Order } from "./merge";

/** Rows per request: a few screens of the largest window. */
export const PAGE = 100;

export interface Row {
  read: boolean;
  archived: boolean;
}

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

export abstract class Rows<T extends Row, Id, F> {
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
  /** What was archived (or brought back) last, while it can be undone. */
  undoable = $state.raw<{ row: T; archived: boolean } | null>(null);
  /** How the engine names a row. */
  readonly idOf: (row: T) => Id;

  #order: Order<T>;
  #marks: Marks<Id, T>;
  #asked = 0;
  #paging = false;
  #refreshing = false;
  #again = false;

  constructor(everything: F, idOf: (row: T) => Id, order: Order<T>) {
    this.filters = $state.raw(everything);
    this.shown = $state.raw({ filters: everything, generation: 0 });
    this.idOf = idOf;
    this.#order = order;
    this.#marks = new Marks(idOf);
  }

  protected abstract ask(filters: F, before: Id | null, limit: number): Promise<Page<T, Id>>;
  protected abstract keepRead(id: Id, read: boolean): Promise<unknown>;
  protected abstract keepAllRead(): Promise<unknown>;
  protected abstract keepArchived(id: Id, archived: boolean): Promise<unknown>;
  /** How many of so many known rows are read anew to see what has changed. */
  protected abstract anew(known: number): number;

  /** Reads the first page anew. */
  async load(): Promise<void> {
    const asked = ++this.#asked;
    const { filters } = this;
    if (this.rows.length === 0) this.phase = "loading";
    try {
      const page = await this.#page(filters, null, PAGE);
      if (asked !== this.#asked) return;
      this.rows = page.rows;
      this.next = page.next;
      this.unread = page.unread;
      this.shown = { filters, generation: this.shown.generation + 1 };
      this.error = null;
      this.phase = "ready";
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

  /** Reads the next page, if there is one and none is on its way. */
  async more(): Promise<void> {
    if (this.#paging || this.next === null || this.phase !== "ready") return;
    this.#paging = true;
    const asked = this.#asked;
    try {
      const page = await this.#page(this.shown.filters, this.next, PAGE);
      if (asked !== this.#asked) return;
      this.#merge(page.rows);
      this.next = page.next;
    } catch (thrown) {
      if (asked === this.#asked) this.refused = asApiError(thrown);
    } finally {
      this.#paging = false;
    }
  }

  /** Brings in what has come or changed since. Many calls at once become two. */
  async refresh(): Promise<void> {
    if (this.phase !== "ready") return this.load();
    this.#again = true;
    if (this.#refreshing) return;
    this.#refreshing = true;
    try {
      while (this.#again) {
        this.#again = false;
        await this.#catchUp();
      }
    } catch (thrown) {
      this.refused = asApiError(thrown);
    } finally {
      this.#refreshing = false;
    }
  }

  /** Reads from the top until the newest known row is reached, so that no row is missing between them. */
  async #catchUp(): Promise<void> {
    const asked = this.#asked;
    const [newest, limit] = [this.rows[0], this.anew(this.rows.length)];
    const fresh: T[] = [];
    let before: Id | null = null;
    let page: Page<T, Id>;
    do {
      page = await this.#page(this.shown.filters, before, limit);
      if (asked !== this.#asked) return;
      fresh.push(...page.rows);
      before = page.next;
    } while (newest && before !== null && !this.#reaches(fresh, newest));
    const oldest = this.rows.at(-1);
    // Only where all rows were read anew is the end of them known anew as well.
    if (before === null || !oldest || this.#reaches(fresh, oldest)) this.next = before;
    this.#merge(fresh);
    this.unread = page.unread;
  }

  async markRead(id: Id, read: boolean): Promise<void> {
    const undo = this.#markRow(id, read);
    const settle = this.#marks.marking(id, read);
    try {
      await this.keepRead(id, read);
      settle(true);
    } catch (thrown) {
      settle(false);
      undo();
      this.refused = asApiError(thrown);
    }
  }

  async markAllRead(): Promise<void> {
    try {
      await this.keepAllRead();
      this.rows = this.rows.map((row) => (row.read ? row : { ...row, read: true }));
      this.unread = 0;
    } catch (thrown) {
      this.refused = asApiError(thrown);
    }
  }

  /** Archives a row or brings it back; either way it leaves this list, and can be undone. */
  async archive(row: T, archived: boolean): Promise<void> {
    const id = this.idOf(row);
    this.rows = this.rows.filter((other) => this.idOf(other) !== id);
    this.refused = null;
    try {
      await this.keepArchived(id, archived);
      this.undoable = { row: { ...row, archived }, archived };
      await this.refresh();
    } catch (thrown) {
      this.#merge([row]);
      this.refused = asApiError(thrown);
    }
  }

  /** Takes a row out that was deleted. It can't be brought back. */
  forget(id: Id): void {
    this.rows = this.rows.filter((row) => this.idOf(row) !== id);
    if (this.undoable && this.idOf(this.undoable.row) === id) this.undoable = null;
  }

  /** Takes the last archiving back. Returns the row it was about. */
  async undo(): Promise<T | null> {
    const last = this.undoable;
    if (!last) return null;
    this.undoable = null;
    try {
      await this.keepArchived(this.idOf(last.row), !last.archived);
      const back = { ...last.row, archived: !last.archived };
      this.#merge([back]);
      return back;
    } catch (thrown) {
      this.refused = asApiError(thrown);
      return null;
    }
  }

  rowOf(id: Id): T | undefined {
    return this.rows.find((row) => this.idOf(row) === id);
  }

  #markRow(id: Id, read: boolean): () => void {
    const row = this.rowOf(id);
    if (!row) return () => undefined;
    const put = (now: T) => {
      const was = this.rowOf(id);
      this.rows = this.rows.map((other) => (this.idOf(other) === id ? now : other));
      if (was && was.read !== now.read) this.unread = Math.max(0, this.unread + (now.read ? -1 : 1));
    };
    put({ ...row, read });
    return () => put(row);
  }

  #merge(fresh: readonly T[]): void {
    this.rows = merged(this.rows, fresh, this.#order);
  }

  /** Whether rows from the top down go as far as this one. */
  #reaches(fresh: readonly T[], row: T): boolean {
    const last = fresh.at(-1);
    return last !== undefined && this.#order(last, row) >= 0;
  }

  async #page(filters: F, before: Id | null, limit: number): Promise<Page<T, Id>> {
    const corrected = this.#marks.asking();
    let page: Page<T, Id> | null = null;
    try {
      page = await this.ask(filters, before, limit);
    } finally {
      const rows = corrected(page?.rows ?? []).sort(this.#order);
      if (page) page = { ...page, rows, unread: page.unread + unreadOf(rows) - unreadOf(page.rows) };
    }
    return page;
  }
}

function unreadOf(rows: readonly Row[]): number {
  return rows.filter((row) => !row.read).length;
}
