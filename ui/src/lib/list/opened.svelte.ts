// The row that is open in the detail. It need not be in the list: a notification may lead to an old one.
import type { ApiError } from "../bindings/api";
import { asApiError } from "../backend/backend";
import type { Row } from "./changes";

export abstract class Opened<D, T extends Row, Id> {
  /** The requested row, or null if none is open. */
  id = $state.raw<Id | null>(null);
  detail = $state.raw<D | null>(null);
  error = $state.raw<ApiError | null>(null);

  /** The row a detail is about. */
  abstract rowOf(detail: D): T;
  /** The same detail with another row. */
  protected abstract withRow(detail: D, row: T): D;
  /** Reads a detail. Returns a function that shows it, to call if it is still wanted. */
  protected abstract read(id: Id): Promise<() => void>;

  /** Reads the requested row. The previous one stays until then. Returns whether it arrived. */
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

  /** Reads it again in the background, because more may be known now. */
  async refresh(): Promise<void> {
    // On failure, the shown detail is still what was last read; the list reports problems with the store.
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
