// Preloads the screenshots of the next feedback, so that they show at once when it opens. Only the next one's and only
// a few, because a web view keeps loaded pictures for as long as they are referenced here.
import type { Backend } from "../backend/backend";
import type { Picture } from "../bindings/api";

/** Milliseconds that the reader stays at a feedback before the next is preloaded. */
const REST_MS = 300;
/** The most pictures held. Three screenshots of a phone take about 1.5 MB. */
const MAX_PICTURES = 3;
const MAX_BYTES = 6_000_000;

export class Ahead {
  #call: Backend["call"];
  /** Starts loading a picture, and returns a function that releases it. */
  #load: (id: number) => () => void;
  #held: (() => void)[] = [];
  #wanted: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(call: Backend["call"], load: (id: number) => () => void) {
    this.#call = call;
    this.#load = load;
  }

  /** This feedback comes next; null if none does. Pictures of another are released when this one's arrive. */
  next(id: string | null): void {
    if (id === this.#wanted) return;
    this.#wanted = id;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#read(id), REST_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#wanted = null;
    this.#letGo();
  }

  #letGo(): void {
    for (const release of this.#held) release();
    this.#held = [];
  }

  async #read(id: string | null): Promise<void> {
    this.#letGo();
    if (id === null) return;
    try {
      const { pictures } = await this.#call("feedbackDetail", { id });
      if (this.#wanted === id) this.#held = few(pictures).map((picture) => this.#load(picture.id));
    } catch {
      // It is read again when it opens, which then reports the error.
    }
  }
}

/** The first pictures that a window can display, within the limits. */
export function few(pictures: readonly Picture[]): Picture[] {
  let bytes = 0;
  const shown = pictures.filter(({ state, showable }) => state === "kept" && showable);
  return shown.slice(0, MAX_PICTURES).filter((picture) => (bytes += picture.bytes ?? MAX_BYTES) <= MAX_BYTES);
}
