// The undo stack of the whole window, across rooms. Ctrl-Z or Command-Z undoes the last action, and so does the line at
// the foot of a list.
//
//   app.undo.offer({ done: "Archived 3 events.", undo: () => inbox.restore(rows) });
import type { ApiError } from "../bindings/api";
import { asApiError } from "../backend/backend";

export interface Undoable {
  /** The action, as a sentence. */
  done: string;
  /** Undoes exactly this action. Rejects if the engine refuses. */
  undo: () => Promise<unknown>;
}

/** How many actions can be undone. */
const MAX_STEPS = 100;

export class Undo {
  #steps = $state.raw<readonly Undoable[]>([]);
  /** A running action that offers its undo step only when it ends. */
  #doing: Promise<unknown> | null = null;
  last = $derived<Undoable | null>(this.#steps.at(-1) ?? null);
  /** Why the last undo failed. */
  refused = $state.raw<ApiError | null>(null);

  offer(undoable: Undoable): void {
    this.#steps = [...this.#steps, undoable].slice(-MAX_STEPS);
    this.refused = null;
  }

  /** An action that offers its undo step when it ends: undo waits for it. `doing` must not reject. */
  async during(doing: Promise<void>): Promise<void> {
    this.#doing = doing;
    await doing;
    if (this.#doing === doing) this.#doing = null;
  }

  /** It can't be undone any more, for instance because its subject was deleted. */
  withdraw(undoable: Undoable): void {
    this.#steps = this.#steps.filter((step) => step !== undoable);
  }

  /** Undoes the last action once. A refused undo can be tried again. */
  async take(): Promise<void> {
    if (this.#doing) await this.#doing;
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
