// What was done and can be taken back, whatever room it was done in, the last thing first: Ctrl-Z or Command-Z does it,
// and so does the line at the foot of a list.
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

/** So many things can be taken back, one after another. */
const MAX_STEPS = 100;

export class Undo {
  #steps = $state.raw<readonly Undoable[]>([]);
  last = $derived<Undoable | null>(this.#steps.at(-1) ?? null);
  /** Why the last thing could not be taken back. */
  refused = $state.raw<ApiError | null>(null);

  offer(undoable: Undoable): void {
    this.#steps = [...this.#steps, undoable].slice(-MAX_STEPS);
    this.refused = null;
  }

  /** It can't be taken back any more, for instance because it was deleted. */
  withdraw(undoable: Undoable): void {
    this.#steps = this.#steps.filter((step) => step !== undoable);
  }

  /** Takes the last thing back, once. What is refused can be tried again. */
  async take(): Promise<void> {
    const { last } = this;
    if (!last) return;
    this.withdraw(last);
    this.refused = null;
    try {
      await last.undo();
    } catch (thrown) {
      this.refused = asApiError(thrown);
      this.#steps = [...this.#steps, last];
    }
  }
}
