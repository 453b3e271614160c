// The runs of a rule's actions, newest first: read in pages, and again whenever runs change.
import type { Backend } from "../../backend/backend";
import { Resource } from "../../state/resource.svelte";
import type { Run, RunsReply } from "../../bindings/api";

/** Runs read at first; each press of the button below adds as many. */
const PAGE_RUNS = 20;

export class Runs {
  readonly known: Resource<RunsReply>;
  /** The runs being retried. */
  retrying = $state.raw<ReadonlySet<number>>(new Set());

  #call: Backend["call"];
  #limit = PAGE_RUNS;

  constructor(call: Backend["call"], rule: number) {
    this.#call = call;
    this.known = new Resource(() =>
      this.#call("runs", { rule, seq: null, state: null, before: null, limit: this.#limit }),
    );
  }

  more(): void {
    this.#limit += PAGE_RUNS;
    void this.known.restart({ keep: true });
  }

  /** Retries a run now. Rejects if the engine refuses. */
  async retry(id: number): Promise<void> {
    if (this.retrying.has(id)) return;
    this.retrying = new Set(this.retrying).add(id);
    try {
      await this.known.change(() => this.#call("retryRun", { id }), {
        gives: (reply, again: Run) => ({
          ...reply,
          runs: reply.runs.map((run) => (run.id === id ? again : run)),
        }),
      });
    } finally {
      this.retrying = new Set([...this.retrying].filter((other) => other !== id));
    }
  }
}
