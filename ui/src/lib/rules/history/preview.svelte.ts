// What a rule would have done with the events of the last 30 days. It is requested again whenever typing pauses; then
// only the newest reply counts. New events request it again only after the pending reply: with a long history, that
// reply takes longer than the next event.
import type { Backend } from "../../backend/backend";
import { Resource } from "../../state/resource.svelte";
import type { Rule, RulePreview } from "../../bindings/api";

/** How many days the preview covers. */
export const PREVIEW_DAYS = 30;
/** Events shown at first; each press of the link below adds as many. */
const PAGE_EVENTS = 3;
const MORE_EVENTS = 20;
/** Milliseconds after the last keystroke before a request. */
const TYPING_REST = 250;
/** Milliseconds during which events are collected into one request. */
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

  /**
   * Requests the preview of this rule: at once the first time, then when typing pauses. The previous preview stays
   * until the reply.
   */
  ask(rule: Rule, id: number | null): void {
    const first = this.#question === null;
    this.#question = { rule, id };
    this.stop();
    this.#wait(first ? 0 : TYPING_REST, () => this.found.restart({ keep: true }));
  }
  /** Requests it again, because there are new events. */
  again(): void {
    if (this.#question && this.#timer === undefined) this.#wait(EVENTS_REST, () => this.found.refresh());
  }
  showMore(): void {
    this.limit += MORE_EVENTS;
    void this.found.restart({ keep: true });
  }
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
  #wait(milliseconds: number, read: () => Promise<void>): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void read();
    }, milliseconds);
  }
}
