// Unsent plans. They are kept in localStorage, because closing the window destroys its page.
import type { Backend } from "../backend/backend";
import type { DistributionPlan } from "../bindings/api";
import { PlanDraft, type PlanChoices, type PlanOf } from "./plan.svelte";

const STORAGE_KEY = "hookbell.plans";

/** The plans changed last are kept, this many at most. */
const MAX_KEPT_PLANS = 20;

interface Kept {
  address: string;
  plan: Partial<DistributionPlan>;
  /** The options of each step that asked for a choice. Once one is chosen, the check no longer lists them. */
  choices: PlanChoices;
}

export class Drafts {
  readonly #call: Backend["call"];
  readonly #begun = new Map<string, PlanDraft>();

  constructor(call: Backend["call"]) {
    this.#call = call;
  }

  /** The plan at this address, if it was begun in this window. */
  get(address: string): PlanDraft | undefined {
    return this.#begun.get(address);
  }

  /** Begins a plan, or continues one begun in an earlier window. */
  begin(address: string, of: PlanOf, start: DistributionPlan): PlanDraft {
    const before = read().find((one) => one.address === address);
    // A plan kept by another version may lack fields.
    const draft = new PlanDraft(this.#call, of, { ...start, ...before?.plan });
    if (before) {
      draft.edited = true;
      draft.choices = new Map(before.choices);
    }
    draft.onchange = () => keep(address, draft.edited ? draft : null);
    this.#begun.set(address, draft);
    return draft;
  }

  /** Forgets a plan that was sent or that starts over. */
  delete(address: string): void {
    this.#begun.delete(address);
    keep(address, null);
  }
}

function read(): Kept[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isKept) : [];
  } catch {
    return [];
  }
}

function isKept(one: unknown): one is Kept {
  if (typeof one !== "object" || one === null) return false;
  const { address, plan, choices } = one as Partial<Record<keyof Kept, unknown>>;
  return typeof address === "string" && typeof plan === "object" && plan !== null && Array.isArray(choices);
}

function keep(address: string, draft: PlanDraft | null): void {
  const others = read().filter((one) => one.address !== address);
  const all =
    draft === null ? others : [...others, { address, plan: draft.plan, choices: [...draft.choices] }];
  localStorage.setItem(STORAGE_KEY, JSON.stringify(all.slice(-MAX_KEPT_PLANS)));
}
