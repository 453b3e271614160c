// The order of events: by arrival number, newest first.
import type { EventRow } from "../bindings/api";
import { ROW } from "../list/layout";
import { newestFirst } from "../list/places";

export const places = newestFirst<EventRow, number>(
  { row: ROW, at: ({ receivedAt }) => receivedAt },
  ({ seq }) => seq,
);
