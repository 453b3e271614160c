// Feedback is in order, the open one is the one requested last; and the texts.
import { describe, expect, test, vi } from "vitest";
import type { FeedbackCounts, FeedbackReply, FeedbackRow, Picture } from "../bindings/api";
import { Feedback } from "./feedback.svelte";
import { Undo } from "../state/undo.svelte";
import { appWords, EVERYTHING, narrows, requestOf, sortWords } from "./filters";
import { LIKELY, placeOf } from "./gallery/picture";
import { OpenedFeedback } from "./opened.svelte";
import { places } from "./places";
import { galleryOf, worthAsking } from "./pictures";
import { aboutWords, buildWords, callWords, DOT, factWords, logWords, programs, quoted } from "./words";

const now = new Date("2026-11-20T14:40:00Z");
const row = (id: string, minutes: number, parts: Partial<FeedbackRow> = {}): FeedbackRow => ({
  id,
  kind: "screenshot",
  title: id,
  subtitle: "Mira Okafor · Backyard Birds 3.3 (418)",
  note: "",
  app: "a1",
  appName: "Backyard Birds",
  icon: { letter: "B", tint: 1 },
  version: "3.3",
  build: "418",
  tester: "Mira Okafor",
  comment: null,
  device: "iPhone 17",
  pictures: 1,
  thumbnail: null,
  state: "kept",
  sentAt: new Date(now.getTime() - minutes * 60_000).toISOString(),
  read: false,
  archived: false,
  ...parts,
});

/** An engine with the given answers. */
function answering(answers: Record<string, (request: never) => unknown>) {
  const asked: [string, unknown][] = [];
  const call = async (command: string, request: unknown) => {
    asked.push([command, request]);
    const answer = answers[command];
    if (!answer) throw new Error(`nobody answers ${command}`);
    return answer(request as never);
  };
  return { call: call as never, asked };
}
const page = (feedback: FeedbackRow[], next: string | null = null): FeedbackReply => ({
  feedback,
  next,
  unread: feedback.filter(({ read }) => !read).length,
});

describe("the order", () => {
  const { order, indexOf, keyOf } = places;
  const rows = [row("c", 1), row("b", 5), row("a", 5), row("d", 9)].sort(order);
  test("is by time, then by id, so that it is always the same", () => {
    expect(rows.map(({ id }) => id)).toEqual(["c", "b", "a", "d"]);
  });
  test("finds a row, and the place of one that has gone", () => {
    expect(rows.map((one) => indexOf(rows, keyOf(one)))).toEqual([0, 1, 2, 3]);
    expect(indexOf(rows, keyOf(row("gone", 7)))).toBe(3);
    expect(indexOf(rows, keyOf(row("newer", 0)))).toBe(0);
  });
  test("does not mind how precisely a time is written", () => {
    const exact = row("x", 0, { sentAt: "2026-11-20T14:40:00.5Z" });
    const rough = row("y", 0, { sentAt: "2026-11-20T14:40:00Z" });
    expect(order(exact, rough)).toBe(-1);
    expect(() => keyOf(row("z", 0, { sentAt: "never" }))).not.toThrow();
  });
});

describe("the list", () => {
  test("is still there when the numbers for the filters can't be had", async () => {
    const { call } = answering({ feedback: () => page([row("a", 1)]) });
    const feedback = new Feedback(call, new Undo());
    await feedback.load();
    expect([feedback.phase, feedback.rows.length, feedback.counts]).toEqual(["ready", 1, null]);
  });
});

describe("what is open", () => {
  const detail = (id: string) => ({ feedback: row(id, 1), log: null, pictures: [] });
  test("is the last that was asked for, whichever comes first", async () => {
    let release: () => void = () => undefined;
    const { call } = answering({
      feedbackDetail: async ({ id }: { id: string }) => {
        if (id === "slow") await new Promise<void>((go) => (release = go));
        return detail(id);
      },
    });
    const opened = new OpenedFeedback(call);
    const slow = opened.open("slow");
    expect(await opened.open("quick")).toBe(true);
    release();
    expect(await slow).toBe(false);
    expect(opened.detail?.feedback.id).toBe("quick");
  });
  test("reads a log in parts, and once", async () => {
    const { call, asked } = answering({
      feedbackDetail: () => detail("a"),
      crashLog: ({ from }: { from: number }) => ({
        text: `part ${from}`,
        next: from < 10_000 ? from + 5_000 : null,
        lines: 3,
        bytes: 3,
      }),
    });
    const opened = new OpenedFeedback(call);
    await opened.open("a");
    await opened.readLog();
    await opened.readLog();
    expect(opened.log).toBe("part 0\npart 5000\npart 10000");
    expect(asked.filter(([command]) => command === "crashLog")).toHaveLength(3);
  });
});

describe("filters", () => {
  const counts = {
    apps: [{ id: "a1", name: "Backyard Birds", builds: [{ id: "b1", name: "3.3 (418)" }] }],
  } as FeedbackCounts;
  test("of an app name its build as well", () => {
    const of = (change: object) => appWords({ ...EVERYTHING, ...change }, counts);
    expect(of({})).toBeNull();
    expect(of({ apps: ["a1"] })).toBe("Backyard Birds");
    expect(of({ apps: ["a1"], build: "b1" })).toBe("Backyard Birds 3.3 (418)");
    expect(of({ apps: ["gone"] })).toBe("Unknown app");
    expect(of({ apps: ["a1", "gone"] })).toBe("2 apps");
  });
  test("ask for an account and a period only where they are set", () => {
    const now = new Date("2026-11-20T14:40:00Z");
    const of = (change: object) => requestOf({ ...EVERYTHING, ...change }, null, 100, now);
    expect(of({})).not.toHaveProperty("account");
    expect(of({})).not.toHaveProperty("since");
    expect(of({})).not.toHaveProperty("issue");
    expect(of({ issue: "fixed" }).issue).toBe("fixed");
    expect(of({}).app).toEqual([]);
    expect(of({ apps: ["a1", "a2"] }).app).toEqual(["a1", "a2"]);
    expect(of({ account: "halden", period: { days: 7 } })).toMatchObject({
      account: "halden",
      since: "2026-11-13T14:40:00.000Z",
    });
    expect(of({ period: { days: 7 } })).not.toHaveProperty("days");
  });
  test("name what was looked through", () => {
    expect(sortWords({ ...EVERYTHING, kind: "crash", unread: true, apps: ["a1"] }, counts, now)).toBe(
      "unread crashes from Backyard Birds",
    );
    expect(sortWords(EVERYTHING, null, now)).toBe("feedback from all apps");
    expect(sortWords({ ...EVERYTHING, issue: "without" }, null, now)).toBe(
      "feedback without an issue from all apps",
    );
    expect(sortWords({ ...EVERYTHING, account: "a", period: { days: 7 } }, null, now)).toBe(
      "feedback from one account, last 7 days",
    );
  });
  test("narrow, but for the archive, which is a place of its own", () => {
    expect(narrows({ ...EVERYTHING, archived: true })).toBe(false);
    expect(narrows({ ...EVERYTHING, build: "b1" })).toBe(true);
    expect(narrows({ ...EVERYTHING, issue: "open" })).toBe(true);
    expect(narrows({ ...EVERYTHING, period: { days: 1 } })).toBe(true);
  });
});

describe("pictures", () => {
  const picture = (parts: Partial<Picture>): Picture => ({
    id: 4,
    number: 1,
    state: "kept",
    reason: null,
    format: "PNG",
    width: 1179,
    height: 2556,
    bytes: 412_000,
    showable: true,
    thumbnail: true,
    nextTry: null,
    ...parts,
  });
  const address = (id: number, variant: string) => `${variant}:${id}`;
  const one = (parts: Partial<Picture>) => {
    const [shown] = galleryOf([picture(parts)], address, now);
    if (!shown) throw new Error("no picture");
    return shown;
  };
  test("that are here are drawn, and told about", () => {
    expect(one({})).toMatchObject({ url: "full:4", thumb: "thumb:4", about: "PNG, 412 kB", kept: true });
  });
  test("that can't be shown have no address, whatever they are", () => {
    expect(one({ showable: false, format: "HEIC" })).toMatchObject({ url: null, kept: true });
    for (const state of ["waiting", "refused", "gone", "tooLarge", "notAnImage", "cleared"] as const)
      expect(one({ state }).url).toBeNull();
  });
  test("that are missing say why, and when they are tried again", () => {
    const waiting = one({
      state: "waiting",
      reason: "the network was away",
      nextTry: "2026-11-20T14:30:00Z",
    });
    expect(waiting.missing.text).toBe("The network was away. Retrying now.");
    expect(one({ state: "gone" }).missing.title).toBe("No longer available");
    expect(worthAsking("tooLarge")).toBe(false);
    expect(worthAsking("cleared")).toBe(true);
  });
  test("of no or an odd size still have a place", () => {
    expect(one({ width: 0, height: null }).size).toBeNull();
    const room = { width: 500, height: 400 };
    expect(placeOf({ ...one({}), size: null }, true, room, 1).height).toBeCloseTo(400);
    expect(LIKELY.height).toBeGreaterThan(LIKELY.width);
    const thin = placeOf({ ...one({}), size: { width: 1, height: 60_000 } }, true, room, 1);
    expect(thin.width).toBe(24);
    const wide = placeOf({ ...one({}), size: { width: 60_000, height: 1 } }, false, room, 1);
    expect(wide).toEqual({ width: 500, height: 400 });
  });
});

describe("words", () => {
  test("about who and what do not name the tester twice", () => {
    expect(aboutWords(row("a", 1))).toBe(`Mira Okafor${DOT}Backyard Birds 3.3 (418)`);
    expect(aboutWords(row("a", 1, { kind: "crash" }))).toBe(
      `Mira Okafor, iPhone 17${DOT}Backyard Birds 3.3 (418)`,
    );
    expect(aboutWords(row("a", 1, { subtitle: "Mira Okafor" }))).toBe("Mira Okafor");
  });
  test("of a build are what App Store Connect named of it", () => {
    expect(buildWords(row("a", 1))).toBe("3.3 (418)");
    expect(buildWords(row("a", 1, { version: null }))).toBe("(418)");
    expect(buildWords(row("a", 1, { version: null, build: null }))).toBe("");
  });
  test("of a tester stand in quotes, and nothing stands for nothing", () => {
    expect(quoted(" Love it ")).toBe("“Love it”");
    expect(quoted("  ")).toBe("");
    expect(quoted(null)).toBe("");
  });
  test("of a call are its name, or its address", () => {
    const frame = {
      number: 0,
      image: "x",
      address: "0x10",
      symbol: null,
      offset: 8,
      source: null,
      own: false,
    };
    expect(callWords(frame)).toBe("0x10 + 8");
    expect(callWords({ ...frame, symbol: "main" })).toBe("main + 8");
    expect(callWords({ ...frame, symbol: "main", own: true, source: "main.swift:3" })).toBe("main");
    expect(callWords({ ...frame, address: null, offset: null })).toBe("Unknown");
  });
  test("of a missing log are the engine's, else ours", () => {
    const file = { state: "refused" as const, reason: null, bytes: null, nextTry: null };
    expect(logWords(file)).toContain("can’t download the log");
    expect(logWords({ ...file, reason: "the key was revoked" })).toBe("The key was revoked.");
  });
  test("of programs are those of the system", () => {
    expect(programs("macos")).toEqual({ viewer: "Preview", folder: "Finder" });
    expect(programs(undefined).folder).toBe("folder");
  });
});

test("the numbers of a fact are written as the reader writes them", () => {
  const disk = { kind: "disk", free: 38_200_000_000, total: 256_000_000_000 } as const;
  const words = () => [
    factWords({ name: "disk", label: "Disk", value: "38.2 of 256 GB free", amount: disk }),
    factWords({ name: "disk", label: "Disk", value: "", amount: { ...disk, free: 900_000_000 } }),
    factWords({ name: "battery", label: "Battery", value: "64%", amount: { kind: "percent", percent: 64 } }),
    factWords({ name: "system", label: "System", value: "iOS 27.1" }),
  ];
  const plain = (text: string) => text.replaceAll("\u00a0", " ");
  expect(words().map(plain)).toEqual(["38.2 of 256 GB free", "900 MB of 256 GB free", "64%", "iOS 27.1"]);
  vi.stubGlobal("navigator", { language: "de-DE" });
  expect(words().map(plain)).toEqual(["38,2 of 256 GB free", "900 MB of 256 GB free", "64 %", "iOS 27.1"]);
  vi.unstubAllGlobals();
});
