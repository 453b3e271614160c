// The rules in order, as the sidebar and the room use them, and the forms with unsaved input. Changes to rules are in
// `edits.ts`, which loads with the room.
import type { Backend } from "../backend/backend";
import { Resource } from "../state/resource.svelte";
import type { ListedRule } from "../bindings/api";
import type { RuleDraft } from "./draft.svelte";

/** The address of the ready-made rules, from which a new one starts. */
export const READY_MADE = "ready-made";

export class Rules {
  readonly known: Resource<ListedRule[]>;
  /** The forms of opened rules, by the rule's number. */
  drafts = $state.raw<ReadonlyMap<number, RuleDraft>>(new Map());
  /** New rules that haven't been saved yet. */
  begun = $state.raw<readonly RuleDraft[]>([]);
  /** Whether unsaved rules of an earlier window were brought back. */
  isRestored = false;
  /** Increments when runs change, so that views of runs reload. */
  runsChanged = $state(0);
  /** Increments when events arrive, change or disappear, so that previews reload. */
  eventsChanged = $state(0);
  /** Failed runs that were neither retried nor done since. */
  failed = $derived.by(() => this.all.reduce((sum, { failedRuns }) => sum + failedRuns, 0));

  constructor(call: Backend["call"]) {
    this.known = new Resource(() => call("rules", null));
  }

  get all(): readonly ListedRule[] {
    return this.known.value ?? [];
  }
  find(id: number | null): ListedRule | undefined {
    return this.all.find((one) => one.id === id);
  }
}
