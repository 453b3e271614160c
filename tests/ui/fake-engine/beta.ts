// The fake engine's builds, uploads, groups and testers, as in the design.
import type {
  BuildDetail,
  BuildFileSummary,
  BuildGroup,
  Distribution,
  DistributionPlan,
  ListedBuild,
  Tester,
  TesterGroup,
  Upload,
} from "../../../ui/src/lib/bindings/api.ts";
import { NOW } from "./events.ts";

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const PART = 5_242_880;
export const BIRDS = "6479283016";
const at = (minutes: number) => new Date(+NOW - minutes * MINUTE).toISOString();

/** An app's builds in the fake engine. */
export interface Beta {
  builds: ListedBuild[];
  /** Details of builds that differ from the default. */
  details: Record<string, Partial<BuildDetail>>;
  uploads: Upload[];
  /** Build files by their paths. */
  files: Record<string, BuildFileSummary>;
  groups: TesterGroup[];
  /** By the group's id. */
  testers: Record<string, Tester[]>;
  distributions: Distribution[];
  defaults: DistributionPlan;
  /** Why the last read of App Store Connect failed. */
  trouble: { message: string; hint: string } | null;
  /** Whether the app's test information is complete. */
  testInformation: boolean;
  /** The number of builds per page. */
  page: number;
}

export const noBuilds = (): Beta => ({
  builds: [],
  details: {},
  uploads: [],
  files: {},
  groups: [],
  testers: {},
  distributions: [],
  defaults: plan(),
  trouble: null,
  testInformation: true,
  page: 50,
});

export const plan = (parts: Partial<DistributionPlan> = {}): DistributionPlan => ({
  groups: [],
  texts: [],
  usesNonExemptEncryption: null,
  rememberEncryption: true,
  review: "no",
  notify: "whenApproved",
  ...parts,
});

export const group = (parts: Pick<TesterGroup, "id" | "name"> & Partial<TesterGroup>): TesterGroup => ({
  internal: false,
  automatic: false,
  testers: 0,
  createdAt: "2026-02-11T09:00:00Z",
  feedback: true,
  publicLink: null,
  ...parts,
});

export const tester = (
  id: string,
  name: string | null,
  email: string | null,
  parts: Partial<Tester> = {},
): Tester => ({
  id,
  name,
  email,
  invite: "EMAIL",
  state: "INSTALLED",
  label: "Installed 3.3 (418)",
  devices: ["iPhone 17, iOS 26.1"],
  ...parts,
});

export const GROUPS = [
  group({ id: "team", name: "Team", internal: true, automatic: true, testers: 12 }),
  group({ id: "qa", name: "QA", internal: true, testers: 4 }),
  group({
    id: "birders",
    name: "Birders",
    testers: 218,
    publicLink: { url: "https://testflight.apple.com/join/Qm3xT8dK", enabled: true, limit: 500 },
  }),
  group({ id: "press", name: "Press", testers: 9 }),
];

export const named = (...ids: string[]): BuildGroup[] =>
  ids.flatMap((wanted) =>
    GROUPS.filter(({ id }) => id === wanted).map(({ id, name, internal, automatic }) => ({
      id,
      name,
      internal,
      automatic,
    })),
  );

/** A build in testing; the given parts replace its own. */
export function build(parts: Pick<ListedBuild, "number"> & Partial<ListedBuild>): ListedBuild {
  const daysLeft = parts.daysLeft === undefined ? 61 : parts.daysLeft;
  return {
    id: `b${parts.number}`,
    app: BIRDS,
    version: "3.3",
    platform: "IOS",
    platformLabel: "iOS",
    uploadedAt: at(38),
    expiresAt: daysLeft === null ? null : new Date(+NOW + daysLeft * DAY).toISOString(),
    daysLeft,
    expired: false,
    processing: "VALID",
    internal: "IN_BETA_TESTING",
    external: "IN_BETA_TESTING",
    label: "Testing",
    tone: "good",
    track: { step: "testing", failed: false },
    groups: named("team"),
    crashes: 0,
    feedback: 0,
    usesNonExemptEncryption: false,
    autoNotify: true,
    audience: "APP_STORE_ELIGIBLE",
    distribution: null,
    ...parts,
  };
}

const READY = {
  external: "READY_FOR_BETA_SUBMISSION",
  label: "Ready to Submit",
  tone: "attention",
  track: { step: "ready", failed: false },
} as const;
const UNANSWERED = {
  internal: "MISSING_EXPORT_COMPLIANCE",
  external: "MISSING_EXPORT_COMPLIANCE",
  label: "Missing Compliance",
  tone: "attention",
  track: { step: "ready", failed: false },
  usesNonExemptEncryption: null,
} as const;

/** The builds in the design. */
const drawnBuilds = (): ListedBuild[] => [
  build({ number: "419", ...READY, uploadedAt: at(98), daysLeft: 90 }),
  build({
    number: "418",
    external: "WAITING_FOR_BETA_REVIEW",
    label: "Waiting for Review",
    tone: "plain",
    track: { step: "review", failed: false },
    uploadedAt: at(150),
    daysLeft: 90,
    groups: named("team", "qa", "birders"),
    crashes: 1,
    feedback: 2,
  }),
  build({
    number: "416",
    uploadedAt: "2026-11-16T09:20:00Z",
    daysLeft: 86,
    groups: named("team", "qa", "birders", "press"),
    feedback: 4,
  }),
  build({ number: "415", ...UNANSWERED, uploadedAt: "2026-11-13T10:00:00Z", daysLeft: 83, groups: [] }),
  build({
    number: "412",
    version: "3.2",
    uploadedAt: "2026-10-22T12:00:00Z",
    daysLeft: 61,
    groups: named("team", "qa", "birders"),
    crashes: 3,
    feedback: 17,
  }),
  build({
    number: "409",
    version: "3.2",
    external: "BETA_REJECTED",
    label: "Rejected",
    tone: "bad",
    track: { step: "review", failed: true },
    uploadedAt: "2026-10-19T12:00:00Z",
    daysLeft: 58,
    groups: named("team", "birders"),
    feedback: 1,
  }),
  build({
    number: "398",
    version: "3.1.1",
    uploadedAt: "2026-08-28T12:00:00Z",
    daysLeft: 6,
    groups: named("team", "birders"),
    crashes: 2,
    feedback: 31,
  }),
  build({
    number: "391",
    version: "3.1.1",
    external: "EXPIRED",
    internal: "EXPIRED",
    label: "Expired",
    tone: "plain",
    uploadedAt: "2026-08-14T12:00:00Z",
    expiresAt: "2026-11-12T12:00:00Z",
    daysLeft: null,
    expired: true,
    crashes: 5,
    feedback: 12,
  }),
];

/** A running upload; the given parts replace its own. */
export function upload(parts: Partial<Upload> = {}): Upload {
  const parted = parts.confirmedParts ?? 22;
  return {
    id: 7,
    app: BIRDS,
    appName: "Backyard Birds",
    account: "acc1",
    fileName: "BackyardBirds.ipa",
    platform: "IOS",
    platformLabel: "iOS",
    version: "3.3",
    number: "420",
    stage: "sending",
    paused: false,
    waits: null,
    sizeBytes: 185_400_000,
    confirmedBytes: parted * PART,
    sentBytes: parted * PART + 8_700_000,
    parts: 36,
    confirmedParts: parted,
    bytesPerSecond: 3_100_000,
    secondsLeft: 20,
    active: true,
    ascId: "f3c1",
    build: null,
    failure: null,
    warnings: [],
    plan: null,
    distribution: null,
    toldBy: null,
    page: "https://appstoreconnect.apple.com/apps/6479283016/testflight",
    startedAt: at(2),
    committedAt: null,
    endedAt: null,
    ...parts,
  };
}

/** The file that the tests drop. */
export const BUILD_FILE = "/home/mira/Build/BackyardBirds.ipa";
export const file = (parts: Partial<BuildFileSummary> = {}): BuildFileSummary => ({
  path: BUILD_FILE,
  fileName: "BackyardBirds.ipa",
  form: "ipa",
  sizeBytes: 185_400_000,
  bundleId: "se.halden.backyardbirds",
  version: "3.3",
  number: "420",
  platform: "IOS",
  platformLabel: "iOS",
  minOsVersion: "18.0",
  usesNonExemptEncryption: false,
  icon: null,
  apps: [{ account: "acc1", accountName: "Halden Software AB", app: BIRDS, appName: "Backyard Birds" }],
  trouble: null,
  existing: null,
  ...parts,
});

export const TEXT = "Please try the life list: delete a few birds, then open it again.";
const TRACK = [
  { label: "Processing", at: at(97), seq: 8 },
  { label: "Processed", at: at(91), seq: 9 },
  { label: "Ready to Submit", at: at(90), seq: null },
];

/** The builds, groups and testers in the design. */
export function drawnBeta(parts: Partial<Beta> = {}): Beta {
  return {
    ...noBuilds(),
    builds: drawnBuilds(),
    details: {
      b419: {
        track: TRACK,
        texts: [
          { locale: "en-US", text: TEXT },
          { locale: "sv", text: "Prova artlistan." },
          { locale: "de-DE", text: "" },
        ],
        fixed: [
          { line: "Fixed: Life list forgets your place", link: "https://github.com/halden/birds/issues/198" },
          { line: "Fixed: Map pins jump while zooming", link: "https://github.com/halden/birds/issues/203" },
        ],
      },
      b418: { track: TRACK.slice(0, 2), texts: [{ locale: "en-US", text: TEXT }] },
    },
    files: { [BUILD_FILE]: file() },
    groups: structuredClone(GROUPS),
    testers: {
      team: [tester("t1", "Mira Okafor", "mira@halden.example")],
      birders: [
        tester("t2", "Jonas Lind", "jonas@lind.example"),
        tester("t3", "Amara Nwosu", "amara.nwosu@example.org", {
          state: "INVITED",
          label: "Invited",
          devices: [],
        }),
        tester("t4", null, null, {
          invite: "PUBLIC_LINK",
          label: "Accepted",
          state: "ACCEPTED",
          devices: [],
        }),
      ],
    },
    defaults: plan({ groups: ["qa", "birders"], review: "submit" }),
    ...parts,
  };
}
