// The room's texts about builds and uploads.
import type { Meaning } from "../components/meaning";
import type {
  Distribution,
  ListedBuild,
  DistributionStepName,
  DistributionStepState,
  Upload,
} from "../bindings/api";
import { daysAgo, clock, moment, shortDate } from "../text/time";
import { formatDate } from "../text/locale";
import { byteSize, count, counted, percent, sentence } from "../text/words";

/** Days until expiry below which a build needs attention. */
export const SOON_DAYS = 14;

/** "3.3 (420)" */
export function buildName({ version, number }: { version: string | null; number: string }): string {
  return version === null ? number : `${version} (${number})`;
}

const TONES: Record<ListedBuild["tone"], Meaning> = {
  plain: "waiting",
  good: "good",
  attention: "needsYou",
  bad: "bad",
};
export function meaningOf({ tone }: Pick<ListedBuild, "tone">): Meaning {
  return TONES[tone];
}

/** "14:02" today, "Mon" within a week, "22 Oct" before. */
export function rowTime(at: Date, now: Date): string {
  const days = daysAgo(at, now);
  if (days <= 0) return clock(at);
  return days < 7 ? formatDate(at, { weekday: "short" }) : shortDate(at, now);
}

/** "90 days", "Today", "Expired" */
export function expiryWords({ expired, daysLeft }: Pick<ListedBuild, "expired" | "daysLeft">): string {
  if (expired) return "Expired";
  if (daysLeft === null) return "Unknown";
  return daysLeft <= 0 ? "Today" : counted(daysLeft, "day");
}
export function isSoon({ expired, daysLeft }: Pick<ListedBuild, "expired" | "daysLeft">): boolean {
  return !expired && daysLeft !== null && daysLeft < SOON_DAYS;
}

/** The row of a build, read aloud. */
export function rowLabel(build: ListedBuild): string {
  const { number, label, groups, crashes, feedback } = build;
  const expiry = build.expired ? "" : `expires in ${expiryWords(build)}`.replace("in Today", "today");
  return [
    `Build ${number}`,
    label,
    groups.length > 0 ? groups.map(({ name }) => name).join(", ") : "no groups",
    counted(crashes, "crash", "crashes"),
    counted(feedback, "feedback", "feedback"),
    expiry.replace("in Unknown", "at an unknown time"),
  ]
    .filter(Boolean)
    .join(", ");
}

/** "Uploading 3.3 (420)" */
export function uploadTitle(upload: Upload): string {
  const name = buildName(upload);
  switch (upload.stage) {
    case "reserving":
    case "sending":
    case "committing":
      return upload.paused ? `Paused: ${name}` : `Uploading ${name}`;
    case "processing":
      return `Processing ${name}`;
    case "done":
      return `Uploaded ${name}`;
    case "failed":
      return `Upload of ${name} failed`;
    case "canceling":
      return `Canceling ${name}`;
    case "canceled":
      return `Canceled ${name}`;
  }
}

/** "124 of 185 MB": with the unit once if both have the same. */
export function sentWords({ sentBytes, sizeBytes }: Pick<Upload, "sentBytes" | "sizeBytes">): string {
  const [sent, size] = [byteSize(sentBytes), byteSize(sizeBytes)];
  const [, unit = ""] = size.split(" ");
  return `${sent.endsWith(` ${unit}`) ? sent.slice(0, -unit.length - 1) : sent} of ${size}`;
}

/** How far an upload is: "124 of 185 MB · 22 of 36 parts". */
export function doneWords(upload: Upload): string {
  const { stage, parts, confirmedParts } = upload;
  if (stage === "reserving") return "Preparing the upload";
  if (stage === "committing") return "All parts uploaded. Finishing up";
  if (stage === "canceling") return "Deleting the uploaded parts";
  if (stage === "processing") return "This usually takes 5 to 30 minutes";
  const words = sentWords(upload);
  return parts === null ? words : `${words} · ${count(confirmedParts)} of ${counted(parts, "part")}`;
}

/** "20s left", "4 min left" */
function leftWords(seconds: number): string {
  if (seconds < 60) return `${count(Math.max(1, Math.round(seconds)))}s left`;
  if (seconds < 3600) return `${count(Math.round(seconds / 60))}\u00a0min left`;
  return `${count(Math.floor(seconds / 3600))}h\u00a0${count(Math.round((seconds % 3600) / 60))}m left`;
}

/** An upload's current activity: "3.1 MB/s · 20s left", "Paused", or why it waits. */
export function paceWords(upload: Upload, now: Date): string {
  const { paused, waits, stage, bytesPerSecond, secondsLeft } = upload;
  if (paused) return "Paused";
  if (waits) {
    const again = waits.until === null ? "" : ` Retrying at ${moment(new Date(waits.until), now)}.`;
    return `${sentence(waits.message)}${again}`;
  }
  if (stage !== "sending") return "";
  if (!upload.active) return "Uploading in another Hookbell process";
  if (bytesPerSecond === null) return "";
  const speed = `${byteSize(bytesPerSecond)}/s`;
  return secondsLeft === null ? speed : `${speed} · ${leftWords(secondsLeft)}`;
}

export function shareOf({ sentBytes, sizeBytes }: Pick<Upload, "sentBytes" | "sizeBytes">): number {
  return sizeBytes === 0 ? 0 : Math.min(1, sentBytes / sizeBytes);
}

/** "Uploading 3.3 (420), 67%": for the sidebar. */
export function sharedWords(share: number, shown: readonly Upload[]): string {
  const sending = shown.filter(({ stage }) => stage === "sending");
  const [only] = sending;
  const what = sending.length === 1 && only ? buildName(only) : counted(sending.length, "build");
  return `Uploading ${what}, ${percent(share)}`;
}

export const STEPS: Record<DistributionStepName, string> = {
  compliance: "Export compliance",
  whatToTest: "What to Test",
  internalGroups: "Internal groups",
  externalGroups: "External groups",
  review: "Beta App Review",
  notify: "Notify testers",
};

/** A step's state as a mark, and the mark in words. */
export const STATES: Record<DistributionStepState, { meaning: Meaning; label: string }> = {
  done: { meaning: "good", label: "Done" },
  now: { meaning: "good", label: "Ready" },
  later: { meaning: "waiting", label: "Later" },
  waits: { meaning: "waiting", label: "Waiting" },
  decide: { meaning: "needsYou", label: "Decide" },
  refused: { meaning: "bad", label: "Problem" },
  left: { meaning: "info", label: "Not planned" },
};

/** How a plan stands, for beside its buttons. */
export function distributionWords({ state, by }: Distribution): string {
  const words: Record<Distribution["state"], string> = {
    waitsForBuild: "Starts when the build is processed.",
    running: "Distributing…",
    waits: "Continues automatically.",
    decide: "Waiting for your decision.",
    refused: "Stopped at a problem.",
    done: "Distributed.",
    stopped: "Stopped.",
  };
  return by.kind === "rule" ? `${words[state]} Planned by the rule “${by.name}”.` : words[state];
}
