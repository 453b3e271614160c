// An engine with an inbox far too long to be made: each page of it is made when it is asked for.
import { FakeEngine } from "./engine.ts";
import { eventOf } from "./events.ts";

export class LongInbox extends FakeEngine {
  #count;

  constructor(count) {
    super();
    this.#count = count;
  }

  async answer(command, request) {
    const answered = await super.answer(command, request);
    return command === "events" ? this.#page(request) : answered;
  }

  #page({ before, limit }) {
    const from = before === null ? 0 : this.#count - before + 1;
    const length = Math.min(limit, this.#count - from);
    const events = Array.from(
      { length },
      (_, at) => eventOf(this.#count, from + at).row,
    );
    const isMore = from + length < this.#count;
    return { events, next: isMore ? events.at(-1).seq : null, unread: 41 };
  }
}
