// What is said to those who listen rather than look: one place, one polite voice for the whole window.

/** Milliseconds of rest after which what was gathered is said, so that a burst is one sentence. */
const REST = 400;
/** Milliseconds after which it is gone again, so that nobody comes across old news. */
const LASTS = 5_000;

class Announcements {
  /** What is being said. */
  words = $state("");

  #waiting: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  say(words: string): void {
    if (!this.#waiting.includes(words)) this.#waiting.push(words);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#speak(), REST);
  }

  #speak(): void {
    const words = this.#waiting.splice(0).join(" ");
    // The same words again are only heard if they are not the same text.
    this.words = words === this.words ? `${words}\u00a0` : words;
    this.#timer = setTimeout(() => (this.words = ""), LASTS);
  }
}

export const announcements = new Announcements();

/** For an element that appears in order to tell what happened: `{@attach aloud}` has its words said once. */
export function aloud(node: HTMLElement): void {
  // Not `innerText`, for which the page lays itself out.
  announce(node.textContent.replace(/\s+/g, " ").trim());
}

/** Milliseconds for which what happened is news; afterwards it is only shown. */
const NEWS = 3_000;

export function isNews(at: Date): boolean {
  return Date.now() - at.getTime() < NEWS;
}

/** Has a screen reader say it once it has finished what it is saying. */
export function announce(words: string): void {
  announcements.say(words);
}
