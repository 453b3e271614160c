// The issues of testers' feedback: the existing ones, and filing more. They are read for the feedback that the window
// lists, once a room needs them. Filing may take minutes, so it continues whatever is shown meanwhile.
import type { ApiError, FeedbackIssue, FileIssuesRequest } from "../bindings/api";
import { asApiError, type Backend } from "../backend/backend";
import { Resource } from "../state/resource.svelte";
import { shared } from "../state/shared.svelte";

type ByFeedback = ReadonlyMap<string, readonly FeedbackIssue[]>;

const NONE: readonly FeedbackIssue[] = [];

/** The most feedback that one issue may be filed for. */
export const MAX_TOGETHER = 100;

/** Filing several issues, one after another: the progress and the outcome. */
export interface Round {
  of: number;
  done: number;
  filed: number;
  /** Why the last failed one was not filed. */
  error: ApiError | null;
  isOver: boolean;
}

export class Issues {
  /** The feedback whose issue is being filed. */
  filing = $state.raw<ReadonlySet<string>>(new Set());
  /** The current round, until its outcome is dismissed. */
  round = $state.raw<Round | null>(null);

  #call: Backend["call"];
  #known: Resource<ByFeedback>;
  #ids: readonly string[] = [];
  #isStopped = false;

  constructor(call: Backend["call"]) {
    this.#call = call;
    this.#known = new Resource(async () => byFeedback(await call("feedbackIssues", { ids: [...this.#ids] })));
  }

  /** A feedback's issues and failed attempts; issues come first. */
  of(id: string): readonly FeedbackIssue[] {
    return this.#known.value?.get(id) ?? NONE;
  }

  /** The window now lists this feedback. */
  follow(ids: readonly string[]): void {
    const known = new Set(this.#ids);
    const isMore = ids.some((id) => !known.has(id));
    this.#ids = ids;
    if (isMore) void this.#known.refresh();
  }

  /** Some of them may have changed. */
  refresh(): Promise<void> {
    return this.#known.refresh();
  }

  /** Files feedback. Rejects if the engine refuses altogether; failures at the tracker are in the reply. */
  async file(request: FileIssuesRequest): Promise<FeedbackIssue[]> {
    this.filing = new Set([...this.filing, ...request.feedback]);
    try {
      return await this.#known.change(() => this.#call("fileIssues", request), {
        gives: (known, filed) => withFiled(known, request, filed),
      });
    } finally {
      const done = new Set(request.feedback);
      this.filing = new Set([...this.filing].filter((id) => !done.has(id)));
    }
  }

  /** Files an issue for each. A failure doesn't stop the others. */
  async fileEach({ feedback, ...request }: FileIssuesRequest): Promise<void> {
    let round: Round = { of: feedback.length, done: 0, filed: 0, error: null, isOver: false };
    this.#isStopped = false;
    this.round = round;
    for (const id of feedback) {
      const error = await this.#fileOne({ ...request, feedback: [id] });
      round = {
        ...round,
        done: round.done + 1,
        filed: round.filed + (error ? 0 : 1),
        error: error ?? round.error,
      };
      this.round = round;
      if (this.#isStopped) break;
    }
    this.round = { ...round, isOver: true };
  }

  /** Stops after the issue that is being filed. */
  stop(): void {
    this.#isStopped = true;
  }

  async open({ feedback, tracker }: FeedbackIssue): Promise<void> {
    await this.#call("openIssue", { feedback, tracker });
  }

  async #fileOne(request: FileIssuesRequest): Promise<ApiError | null> {
    try {
      const [filed] = await this.file(request);
      return filed?.issue ? null : (filed?.error ?? null);
    } catch (thrown) {
      return asApiError(thrown);
    }
  }
}

/** Issues come before failed attempts. */
function byFeedback(issues: readonly FeedbackIssue[]): ByFeedback {
  const sorted = issues.toSorted((a, b) => Number(b.issue !== null) - Number(a.issue !== null));
  return new Map(
    [...new Set(sorted.map(({ feedback }) => feedback))].map((id) => [
      id,
      sorted.filter(({ feedback }) => feedback === id),
    ]),
  );
}

/** Feedback that was filed together shares an issue. */
function withFiled(
  known: ByFeedback,
  { feedback, together }: FileIssuesRequest,
  filed: readonly FeedbackIssue[],
): ByFeedback {
  const [shared] = filed;
  const isShared = together && shared?.issue;
  const now = isShared ? feedback.map((id) => ({ ...shared, feedback: id })) : filed;
  const isSame = (one: FeedbackIssue) =>
    now.some(({ feedback: id, tracker }) => id === one.feedback && tracker === one.tracker);
  return byFeedback([...[...known.values()].flat().filter((one) => !isSame(one)), ...now]);
}

/** This window's issues; filing continues while another room is shown. */
export const issuesOf = shared((app) => new Issues(app.call));
