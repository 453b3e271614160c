// The inbox's order: by the number of arrival, the newest first.
import type { EventRow } from "../bindings/api";
import { firstWhere, ROW, type Shape } from "../list/layout";
import type { Order } from "../list/merge";

export const shape: Shape<EventRow> = { row: ROW, at: ({ receivedAt }) => receivedAt };

export const keyOf = ({ seq }: EventRow): number => seq;

export const byArrival: Order<EventRow> = (a, b) => b.seq - a.seq;

/** The index of an event in rows that run from the newest down, or of the first older one. */
export function indexOf(rows: readonly EventRow[], seq: number): number {
  return firstWhere(rows, (row) => row.seq <= seq);
}
