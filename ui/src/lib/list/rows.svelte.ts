// Actions on the rows of a list: marking, archiving, undoing. A change shows at once and is reverted if the engine
// refuses it. Subclasses provide the engine's commands for one kind of row.
import { asApiError } from "../backend/backend";
import type { Undo, Undoable } from "../state/undo.svelte";
import type { Row } from "./changes";
import { doneWords, type Done, type RowWords } from "./done";
import { merged, type Order } from "./merge";
import { Reading, unreadOf } from "./reading.svelte";

/** A change to rows, kept so that exactly that can be undone. */
interface Step<T, Id, F> {
  ids: Id[];
  /** Those of the rows that were listed, as they were before. */
  rows: T[];
  change: Partial<Row>;
  /** The filters shown at the time. */
  filters: F;
  offered: Undoable;
}

export abstract class Rows<T extends Row, Id, F> extends Reading<T, Id, F> {
  /** The last action, for the line at the foot. */
  done = $state.raw<Done<T> | null>(null);
  readonly words: RowWords<T>;

  #undo: Undo;
  #steps: Step<T, Id, F>[] = [];

  constructor(everything: F, idOf: (row: T) => Id, order: Order<T>, words: RowWords<T>, undo: Undo) {
    super(everything, idOf, order);
    this.words = words;
    this.#undo = undo;
  }

  protected abstract keepRead(ids: Id[], read: boolean): Promise<unknown>;
  /** Resolves with the rows that were unread. */
  protected abstract keepAllRead(): Promise<Id[]>;
  protected abstract keepArchived(ids: Id[], archived: boolean): Promise<unknown>;

  /** Marks an opened row as read. Nobody asked for that, so it isn't an undo step. */
  async markOpened(row: T): Promise<void> {
    await this.#do([row], { read: true }, false);
  }

  async markRead(rows: readonly T[], read: boolean): Promise<void> {
    await this.#do(rows, { read }, true);
  }

  /** Archives or unarchives rows; either way they leave this list. */
  async archive(rows: readonly T[], archived: boolean): Promise<void> {
    await this.#do(rows, { archived }, true);
  }

  async markAllRead(): Promise<void> {
    await this.#undo.during(this.#markAllRead());
  }

  async #markAllRead(): Promise<void> {
    const were = this.rows.filter(({ read }) => !read);
    const are = were.map((row) => ({ ...row, read: true }));
    const { unread } = this;
    const { filters } = this.shown;
    this.refused = null;
    this.#put(were, are, true);
    this.unread = 0;
    try {
      const ids = await this.sweep(() => this.keepAllRead());
      const marked = new Set(ids);
      const rows = were.filter((row) => marked.has(this.idOf(row)));
      if (ids.length > 0) this.#remember(ids, rows, { read: true }, filters);
    } catch (thrown) {
      this.#put(are, were, filters === this.shown.filters);
      this.unread = unread;
      this.refused = asApiError(thrown);
    } finally {
      this.settle();
    }
  }

  /** Removes deleted rows. Deletion can't be undone. */
  forget(ids: readonly Id[]): void {
    const deleted = new Set(ids);
    this.changes.making(ids, "deleted")(true);
    this.rows = this.rows.filter((row) => !deleted.has(this.idOf(row)));
    this.done = null;
    for (const step of this.#steps) {
      step.ids = step.ids.filter((id) => !deleted.has(id));
      step.rows = step.rows.filter((row) => !deleted.has(this.idOf(row)));
      if (step.ids.length === 0) this.#withdraw(step);
    }
  }

  /** Undoes exactly this step. Rejects if the engine refuses. */
  async #takeBack(step: Step<T, Id, F>): Promise<void> {
    const { ids, change, filters } = step;
    const fields = Object.entries(change).map(([field, value]) => [field, !value]);
    const back = Object.fromEntries(fields) as Partial<Row>;
    const isHere = filters === this.shown.filters;
    const rows = this.#known(step.rows.map((row) => ({ ...row, ...change })));
    this.done = { count: ids.length, rows, change: back, isUndo: true };
    if (!(await this.#change(ids, rows, back, isHere))) throw this.refused;
    this.#steps = this.#steps.filter((other) => other !== step);
    // Only the engine knows where the rows belong in the list shown now.
    if (!isHere && back.archived !== undefined && this.shows(this.shown.filters, back.archived))
      await this.load();
  }

  async #do(about: readonly T[], change: Partial<Row>, canUndo: boolean): Promise<void> {
    const [[field, value]] = Object.entries(change) as [[keyof Row, boolean]];
    const rows = this.#known(about).filter((row) => row[field] !== value);
    if (rows.length === 0) return;
    const ids = rows.map(this.idOf);
    const step = canUndo ? this.#remember(ids, rows, change, this.shown.filters) : null;
    if (!(await this.#change(ids, rows, change, true)) && step) this.#withdraw(step);
  }

  #remember(ids: Id[], rows: T[], change: Partial<Row>, filters: F): Step<T, Id, F> {
    this.done = { count: ids.length, rows, change, isUndo: false };
    const offered = { done: doneWords(this.done, this.words), undo: () => this.#takeBack(step) };
    const step: Step<T, Id, F> = { ids, rows, change, filters, offered };
    this.#steps.push(step);
    this.#undo.offer(offered);
    return step;
  }

  #withdraw(step: Step<T, Id, F>): void {
    this.#steps = this.#steps.filter((other) => other !== step);
    this.#undo.withdraw(step.offered);
  }

  /** Applies a change at once, and reverts it if the engine refuses it. Returns whether it was saved. */
  async #change(ids: Id[], were: readonly T[], change: Partial<Row>, isHere: boolean): Promise<boolean> {
    const { filters } = this.shown;
    const settle = this.changes.making(ids, change);
    const are = were.map((row) => ({ ...row, ...change }));
    this.refused = null;
    this.#put(were, are, isHere);
    // Rows that were never listed are known only by number.
    if (change.read !== undefined) this.#count((change.read ? -1 : 1) * (ids.length - were.length));
    try {
      await this.requests.send(ids, () => this.#keep(ids, change));
      settle(true);
      if (change.archived !== undefined) void this.refresh();
      return true;
    } catch (thrown) {
      const last = new Set(settle(false));
      const isLast = (row: T) => last.has(this.idOf(row));
      this.#put(are.filter(isLast), were.filter(isLast), filters === this.shown.filters);
      this.done = null;
      this.refused = asApiError(thrown);
      return false;
    } finally {
      this.settle();
    }
  }

  #keep(ids: Id[], { read, archived }: Partial<Row>): Promise<unknown> {
    return archived === undefined ? this.keepRead(ids, read === true) : this.keepArchived(ids, archived);
  }

  /** The current versions of the rows. */
  #known(rows: readonly T[]): T[] {
    const ids = new Set(rows.map(this.idOf));
    const listed = this.rows.filter((row) => ids.has(this.idOf(row)));
    const known = new Map(listed.map((row) => [this.idOf(row), row]));
    return rows.map((row) => known.get(this.idOf(row)) ?? row);
  }

  /** Updates rows: moves them to their places or removes them. Unlisted rows are inserted if `isHere`. */
  #put(were: readonly T[], are: readonly T[], isHere: boolean): void {
    this.#count(unreadOf(are) - unreadOf(were));
    const left = new Map(are.map((row) => [this.idOf(row), row]));
    const isListed = ({ archived }: T) => this.shows(this.shown.filters, archived);
    const rows: T[] = [];
    for (const row of this.rows) {
      const now = left.get(this.idOf(row));
      if (now) left.delete(this.idOf(row));
      if (!now || isListed(now)) rows.push(now ?? row);
    }
    const others = isHere ? [...left.values()].filter(isListed).sort(this.order) : [];
    this.rows = others.length === 0 ? rows : merged(rows, others, this.order);
    // If all loaded rows are gone, there may be more to show.
    if (this.rows.length === 0) void this.more();
  }

  #count(more: number): void {
    this.unread = Math.max(0, this.unread + more);
  }
}
