// What can be done to the rows of a list: marked, archived, taken back. It shows at once and is undone if the engine
// refuses it. The engine's commands for one kind of row are given by the class that extends this one.
import { asApiError } from "../backend/backend";
import type { Row } from "./changes";
import type { Done } from "./done";
import { merged } from "./merge";
import { Reading, unreadOf } from "./reading.svelte";

/** So many steps can be undone. */
const MAX_UNDOS = 100;

/** What was done to rows, so that exactly that can be undone. */
interface Step<T, Id, F> {
  ids: Id[];
  /** Those of them that were listed, as they were before. */
  rows: T[];
  change: Partial<Row>;
  /** What was shown then. */
  filters: F;
}

export abstract class Rows<T extends Row, Id, F> extends Reading<T, Id, F> {
  /** What was done last, for the line at the foot. */
  done = $state.raw<Done<T> | null>(null);

  #undos: Step<T, Id, F>[] = [];

  protected abstract keepRead(ids: Id[], read: boolean): Promise<unknown>;
  /** Gives the rows that were unread. */
  protected abstract keepAllRead(): Promise<Id[]>;
  protected abstract keepArchived(ids: Id[], archived: boolean): Promise<unknown>;

  /** A row was opened, which marks it as read; nobody asked for that, and so it is no step of its own. */
  async markOpened(row: T): Promise<void> {
    await this.#do([row], { read: true }, false);
  }

  async markRead(rows: readonly T[], read: boolean): Promise<void> {
    await this.#do(rows, { read }, true);
  }

  /** Archives rows or brings them back; either way they leave this list. */
  async archive(rows: readonly T[], archived: boolean): Promise<void> {
    await this.#do(rows, { archived }, true);
  }

  async markAllRead(): Promise<void> {
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
      if (ids.length > 0) this.#remember({ ids, rows, change: { read: true }, filters });
    } catch (thrown) {
      this.#put(are, were, filters === this.shown.filters);
      this.unread = unread;
      this.refused = asApiError(thrown);
    } finally {
      this.settle();
    }
  }

  /** Takes rows out that were deleted. They can't be brought back. */
  forget(ids: readonly Id[]): void {
    const deleted = new Set(ids);
    this.changes.making(ids, "deleted")(true);
    this.rows = this.rows.filter((row) => !deleted.has(this.idOf(row)));
    this.done = null;
    this.#undos = this.#undos.flatMap((step) => {
      const left = step.ids.filter((id) => !deleted.has(id));
      const rows = step.rows.filter((row) => !deleted.has(this.idOf(row)));
      return left.length > 0 ? [{ ...step, ids: left, rows }] : [];
    });
  }

  /** Takes the last step back, and nothing else. Gives the rows it was about, or null if there is none. */
  undo(): T[] | null {
    const step = this.#undos.pop();
    if (!step) return null;
    void this.#takeBack(step);
    return step.rows;
  }

  async #takeBack(step: Step<T, Id, F>): Promise<void> {
    const { ids, change, filters } = step;
    const fields = Object.entries(change).map(([field, value]) => [field, !value]);
    const back = Object.fromEntries(fields) as Partial<Row>;
    const isHere = filters === this.shown.filters;
    const rows = this.#known(step.rows.map((row) => ({ ...row, ...change })));
    this.done = doneOf({ ...step, change: back }, true);
    if (!(await this.#change(ids, rows, back, isHere))) this.#undos.push(step);
    // Where the rows stand among those that are shown by now, only the engine knows.
    else if (!isHere && back.archived === this.showsArchived(this.shown.filters)) await this.load();
  }

  async #do(about: readonly T[], change: Partial<Row>, canUndo: boolean): Promise<void> {
    const [[field, value]] = Object.entries(change) as [[keyof Row, boolean]];
    const rows = this.#known(about).filter((row) => row[field] !== value);
    if (rows.length === 0) return;
    const step = { ids: rows.map(this.idOf), rows, change, filters: this.shown.filters };
    if (canUndo) this.#remember(step);
    if (!(await this.#change(step.ids, rows, change, true)))
      this.#undos = this.#undos.filter((other) => other !== step);
  }

  #remember(step: Step<T, Id, F>): void {
    this.#undos = [...this.#undos, step].slice(-MAX_UNDOS);
    this.done = doneOf(step, false);
  }

  /** Shows a change at once, and takes it back if the engine refuses it. Gives whether it was kept. */
  async #change(ids: Id[], were: readonly T[], change: Partial<Row>, isHere: boolean): Promise<boolean> {
    const { filters } = this.shown;
    const settle = this.changes.making(ids, change);
    const are = were.map((row) => ({ ...row, ...change }));
    this.refused = null;
    this.#put(were, are, isHere);
    // Of rows that were never listed only their number is known.
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

  /** The rows as they are by now. */
  #known(rows: readonly T[]): T[] {
    const ids = new Set(rows.map(this.idOf));
    const listed = this.rows.filter((row) => ids.has(this.idOf(row)));
    const known = new Map(listed.map((row) => [this.idOf(row), row]));
    return rows.map((row) => known.get(this.idOf(row)) ?? row);
  }

  /** Shows rows as they are now: in their places, or no more. One that is not listed comes in where `isHere`. */
  #put(were: readonly T[], are: readonly T[], isHere: boolean): void {
    this.#count(unreadOf(are) - unreadOf(were));
    const left = new Map(are.map((row) => [this.idOf(row), row]));
    const isListed = ({ archived }: T) => archived === this.showsArchived(this.shown.filters);
    const rows = this.rows.flatMap((row) => {
      const now = left.get(this.idOf(row));
      if (!now) return [row];
      left.delete(this.idOf(row));
      return isListed(now) ? [now] : [];
    });
    const others = isHere ? [...left.values()].filter(isListed).sort(this.order) : [];
    this.rows = merged(rows, others, this.order);
    // Where all that was read has gone, there may be more to show.
    if (this.rows.length === 0) void this.more();
  }

  #count(more: number): void {
    this.unread = Math.max(0, this.unread + more);
  }
}

function doneOf<T>(
  { ids, rows, change }: { ids: readonly unknown[]; rows: readonly T[]; change: Partial<Row> },
  isUndo: boolean,
): Done<T> {
  return { count: ids.length, rows, change, isUndo };
}
