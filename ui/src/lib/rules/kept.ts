// Unsaved rules. They are kept in localStorage, because closing the window destroys its page.
import type { Rule } from "../bindings/api";
import { RuleDraft } from "./draft.svelte";
import type { Rules } from "./rules.svelte";

const STORAGE_KEY = "hookbell.rules";

/** The first of them are kept, this many at most. */
const MAX_KEPT_RULES = 50;

interface Kept {
  /** The rule's number, or the address of one that was never saved. */
  id: number | string;
  saved: Rule;
  now: Rule;
}

/** Brings back what an earlier window had not saved. Only the first call does anything. */
export function restore(rules: Rules): void {
  if (rules.isRestored) return;
  rules.isRestored = true;
  const drafts = read().map(({ id, saved, now }) => {
    const draft = new RuleDraft(id, saved);
    draft.resume(now);
    return draft;
  });
  rules.begun = drafts.filter(({ id }) => id === null);
  rules.drafts = new Map(drafts.flatMap((draft) => (draft.id === null ? [] : [[draft.id, draft]])));
}

/** Keeps what is not saved now. */
export function keep(rules: Rules): void {
  const ids = new Set(rules.all.map(({ id }) => id));
  const isThere = ({ id }: RuleDraft) => id === null || rules.known.phase !== "ready" || ids.has(id);
  const kept = [...rules.drafts.values(), ...rules.begun]
    .filter((draft) => draft.edited && isThere(draft))
    .map(({ id, address, saved, now }): Kept => ({ id: id ?? address, saved, now }));
  localStorage.setItem(STORAGE_KEY, JSON.stringify(kept.slice(0, MAX_KEPT_RULES)));
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
  const { id, saved, now } = one as Partial<Record<keyof Kept, unknown>>;
  return (typeof id === "number" || typeof id === "string") && isRule(saved) && isRule(now);
}

function isRule(rule: unknown): boolean {
  if (typeof rule !== "object" || rule === null) return false;
  const { name, when, then } = rule as Partial<Record<keyof Rule, unknown>>;
  return typeof name === "string" && typeof when === "object" && when !== null && Array.isArray(then);
}
