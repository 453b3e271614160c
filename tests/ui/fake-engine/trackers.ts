// Trackers in the fake engine: a GitHub whose token works, and issues that are created at once.
import type {
  FeedbackIssue,
  FileIssuesRequest,
  Tracker,
  TrackerAccess,
  TrackerChoices,
  TrackerKind,
} from "../../../ui/src/lib/bindings/api.ts";
import { type Answers, refusal } from "./answers.ts";
import type { FakeEngine } from "./engine.ts";
import { NOW } from "./events.ts";

/** The fake engine's trackers and issues. */
export interface TrackerBook {
  trackers: Tracker[];
  issues: FeedbackIssue[];
  /** Why the next filing fails, if it should. */
  refusal: FeedbackIssue["error"];
  /** The feedback that is about one crash. */
  sameCrash: string[];
}

export const noTrackers = (): TrackerBook => ({ trackers: [], issues: [], refusal: null, sameCrash: [] });

/** The token that no service accepts. */
export const WRONG_TOKEN = "wrong";

const PLACES = {
  github: [
    { id: "halden/backyard-birds", name: "halden/backyard-birds" },
    { id: "halden/tidewater", name: "halden/tidewater" },
  ],
  linear: [{ id: "a3f1", name: "ENG · Engineering" }],
  jira: [{ id: "BIRD", name: "BIRD · Backyard Birds" }],
};

export const tracker = (parts: Partial<Tracker> = {}): Tracker => ({
  id: 1,
  service: "github",
  name: "halden/backyard-birds",
  names: [parts.name ?? "halden/backyard-birds", parts.service ?? "github", String(parts.id ?? 1)],
  place: "halden/backyard-birds",
  url: null,
  owner: "mira-halden",
  settings: {
    apps: [],
    labels: ["bug", "testflight"],
    assignee: null,
    title: null,
    body: null,
    includeTester: false,
  },
  trouble: null,
  open: 0,
  done: 0,
  ...parts,
});

/** The issue of a feedback, open by default. */
export function filed(
  feedback: string,
  reference: string,
  parts: Partial<FeedbackIssue["issue"] & object> = {},
): FeedbackIssue {
  const { id, name, service } = tracker();
  return {
    feedback,
    tracker: id,
    trackerName: name,
    service,
    issue: {
      reference,
      url: `https://github.com/${name}/issues/${reference.slice(1)}`,
      title: "Save button is hidden behind the keyboard",
      progress: "open",
      state: "Open",
      assignee: null,
      fixedIn: null,
      filedAt: NOW.toISOString(),
      doneAt: null,
      ...parts,
    },
    unsure: false,
    others: 0,
    notes: [],
    error: null,
  };
}

function checked(access: TrackerAccess) {
  if (access.token === WRONG_TOKEN)
    throw refusal(
      "invalidInput",
      "GitHub returned 401: Bad credentials",
      "The token is wrong, expired or revoked. Give the tracker a new one.",
      "token",
    );
}

function find(engine: FakeEngine, id: number): Tracker {
  const found = engine.tracking.trackers.find((one) => one.id === id);
  if (!found)
    throw refusal("notFound", "there is no such tracker", "it may have been deleted; check the list");
  return found;
}

function counted(engine: FakeEngine): Tracker[] {
  const count = (id: number, progress: string) =>
    engine.tracking.issues.filter((one) => one.tracker === id && one.issue?.progress === progress).length;
  return engine.tracking.trackers.map((one) => ({
    ...one,
    open: count(one.id, "open"),
    done: count(one.id, "done"),
  }));
}

function file(engine: FakeEngine, feedback: string, request: FileIssuesRequest): FeedbackIssue {
  const { tracking } = engine;
  const there = tracking.issues.find((one) => one.feedback === feedback && one.tracker === request.tracker);
  if (there?.issue) return there;
  const { id, name, service } = find(engine, request.tracker);
  const number = 214 + tracking.issues.filter((one) => one.issue).length;
  const made: FeedbackIssue = {
    feedback,
    tracker: id,
    trackerName: name,
    service,
    issue: tracking.refusal
      ? null
      : {
          reference: `#${number}`,
          url: `https://github.com/${name}/issues/${number}`,
          title: request.title ?? titleOf(engine, feedback),
          progress: "open",
          state: "Open",
          assignee: null,
          fixedIn: null,
          filedAt: NOW.toISOString(),
          doneAt: null,
        },
    unsure: tracking.refusal?.code === "noAnswer",
    others: 0,
    notes: [],
    error: tracking.refusal,
  };
  tracking.issues = [...tracking.issues.filter((one) => one !== there), made];
  return made;
}

const titleOf = (engine: FakeEngine, id: string) =>
  engine.feedback.find(({ row }) => row.id === id)?.row.title ?? "Feedback";

const choicesOf = (service: TrackerKind): TrackerChoices => ({
  labels: service === "jira" ? [] : ["bug", "testflight"].map((name) => ({ id: name, name })),
  people: [{ id: "mira-halden", name: "mira-halden" }],
  issueTypes: service === "jira" ? [{ id: "10004", name: "Bug" }] : [],
  demanded: [],
});

export const trackerCommands = {
  trackers() {
    return counted(this);
  },
  trackerPlaces(access) {
    checked(access);
    return { owner: "mira-halden", places: PLACES[access.service] };
  },
  trackerChoices({ access }) {
    checked(access);
    return choicesOf(access.service);
  },
  choicesAtTracker({ id }) {
    return choicesOf(find(this, id).service);
  },
  addTracker({ access, place, settings }) {
    checked(access);
    const found = PLACES[access.service].find(({ id }) => id === place);
    if (!found)
      throw refusal("invalidInput", `the token has no access to “${place}”`, "Choose another.", "place");
    const id = Math.max(0, ...this.tracking.trackers.map((one) => one.id)) + 1;
    const added = tracker({
      id,
      service: access.service,
      name: found.name,
      place,
      url: access.url,
      settings,
    });
    this.tracking.trackers = [...this.tracking.trackers, added];
    return added;
  },
  changeTracker({ id, settings }) {
    const changed = { ...find(this, id), settings };
    this.tracking.trackers = this.tracking.trackers.map((one) => (one.id === id ? changed : one));
    return changed;
  },
  renewTrackerToken({ id, token }) {
    if (token === WRONG_TOKEN)
      throw refusal("invalidInput", "GitHub returned 401: Bad credentials", "Give it a new one.", "token");
    const renewed = { ...find(this, id), trouble: null };
    this.tracking.trackers = this.tracking.trackers.map((one) => (one.id === id ? renewed : one));
    return renewed;
  },
  checkTracker({ id }) {
    return find(this, id);
  },
  removeTracker({ id }) {
    find(this, id);
    this.tracking.trackers = this.tracking.trackers.filter((one) => one.id !== id);
    return counted(this);
  },
  issuePreview(request) {
    const id = request.feedback[0] ?? "";
    const found = this.feedback.find(({ row }) => row.id === id);
    const { pictures, facts, tester } = request.parts ?? { pictures: true, facts: true, tester: false };
    const { sameCrash, issues } = this.tracking;
    const similar = sameCrash.includes(id) ? sameCrash.filter((other) => other !== id) : [];
    const told = [
      ["App", found?.row.subtitle.split(" · ")[1] ?? ""],
      ...(facts ? (found?.detail.facts ?? []).slice(0, 4).map(({ label, value }) => [label, value]) : []),
      ...(request.together ? [["Reports", String(request.feedback.length)]] : []),
      ...(tester ? [["Tester", found?.row.tester ?? ""]] : []),
    ];
    const labels = request.labels ?? find(this, request.tracker).settings.labels;
    return {
      title: request.title ?? titleOf(this, id),
      markdown: [
        `> ${found?.row.comment ?? ""}`,
        told.map(([name, value]) => `- **${name}:** ${value}`).join("\n"),
        "[App Store Connect](https://appstoreconnect.apple.com/)",
      ].join("\n\n"),
      labels,
      files: (pictures ? (found?.detail.pictures ?? []) : []).map(({ number }) => ({
        name: `screenshot-${number}.png`,
        bytes: 412_000,
      })),
      notes: [],
      existing:
        this.tracking.issues.find((one) => one.feedback === id && one.tracker === request.tracker) ?? null,
      similar: {
        ids: similar,
        issue: issues.find(({ feedback, issue }) => issue && similar.includes(feedback)) ?? null,
      },
    };
  },
  fileIssues(request) {
    if (request.together) {
      const [first = "", ...others] = request.feedback;
      const made = file(this, first, request);
      if (made.issue)
        this.tracking.issues = [
          ...this.tracking.issues.filter(({ feedback }) => !others.includes(feedback)),
          ...others.map((feedback) => ({ ...made, feedback, others: others.length })),
        ];
      return [made];
    }
    return request.feedback.map((id) => file(this, id, request));
  },
  feedbackIssues({ ids }) {
    return this.tracking.issues.filter((one) => ids.includes(one.feedback));
  },
  openIssue({ feedback, tracker: id }) {
    const made = this.tracking.issues.find((one) => one.feedback === feedback && one.tracker === id)?.issue;
    if (!made)
      throw refusal("notFound", "there is no such issue", "it may have been deleted; check the list");
    return null;
  },
  openFixedIssue() {
    return null;
  },
  sweepIssues() {
    return counted(this);
  },
  fixedLines() {
    return this.tracking.issues.flatMap(({ feedback, issue }) =>
      issue?.doneAt
        ? [
            {
              text: `Fixed${issue.fixedIn === null ? "" : ` in ${issue.fixedIn}`}: ${issue.title}`,
              fixedIn: issue.fixedIn,
              feedback,
              reference: issue.reference,
              url: issue.url,
              doneAt: issue.doneAt,
            },
          ]
        : [],
    );
  },
} satisfies Partial<Answers>;
