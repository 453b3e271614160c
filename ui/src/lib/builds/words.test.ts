import { expect, test } from "vitest";
import type { ListedBuild, Upload } from "../bindings/api";
import { byVersion, olderThan } from "./builds.svelte";
import { isBuild, uploadOf, uploadPart } from "./places";
import { doneWords, expiryWords, isSoon, paceWords, rowLabel, sentWords, uploadTitle } from "./words";

const NOW = new Date("2026-11-20T14:40:00Z");
const upload = (parts: Partial<Upload> = {}): Upload => ({
  id: 1,
  app: "a",
  appName: null,
  account: null,
  fileName: "Birds.ipa",
  platform: "IOS",
  platformLabel: "iOS",
  version: "3.3",
  number: "420",
  stage: "sending",
  paused: false,
  waits: null,
  sizeBytes: 185_000_000,
  confirmedBytes: 0,
  sentBytes: 124_000_000,
  parts: 36,
  confirmedParts: 22,
  bytesPerSecond: 3_100_000,
  secondsLeft: 20,
  active: true,
  ascId: null,
  build: null,
  failure: null,
  warnings: [],
  plan: null,
  distribution: null,
  toldBy: null,
  page: null,
  startedAt: "2026-11-20T14:38:00Z",
  committedAt: null,
  endedAt: null,
  ...parts,
});
const build = (number: string, parts: Partial<ListedBuild> = {}): ListedBuild => ({
  id: `b${number}`,
  app: "a",
  version: "3.3",
  number,
  platform: "IOS",
  platformLabel: "iOS",
  uploadedAt: `2026-11-${number.padStart(2, "0")}T00:00:00Z`,
  expiresAt: null,
  daysLeft: 30,
  expired: false,
  processing: "VALID",
  internal: null,
  external: null,
  label: "Testing",
  tone: "good",
  track: { step: "testing", failed: false },
  groups: [],
  crashes: 1,
  feedback: 0,
  usesNonExemptEncryption: false,
  autoNotify: null,
  audience: null,
  distribution: null,
  ...parts,
});

test("what is sent names its unit once", () => {
  expect(sentWords(upload())).toBe("124 of 185 MB");
  expect(sentWords(upload({ sentBytes: 900_000 }))).toBe("900 kB of 185 MB");
  expect(doneWords(upload())).toBe("124 of 185 MB · 22 of 36 parts");
  expect(doneWords(upload({ parts: null }))).toBe("124 of 185 MB");
});

test("an upload says its speed and time, or why it stands still", () => {
  expect(paceWords(upload(), NOW)).toBe("3.1 MB/s · 20s left");
  expect(paceWords(upload({ secondsLeft: 400 }), NOW)).toBe("3.1 MB/s · 7\u00a0min left");
  expect(paceWords(upload({ paused: true }), NOW)).toBe("Paused");
  const waits = { message: "there is no network", hint: "", until: null };
  expect(paceWords(upload({ waits }), NOW)).toBe("There is no network.");
  expect(paceWords(upload({ active: false }), NOW)).toBe("Uploading in another Hookbell process");
  expect(paceWords(upload({ bytesPerSecond: null, secondsLeft: null }), NOW)).toBe("");
});

test("a paused upload is called so, in every stage that sends", () => {
  expect(uploadTitle(upload({ paused: true }))).toBe("Paused: 3.3 (420)");
  expect(uploadTitle(upload({ stage: "processing" }))).toBe("Processing 3.3 (420)");
});

test("a build says when it expires, and that it is soon", () => {
  expect(expiryWords(build("1"))).toBe("30 days");
  expect(expiryWords(build("1", { daysLeft: 1 }))).toBe("1 day");
  expect(expiryWords(build("1", { daysLeft: 0 }))).toBe("Today");
  expect(expiryWords(build("1", { expired: true, daysLeft: null }))).toBe("Expired");
  expect(isSoon(build("1", { daysLeft: 13 }))).toBe(true);
  expect(isSoon(build("1", { daysLeft: 14 }))).toBe(false);
  expect(isSoon(build("1", { expired: true, daysLeft: 0 }))).toBe(false);
});

test("a row is read as one sentence", () => {
  expect(rowLabel(build("419"))).toBe(
    "Build 419, Testing, no groups, 1 crash, 0 feedback, expires in 30 days",
  );
  expect(rowLabel(build("419", { daysLeft: 0 }))).toMatch(/expires today$/);
  expect(rowLabel(build("419", { daysLeft: null }))).toMatch(/expires at an unknown time$/);
});

test("versions stand where their newest build is", () => {
  const all = [build("9"), build("8", { version: "3.2" }), build("7"), build("6", { version: null })];
  expect(byVersion(all).map(({ version, builds }) => [version, builds.length])).toEqual([
    ["3.3", 2],
    ["3.2", 1],
    ["No version", 1],
  ]);
});

test("older builds are those uploaded before and not expired", () => {
  const all = [build("9"), build("8"), build("7", { expired: true }), build("6")];
  const mac = build("5", { platform: "MAC_OS" });
  expect(olderThan(build("8"), [...all, mac]).map(({ number }) => number)).toEqual(["6"]);
});

test("an address names a build, an upload or the groups", () => {
  expect(uploadOf(uploadPart(7))).toBe(7);
  expect(uploadOf("upload-x")).toBe(null);
  expect([isBuild("b1"), isBuild("groups"), isBuild("upload-7"), isBuild(null)]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
