// The rules in their order, as the sidebar and the room know them, and the forms with what was typed in them. What is
// done to rules is in `edits.ts`, which comes with the room.
import type { Backend } from "../backend/backend";
import { Resource } from "../state/resource.svelte";
import type { ListedRule } from "../bindings/api";
import type { RuleDraft } from "./draft.svelte";

/** The address of the ready-made rules, which a new one begins with. */
export const READY_MADE = "ready-made";

export class Rules {
  readonly known: Resource<ListedRule[]>;
  /** The forms of rules that were opened, by the rule's number. */
  drafts = $state.raw<ReadonlyMap<number, RuleDraft>>(new Map());
  /** Rules that were begun and not saved yet. */
  begun = $state.raw<readonly RuleDraft[]>([]);
  /** Grows whenever runs have changed: whoever shows runs reads them again. */
  runsChanged = $state(0);
  /** Grows whenever events came, changed or went: whoever shows what a rule makes of them asks again. */
  eventsChanged = $state(0);
  /** Runs that failed, and were neither retried nor done since. */
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
