// What a rule would have done with the events of the last 30 days. It is asked again whenever the form rests and when
// events have come, and only the answer to the newest question counts.
import type { Backend } from "../../backend/backend";
import { Resource } from "../../state/resource.svelte";
import type { Rule, RulePreview } from "../../bindings/api";

/** Days that are looked back. */
export const PREVIEW_DAYS = 30;
/** Events that are shown at first, and more for every press of the link below them. */
const PAGE_EVENTS = 3;
const MORE_EVENTS = 20;
/** Milliseconds of rest after typing. */
const TYPING_REST = 250;
/** Milliseconds in which events are gathered: many may come at once. */
const EVENTS_REST = 2000;

export class Preview {
  readonly found: Resource<RulePreview>;
  limit = $state(PAGE_EVENTS);

  #question: { rule: Rule; id: number | null } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(call: Backend["call"]) {
    const ask = call;
    this.found = new Resource(() => {
      const { rule, id } = this.#question ?? { rule: null, id: null };
      if (!rule) return Promise.reject(new Error("nothing was asked"));
      return ask("previewRule", { rule, id, days: PREVIEW_DAYS, seq: null, limit: this.limit });
    });
  }

  /** Asks about this rule: at once the first time, then when typing rests. What is known stays until the answer. */
  ask(rule: Rule, id: number | null): void {
    const first = this.#question === null;
    this.#question = { rule, id };
    this.stop();
    this.#wait(first ? 0 : TYPING_REST);
  }
  /** Asks the same again, as there are other events now. */
  again(): void {
    if (this.#question && this.#timer === undefined) this.#wait(EVENTS_REST);
  }
  showMore(): void {
    this.limit += MORE_EVENTS;
    void this.found.restart({ keep: true });
  }
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
  #wait(milliseconds: number): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.found.restart({ keep: true });
    }, milliseconds);
  }
}
