// How each stage is called, and in what it is drawn: a tone alone never tells two of them apart.
import type { TimelineSpan, TimelineStage, TimelineTrack } from "../bindings/api";

export interface StageLook {
  label: string;
  /** What lies over the tone: lines for what went wrong, dots for what waits for the developer. */
  pattern?: "hatch" | "back" | "dots";
}

/** In the order in which a thing usually goes through them; the legend has the same. */
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

/** Each of these stages once, in order. */
export function inOrder(stages: readonly TimelineStage[]): TimelineStage[] {
  return (Object.keys(STAGES) as TimelineStage[]).filter((stage) => stages.includes(stage));
}

/** What is over has no length. */
export function isDrawn({ stage }: TimelineSpan): boolean {
  return stage !== "over";
}

/** What a line is called: "3.2", "3.3 (418)", and its platform where there are several. */
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
