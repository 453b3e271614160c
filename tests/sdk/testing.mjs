// Distributing a build to testers, in the SDK's calls.

export const BIRDS = "6479283016";

export const related = (type, id) => ({ data: { type, id } });
const names = (type, ...ids) => ({ data: ids.map((id) => ({ type, id })) });

/** A build ready for testers, and one that they have. */
const READY = "e2b4a7c0-3f5d-4b44-9d0e-52f2f1a0c418";
const OUT = "e2b4a7c0-3f5d-4b44-9d0e-52f2f1a0c416";

/** Changes attributes of a resource. */
const change = (call, operation, type, id, attributes) =>
  call(operation, { id, body: { data: { type, id, attributes } } });

/** Creates a resource. */
const make = (call, operation, type, relationships, attributes) =>
  call(operation, { body: { data: { type, attributes, relationships } } });

/** Every call needed to distribute a build to testers. */
export async function testing(call) {
  const build = related("builds", READY);
  await change(call, "buildsUpdateInstance", "builds", READY, {
    usesNonExemptEncryption: false,
  });
  await change(
    call,
    "buildBetaDetailsUpdateInstance",
    "buildBetaDetails",
    OUT,
    { autoNotifyEnabled: false },
  );
  const texts = "betaBuildLocalizations";
  const [text] = await call("buildsBetaBuildLocalizationsGetToManyRelated", {
    id: READY,
  });
  await change(call, "betaBuildLocalizationsUpdateInstance", texts, text.id, {
    whatsNew: "Try the map.",
  });
  await make(
    call,
    "betaBuildLocalizationsCreateInstance",
    texts,
    { build },
    { locale: "sv", whatsNew: "Prova kartan." },
  );
  const [words] = await call("betaAppLocalizationsGetCollection", {
    "filter[app]": [BIRDS],
  });
  await call("appsBetaAppLocalizationsGetToManyRelated", { id: BIRDS });
  await change(
    call,
    "betaAppLocalizationsUpdateInstance",
    "betaAppLocalizations",
    words.id,
    { feedbackEmail: "beta@halden.example" },
  );
  await call("betaAppReviewDetailsGetCollection", { "filter[app]": [BIRDS] });
  const contact = await call("appsBetaAppReviewDetailGetToOneRelated", {
    id: BIRDS,
  });
  await change(
    call,
    "betaAppReviewDetailsUpdateInstance",
    "betaAppReviewDetails",
    contact.id,
    { contactPhone: "+46 8 555 01 98" },
  );
  await groups(call);
  await call("betaAppReviewSubmissionsGetCollection", {
    "filter[build]": [OUT],
  });
  const submission = await call(
    "buildsBetaAppReviewSubmissionGetToOneRelated",
    {
      id: OUT,
    },
  );
  await call("betaAppReviewSubmissionsGetInstance", { id: submission.id });
  const submissions = "betaAppReviewSubmissions";
  await make(call, "betaAppReviewSubmissionsCreateInstance", submissions, {
    build,
  });
  await make(
    call,
    "buildBetaNotificationsCreateInstance",
    "buildBetaNotifications",
    { build: related("builds", OUT) },
  );
}

async function groups(call) {
  const app = related("apps", BIRDS);
  const group = await make(
    call,
    "betaGroupsCreateInstance",
    "betaGroups",
    { app },
    { name: "Press" },
  );
  const { id } = group;
  await change(call, "betaGroupsUpdateInstance", "betaGroups", id, {
    publicLinkEnabled: true,
  });
  await call("betaGroupsBuildsCreateToManyRelationship", {
    id,
    body: names("builds", OUT),
  });
  await call("buildsBetaGroupsCreateToManyRelationship", {
    id: READY,
    body: names("betaGroups", id),
  });
  await call("betaGroupsBuildsGetToManyRelated", { id });

  const [known] = await call("betaTestersGetCollection", {
    sort: ["email"],
  });
  await call("betaTestersGetInstance", {
    id: known.id,
    include: ["betaGroups"],
  });
  const tester = await make(
    call,
    "betaTestersCreateInstance",
    "betaTesters",
    { betaGroups: names("betaGroups", id) },
    { email: "noor@example.org" },
  );
  const testers = { id, body: names("betaTesters", known.id) };
  await call("betaGroupsBetaTestersCreateToManyRelationship", testers);
  await call("betaGroupsBetaTestersGetToManyRelated", { id });
  await call("betaGroupsBetaTestersGetToManyRelationship", { id });
  await make(
    call,
    "betaTesterInvitationsCreateInstance",
    "betaTesterInvitations",
    { app, betaTester: related("betaTesters", tester.id) },
  );
  await call("betaGroupsBetaTestersDeleteToManyRelationship", testers);
  await call("betaTestersDeleteInstance", { id: tester.id });
  await call("buildsBetaGroupsDeleteToManyRelationship", {
    id: READY,
    body: names("betaGroups", id),
  });
  await call("betaGroupsBuildsDeleteToManyRelationship", {
    id,
    body: names("builds", OUT),
  });
  await call("betaGroupsDeleteInstance", { id });
}
