// The builds of one app as the room lists them: read in pages, and again when something about them changed. Stored
// builds are shown at once, while App Store Connect is read in the background.
import { asApiError, type Backend } from "../backend/backend";
import type { ApiError, BuildsTrouble, ListedBuild } from "../bindings/api";

/** Twice as many as a tall window shows. */
const PAGE_BUILDS = 50;

export interface AppOf {
  account: string | null;
  app: string;
}

export class Builds {
  readonly of: AppOf;
  all = $state.raw<readonly ListedBuild[]>([]);
  phase = $state<"loading" | "ready" | "failed">("loading");
  error = $state.raw<ApiError | null>(null);
  /** Why App Store Connect could not be read; the listed builds are older. */
  trouble = $state.raw<BuildsTrouble | null>(null);
  readAt = $state.raw<string | null>(null);
  more = $state.raw<string | null>(null);
  reading = $state(false);

  #call: Backend["call"];
  /** Counts requests: a reply to anything but the newest is ignored. */
  #asked = 0;

  constructor(call: Backend["call"], of: AppOf) {
    this.#call = call;
    this.of = of;
  }

  find(id: string | null): ListedBuild | undefined {
    return this.all.find((one) => one.id === id);
  }

  /** Shows the stored builds, then App Store Connect's. */
  async open(): Promise<void> {
    await this.read(false);
    await this.read(true);
  }

  /** Reads as many as are shown, at least the first page. */
  async read(refresh: boolean): Promise<void> {
    const limit = Math.max(PAGE_BUILDS, this.all.length);
    await this.#ask({ refresh, before: null, limit }, ({ builds }) => builds);
  }

  /** Reads the next page. */
  async readMore(): Promise<void> {
    const { more: before } = this;
    if (before === null || this.reading) return;
    await this.#ask({ refresh: false, before, limit: PAGE_BUILDS }, ({ builds }) => [...this.all, ...builds]);
  }

  put(build: ListedBuild): void {
    this.all = this.all.map((one) => (one.id === build.id ? build : one));
  }

  async #ask(
    page: { refresh: boolean; before: string | null; limit: number },
    gives: (reply: { builds: ListedBuild[] }) => readonly ListedBuild[],
  ): Promise<void> {
    const asked = ++this.#asked;
    this.reading = true;
    try {
      const reply = await this.#call("builds", { ...this.of, ...page });
      // App Store Connect's own reply is never older than the stored builds.
      if (asked !== this.#asked && !page.refresh) return;
      this.all = gives(reply);
      this.more = reply.more;
      this.readAt = reply.readAt;
      this.trouble = reply.trouble;
      this.error = null;
      // If nothing was ever read, only App Store Connect can say that there are none.
      if (reply.readAt !== null || reply.builds.length > 0) this.phase = "ready";
      else if (page.refresh) this.phase = reply.trouble ? "failed" : "ready";
    } catch (thrown) {
      if (asked !== this.#asked) return;
      this.error = asApiError(thrown);
      if (this.phase === "loading" && page.refresh) this.phase = "failed";
    } finally {
      if (asked === this.#asked) this.reading = false;
    }
  }
}

export interface VersionOf {
  version: string;
  builds: ListedBuild[];
}

/** The builds grouped by version, each version at the place of its newest build. */
export function byVersion(builds: readonly ListedBuild[]): VersionOf[] {
  const versions = new Map<string, ListedBuild[]>();
  for (const build of builds) {
    const version = build.version ?? "No version";
    const known = versions.get(version);
    if (known) known.push(build);
    else versions.set(version, [build]);
  }
  return [...versions].map(([version, all]) => ({ version, builds: all }));
}

/** Those for the same system that are older than a build and have not expired. */
export function olderThan(build: ListedBuild, builds: readonly ListedBuild[]): ListedBuild[] {
  const isOlder = (one: ListedBuild) => (one.uploadedAt ?? "") < (build.uploadedAt ?? "");
  return builds.filter((one) => one.platform === build.platform && !one.expired && isOlder(one));
}
