// Searches a report for the calls and binaries that contain a text.
import type { CrashFrame, CrashImage, CrashReport, CrashThread } from "../../bindings/api";
import { callWords } from "../words";
import { hits } from "./pieces";

export interface Found {
  thrown: CrashFrame[];
  /** The crashed threads, then the others with matches; without a search, all of them. */
  threads: CrashThread[];
  images: CrashImage[];
  /** The number of matching calls and binaries. */
  count: number;
}

export function foundIn(report: CrashReport, wanted: string): Found {
  if (wanted === "")
    return { thrown: report.thrown, threads: report.threads, images: report.images, count: 0 };
  const frames = (all: CrashFrame[]) =>
    all.filter((frame) =>
      [frame.image, callWords(frame), frame.source ?? ""].some((text) => hits(text, wanted)),
    );
  const thrown = frames(report.thrown);
  const threads = report.threads
    .map((thread) => ({ ...thread, frames: frames(thread.frames) }))
    .filter((thread) => thread.crashed || thread.frames.length > 0);
  const images = report.images.filter(({ name, uuid }) => hits(name, wanted) || hits(uuid ?? "", wanted));
  const calls = threads.reduce((sum, thread) => sum + thread.frames.length, thrown.length);
  return { thrown, threads, images, count: calls + images.length };
}

/** "Thread 2 · birds.sync" */
export function threadWords({ number, name }: CrashThread): string {
  return name === null ? `Thread ${number}` : `Thread ${number} · ${name}`;
}

/** The name of a thread, next to its number: "main queue", "birds.sync". */
export function nameWords(name: string | null): string {
  if (name === null) return "";
  return /com\.apple\.main-thread$/.test(name) ? "main queue" : name.replace(/^Dispatch queue: /, "");
}

/** The app's own binaries in a thread, for its chip. */
export function ownImages({ frames }: CrashThread): string {
  return [...new Set(frames.filter(({ own }) => own).map(({ image }) => image))].join(", ");
}
