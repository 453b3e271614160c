// What is done with feedback, as the fake engine does it.
import type {
  BackfillProgress,
  FeedbackDetail,
  FeedbackIssue,
  FeedbackRequest,
  IssueFilter,
} from "../../../ui/src/lib/bindings/api.ts";
import { type Answers, refusal } from "./answers.ts";
import type { FakeEngine } from "./engine.ts";

import { type FakeFeedback, FILES } from "./feedback.ts";

export function pictureFile(engine: FakeEngine, id: number, variant: string) {
  for (const { files } of engine.feedback) {
    const name = files.get(id);
    if (name) {
      const { picture: full, thumb, type } = FILES[name];
      return variant === "thumb" ? { file: thumb, type: "image/jpeg" } : { file: full, type };
    }
  }
  return null;
}

function find(engine: FakeEngine, id: string) {
  const found = engine.feedback.find(({ row }) => row.id === id);
  if (!found)
    throw refusal(
      "notFound",
      "this feedback is not here",
      "it may have been removed, or belongs to an account that was",
    );
  return found;
}

function detailOf(engine: FakeEngine, id: string): FeedbackDetail {
  const { row, detail, file } = find(engine, id);
  return { feedback: row, ...detail, log: row.kind === "crash" ? file : null };
}

/** The account of each app. */
const OF_ACCOUNT: Record<string, string> = { halden: "6479283016", tidewater: "6501928374" };

function hasIssue(filed: FeedbackIssue | undefined, issue: IssueFilter | undefined): boolean {
  if (issue === undefined) return true;
  if (issue === "without") return !filed;
  const progress = filed?.issue?.progress;
  return issue === "with" ? progress !== undefined : progress === (issue === "fixed" ? "done" : "open");
}

const wanted = ({ row, buildId }: FakeFeedback, request: FeedbackRequest, issues: FeedbackIssue[]) =>
  row.archived === request.archived &&
  (!request.unread || !row.read) &&
  (request.kind === null || row.kind === request.kind) &&
  (request.app.length === 0 || (row.app !== null && request.app.includes(row.app))) &&
  (request.build === null || buildId === request.build) &&
  (request.since === undefined || row.sentAt >= request.since) &&
  hasIssue(
    issues.find(({ feedback, issue }) => feedback === row.id && issue),
    request.issue,
  ) &&
  (request.account === undefined || row.app === OF_ACCOUNT[request.account]) &&
  `${row.title} ${row.subtitle} ${row.device}`.toLowerCase().includes(request.search.toLowerCase());

/** The initial progress of reading existing feedback. */
const NOTHING_READ: BackfillProgress = {
  apps: 0,
  appsDone: 0,
  found: 0,
  added: 0,
  done: false,
  stopped: false,
  trouble: null,
};

export const feedbackCommands = {
  feedback(request) {
    const all = this.feedback.filter((one) => wanted(one, request, this.tracking.issues));
    const from = request.before === null ? 0 : all.findIndex(({ row }) => row.id === request.before) + 1;
    const page = all.slice(from, from + request.limit).map(({ row }) => row);
    return {
      feedback: page,
      next: from + request.limit < all.length ? (page.at(-1)?.id ?? null) : null,
      unread: this.feedback.filter(({ row }) => !row.read && !row.archived).length,
    };
  },
  feedbackCounts() {
    const here = this.feedback.filter(({ row }) => !row.archived);
    const numbers = (some: FakeFeedback[]) => ({
      all: some.length,
      unread: some.filter(({ row }) => !row.read).length,
    });
    const by = (some: FakeFeedback[], key: (one: FakeFeedback) => string | null) => [
      ...new Set(some.map(key)),
    ];
    return {
      ...numbers(here),
      screenshots: here.filter(({ row }) => row.kind === "screenshot").length,
      crashes: here.filter(({ row }) => row.kind === "crash").length,
      apps: by(here, ({ row }) => row.app).map((id) => {
        const ofApp = here.filter(({ row }) => row.app === id);
        return {
          id,
          name: ofApp[0].row.appName ?? "",
          ...numbers(ofApp),
          builds: by(ofApp, ({ buildId }) => buildId).map((build) => {
            const ofBuild = ofApp.filter(({ buildId }) => buildId === build);
            const { version, build: number } = ofBuild[0].row;
            return {
              id: build,
              name: `${version} (${number})`,
              ...numbers(ofBuild),
            };
          }),
        };
      }),
    };
  },
  feedbackDetail({ id }) {
    return detailOf(this, id);
  },
  refreshFeedback(request) {
    return detailOf(this, request.id);
  },
  markFeedbackRead({ ids, read }) {
    for (const id of ids) find(this, id).row.read = read;
    return null;
  },
  markAllFeedbackRead() {
    const unread = this.feedback.filter(({ row }) => !row.read && !row.archived);
    for (const { row } of unread) row.read = true;
    return { ids: unread.map(({ row }) => row.id) };
  },
  archiveFeedback({ ids, archived }) {
    for (const id of ids) find(this, id).row.archived = archived;
    return null;
  },
  crashReport({ id }) {
    const { report, unread, file } = find(this, id);
    return { state: file.state, report, trouble: unread };
  },
  crashLog({ id, from, lines }) {
    const { logText } = find(this, id);
    const all = (logText ?? "").split("\n");
    const most = lines === 0 ? all.length : lines;
    return {
      text: all.slice(from, from + most).join("\n"),
      next: from + most < all.length ? from + most : null,
      lines: all.length,
      bytes: logText?.length ?? 0,
    };
  },
  copyCrashLog: () => null,
  copyFeedback: () => null,
  copyPicture: () => null,
  savePictures({ ids }) {
    return { files: ids.map((id) => `/home/mira/Pictures/${id}.png`) };
  },
  exportFeedback({ ids }) {
    return {
      folders: ids.map((id) => `/home/mira/Export/${find(this, id).row.appName} ${id}`),
      missing: ids.flatMap((id) => {
        const lost = find(this, id).detail.pictures.filter(({ state }) => state !== "kept");
        return lost.map(({ number, reason }) => `screenshot ${number}: ${reason}`);
      }),
    };
  },
  revealSaved: () => null,
  dragPictures: () => null,
  previewPictures: () => null,
  saveCrashLog: () => ({ files: ["/home/mira/crash.ips"] }),
  openPicture: () => null,
  revealPicture: () => null,
  openFeedbackPage: () => null,
  backfill() {
    return this.backfill ?? NOTHING_READ;
  },
  backfillProgress() {
    return this.backfill;
  },
  stopBackfill() {
    this.backfill = {
      ...(this.backfill ?? NOTHING_READ),
      done: true,
      stopped: true,
    };
    this.push({ kind: "backfill", progress: this.backfill });
    return null;
  },
} satisfies Partial<Answers>;
