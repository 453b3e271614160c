// The row that is open in the detail. Opening one that is not in the list works as well: a notification may
// lead to one of long ago.
import type { ApiError } from "../bindings/api";
import { asApiError } from "../backend/backend";
import type { Row } from "./changes";

export abstract class Opened<D, T extends Row, Id> {
  /** What was asked for, or null when nothing is open. */
  id = $state.raw<Id | null>(null);
  detail = $state.raw<D | null>(null);
  error = $state.raw<ApiError | null>(null);

  /** The row a detail is about. */
  abstract rowOf(detail: D): T;
  /** The same detail with another row. */
  protected abstract withRow(detail: D, row: T): D;
  /** Reads a detail. Returns what puts it in its place, if it is still wanted then. */
  protected abstract read(id: Id): Promise<() => void>;

  /** Reads what was asked for. What was open stays until it is here. Returns whether it came. */
  async open(id: Id): Promise<boolean> {
    this.id = id;
    this.error = null;
    return this.#take(id, (thrown) => {
      this.forget();
      this.error = asApiError(thrown);
    });
  }

  close(): void {
    this.id = null;
    this.error = null;
    this.forget();
  }

  /** More may be known by now: reads it again, quietly. */
  async refresh(): Promise<void> {
    // What is shown was true when it was read; the list tells of what is wrong with the store.
    if (this.id !== null && !this.error) await this.#take(this.id, () => undefined);
  }

  patch(change: Partial<Row>): void {
    if (this.detail) this.detail = this.withRow(this.detail, { ...this.rowOf(this.detail), ...change });
  }

  protected forget(): void {
    this.detail = null;
  }

  async #take(id: Id, failed: (thrown: unknown) => void): Promise<boolean> {
    try {
      const put = await this.read(id);
      if (this.id !== id) return false;
      put();
      return true;
    } catch (thrown) {
      if (this.id === id) failed(thrown);
      return false;
    }
  }
}
