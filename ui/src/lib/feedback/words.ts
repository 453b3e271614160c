// The texts in the feedback's detail, and the names of the system's programs.
import type { CrashFrame, ExportFeedbackReply, Fact, FeedbackRow, LogFile, Platform } from "../bindings/api";
import { byteSize, counted, percent, sentence } from "../text/words";

export function kindWords({ kind }: Pick<FeedbackRow, "kind">): string {
  return kind === "crash" ? "Crash" : "Screenshot";
}

/** The programs' names on systems where everybody knows them. */
export function programs(platform: Platform | undefined): { viewer: string; folder: string } {
  return platform === "macos"
    ? { viewer: "Preview", folder: "Finder" }
    : { viewer: "the system’s viewer", folder: "folder" };
}

/** Separates two things on one line; a line never begins with it. */
export const DOT = "\u00a0· ";

/** "Mira Okafor"; for a crash also the device, because no picture shows it. */
export function whoWords({ kind, tester, device }: FeedbackRow): string {
  return kind === "crash" && device !== null ? `${tester}, ${device}` : tester;
}

/** "3.3 (418)"; empty if App Store Connect named neither. */
export function buildWords({ version, build }: FeedbackRow): string {
  return [version, build === null ? null : `(${build})`].filter((part) => part !== null).join(" ");
}

/** The tester and the build on one line: "Mira Okafor · Backyard Birds 3.3 (418)". */
export function aboutWords(row: FeedbackRow): string {
  const { tester, subtitle } = row;
  // The engine's line begins with the tester; the app follows.
  const about = subtitle.startsWith(`${tester} · `) ? subtitle.slice(tester.length + 3) : subtitle;
  return about === "" || about === tester ? whoWords(row) : `${whoWords(row)}${DOT}${about}`;
}

/** "“Opened my life list.”", or empty without a comment. */
export function quoted(comment: string | null): string {
  const words = comment?.trim() ?? "";
  return words === "" ? "" : `“${words}”`;
}

/** A fact with its numbers in the reader's format: "38.2 of 256 GB free", "64%". */
export function factWords({ value, amount }: Fact): string {
  if (!amount) return value;
  if (amount.kind === "percent") return percent(amount.percent / 100);
  const [free, total] = [byteSize(amount.free), byteSize(amount.total)];
  const unit = /\s\S+$/.exec(total)?.[0] ?? "";
  // A shared unit is written once.
  return `${free.endsWith(unit) ? free.slice(0, free.length - unit.length) : free} of ${total} free`;
}

/** "_assertionFailure(_:_:file:line:flags:) + 248", "0x104a2c8f0". */
export function callWords({ symbol, address, offset, own, source }: CrashFrame): string {
  const beginning = symbol ?? address ?? "Unknown";
  // If the source line is known, the offset adds nothing.
  return offset === null || (own && source !== null) ? beginning : `${beginning} + ${offset}`;
}

const LOG: Record<LogFile["state"], string> = {
  waiting: "The log hasn’t been downloaded yet.",
  kept: "",
  refused: "This API key can’t download the log.",
  gone: "App Store Connect no longer has the log.",
  tooLarge: "The log is larger than Hookbell’s download limit.",
  notAnImage: "The downloaded file isn’t a log.",
  cleared: "The log was removed to save space. You can fetch it again.",
};

/** Why the log is missing. */
export function logWords({ state, reason, bytes }: LogFile): string {
  const size = state === "tooLarge" && bytes !== null ? ` It’s ${byteSize(bytes)}.` : "";
  return (reason === null ? LOG[state] : sentence(reason)) + size;
}

/** "Exported to “Backyard Birds 3.3 (418) 2026-11-20 14.18.31”.", "Exported 3 items to “Downloads”." */
export function exportedWords({ folders, missing }: ExportFeedbackReply): string {
  const [first = ""] = folders;
  const parts = first.split(/[/\\]/);
  const [name, within] = [parts.at(-1) ?? "", parts.at(-2) ?? ""];
  const where = folders.length === 1 ? "to" : `${counted(folders.length, "item")} to`;
  const lost = missing.length === 0 ? "" : ` ${counted(missing.length, "file")} could not be fetched.`;
  return `Exported ${where} “${folders.length === 1 ? name : within}”.${lost}`;
}
