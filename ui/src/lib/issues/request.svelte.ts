// What the sheet files: which feedback, where, as one issue or several, with which title, labels and parts. The
// engine's preview follows every choice that changes the text.
import type {
  FeedbackRow,
  FileIssuesRequest,
  IssueParts,
  IssuePreview,
  Tracker,
  TrackerChoices,
} from "../bindings/api";
import type { Backend } from "../backend/backend";
import { Resource } from "../state/resource.svelte";
import { MAX_TOGETHER } from "./issues.svelte";

export class IssueDraft {
  tracker = $state.raw<Tracker>() as Tracker;
  /** What was typed; null while the preview's title stands. */
  title = $state<string | null>(null);
  /** The labels as they were changed; null while the tracker's stand. */
  #labels = $state.raw<string[] | null>(null);
  /** Whom it is assigned to, by the service's id, empty for nobody; null while the tracker's choice stands. */
  #assignee = $state<string | null>(null);
  #parts = $state.raw<Partial<IssueParts>>({});
  /** Several as one issue, or an issue for each. */
  together = $state(false);
  /** Whether similar crashes go along, where there are some. */
  withSimilar = $state(true);
  readonly preview: Resource<IssuePreview>;
  /** What an issue can have there. The sheet is of use without: then only what the tracker's settings name is offered. */
  readonly offered: Resource<TrackerChoices>;

  constructor(
    call: Backend["call"],
    readonly rows: readonly FeedbackRow[],
    tracker: Tracker,
  ) {
    this.tracker = tracker;
    this.preview = new Resource(() => this.#read(call));
    this.offered = new Resource(() => call("choicesAtTracker", { id: this.tracker.id }));
    void this.preview.load();
    void this.offered.load();
  }

  get labels(): string[] {
    return this.#labels ?? this.tracker.settings.labels;
  }
  /** Labels that the place is known to have. */
  get knownLabels(): string[] {
    const offered = this.offered.value?.labels.map(({ name }) => name) ?? [];
    return [...new Set([...this.tracker.settings.labels, ...offered])];
  }
  get assignee(): string {
    return this.#assignee ?? this.tracker.settings.assignee?.id ?? "";
  }
  /** Who can be assigned, as far as it is known. */
  get people() {
    const { assignee } = this.tracker.settings;
    const offered = this.offered.value?.people ?? [];
    return assignee && !offered.some(({ id }) => id === assignee.id) ? [assignee, ...offered] : offered;
  }
  get parts(): IssueParts {
    const { includeTester } = this.tracker.settings;
    return { pictures: true, facts: true, log: true, tester: includeTester, ...this.#parts };
  }
  get isOne(): boolean {
    return this.rows.length === 1 || this.together;
  }
  /** Other feedback about the same crash. */
  get similar(): readonly string[] {
    return this.rows.length === 1 ? (this.preview.value?.similar.ids.slice(0, MAX_TOGETHER - 1) ?? []) : [];
  }
  /** The issue that a similar crash has there. */
  get theirs() {
    return this.rows.length === 1 ? (this.preview.value?.similar.issue ?? null) : null;
  }

  get request(): FileIssuesRequest {
    const own = this.rows.map(({ id }) => id);
    const joins = this.withSimilar && this.similar.length > 0;
    // The first one's issue is everybody's: where a similar crash has one, that is it.
    const first = joins && this.theirs ? [this.theirs.feedback] : [];
    return {
      feedback: [...new Set([...first, ...own, ...(joins ? this.similar : [])])],
      tracker: this.tracker.id,
      title: this.isOne ? this.title?.trim() || null : null,
      labels: this.labels,
      ...(this.#assignee === null ? {} : { assignee: this.#assignee }),
      parts: this.parts,
      together: joins || (own.length > 1 && this.together),
    };
  }

  /** Similar crashes are known by the first preview, and are counted in the text of the next. */
  async #read(call: Backend["call"]): Promise<IssuePreview> {
    const own = this.rows.map(({ id }) => id);
    const ask = (feedback: string[]) =>
      call("issuePreview", {
        feedback,
        tracker: this.tracker.id,
        title: null,
        labels: null,
        parts: this.parts,
        together: feedback.length > own.length || this.together,
      });
    const preview = await ask(own);
    const { ids, issue } = preview.similar;
    const joins = own.length === 1 && this.withSimilar && ids.length > 0 && issue === null;
    return joins ? ask([...own, ...ids.slice(0, MAX_TOGETHER - 1)]) : preview;
  }

  choose(tracker: Tracker): void {
    this.tracker = tracker;
    this.#labels = null;
    this.#assignee = null;
    void this.offered.restart();
    // What is similar there, and what was filed, is another matter.
    void this.preview.restart();
  }
  setLabels(labels: string[]): void {
    this.#labels = labels;
  }
  setAssignee(id: string): void {
    this.#assignee = id;
  }
  setPart(part: keyof IssueParts, included: boolean): void {
    this.#parts = { ...this.#parts, [part]: included };
    this.#ask();
  }
  setTogether(together: boolean): void {
    this.together = together;
    this.#ask();
  }
  setWithSimilar(withSimilar: boolean): void {
    this.withSimilar = withSimilar;
    this.#ask();
  }

  #ask(): void {
    void this.preview.restart({ keep: true });
  }
}
