// Uploads in the fake engine: files by their paths, and uploads that advance when a test says so.
import type { Upload } from "../../../ui/src/lib/bindings/api.ts";
import { type Answers, refusal } from "./answers.ts";
import { upload } from "./beta.ts";
import { begun } from "./distribution.ts";
import type { FakeEngine } from "./engine.ts";
import { NOW } from "./events.ts";

function found(engine: FakeEngine, id: number): Upload {
  const known = engine.beta.uploads.find((one) => one.id === id);
  if (!known) throw refusal("notFound", "this upload is gone", "another window or a command has removed it");
  return known;
}

/** Changes an upload, and pushes it to the window. */
export function become(engine: FakeEngine, id: number, parts: Partial<Upload>): Upload {
  const changed = { ...found(engine, id), ...parts };
  const { beta } = engine;
  beta.uploads = beta.uploads.map((one) => (one.id === id ? changed : one));
  engine.push({ kind: "uploads", uploads: beta.uploads });
  return changed;
}

const still = { bytesPerSecond: null, secondsLeft: null };

export const uploadCommands = {
  buildFile({ path }) {
    const file = this.beta.files[path];
    if (!file)
      throw refusal(
        "invalidInput",
        "this is not a build",
        "choose an .ipa from Xcode’s Organizer (Distribute App), or a signed .pkg",
        "path",
      );
    return file;
  },
  uploads({ app, open }) {
    return this.beta.uploads.filter(
      (one) => (app === null || one.app === app) && (!open || one.endedAt === null),
    );
  },
  upload({ id }) {
    return found(this, id);
  },
  startUpload({ path, account, app, plan }) {
    const { apps, version, number, sizeBytes, fileName } = this.beta.files[path];
    const target = apps.find((one) => one.account === account && one.app === app) ?? apps[0];
    const started = upload({
      id: Math.max(7, ...this.beta.uploads.map(({ id }) => id)) + 1,
      app: target.app,
      account: target.account,
      appName: target.appName,
      ...{ version, number, sizeBytes, fileName, plan },
      stage: "reserving",
      confirmedBytes: 0,
      sentBytes: 0,
      confirmedParts: 0,
      parts: null,
      ascId: null,
      startedAt: NOW.toISOString(),
      ...still,
    });
    this.beta.uploads = [started, ...this.beta.uploads];
    this.push({ kind: "uploads", uploads: this.beta.uploads });
    return started;
  },
  pauseUpload({ id }) {
    return become(this, id, { paused: true, active: false, ...still });
  },
  resumeUpload({ id }) {
    return become(this, id, {
      paused: false,
      active: true,
      stage: "sending",
      failure: null,
      endedAt: null,
      bytesPerSecond: 3_100_000,
      secondsLeft: 20,
    });
  },
  cancelUpload({ id }) {
    return become(this, id, { stage: "canceled", endedAt: NOW.toISOString(), ...still });
  },
  forgetUpload({ id }) {
    this.beta.uploads = this.beta.uploads.filter((one) => one.id !== id);
    return this.beta.uploads;
  },
  openUploadPage({ id }) {
    found(this, id);
    return null;
  },
} satisfies Partial<Answers>;

/** App Store Connect has processed an upload: the build appears, and its plan starts. */
export function process(engine: FakeEngine, id: number, build: FakeEngine["beta"]["builds"][number]) {
  const { plan, app } = found(engine, id);
  engine.beta.builds = [build, ...engine.beta.builds];
  if (plan) {
    const open = engine.beta.distributions.find(({ upload: of }) => of === id);
    const request = { account: null, app, build: build.id, upload: id, plan };
    const distribution = begun(engine, request, open?.id ?? engine.beta.distributions.length + 1);
    engine.beta.distributions = [...engine.beta.distributions.filter((one) => one !== open), distribution];
    engine.beta.builds[0] = { ...build, distribution };
  }
  become(engine, id, {
    stage: "done",
    build: build.id,
    endedAt: NOW.toISOString(),
    toldBy: { seq: 9 },
    ...still,
  });
  engine.push({ kind: "builds", app });
}
