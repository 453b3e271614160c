// The fake engine's commands for builds, groups and testers.
import type { BuildDetail, ListedBuild } from "../../../ui/src/lib/bindings/api.ts";
import { type Answers, refusal } from "./answers.ts";
import { BIRDS, group, tester } from "./beta.ts";
import { checksOf, MAX_TEXT } from "./distribution.ts";
import type { FakeEngine } from "./engine.ts";
import { NOW } from "./events.ts";

function found(engine: FakeEngine, id: string): ListedBuild {
  const known = engine.beta.builds.find((one) => one.id === id);
  if (!known) throw refusal("notFound", "App Store Connect has no such build", "it may have been removed");
  return known;
}

function groupOf(engine: FakeEngine, id: string) {
  const known = engine.beta.groups.find((one) => one.id === id);
  if (!known) throw refusal("notFound", "this group is gone", "it was deleted in App Store Connect");
  return known;
}

export function detailOf(engine: FakeEngine, id: string): BuildDetail {
  const build = found(engine, id);
  const { beta } = engine;
  return {
    build,
    track: [],
    texts: [],
    maxTextBytes: MAX_TEXT,
    fixed: [],
    checks: checksOf(beta, { account: null, app: build.app, build: id, upload: null, plan: beta.defaults }),
    page: `https://appstoreconnect.apple.com/apps/${build.app}/testflight`,
    ...beta.details[id],
  };
}

function expire(engine: FakeEngine, id: string): ListedBuild {
  const gone = { ...found(engine, id), expired: true, daysLeft: null, label: "Expired", external: "EXPIRED" };
  const expired: ListedBuild = { ...gone, tone: "plain", track: { step: "testing", failed: false } };
  engine.beta.builds = engine.beta.builds.map((one) => (one.id === id ? expired : one));
  return expired;
}

export const buildCommands = {
  builds({ app, before, refresh }) {
    const { beta } = this;
    const all = beta.builds.filter((one) => one.app === app);
    const from = before === null ? 0 : Number(before);
    const more = from + beta.page < all.length ? String(from + beta.page) : null;
    const trouble = refresh || beta.trouble ? beta.trouble : null;
    return { builds: all.slice(from, from + beta.page), readAt: NOW.toISOString(), more, trouble };
  },
  build({ build }) {
    return detailOf(this, build);
  },
  openBuildPage({ build }) {
    found(this, build);
    return null;
  },
  expireBuild({ build }) {
    return expire(this, build);
  },
  expireOlderBuilds({ keep, app }) {
    const older = this.beta.builds.filter((one) => one.app === app && !one.expired && !keep.includes(one.id));
    const stuck = older.filter(({ external }) => external === "IN_BETA_REVIEW");
    const expired = older.filter((one) => !stuck.includes(one)).map(({ id }) => id);
    expired.forEach((id) => expire(this, id));
    const refused = stuck.map(({ id }) => ({
      build: id,
      message: "the build is in review",
      hint: "expire it once it was reviewed",
    }));
    return { expired, refused };
  },
  testerGroups({ app }) {
    return app === BIRDS ? this.beta.groups : [];
  },
  createTesterGroup({ name, internal, automatic }) {
    if (name.trim() === "") throw refusal("invalidInput", "a group needs a name", "enter one", "name");
    if (this.beta.groups.some((one) => one.name.toLowerCase() === name.trim().toLowerCase()))
      throw refusal(
        "invalidInput",
        `there is a group called “${name}” already`,
        "choose another name",
        "name",
      );
    const made = group({ id: `g${this.beta.groups.length}`, name: name.trim(), internal, automatic });
    this.beta.groups = [...this.beta.groups, made];
    return made;
  },
  testers({ group: of, cursor, limit }) {
    const all = this.beta.testers[of] ?? [];
    const from = Number(cursor ?? 0);
    return {
      testers: all.slice(from, from + limit),
      more: from + limit < all.length ? String(from + limit) : null,
    };
  },
  addTesters({ group: of, testers }) {
    const known = this.beta.testers[of] ?? [];
    const isKnown = (email: string) => known.some((one) => one.email === email);
    const refused = testers
      .filter(({ email }) => email.endsWith("@blocked.example"))
      .map(({ email }) => ({
        email,
        message: "Apple does not deliver to this address",
        hint: "ask the tester for another one",
      }));
    const fine = testers.filter(({ email }) => !refused.some((one) => one.email === email));
    const added = fine.filter(({ email }) => !isKnown(email));
    this.beta.testers[of] = [
      ...known,
      ...added.map(({ email, firstName, lastName }, index) =>
        tester(`n${known.length + index}`, [firstName, lastName].filter(Boolean).join(" ") || null, email, {
          state: "INVITED",
          label: "Invited",
          devices: [],
        }),
      ),
    ];
    const { testers: count } = groupOf(this, of);
    groupOf(this, of).testers = (count ?? 0) + added.length;
    return { added: added.length, known: fine.length - added.length, refused };
  },
  readTesterFile({ path }) {
    if (!path.endsWith(".csv"))
      throw refusal("invalidInput", "this is not a CSV file", "export the testers as CSV", "path");
    return {
      testers: [
        { email: "ines@example.org", firstName: "Inês", lastName: "Costa" },
        { email: "per@example.org", firstName: null, lastName: null },
      ],
      wrong: [{ line: 4, text: "not an address", message: "there is no email address in this line" }],
    };
  },
  removeTester({ group: of, tester: gone }) {
    this.beta.testers[of] = (this.beta.testers[of] ?? []).filter(({ id }) => id !== gone);
    groupOf(this, of).testers = this.beta.testers[of].length;
    return null;
  },
  inviteTester() {
    return null;
  },
  copyPublicLink({ group: of }) {
    this.copied = groupOf(this, of).publicLink?.url ?? null;
    return null;
  },
} satisfies Partial<Answers>;
