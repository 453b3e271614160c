// Changes to rules: saving, enabling, moving, deleting, importing. The list shows a change at once if its result is
// certain, and reverts it if the engine refuses.
import type { WindowState } from "../state/windowState";
import type { ListedRule, Rule } from "../bindings/api";
import { newRule } from "./document";
import { RuleDraft } from "./draft.svelte";
import { restore } from "./kept";

type Desk = Pick<WindowState, "rules" | "call" | "undo" | "route">;

const put = (all: ListedRule[], one: ListedRule) =>
  all.some(({ id }) => id === one.id) ? all.map((old) => (old.id === one.id ? one : old)) : [...all, one];

/** Saves a rule; one without a number is appended. */
export function save({ rules, call }: Desk, id: number | null, rule: Rule): Promise<ListedRule> {
  return rules.known.change(() => call("saveRule", { id, rule }), { gives: put });
}

export function enable({ rules, call }: Desk, id: number, enabled: boolean): Promise<ListedRule> {
  return rules.known.change(() => call("enableRule", { id, enabled }), {
    shows: (all) => all.map((one) => (one.id === id ? { ...one, rule: { ...one.rule, enabled } } : one)),
    gives: put,
  });
}

/** Moves a rule before another one, or to the end. */
export function moveBefore({ rules, call }: Desk, id: number, before: number | null): Promise<ListedRule[]> {
  return rules.known.change(() => call("moveRule", { id, before }), {
    shows: (all) => inOrder(all, id, before),
    gives: (_, all) => all,
  });
}

/** Moves a rule by this many places, within bounds. Returns its new place, counted from 1, or null. */
export async function moveBy(desk: Desk, id: number, by: number): Promise<number | null> {
  const others = desk.rules.all.filter((one) => one.id !== id);
  const from = desk.rules.all.findIndex((one) => one.id === id);
  const to = Math.min(others.length, Math.max(0, from + by));
  if (from < 0 || to === from) return null;
  await moveBefore(desk, id, others[to]?.id ?? null);
  return to + 1;
}

export function inOrder(all: readonly ListedRule[], id: number, before: number | null): ListedRule[] {
  const moved = all.find((one) => one.id === id);
  const others = all.filter((one) => one.id !== id);
  if (!moved || before === id) return [...all];
  const at = others.findIndex((one) => one.id === before);
  return at < 0 ? [...others, moved] : others.toSpliced(at, 0, moved);
}

/** Deletes a rule. Undo restores it in the same place; a pending review stays pending. */
export async function remove(desk: Desk, { id, rule, needsReview }: ListedRule): Promise<void> {
  const { rules, call, undo } = desk;
  const ask = call;
  const at = rules.all.findIndex((one) => one.id === id);
  const after = rules.all[at + 1]?.id ?? null;
  await rules.known.change(() => ask("deleteRule", { id }), {
    shows: (all) => all.filter((one) => one.id !== id),
    gives: (_, all) => all,
  });
  rules.drafts = new Map([...rules.drafts].filter(([other]) => other !== id));
  undo.offer({
    done: `Deleted the rule “${rule.name}”.`,
    undo: async () => {
      const back = needsReview ? await bringIn(desk, JSON.stringify(rule)) : [await save(desk, null, rule)];
      const [again] = back;
      if (again && rules.all.some((one) => one.id === after)) await moveBefore(desk, again.id, after);
      if (again) desk.route.go("rules", again.id);
    },
  });
}

/** Imports rules from JSON. Returns the new ones. */
export function bringIn({ rules, call }: Desk, text: string): Promise<ListedRule[]> {
  return rules.known.change(() => call("importRules", { text }), {
    gives: (all, added) => added.reduce(put, all),
  });
}

/** Opens the form of a rule that isn't saved yet. */
export function begin({ rules, route }: Desk, parts: Partial<Rule> = {}): void {
  restore(rules);
  const numbers = rules.begun.map(({ address }) => Number(address.slice(NEW.length + 1)));
  const draft = new RuleDraft(`${NEW}-${Math.max(0, ...numbers) + 1}`, newRule(parts));
  rules.begun = [...rules.begun, draft];
  route.go("rules", draft.address);
}

/** Discards a rule that was never saved. Undo restores it. */
export function discard({ rules, undo, route }: Desk, draft: RuleDraft): void {
  rules.begun = rules.begun.filter((one) => one !== draft);
  undo.offer({
    done: draft.now.name === "" ? "Discarded a new rule." : `Discarded “${draft.now.name}”.`,
    undo: () => {
      rules.begun = [...rules.begun, draft];
      route.go("rules", draft.address);
      return Promise.resolve();
    },
  });
}

/** Opens a rule's form. If it was opened before, it still has its unsaved input. */
export function openForm(rules: Desk["rules"], { id, rule }: ListedRule): void {
  if (!rules.drafts.has(id)) rules.drafts = new Map(rules.drafts).set(id, new RuleDraft(id, rule));
}

/** Saves a form. A new rule is added to the list; if the address led to its form, it leads to the rule now. */
export async function saveDraft(desk: Desk, draft: RuleDraft): Promise<ListedRule> {
  const { rules, route } = desk;
  const sent = draft.now;
  const kept = await save(desk, draft.id, sent);
  if (draft.id === null) {
    const wasShown = route.place.room === "rules" && route.place.id === draft.address;
    openForm(rules, kept);
    rules.begun = rules.begun.filter((one) => one !== draft);
    if (wasShown) route.replace("rules", kept.id);
  } else draft.keep(sent, kept.rule);
  return kept;
}

/** The prefix of unsaved rules in the address. */
export const NEW = "new";
