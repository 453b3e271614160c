// Plans in the fake engine: what each step would meet, and how a started plan proceeds.
import type {
  DistributeRequest,
  Distribution,
  DistributionCheck,
  DistributionPlan,
  DistributionStep,
  ListedBuild,
  DistributionStepName,
} from "../../../ui/src/lib/bindings/api.ts";
import { type Answers, refusal } from "./answers.ts";
import type { Beta } from "./beta.ts";
import { BIRDS } from "./beta.ts";
import type { FakeEngine } from "./engine.ts";
import { NOW } from "./events.ts";

/** The maximum length of What to Test, in bytes. */
export const MAX_TEXT = 4_000;

const step = (
  name: DistributionStepName,
  state: DistributionCheck["state"],
  message: string,
  more: Partial<DistributionCheck> = {},
): DistributionCheck => ({ name, state, message, hint: null, choices: [], ...more });

function compliance(build: ListedBuild | undefined, { usesNonExemptEncryption }: DistributionPlan) {
  const words = (uses: boolean) => (uses ? "Uses non-exempt encryption" : "No non-exempt encryption");
  if (build && build.usesNonExemptEncryption !== null)
    return step("compliance", "done", words(build.usesNonExemptEncryption));
  if (usesNonExemptEncryption !== null) return step("compliance", "now", words(usesNonExemptEncryption));
  if (!build) return step("compliance", "later", "Known once the build is processed");
  return step("compliance", "decide", "App Store Connect needs to know whether this build uses encryption", {
    hint: "It asks for every build whose Info.plist does not say.",
    choices: [
      { review: null, usesNonExemptEncryption: false, label: "No non-exempt encryption" },
      { review: null, usesNonExemptEncryption: true, label: "Uses non-exempt encryption" },
    ],
  });
}

function review(beta: Beta, build: ListedBuild | undefined, plan: DistributionPlan, number: string) {
  const chosen = beta.groups.filter(({ id, internal }) => !internal && plan.groups.includes(id));
  if (build && ["WAITING_FOR_BETA_REVIEW", "IN_BETA_REVIEW"].includes(build.external ?? ""))
    return step("review", "waits", "In the queue of Beta App Review");
  if (build && ["IN_BETA_TESTING", "BETA_APPROVED"].includes(build.external ?? ""))
    return step("review", "done", "Approved");
  if (plan.review === "no")
    return step("review", "left", chosen.length > 0 ? "Without it, external testers wait" : "Not needed");
  if (!beta.testInformation)
    return step("review", "refused", "The app’s test information is incomplete", {
      hint: "Add a feedback email and a contact under TestFlight, Test Information, in App Store Connect.",
    });
  const other = beta.builds.find(
    (one) =>
      one.number !== number &&
      one.version === "3.3" &&
      one.external === "WAITING_FOR_BETA_REVIEW" &&
      !one.expired,
  );
  if (!other) return step("review", build ? "now" : "later", "Test information complete");
  const choices = [
    { review: "expireOther" as const, label: `Expire ${other.number} and submit ${number}` },
    { review: "afterOther" as const, label: `Submit ${number} once ${other.number} is reviewed` },
  ].map((choice) => ({ ...choice, usesNonExemptEncryption: null }));
  if (plan.review === "submit")
    return step("review", "decide", `${other.number} is waiting for review`, {
      hint: "Apple reviews one build of a version at a time.",
      choices,
    });
  const words = plan.review === "afterOther" ? `After ${other.number}` : `Expires ${other.number} first`;
  return step("review", plan.review === "afterOther" ? "later" : "now", words, { choices });
}

/** What each step of a plan would meet. */
export function checksOf(beta: Beta, { build: id, plan }: DistributeRequest): DistributionCheck[] {
  const build = beta.builds.find((one) => one.id === id);
  const number = build?.number ?? beta.uploads[0]?.number ?? "";
  const groups = beta.groups.filter(({ id: of }) => plan.groups.includes(of));
  const testers = (internal: boolean) =>
    groups.filter((one) => one.internal === internal).reduce((sum, one) => sum + (one.testers ?? 0), 0);
  const when = build ? "now" : "later";
  const isGone = build?.expired ?? false;
  const long = plan.texts.find(({ text }) => Buffer.byteLength(text) > MAX_TEXT);
  const groupStep = (internal: boolean) => {
    const name = internal ? "internalGroups" : "externalGroups";
    if (isGone) return step(name, "refused", "The build has expired", { hint: "Upload a new build." });
    if (testers(internal) === 0) return step(name, "left", "No groups");
    return step(name, when, `${testers(internal)} testers`);
  };
  return [
    compliance(build, plan),
    long
      ? step("whatToTest", "refused", `The text for ${long.locale} is too long`, {
          hint: "App Store Connect takes 4,000 characters.",
        })
      : step("whatToTest", plan.texts.length > 0 ? when : "left", plan.texts.length > 0 ? "" : "No text"),
    groupStep(true),
    groupStep(false),
    review(beta, build, plan, number),
    step(
      "notify",
      plan.notify === "no" ? "left" : plan.notify === "now" ? when : "later",
      { no: "Testers aren’t notified", whenApproved: "When approved", now: "As soon as the build is out" }[
        plan.notify
      ],
    ),
  ];
}

const DONE: Record<string, DistributionStep["state"]> = { now: "done", later: "later" };

/** The state of a plan that has been started. */
export function begun(engine: FakeEngine, request: DistributeRequest, id: number): Distribution {
  const checks = checksOf(engine.beta, request);
  const at = NOW.toISOString();
  const steps = checks.map((check) => ({
    ...check,
    state: request.build === null ? ("later" as const) : (DONE[check.state] ?? check.state),
    at,
  }));
  const submits = steps.find(({ name }) => name === "review");
  if (submits?.state === "done" && request.plan.review !== "no") {
    submits.state = "waits";
    submits.message = "Waiting for Beta App Review";
  }
  const has = (state: DistributionStep["state"]) => steps.some((one) => one.state === state);
  const state =
    request.build === null ? "waitsForBuild" : has("decide") ? "decide" : has("refused") ? "refused" : null;
  return {
    id,
    upload: request.upload,
    build: request.build,
    app: request.app,
    state: state ?? (has("waits") || has("later") ? "waits" : "done"),
    plan: request.plan,
    steps,
    by: { kind: "person" },
    writtenAt: at,
    endedAt: null,
  };
}

function found(engine: FakeEngine, id: number): Distribution {
  const known = engine.beta.distributions.find((one) => one.id === id);
  if (!known) throw refusal("notFound", "this plan is gone", "another window or a command has replaced it");
  return known;
}

function put(engine: FakeEngine, changed: Distribution): Distribution {
  const { beta } = engine;
  beta.distributions = [...beta.distributions.filter(({ id }) => id !== changed.id), changed];
  beta.builds = beta.builds.map((one) =>
    one.id === changed.build ? { ...one, distribution: changed, groups: groupsOf(beta, one, changed) } : one,
  );
  beta.uploads = beta.uploads.map((one) =>
    one.id === changed.upload
      ? changed.endedAt === null
        ? { ...one, plan: changed.plan, distribution: changed.id }
        : { ...one, plan: null, distribution: null }
      : one,
  );
  engine.push({ kind: "builds", app: changed.app });
  if (changed.upload !== null) engine.push({ kind: "uploads", uploads: beta.uploads });
  return changed;
}

function groupsOf({ groups }: Beta, build: ListedBuild, { steps, plan }: Distribution) {
  const wentOut = (internal: boolean) =>
    steps.some(
      ({ name, state }) => name === (internal ? "internalGroups" : "externalGroups") && state === "done",
    );
  const added = groups.filter(({ id, internal }) => plan.groups.includes(id) && wentOut(internal));
  return [...build.groups, ...added.filter(({ id }) => !build.groups.some((one) => one.id === id))];
}

export const distributionCommands = {
  checkDistribution(request) {
    return checksOf(this.beta, request);
  },
  distribute(request) {
    const open = this.beta.distributions.find(
      ({ build, upload, endedAt }) =>
        endedAt === null && build === request.build && upload === request.upload,
    );
    const same = open && JSON.stringify(open.plan) === JSON.stringify(request.plan);
    if (same) return open;
    return put(this, begun(this, request, open?.id ?? this.beta.distributions.length + 1));
  },
  distribution({ id }) {
    return found(this, id);
  },
  decideDistribution({ id, review: chosen, usesNonExemptEncryption }) {
    const { plan, ...known } = found(this, id);
    const decided = {
      ...plan,
      review: chosen ?? plan.review,
      usesNonExemptEncryption: usesNonExemptEncryption ?? plan.usesNonExemptEncryption,
    };
    const { app, build, upload } = known;
    return put(this, begun(this, { account: null, app, build, upload, plan: decided }, id));
  },
  retryDistribution({ id }) {
    const { plan, app, build, upload } = found(this, id);
    return put(this, begun(this, { account: null, app, build, upload, plan }, id));
  },
  stopDistribution({ id }) {
    return put(this, { ...found(this, id), state: "stopped", endedAt: NOW.toISOString() });
  },
  distributionDefaults({ app }) {
    return app === BIRDS ? this.beta.defaults : { ...this.beta.defaults, groups: [] };
  },
} satisfies Partial<Answers>;
