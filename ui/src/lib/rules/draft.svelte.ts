// A rule being edited: the engine's version of the document and the form's. Unsaved input stays until it is saved or
// reverted, whatever else is opened or pushed meanwhile.
import type { Action, Rule, When } from "../bindings/api";
import { isSameDocument, withField } from "./document";

/** An action with a key, because actions have no names and can be reordered. */
export interface KeyedAction {
  key: number;
  action: Action;
}

export class RuleDraft {
  /** The rule in the window's address: its number, or a name for an unsaved one. */
  readonly address: string;
  /** The rule's number; null if it was never saved. */
  readonly id: number | null;
  /** The engine's version, or what a new rule started from. */
  saved = $state.raw<Rule>() as Rule;
  /** The edited places, as named by `placeOf`: only there a preview shows errors. */
  touched = $state.raw<ReadonlySet<string>>(new Set());

  /** The place edited last. */
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
  /** Adds an action at the end. Returns its key. */
  add(action: Action): number {
    const key = this.#keys++;
    this.actions = [...this.actions, { key, action }];
    return key;
  }
  remove(key: number): void {
    this.actions = this.actions.filter((one) => one.key !== key);
  }
  /** Moves an action by this many places, within bounds. */
  move(key: number, by: number): void {
    const from = this.actions.findIndex((one) => one.key === key);
    const to = Math.min(this.actions.length - 1, Math.max(0, from + by));
    const moved = [...this.actions];
    moved.splice(to, 0, ...moved.splice(from, 1));
    this.actions = moved;
  }

  /** Continues with input from an earlier window. */
  resume(now: Rule): void {
    this.#show(now);
  }

  revert(): void {
    this.#take(this.saved);
  }

  /**
   * The engine has a new version: shown at once, unless the form has unsaved input. Enabling a rule never conflicts.
   */
  follow(rule: Rule): void {
    if (isSameDocument(rule, this.saved)) return;
    if (this.edited) {
      this.saved = rule;
      this.#rest = { ...this.#rest, enabled: rule.enabled };
    } else this.#take(rule);
  }

  /** `sent` was saved, and the engine stored it as `kept`. Later input stays. */
  keep(sent: Rule, kept: Rule): void {
    if (isSameDocument(this.now, sent)) this.#take(kept);
    else this.saved = kept;
  }

  #take(rule: Rule): void {
    this.saved = rule;
    this.#show(rule);
  }
  #show(rule: Rule): void {
    this.#rest = rule;
    // Reuse the keys, so that forms of existing actions stay.
    this.actions = rule.then.map((action, at) => ({ key: this.actions[at]?.key ?? this.#keys++, action }));
    this.touched = new Set();
  }
  #touch(place: string): void {
    this.last = { place };
    if (!this.touched.has(place)) this.touched = new Set(this.touched).add(place);
  }
}
