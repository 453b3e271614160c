// A rule while it is changed: the document as the engine keeps it, and as the form has it now. What was typed stays,
// whatever else is opened meanwhile and whatever the engine says, until it is saved or reverted.
import type { Action, Rule, When } from "../bindings/api";
import { isSameDocument, withField } from "./document";

/** An action with a key of its own, because actions have no names and change places. */
export interface KeyedAction {
  key: number;
  action: Action;
}

export class RuleDraft {
  /** What the window's address calls it: the rule's number, or a name for one that was never saved. */
  readonly address: string;
  /** The number of the rule; null for one that was never saved. */
  readonly id: number | null;
  /** As the engine has it, or what a new one was begun with. */
  saved = $state.raw<Rule>() as Rule;
  /** Where something was typed, as `placeOf` names it: only there a preview says what is wrong. */
  touched = $state.raw<ReadonlySet<string>>(new Set());

  /** The place where something was typed last. */
  last = $state.raw<{ place: string } | null>(null);

  #rest = $state.raw<Rule>() as Rule;
  actions = $state.raw<readonly KeyedAction[]>([]);
  /** The document as the form has it. */
  now = $derived<Rule>({ ...this.#rest, then: this.actions.map(({ action }) => action) });
  edited = $derived.by(() => this.id === null || !isSameDocument(this.now, this.saved));

  #keys = 0;

  constructor(id: number | string, rule: Rule) {
    this.address = String(id);
    this.id = typeof id === "number" ? id : null;
    this.#take(rule);
  }

  setName(name: string): void {
    this.#rest = { ...this.#rest, name };
    this.#touch("name");
  }
  setStop(stop: boolean): void {
    this.#rest = { ...this.#rest, stop };
  }
  setWhen<F extends keyof When>(field: F, value: When[F] | undefined): void {
    this.#rest = { ...this.#rest, when: withField(this.#rest.when, field, value) };
    this.#touch(`when.${field}`);
  }
  setAction(key: number, action: Action, place: string): void {
    this.actions = this.actions.map((one) => (one.key === key ? { key, action } : one));
    this.#touch(place);
  }
  /** Adds an action at the end. Gives its key. */
  add(action: Action): number {
    const key = this.#keys++;
    this.actions = [...this.actions, { key, action }];
    return key;
  }
  remove(key: number): void {
    this.actions = this.actions.filter((one) => one.key !== key);
  }
  /** Moves an action by so many places, as far as there are places. */
  move(key: number, by: number): void {
    const from = this.actions.findIndex((one) => one.key === key);
    const to = Math.min(this.actions.length - 1, Math.max(0, from + by));
    const moved = [...this.actions];
    moved.splice(to, 0, ...moved.splice(from, 1));
    this.actions = moved;
  }

  revert(): void {
    this.#take(this.saved);
  }

  /** The engine has another document now: shown at once, unless something was typed. Enabling is never a change of it. */
  follow(rule: Rule): void {
    if (isSameDocument(rule, this.saved)) return;
    if (this.edited) {
      this.saved = rule;
      this.#rest = { ...this.#rest, enabled: rule.enabled };
    } else this.#take(rule);
  }

  /** `sent` was saved, and the engine keeps it as `kept`. What was typed since stays. */
  keep(sent: Rule, kept: Rule): void {
    if (isSameDocument(this.now, sent)) this.#take(kept);
    else this.saved = kept;
  }

  #take(rule: Rule): void {
    this.saved = rule;
    this.#rest = rule;
    // A form that shows this action already keeps showing it.
    this.actions = rule.then.map((action, at) => ({ key: this.actions[at]?.key ?? this.#keys++, action }));
    this.touched = new Set();
  }
  #touch(place: string): void {
    this.last = { place };
    if (!this.touched.has(place)) this.touched = new Set(this.touched).add(place);
  }
}
