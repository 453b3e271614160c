// Screen reader announcements: a single polite live region for the whole window.

/** Milliseconds during which messages are collected, so that a burst becomes one sentence. */
const REST = 400;
/** Milliseconds until the message is removed, so that nobody comes across an old one. */
const LASTS = 5_000;

class Announcements {
  /** The current message. */
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
    // Repeated words are only read if the text differs.
    this.words = words === this.words ? `${words}\u00a0` : words;
    this.#timer = setTimeout(() => (this.words = ""), LASTS);
  }
}

export const announcements = new Announcements();

/** An attachment for an element that appears to report something: `{@attach aloud}` announces its text once. */
export function aloud(node: HTMLElement): void {
  // Not `innerText`, which would force a layout.
  announce(node.textContent.replace(/\s+/g, " ").trim());
}

/** Milliseconds for which something counts as new; afterwards it is shown but not announced. */
const NEWS = 3_000;

export function isNews(at: Date): boolean {
  return Date.now() - at.getTime() < NEWS;
}

/** Announces the words once the screen reader has finished speaking. */
export function announce(words: string): void {
  announcements.say(words);
}
