// Builds, plans, groups and testers as the fake engine answers for them: an app without any.
import type { ApiError, DistributionPlan } from "../../../ui/src/lib/bindings/api.ts";
import { type Answers, refusal } from "./answers.ts";
import { NOW } from "./events.ts";

const gone = (what: string): ApiError =>
  refusal("notFound", `there is no such ${what}`, "it may have been deleted; check the list");

const PLAN: DistributionPlan = {
  groups: [],
  texts: [],
  usesNonExemptEncryption: null,
  rememberEncryption: false,
  review: "no",
  notify: "no",
};

export const buildCommands = {
  builds() {
    return { builds: [], readAt: NOW.toISOString(), more: null, trouble: null };
  },
  build() {
    throw gone("build");
  },
  openBuildPage() {
    return null;
  },
  expireBuild() {
    throw gone("build");
  },
  expireOlderBuilds() {
    return { expired: [], refused: [] };
  },
  checkDistribution() {
    return [];
  },
  distribute() {
    throw gone("build");
  },
  distribution() {
    throw gone("plan");
  },
  decideDistribution() {
    throw gone("plan");
  },
  retryDistribution() {
    throw gone("plan");
  },
  stopDistribution() {
    throw gone("plan");
  },
  distributionDefaults() {
    return PLAN;
  },
  testerGroups() {
    return [];
  },
  createTesterGroup({ name, internal, automatic }) {
    const group = { id: "g1", name, internal, automatic };
    return { ...group, testers: 0, createdAt: NOW.toISOString(), feedback: true, publicLink: null };
  },
  testers() {
    return { testers: [], more: null };
  },
  addTesters({ testers }) {
    return { added: testers.length, known: 0, refused: [] };
  },
  readTesterFile() {
    return { testers: [], wrong: [] };
  },
  removeTester() {
    return null;
  },
  inviteTester() {
    return null;
  },
  copyPublicLink() {
    return null;
  },
} satisfies Partial<Answers>;
