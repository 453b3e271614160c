// Uploads of builds: their progress, their outcomes, and files dropped on the window.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { drop, FAILURE, uploading, withBeta } from "./builds-scenarios.ts";
import { asks, boxOf, button, claim, isGone, option, press } from "./claims.ts";
import { BIRDS, build, BUILD_FILE, drawnBeta, file, plan, upload } from "./fake-engine/beta.ts";
import { become, process } from "./fake-engine/uploads.ts";
import { eventually, shown } from "./window.ts";

const UPLOAD = `#/builds/${BIRDS}/upload-7`;
const OF = { account: "acc1", app: BIRDS };
const bar = (page: Page) => page.getByRole("progressbar");
const step = (page: Page, name: string) =>
  page.locator("li.step").filter({ has: page.getByRole("heading", { name, exact: true }) });
const dialog = (page: Page) => page.getByRole("dialog");
const ask = (page: Page) => page.getByRole("alertdialog");

claim(
  "an upload shows its parts, its speed and the time left, also in the sidebar",
  () => uploading(),
  "#/builds",
  async (page, engine) => {
    await shown(page, "124 of 185.4 MB · 22 of 36 parts").waitFor();
    await shown(page, "3.1 MB/s · 20s left").waitFor();
    assert.equal(await bar(page).getAttribute("aria-valuenow"), "66");
    await page.getByRole("link", { name: "Builds 66% uploaded" }).waitFor();
    become(engine, 7, {
      confirmedParts: 30,
      confirmedBytes: 157_286_400,
      sentBytes: 160_000_000,
      secondsLeft: 8,
    });
    await shown(page, "160 of 185.4 MB · 30 of 36 parts").waitFor();
    await page.getByRole("link", { name: "Builds 86% uploaded" }).waitFor();
  },
);

claim(
  "nothing moves while an upload goes from stage to stage",
  () => uploading(),
  "#/builds",
  async (page, engine) => {
    const first = option(page, /^Build 419/);
    await bar(page).waitFor();
    const { y } = await boxOf(first);
    const still = { bytesPerSecond: null, secondsLeft: null };
    for (const parts of [
      { paused: true, ...still },
      {
        paused: false,
        waits: { message: "there is no network", hint: "it continues automatically", until: null },
      },
      { waits: null, stage: "committing" as const },
      { stage: "processing" as const },
    ]) {
      become(engine, 7, parts);
      const { stage = "sending" } = parts as { stage?: string };
      const words = {
        sending: parts.paused ? "Paused" : "There is no network.",
        committing: /^All parts uploaded/,
        processing: /^This usually takes/,
      };
      await shown(page, words[stage as keyof typeof words], { exact: true })
        .first()
        .waitFor();
      assert.equal((await boxOf(first)).y, y, stage);
    }
  },
);

claim(
  "an upload is paused and resumed",
  () => uploading(),
  "#/builds",
  async (page, engine) => {
    await press(page, "Pause");
    await shown(page, "Paused: 3.3 (420)").waitFor();
    await press(page, "Resume");
    await shown(page, "Uploading 3.3 (420)").waitFor();
    assert.deepEqual([asks(engine, "pauseUpload"), asks(engine, "resumeUpload")], [[{ id: 7 }], [{ id: 7 }]]);
  },
);

claim(
  "a refused pause says why at the upload",
  () => uploading(),
  "#/builds",
  async (page, engine) => {
    engine.fail("pauseUpload", "storeUnwritable", "the disk is full", "free some space");
    await press(page, "Pause");
    await page.getByRole("region", { name: "Uploading 3.3 (420)" }).getByText("The disk is full.").waitFor();
  },
);

claim(
  "an upload is canceled after one question that says what is lost",
  () => uploading(),
  UPLOAD,
  async (page, engine) => {
    await press(page, "Cancel");
    await ask(page).getByText("The uploaded parts are deleted from App Store Connect.").waitFor();
    await press(ask(page), "Cancel");
    await isGone(ask(page));
    assert.equal(asks(engine, "cancelUpload").length, 0);
    await press(page, "Cancel");
    await press(ask(page), "Cancel upload");
    await isGone(bar(page));
    assert.deepEqual(asks(engine, "cancelUpload"), [{ id: 7 }]);
  },
);

claim(
  "a failed upload says why in our words and Apple's, which number to use, and stays until it is dismissed",
  () => uploading({ stage: "failed", failure: FAILURE, endedAt: "2026-11-20T14:39:00Z" }),
  UPLOAD,
  async (page, engine) => {
    await page.getByRole("link", { name: "Builds 1 failed upload" }).waitFor();
    const pane = page.getByRole("main");
    await pane.getByText("Build number 420 was used before.").waitFor();
    await pane.getByText("App Store Connect: “The bundle version must be higher").waitFor();
    await pane.getByText("Use 422 or higher.").waitFor();
    assert.equal(await button(page, "Retry").count(), 0, "the same file can't succeed");
    await press(page, "Dismiss");
    await isGone(shown(page, "Upload of 3.3 (420) failed"));
    assert.deepEqual(asks(engine, "forgetUpload"), [{ id: 7 }]);
  },
);

claim(
  "a failure that may pass is tried again",
  () =>
    uploading({ stage: "failed", failure: { ...FAILURE, canRetry: true }, endedAt: "2026-11-20T14:39:00Z" }),
  "#/builds",
  async (page, engine) => {
    await press(page, "Retry");
    await bar(page).waitFor();
    assert.deepEqual(asks(engine, "resumeUpload"), [{ id: 7 }]);
  },
);

claim(
  "a file dropped on any room is summed up first, and sent only then",
  withBeta,
  "#/inbox",
  async (page, engine) => {
    await drop(page, BUILD_FILE);
    for (const words of ["Backyard Birds", "3.3 (420)", "185.4 MB", "se.halden.backyardbirds", "iOS 18.0"])
      await dialog(page).getByText(words, { exact: true }).waitFor();
    assert.equal(asks(engine, "startUpload").length, 0);
    await eventually(async () =>
      assert.equal(await page.evaluate(() => document.activeElement?.textContent?.trim()), "Upload"),
    );
    await page.keyboard.press("Enter");
    await isGone(dialog(page));
    assert.deepEqual(asks(engine, "startUpload"), [{ path: BUILD_FILE, ...OF, plan: null }]);
    await page.getByRole("main").getByRole("heading", { name: "Uploading 3.3 (420)" }).waitFor();
  },
);

claim("two files are asked about one after the other", withBeta, "#/builds", async (page, engine) => {
  const other = "/home/mira/Build/Other.ipa";
  engine.beta.files[other] = file({ path: other, fileName: "Other.ipa", number: "421" });
  await drop(page, BUILD_FILE, other);
  await dialog(page).getByText("1 more file after this one").waitFor();
  await press(dialog(page), "Cancel");
  await dialog(page).getByText("3.3 (421)").waitFor();
});

claim(
  "a file that is no build says why, and a number that was used offers no upload",
  () =>
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
  "#/builds",
  async (page) => {
    await drop(page, "/home/mira/Simulator.ipa");
    await dialog(page).getByText("This is not a build.").waitFor();
    assert.equal(await button(dialog(page), "Upload").isEnabled(), false);
    await press(dialog(page), "Cancel");
    await drop(page, BUILD_FILE);
    await dialog(page).getByText("Use 422 or higher.").waitFor();
    assert.equal(await button(dialog(page), "Upload").isEnabled(), false);
  },
);

claim(
  "a file that is being uploaded already leads to its upload",
  () => withBeta(drawnBeta({ uploads: [upload()], files: { [BUILD_FILE]: file({ existing: 7 }) } })),
  "#/builds",
  async (page, engine) => {
    await drop(page, BUILD_FILE);
    await press(dialog(page), "Show upload");
    await page.getByRole("main").getByRole("heading", { name: "Uploading 3.3 (420)" }).waitFor();
    assert.equal(asks(engine, "startUpload").length, 0);
  },
);

claim("a key file that is dropped still adds an account", withBeta, "#/builds", async (page) => {
  await option(page, /^Build 419/).waitFor();
  await drop(page, "/home/mira/AuthKey_2X9R4HXF34.p8");
  await dialog(page).getByLabel("Key file").waitFor();
});

claim(
  "a plan is made while the upload runs, and removed again",
  () => uploading(),
  "#/builds",
  async (page, engine) => {
    await press(page, "Distribute when processed…");
    await step(page, "Export compliance").getByText("Known once the build is processed").waitFor();
    await page.getByLabel("Submit 420 once 418 is reviewed").check();
    await eventually(async () => assert.ok(await button(page, "Distribute when processed").isEnabled()));
    await press(page, "Distribute when processed");
    await shown(page, "Starts when the build is processed.").waitFor();
    const [{ build: of, upload: id, plan: sent }] = asks(engine, "distribute");
    assert.deepEqual([of, id, sent.groups, sent.review], [null, 7, ["qa", "birders"], "afterOther"]);
    await button(page, "Distributed when processed").waitFor();
    await press(page, "Remove plan");
    await shown(page, "Nothing is planned yet.").waitFor();
    assert.deepEqual(asks(engine, "stopDistribution"), [{ id: 1 }]);
  },
);

claim(
  "an upload that is processed leads to its build and the plan that runs there",
  () => uploading({ plan: plan({ groups: ["qa"] }) }),
  UPLOAD,
  async (page, engine) => {
    await shown(page, "Starts when the build is processed.").waitFor();
    process(
      engine,
      7,
      build({ number: "420", label: "Processed", groups: [], external: "READY_FOR_BETA_SUBMISSION" }),
    );
    await page.getByRole("heading", { name: "Build 420" }).waitFor();
    await eventually(() => assert.match(page.url(), /\/b420$/));
    await step(page, "Internal groups").getByText("4 testers").waitFor();
    await page.getByRole("status").getByText("3.3 (420) is processed.").waitFor({ state: "attached" });
    await isGone(bar(page));
    await option(page, /^Build 420/).waitFor();
  },
);

claim(
  "the icon in a build file is drawn, and one that can't be read leaves the app's letter",
  withBeta,
  "#/builds",
  async (page, engine) => {
    const icon = `data:image/png;base64,${readFileSync(new URL("./kept/inbox-light.png", import.meta.url)).toString("base64")}`;
    engine.beta.files[BUILD_FILE] = file({ icon });
    await drop(page, BUILD_FILE);
    await dialog(page).locator("canvas").waitFor({ state: "visible" });
    assert.equal(await dialog(page).locator(".app").count(), 0);
    await press(dialog(page), "Cancel");
    engine.beta.files[BUILD_FILE] = file({ icon: "data:image/png;base64,AAAA" });
    await drop(page, BUILD_FILE);
    await dialog(page).locator(".app").waitFor();
    await dialog(page).locator("canvas").waitFor({ state: "hidden" });
  },
);
