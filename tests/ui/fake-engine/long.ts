// An engine with an inbox far too long to build: each page is generated on request.
import type { EventsReply, EventsRequest } from "../../../ui/src/lib/bindings/api.ts";
import { FakeEngine } from "./engine.ts";
import { eventOf } from "./events.ts";

export function longInbox(count: number) {
  const archived = new Set<number>();
  return new FakeEngine({
    otherwise: {
      events: (request) => {
        const { events, ...rest } = pageOf(count, request);
        return { events: events.filter(({ seq }) => !archived.has(seq)), ...rest };
      },
      event: ({ seq }) => {
        const { row, detail } = eventOf(count, count - seq);
        return { event: row, ...detail };
      },
      markRead: () => null,
      archive: ({ seqs }) => {
        for (const seq of seqs) archived.add(seq);
        return null;
      },
    },
  });
}

function pageOf(count: number, { before, limit }: EventsRequest): EventsReply {
  const from = before === null ? 0 : count - before + 1;
  const length = Math.min(limit, count - from);
  const events = Array.from({ length }, (_, at) => eventOf(count, from + at).row);
  const isMore = from + length < count;
  return {
    events,
    next: isMore ? (events.at(-1)?.seq ?? null) : null,
    unread: 41,
  };
}
