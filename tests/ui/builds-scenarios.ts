// Scenarios with builds.
import type { Page } from "playwright-core";
import type { Beta } from "./fake-engine/beta.ts";
import {
  BIRDS,
  build,
  BUILD_FILE,
  drawnBeta,
  file,
  named,
  noBuilds,
  plan,
  upload,
} from "./fake-engine/beta.ts";
import { begun } from "./fake-engine/distribution.ts";
import { FakeEngine, type State } from "./fake-engine/engine.ts";
import { NOW, tellingEvents } from "./fake-engine/events.ts";
import { account, app } from "./fake-engine/studio.ts";
import type { Scenario } from "./scenario.ts";
import { loading } from "./scenario.ts";
import { shown } from "./window.ts";

/** An account with the app whose builds are shown, and one without. */
export const withBeta = (beta: Beta = drawnBeta(), parts: State = {}) =>
  new FakeEngine({
    events: tellingEvents(),
    accounts: [account({ id: "acc1", name: "Halden Software AB" })],
    apps: {
      acc1: [
        app(BIRDS, "Backyard Birds", "se.halden.backyardbirds"),
        app("6502817743", "Fieldnotes: Offline Maps & Tracks for Hikers", "se.halden.fieldnotes"),
      ],
    },
    beta,
    ...parts,
  });

/** A running upload, as in the design. */
export const uploading = (parts: Parameters<typeof upload>[0] = {}) =>
  withBeta(drawnBeta({ uploads: [upload(parts)] }));

/** A started plan for build 419, while another build is in review. */
export function planned(
  parts: Partial<Beta> = {},
  review: "submit" | "afterOther" | "expireOther" = "submit",
) {
  const engine = withBeta(drawnBeta(parts));
  const request = {
    account: "acc1",
    app: BIRDS,
    build: "b419",
    upload: null,
    plan: plan({ groups: ["qa", "birders"], texts: [{ locale: "en-US", text: "Try it." }], review }),
  };
  const distribution = begun(engine, request, 1);
  engine.beta.distributions = [distribution];
  engine.beta.builds = engine.beta.builds.map((one) => (one.id === "b419" ? { ...one, distribution } : one));
  return engine;
}

/** The builds of a long-lived app, for two systems. */
const many = () =>
  withBeta(
    drawnBeta({
      page: 50,
      builds: Array.from({ length: 120 }, (_, at) =>
        build({
          number: `2026.11.${1200 - at}`,
          id: `m${at}`,
          version: `4.${12 - Math.floor(at / 10)}.0`,
          platform: at % 2 ? "MAC_OS" : "IOS",
          platformLabel: at % 2 ? "macOS" : "iOS",
          uploadedAt: new Date(+NOW - at * 20 * 3_600_000).toISOString(),
          daysLeft: Math.max(1, 90 - at),
          groups: named("team", "qa", "birders", "press"),
          crashes: at * 13,
          feedback: at * 7,
        }),
      ),
    }),
  );

export const FAILURE = {
  message: "build number 420 was used before",
  hint: "raise the build number in Xcode, archive again, and upload that",
  problems: [
    {
      code: "ENTITY_ERROR.ATTRIBUTE.INVALID.DUPLICATE",
      said: "The bundle version must be higher than the previously uploaded version: ‘421’.",
      message: "App Store Connect already has a build with this number or a higher one",
      hint: "use 422 or higher",
    },
  ],
  nextNumber: "422",
  canRetry: false,
};

const press = (name: string) => (page: Page) => page.getByRole("button", { name, exact: true }).click();
/** Drops files on the window: a page in a browser gets no paths, so the paths are dropped as text. */
export const drop = (page: Page, ...paths: string[]) =>
  page.evaluate((text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData("text/plain", text);
    window.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }, paths.join("\n"));
const dropped = async (page: Page) => {
  await drop(page, BUILD_FILE);
  await page.getByRole("dialog").getByText("se.halden.backyardbirds").waitFor();
};

export const buildScenarios: Scenario[] = [
  { name: "builds", kept: true, engine: () => uploading(), at: "#/builds" },
  { name: "builds-plain", engine: () => withBeta(), at: `#/builds/${BIRDS}/b398` },
  {
    name: "builds-plan-end",
    engine: () => uploading(),
    at: `#/builds/${BIRDS}/b419`,
    act: (page) =>
      page.getByRole("heading", { name: "Notify testers" }).evaluate((head) => head.scrollIntoView()),
    zoomed: true,
  },
  { name: "builds-decide", engine: () => planned(), at: `#/builds/${BIRDS}/b419` },
  { name: "builds-waits", engine: () => planned({}, "afterOther"), at: `#/builds/${BIRDS}/b419` },
  {
    name: "builds-refused",
    engine: () => planned({ testInformation: false }),
    at: `#/builds/${BIRDS}/b419`,
  },
  { name: "builds-compliance", engine: () => withBeta(), at: `#/builds/${BIRDS}/b415` },
  { name: "builds-expired", engine: () => withBeta(), at: `#/builds/${BIRDS}/b391` },
  {
    name: "builds-upload-plan",
    engine: () => uploading(),
    at: `#/builds/${BIRDS}/upload-7`,
    zoomed: true,
  },
  {
    name: "builds-upload-failed",
    engine: () => uploading({ stage: "failed", failure: FAILURE, endedAt: NOW.toISOString() }),
    at: `#/builds/${BIRDS}/upload-7`,
  },
  {
    name: "builds-uploads",
    engine: () =>
      withBeta(
        drawnBeta({
          uploads: [
            upload({
              id: 9,
              number: "421",
              stage: "reserving",
              parts: null,
              confirmedParts: 0,
              sentBytes: 0,
              confirmedBytes: 0,
              bytesPerSecond: null,
              secondsLeft: null,
            }),
            upload({ id: 8, paused: true, bytesPerSecond: null, secondsLeft: null, active: false }),
            upload({
              waits: {
                message: "there is no network",
                hint: "the upload continues automatically",
                until: null,
              },
              number: "417",
              parts: 3000,
              confirmedParts: 1900,
              sizeBytes: 15_700_000_000,
              confirmedBytes: 9_961_472_000,
              sentBytes: 9_970_000_000,
              bytesPerSecond: null,
              secondsLeft: null,
            }),
            upload({
              id: 6,
              number: "414",
              stage: "processing",
              confirmedParts: 36,
              plan: plan({ groups: ["qa"] }),
              bytesPerSecond: null,
              secondsLeft: null,
            }),
          ],
        }),
      ),
    at: "#/builds",
  },
  { name: "builds-many", engine: many, at: "#/builds" },
  { name: "builds-none", engine: () => withBeta(noBuilds()), at: "#/builds" },
  { name: "builds-no-account", engine: () => new FakeEngine({ events: tellingEvents() }), at: "#/builds" },
  {
    name: "builds-loading",
    engine: () => withBeta(drawnBeta(), { silent: new Set(["builds"]) } as State),
    at: "#/builds",
    act: loading,
  },
  {
    name: "builds-failed",
    engine: () => {
      const engine = withBeta();
      engine.fail(
        "builds",
        "internal",
        "App Store Connect can’t be reached",
        "check your network connection",
      );
      return engine;
    },
    at: "#/builds",
  },
  {
    name: "builds-stale",
    engine: () =>
      withBeta(
        drawnBeta({
          trouble: { message: "App Store Connect can’t be reached", hint: "check your network connection" },
        }),
      ),
    at: "#/builds",
  },
  { name: "builds-drop", engine: () => withBeta(), at: "#/builds", act: dropped, zoomed: true },
  {
    name: "builds-drop-refused",
    engine: () => withBeta(),
    at: "#/builds",
    act: async (page) => {
      await drop(page, "/home/mira/Build/Simulator.ipa");
      await shown(page, "This is not a build.").waitFor();
    },
  },
  {
    name: "builds-drop-used",
    engine: () =>
      withBeta(
        drawnBeta({
          files: {
            [BUILD_FILE]: file({
              trouble: {
                message: "build number 420 was used before",
                hint: "use 422 or higher",
                nextNumber: "422",
              },
            }),
          },
        }),
      ),
    at: "#/builds",
    act: dropped,
  },
  {
    name: "builds-expire",
    engine: () => withBeta(),
    at: `#/builds/${BIRDS}/b416`,
    act: async (page) => {
      await press("More for build 416")(page);
      await page.getByRole("menuitem", { name: "Expire older builds…" }).click();
      await page.getByRole("alertdialog").waitFor();
    },
  },
  {
    name: "builds-groups",
    engine: () => withBeta(),
    at: `#/builds/${BIRDS}/groups`,
    act: async (page) => {
      await page.getByRole("button", { name: /^Birders/ }).click();
      await shown(page, "Jonas Lind").waitFor();
    },
    zoomed: true,
  },
  {
    name: "builds-add-testers",
    engine: () => withBeta(),
    at: `#/builds/${BIRDS}/groups`,
    act: async (page) => {
      await press("Add testers to Birders")(page);
      await page.getByLabel("Email addresses").fill("jonas@lind.example\nno address");
    },
  },
  {
    name: "builds-new-group",
    engine: () => withBeta(),
    at: `#/builds/${BIRDS}/groups`,
    act: async (page) => {
      await press("New group")(page);
      await shown(page, "Internal: people on your team").click();
    },
  },
];
