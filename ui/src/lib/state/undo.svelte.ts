// What was done last and can be taken back, whatever room it was done in: Ctrl-Z or Command-Z does it, and so does the
// line at the foot of a list.
//
//   app.undo.offer({ done: "Archived 3 events.", undo: () => inbox.restore(rows) });
import type { ApiError } from "../bindings/api";
import { asApiError } from "../backend/backend";

export interface Undoable {
  /** What was done, as a sentence. */
  done: string;
  /** Takes back exactly that. Rejects where the engine refuses. */
  undo: () => Promise<unknown>;
}

export class Undo {
  last = $state.raw<Undoable | null>(null);
  /** Why the last thing could not be taken back. */
  refused = $state.raw<ApiError | null>(null);

  offer(undoable: Undoable): void {
    this.last = undoable;
    this.refused = null;
  }

  /** It can't be taken back any more, for instance because it was deleted. Another one that was offered stays. */
  withdraw(undoable: Undoable): void {
    if (this.last === undoable) this.last = null;
  }

  /** Takes the last thing back, once. What is refused can be tried again. */
  async take(): Promise<void> {
    const { last } = this;
    if (!last) return;
    this.last = null;
    this.refused = null;
    try {
      await last.undo();
    } catch (thrown) {
      this.refused = asApiError(thrown);
      this.last ??= last;
    }
  }
}
