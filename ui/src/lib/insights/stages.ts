// The name and appearance of each stage: no two differ by tone alone.
import type { TimelineSpan, TimelineStage, TimelineTrack } from "../bindings/api";

export interface StageLook {
  label: string;
  /** The pattern over the tone: lines for failures, dots for waiting on the developer. */
  pattern?: "hatch" | "back" | "dots";
}

/** In the usual order of stages; the legend has the same order. */
export const STAGES: Record<TimelineStage, StageLook> = {
  preparing: { label: "Preparing" },
  processing: { label: "Processing", pattern: "back" },
  ready: { label: "Ready" },
  waiting: { label: "Waiting" },
  inReview: { label: "In review" },
  rejected: { label: "Rejected", pattern: "hatch" },
  failed: { label: "Failed", pattern: "hatch" },
  waitingForYou: { label: "Ready to release", pattern: "dots" },
  approved: { label: "Approved" },
  onSale: { label: "Live" },
  testing: { label: "In testing" },
  offSale: { label: "Not for sale" },
  over: { label: "Ended" },
  other: { label: "Other" },
};

/** These stages without duplicates, in order. */
export function inOrder(stages: readonly TimelineStage[]): TimelineStage[] {
  return (Object.keys(STAGES) as TimelineStage[]).filter((stage) => stages.includes(stage));
}

/** A final stage has no length. */
export function isDrawn({ stage }: TimelineSpan): boolean {
  return stage !== "over";
}

/** The name of a line: "3.2", "3.3 (418)", plus its platform if there are several. */
export function trackName(track: TimelineTrack, kind: "version" | "build", platforms: number): string {
  const { version, build } = track;
  const named =
    kind === "version"
      ? version
      : version && build
        ? `${version} (${build})`
        : build
          ? `(${build})`
          : version;
  const name = named ?? (kind === "version" ? "Unknown version" : "Unknown build");
  return platforms > 1 && track.platform ? `${name} ${track.platform}` : name;
}

export function platformsOf(tracks: readonly TimelineTrack[]): number {
  return new Set(tracks.map(({ platform }) => platform)).size;
}
