// The uploads, needed by the whole window because the sidebar shows their progress: running ones, and failed ones until
// they are dismissed. Builds are loaded by their room.
import type { Backend } from "../backend/backend";
import type { Upload } from "../bindings/api";
import { Resource } from "../state/resource.svelte";
import { Drafts } from "./drafts";

/** Ended uploads are read as well: a failed one stays until somebody has seen it. */
const MAX_READ_UPLOADS = 50;

export class Uploads {
  readonly known: Resource<Upload[]>;
  /** Paths of dropped or chosen build files; the window asks about the first one. */
  offered = $state.raw<readonly string[]>([]);
  /** The app whose builds or plans changed, as a new object each time. */
  buildsChanged = $state.raw<{ app: string } | null>(null);
  /** The app that the room showed last. */
  lastApp: string | null = null;
  /** Plans that were started but not sent, by the address of their build or upload. */
  readonly drafts: Drafts;

  /** Those to show, oldest first: that one is furthest. */
  shown = $derived.by(() => this.all.filter(isShown).reverse());
  /** The share of the bytes being sent that App Store Connect has; null while nothing is sent. */
  share = $derived.by(() => {
    const sent = this.shown.filter(({ stage }) => stage === "sending");
    const size = sent.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    return size === 0 ? null : sent.reduce((sum, { sentBytes }) => sum + sentBytes, 0) / size;
  });
  failed = $derived.by(() => this.all.filter(({ stage }) => stage === "failed").length);

  constructor(call: Backend["call"]) {
    this.drafts = new Drafts(call);
    this.known = new Resource(() => call("uploads", { app: null, open: false, limit: MAX_READ_UPLOADS }));
  }

  get all(): readonly Upload[] {
    return this.known.value ?? [];
  }
  find(id: number): Upload | undefined {
    return this.all.find((one) => one.id === id);
  }

  offer(paths: readonly string[]): void {
    this.offered = [...this.offered, ...paths.filter((path) => !this.offered.includes(path))];
  }
  /** The first file is done; continue with the next one. */
  answered(): void {
    this.offered = this.offered.slice(1);
  }

  /** The engine pushes all running uploads, and those that ended a moment ago. */
  told(told: readonly Upload[]): void {
    this.known.patch((all) =>
      newestFirst(
        told,
        all.filter(({ endedAt }) => endedAt !== null),
      ),
    );
  }
  /** Updates one upload. */
  put(upload: Upload): void {
    this.known.patch((all) => newestFirst([upload], all));
  }
}

/** The pushed uploads, plus known ones that the push omits. */
function newestFirst(told: readonly Upload[], known: readonly Upload[]): Upload[] {
  const others = known.filter(({ id }) => !told.some((one) => one.id === id));
  return [...told, ...others].sort((one, other) => other.id - one.id);
}

function isShown({ stage }: Upload): boolean {
  return stage !== "done" && stage !== "canceled";
}

/** Whether a file is a build by its name; the engine decides. */
export function isBuildFile(path: string): boolean {
  return /\.(?:ipa|pkg)$/i.test(path);
}

/** Whether a file is a list of testers by its name; the sheet that adds testers takes it. */
export function isTesterFile(path: string): boolean {
  return /\.csv$/i.test(path);
}

/** The room's badge in the sidebar: the progress of uploads, or the number of failed ones. */
export function uploadCount({ share, failed }: Uploads) {
  if (failed > 0) return { number: failed, of: failed === 1 ? "failed upload" : "failed uploads", bad: true };
  return { number: share === null ? 0 : Math.floor(share * 100), of: "uploaded", isPercent: true };
}
