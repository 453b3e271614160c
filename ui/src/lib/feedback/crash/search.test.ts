// A search covers every call and binary, and keeps the crashed thread first.
import { expect, test } from "vitest";
import type { CrashFrame, CrashReport } from "../../bindings/api";
import { foundIn, nameWords, ownImages, threadWords } from "./search";

const frame = (number: number, image: string, symbol: string, own = false): CrashFrame => ({
  number,
  image,
  address: null,
  symbol,
  offset: null,
  source: own ? `${image}.swift:7` : null,
  own,
});
const report = {
  thrown: [frame(0, "CoreFoundation", "__exceptionPreprocess")],
  threads: [
    { number: 3, name: null, crashed: true, own: false, frames: [frame(0, "libc", "abort")] },
    {
      number: 0,
      name: "birds.sync",
      crashed: false,
      own: true,
      frames: [
        frame(0, "Birds", "drain()", true),
        frame(1, "Birds", "run()", true),
        frame(2, "dyld", "start"),
      ],
    },
  ],
  images: [
    { name: "Birds", path: null, uuid: "ABC-1", architecture: null, base: null, size: null, own: true },
    { name: "dyld", path: null, uuid: null, architecture: null, base: null, size: null, own: false },
  ],
} as unknown as CrashReport;

test("without a search everything is there", () => {
  expect(foundIn(report, "")).toMatchObject({ threads: report.threads, images: report.images, count: 0 });
});
test("calls are found by binary, function and source, whatever the case", () => {
  expect(foundIn(report, "BIRDS.SWIFT").count).toBe(2);
  expect(foundIn(report, "drain").threads.map(({ number }) => number)).toEqual([3, 0]);
  expect(foundIn(report, "exception").thrown).toHaveLength(1);
});
test("binaries are found by name and UUID", () => {
  expect(foundIn(report, "abc-1").images.map(({ name }) => name)).toEqual(["Birds"]);
  expect(foundIn(report, "nowhere")).toMatchObject({ count: 0, images: [] });
});
test("the crashed thread stays in front even with nothing found in it", () => {
  expect(foundIn(report, "drain").threads[0]).toMatchObject({ number: 3, frames: [] });
});
test("threads have names where the log has", () => {
  expect(report.threads.map(threadWords)).toEqual(["Thread 3", "Thread 0 · birds.sync"]);
  expect(report.threads.map(ownImages)).toEqual(["", "Birds"]);
  expect(nameWords("Dispatch queue: com.apple.main-thread")).toBe("main queue");
  expect(nameWords("Dispatch queue: birds.sync")).toBe("birds.sync");
  expect(nameWords(null)).toBe("");
});
