// Every call that the simulator supports, made by an independent client: it creates its own tokens, addresses and
// queries, and its schemas validate the replies.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { access, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import * as sdk from "appstore-connect-sdk";
import { BIRDS, related, testing } from "./testing.mjs";

const TARGET =
  process.env.CARGO_TARGET_DIR ??
  fileURLToPath(new URL("../../target", import.meta.url));
const PROGRAM = `${TARGET}/debug/hookbell${process.platform === "win32" ? ".exe" : ""}`;

/** The simulator, its description of itself, and a payload URL that answers 200. */
let simulator, ready, receiver;

before(async () => {
  await access(PROGRAM).catch(() =>
    assert.fail(
      `${PROGRAM} is not there; build it with: cargo build -p hookbell-cli`,
    ),
  );
  simulator = spawn(PROGRAM, ["simulator", "--json"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(createInterface(simulator.stdout), "line");
  ready = JSON.parse(line).ready;
  receiver = createServer((request, response) =>
    request.resume().on("end", () => response.end()),
  );
  await once(receiver.listen(0, "127.0.0.1"), "listening");
});

after(async () => {
  receiver?.closeAllConnections();
  receiver?.close();
  if (simulator?.kill()) await once(simulator, "exit");
});

/** A client whose calls must all succeed, and which records them. */
async function caller() {
  const { issuerId, keyId, privateKeyFile, url } = ready;
  const privateKey = await readFile(privateKeyFile, "utf8");
  const client = sdk.createClient({
    issuerId,
    privateKeyId: keyId,
    privateKey,
    baseUrl: url,
  });
  const called = new Set();
  const call = async (operation, { id, body, ...query } = {}) => {
    called.add(operation);
    const { data, error, response } = await sdk[operation]({
      client,
      path: { id },
      body,
      query,
    });
    assert.equal(
      error,
      undefined,
      `${operation}: ${response?.status} ${JSON.stringify(error)}`,
    );
    const schema =
      sdk[`z${operation[0].toUpperCase()}${operation.slice(1)}Response`];
    // In the real API, a committed file's operations are null, where the description has an array.
    if (data?.data?.attributes?.uploadOperations === null)
      delete data.data.attributes.uploadOperations;
    const judged = schema.safeParse(response.status === 204 ? undefined : data);
    assert.ok(judged.success, `${operation}: ${judged.error}`);
    return data?.data;
  };
  return { call, called };
}

/** The operations that the simulator lists. */
async function operations() {
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ operation: "none" });
  const refused = await fetch(`${ready.url}/sim/faults`, {
    method: "POST",
    headers,
    body,
  });
  const { error } = await refused.json();
  const notOfApple = ["screenshots", "uploadParts", "unknown"];
  return error
    .match(/there are ([^;]*)/)[1]
    .split(", ")
    .filter((name) => !notOfApple.includes(name))
    .map((name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase()));
}

async function webhooks(call) {
  const attributes = {
    name: "SDK",
    url: `http://127.0.0.1:${receiver.address().port}/hooks/sdk`,
    secret: "correct horse battery staple",
    eventTypes: ["BUILD_UPLOAD_STATE_UPDATED"],
    enabled: true,
  };
  const made = {
    type: "webhooks",
    attributes,
    relationships: { app: related("apps", BIRDS) },
  };
  const { id } = await call("webhooksCreateInstance", { body: { data: made } });
  await call("appsWebhooksGetToManyRelated", {
    id: BIRDS,
    include: ["app"],
    limit: 200,
  });
  await call("appsWebhooksGetToManyRelationship", { id: BIRDS });
  await call("webhooksGetInstance", { id, include: ["app"] });
  await call("webhooksUpdateInstance", {
    id,
    body: { data: { type: "webhooks", id, attributes: { name: "New" } } },
  });

  const webhook = related("webhooks", id);
  await call("webhookPingsCreateInstance", {
    body: { data: { type: "webhookPings", relationships: { webhook } } },
  });
  const since = new Date(Date.now() - 60 * 60 * 1000).toISOString();
  const log = {
    id,
    "filter[createdDateGreaterThanOrEqualTo]": [since],
    include: ["event"],
  };
  const [ping] = await call("webhooksDeliveriesGetToManyRelated", log);
  await call("webhooksDeliveriesGetToManyRelationship", { id });
  const template = related("webhookDeliveries", ping.id);
  await call("webhookDeliveriesCreateInstance", {
    body: { data: { type: "webhookDeliveries", relationships: { template } } },
  });
  await call("webhooksDeleteInstance", { id });
}

async function apps(call) {
  await call("appsGetCollection", { limit: 200, sort: ["name"] });
  await call("appsGetInstance", { id: BIRDS });
  const [version] = await call("appsAppStoreVersionsGetToManyRelated", {
    id: BIRDS,
    include: ["app", "build"],
  });
  await call("appStoreVersionsGetInstance", {
    id: version.id,
    include: ["app"],
  });
  await call("appsBetaGroupsGetToManyRelated", { id: BIRDS });
  const [group] = await call("betaGroupsGetCollection", {
    "filter[app]": [BIRDS],
    include: ["app"],
  });
  await call("betaGroupsGetInstance", { id: group.id });
}

async function builds(call) {
  await call("appsBuildsGetToManyRelated", { id: BIRDS });
  const [build] = await call("buildsGetCollection", {
    "filter[app]": [BIRDS],
    include: ["buildUpload"],
  });
  await call("buildsGetInstance", {
    id: build.id,
    include: ["app", "preReleaseVersion"],
  });
  await call("buildsBuildBetaDetailGetToOneRelated", { id: build.id });
  const [detail] = await call("buildBetaDetailsGetCollection", {
    "filter[build]": [build.id],
  });
  await call("buildBetaDetailsGetInstance", {
    id: detail.id,
    include: ["build"],
  });
  const [upload] = await call("appsBuildUploadsGetToManyRelated", {
    id: BIRDS,
    sort: ["-uploadedDate"],
  });
  await call("buildUploadsGetInstance", { id: upload.id, include: ["build"] });
}

/** One part of one byte, sent where the upload operation says. */
async function store({ method, url, requestHeaders, length }) {
  const headers = requestHeaders.map(({ name, value }) => [name, value]);
  const body = new Uint8Array(length);
  const { status } = await fetch(url, { method, headers, body });
  assert.equal(status, 200);
}

async function uploads(call) {
  const reserve = async (number) => {
    const attributes = {
      cfBundleShortVersionString: "3.4",
      cfBundleVersion: number,
      platform: "IOS",
    };
    const relationships = { app: related("apps", BIRDS) };
    return call("buildUploadsCreateInstance", {
      body: { data: { type: "buildUploads", attributes, relationships } },
    });
  };
  const upload = await reserve("900");
  const file = {
    type: "buildUploadFiles",
    attributes: {
      assetType: "ASSET",
      fileName: "Birds.ipa",
      fileSize: 1,
      uti: "com.apple.ipa",
    },
    relationships: { buildUpload: related("buildUploads", upload.id) },
  };
  const { id, attributes } = await call("buildUploadFilesCreateInstance", {
    body: { data: file },
  });
  for (const operation of attributes.uploadOperations) await store(operation);
  await call("buildUploadFilesGetInstance", { id });
  await call("buildUploadsBuildUploadFilesGetToManyRelated", { id: upload.id });
  const uploaded = {
    type: "buildUploadFiles",
    id,
    attributes: { uploaded: true },
  };
  await call("buildUploadFilesUpdateInstance", {
    id,
    body: { data: uploaded },
  });
  const given = await reserve("901");
  await call("buildUploadsDeleteInstance", { id: given.id });
}

async function feedback(call) {
  const query = {
    id: BIRDS,
    include: ["build", "tester"],
    sort: ["-createdDate"],
  };
  const [screenshot] = await call(
    "appsBetaFeedbackScreenshotSubmissionsGetToManyRelated",
    query,
  );
  await call("betaFeedbackScreenshotSubmissionsGetInstance", {
    id: screenshot.id,
    include: ["tester"],
  });
  await call("betaFeedbackScreenshotSubmissionsDeleteInstance", {
    id: screenshot.id,
  });
  const [crash] = await call(
    "appsBetaFeedbackCrashSubmissionsGetToManyRelated",
    query,
  );
  await call("betaFeedbackCrashSubmissionsGetInstance", { id: crash.id });
  const log = await call(
    "betaFeedbackCrashSubmissionsCrashLogGetToOneRelated",
    { id: crash.id },
  );
  await call("betaCrashLogsGetInstance", { id: log.id });
  await call("betaFeedbackCrashSubmissionsDeleteInstance", { id: crash.id });
}

async function assets(call) {
  const include = ["appStoreVersion", "internalBetaVersion"];
  const [pack] = await call("appsBackgroundAssetsGetToManyRelated", {
    id: BIRDS,
    include,
  });
  await call("backgroundAssetsGetInstance", { id: pack.id });
  const version = pack.relationships.appStoreVersion.data.id;
  const releases = [
    "internalBetaRelease",
    "externalBetaRelease",
    "appStoreRelease",
  ];
  const { relationships } = await call("backgroundAssetVersionsGetInstance", {
    id: version,
    include: releases,
  });
  const id = (release) => relationships[release].data.id;
  await call("backgroundAssetVersionInternalBetaReleasesGetInstance", {
    id: id("internalBetaRelease"),
  });
  await call("backgroundAssetVersionExternalBetaReleasesGetInstance", {
    id: id("externalBetaRelease"),
  });
  await call("backgroundAssetVersionAppStoreReleasesGetInstance", {
    id: id("appStoreRelease"),
  });

  const distributed = { id: "2d2c0995-dc9b-455a-bbd8-316c0a1e893f" };
  await call("alternativeDistributionPackagesGetInstance", distributed);
  const [made] = await call(
    "alternativeDistributionPackagesVersionsGetToManyRelated",
    distributed,
  );
  await call("alternativeDistributionPackageVersionsGetInstance", {
    id: made.id,
  });
}

test("every call of appstore-connect-sdk succeeds, and its schemas take every answer", async () => {
  const { call, called } = await caller();
  for (const rounds of [
    apps,
    builds,
    uploads,
    testing,
    assets,
    webhooks,
    feedback,
  ])
    await rounds(call);
  assert.deepEqual([...called].sort(), (await operations()).sort());
});
