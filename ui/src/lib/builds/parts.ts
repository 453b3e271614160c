// An upload's parts as a row of cells: one per part, or per several parts if there are many.
import type { Upload } from "../bindings/api";

/** More cells than this could not be told apart. */
export const MAX_CELLS = 60;
/** How many parts are sent in parallel. */
const PARTS_AT_ONCE = 4;

/**
 * How full each cell is, from 0 to 1. Confirmed parts fill cells from the left; bytes in progress are spread over the
 * next few, because only their sum is known. Until App Store Connect says how many parts there are, there is one cell.
 */
export function cellsOf({
  parts,
  confirmedParts,
  sentBytes,
  confirmedBytes,
  sizeBytes,
}: Pick<Upload, "parts" | "confirmedParts" | "sentBytes" | "confirmedBytes" | "sizeBytes">): number[] {
  if (parts === null || parts <= 0) return [sizeBytes === 0 ? 0 : Math.min(1, sentBytes / sizeBytes)];
  const cells = Math.min(parts, MAX_CELLS);
  const isWaiting = Math.min(PARTS_AT_ONCE, parts - confirmedParts);
  const partBytes = sizeBytes / parts;
  const underWay = Math.max(0, sentBytes - confirmedBytes);
  const each = isWaiting === 0 ? 0 : Math.min(1, underWay / (isWaiting * partBytes));
  const fill = (part: number) => (part < confirmedParts ? 1 : part < confirmedParts + isWaiting ? each : 0);
  return Array.from({ length: cells }, (_, cell) => {
    const from = Math.floor((cell * parts) / cells);
    const to = Math.floor(((cell + 1) * parts) / cells);
    let sum = 0;
    for (let part = from; part < to; part++) sum += fill(part);
    return sum / (to - from);
  });
}
