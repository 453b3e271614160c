// Testers' feedback for the window, with the simulator's real pictures and crash logs, and its commands.
import { readFileSync } from "node:fs";
import type {
  Amount,
  CrashReport,
  Fact,
  FeedbackDetail,
  FeedbackFileState,
  FeedbackKind,
  FeedbackRow,
  LogFile,
  Picture,
} from "../../../ui/src/lib/bindings/api.ts";
import { NOW } from "./events.ts";
import { crashReport } from "./crash-report.ts";

const FIXTURES = new URL("../../../src-tauri/crates/hookbell-sim/fixtures/", import.meta.url);
const MINUTE = 60_000;

/** A picture's file: `picture` is the fixture, `thumb` its thumbnail. */
export const FILES: Record<string, { picture: URL; thumb: URL; type: string }> = {
  keyboard: {
    picture: new URL("images/keyboard.png", FIXTURES),
    thumb: new URL("pictures/keyboard.jpg", import.meta.url),
    type: "image/png",
  },
  "dark-list": {
    picture: new URL("images/dark-list.png", FIXTURES),
    thumb: new URL("pictures/dark-list.jpg", import.meta.url),
    type: "image/png",
  },
  map: {
    picture: new URL("images/map.jpg", FIXTURES),
    thumb: new URL("pictures/map.jpg", import.meta.url),
    type: "image/jpeg",
  },
  page: {
    picture: new URL("images/page.html", FIXTURES),
    thumb: new URL("images/page.html", FIXTURES),
    type: "image/png",
  },
};

export const crashLog = (name: string) => readFileSync(new URL(`crashes/${name}`, FIXTURES), "utf8");

/** A picture and its file, which isn't sent to the window. */
type FakePicture = Omit<Picture, "id"> & { file: string | null };

/** One feedback: its row, its details, its files, its crash. */
export interface FakeFeedback {
  row: FeedbackRow;
  detail: Omit<FeedbackDetail, "feedback" | "log">;
  buildId: string | null;
  file: LogFile;
  report: CrashReport | null;
  unread: string | null;
  logText: string | null;
  /** The file of each picture, by its id. */
  files: Map<number, string | null>;
}

/** A picture; `file` is one of FILES. */
export function picture(file: string | null, parts: Partial<FakePicture> = {}): FakePicture {
  return {
    file,
    number: 1,
    state: "kept",
    reason: null,
    format: file === "map" ? "JPEG" : "PNG",
    width: 1179,
    height: 2556,
    bytes: 412_000,
    showable: true,
    thumbnail: true,
    nextTry: null,
    ...parts,
  };
}
/** A picture that is missing. */
export function missing(state: FeedbackFileState, parts: Partial<FakePicture> = {}) {
  return picture(null, {
    state,
    format: null,
    bytes: null,
    showable: false,
    thumbnail: false,
    ...parts,
  });
}

const AMOUNTS: Record<string, Amount> = {
  battery: { kind: "percent", percent: 64 },
  disk: { kind: "disk", free: 38_200_000_000, total: 256_000_000_000 },
};
const FACTS: Fact[] = [
  ["device", "Device", "iPhone 15 Pro"],
  ["system", "System", "iOS 27.0.1"],
  ["screen", "Screen", "393 × 852 pt"],
  ["language", "Language", "English (Nigeria)"],
  ["connection", "Connection", "Wi-Fi"],
  ["battery", "Battery", "64%"],
  ["disk", "Disk", "38.2 of 256 GB free"],
  ["uptime", "App open for", "12 min"],
  ["timeZone", "Time zone", "Africa/Lagos"],
  ["tester", "Tester", "mira.okafor@posteo.example"],
].map(([name = "", label = "", value = ""]) => ({ name, label, value, amount: AMOUNTS[name] }));

let pictureIds = 0;

/** One feedback with its details, sent `minutes` ago. */
export function feedback({
  id,
  minutes,
  kind = "screenshot",
  comment = null,
  tester = "Anonymous",
  app = ["6479283016", "Backyard Birds"],
  build = ["b418", "3.3", "418"],
  device = "iPhone 15 Pro",
  read = false,
  pictures = [],
  report = null,
  log = null,
  ...rest
}: {
  id: string;
  minutes: number;
  kind?: FeedbackKind;
  comment?: string | null;
  tester?: string;
  app?: [id: string, name: string];
  build?: [id: string, version: string, number: string];
  device?: string;
  read?: boolean;
  pictures?: FakePicture[];
  report?: CrashReport | null;
  log?: string | null;
  logFile?: LogFile;
  unreadable?: string;
  title?: string;
  note?: string;
  facts?: Fact[];
  trouble?: string;
}): FakeFeedback {
  const numbered = pictures.map((one, at) => ({
    ...one,
    id: ++pictureIds,
    number: at + 1,
  }));
  const first = numbered.find(({ thumbnail }) => thumbnail);
  const many = numbered.length === 1 ? "1 screenshot" : `${numbered.length} screenshots`;
  const aside = kind === "crash" ? (comment ? `“${comment}”` : "No comment") : many;
  return {
    buildId: build[0],
    file: rest.logFile ?? {
      state: "kept",
      reason: null,
      bytes: log?.length ?? 0,
      nextTry: null,
    },
    report,
    unread: rest.unreadable ?? null,
    logText: log,
    row: {
      id,
      kind,
      title: rest.title ?? comment ?? (kind === "crash" ? "Crash" : "Screenshot"),
      subtitle: `${tester} · ${app[1]} ${build[1]} (${build[2]})`,
      note: rest.note ?? `${aside} · ${device}`,
      app: app[0],
      appName: app[1],
      icon: { letter: app[1].charAt(0).toUpperCase(), tint: 1 },
      version: build[1],
      build: build[2],
      tester,
      comment,
      device,
      pictures: numbered.length,
      thumbnail: first?.id ?? null,
      state: kind === "crash" ? (rest.logFile?.state ?? "kept") : (numbered[0]?.state ?? null),
      sentAt: new Date(+NOW - minutes * MINUTE).toISOString(),
      read,
      archived: false,
    },
    detail: {
      facts: rest.facts ?? FACTS,
      email: null,
      page: `https://appstoreconnect.apple.com/apps/${app[0]}/testflight/screenshots/${id}`,
      event: null,
      pictures: numbered.map((one) => ({ ...one, file: undefined })),
      trouble: rest.trouble ?? null,
    },
    files: new Map(numbered.map(({ id: number, file }) => [number, file])),
  };
}

const TIDEWATER: [string, string] = ["6501928374", "Tidewater for iPad"];

/** The feedback in the design. */
export function tellingFeedback() {
  const mira = "Mira Okafor";
  return [
    feedback({
      id: "F1",
      minutes: 22,
      tester: mira,
      comment:
        "Save button is hidden behind the keyboard when I type notes. And in dark mode I can’t read the place under each bird.",
      pictures: [picture("keyboard"), picture("dark-list", { bytes: 388_000 })],
    }),
    feedback({
      id: "F2",
      kind: "crash",
      minutes: 41,
      tester: "Jonas Brandt-Løvås",
      title: "Crash: index out of range",
      comment: "Opened my life list right after deleting a bird.",
      device: "iPhone 17",
      report: crashReport(),
      log: crashLog("life-list.ips"),
    }),
    feedback({
      id: "F3",
      minutes: 130,
      comment: "Could the list remember where I was?",
      device: "iPhone SE (3rd)",
      pictures: [picture("dark-list")],
    }),
    feedback({
      id: "F4",
      kind: "crash",
      minutes: 1053,
      tester: "Priya Raghunathan",
      title: "Crash: out of memory",
      app: TIDEWATER,
      build: ["b2037", "1.9", "2037"],
      device: "iPad Air 11-inch",
      log: crashLog("cut-short.crash"),
      unreadable: "The crash log is incomplete: it names no exception and no thread",
    }),
    feedback({
      id: "F5",
      minutes: 1256,
      tester: "Sam Whitcombe",
      read: true,
      comment: "Tide table overlaps the home indicator",
      app: TIDEWATER,
      build: ["b2037", "1.9", "2037"],
      device: "iPad Air 11-inch",
      note: "Screenshot not available yet, retrying",
      pictures: [
        missing("waiting", {
          reason: "App Store Connect returned 403",
          nextTry: new Date(NOW.getTime() + 4 * MINUTE).toISOString(),
        }),
      ],
    }),
    feedback({
      id: "F6",
      minutes: 1760,
      tester: mira,
      read: true,
      comment: "Love the new colours",
      build: ["b416", "3.3", "416"],
      pictures: [picture("dark-list")],
    }),
  ];
}

/** This much feedback, newest first: the representative ones repeated, a few hours apart. */
export function manyFeedback(count: number) {
  const files = ["keyboard", "dark-list", "map"];
  return Array.from({ length: count }, (_, at) =>
    feedback({
      id: `M${String(count - at).padStart(5, "0")}`,
      minutes: at * 47 + 3,
      kind: at % 5 === 3 ? "crash" : "screenshot",
      comment: `The button is hidden, and the list forgets its place (${count - at})`,
      tester: at % 3 === 0 ? "Mira Okafor" : "Sam Whitcombe",
      read: at > 12,
      pictures: at % 5 === 3 ? [] : [picture(files[at % 3])],
      report: at % 5 === 3 ? crashReport() : null,
      log: at % 5 === 3 ? "log" : null,
    }),
  );
}
