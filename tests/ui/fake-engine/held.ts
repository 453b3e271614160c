// Replies that arrive late or out of order. The engine executes a command at once, and its reply is a snapshot from
// that moment, but arrives only when the test releases it.
//
//   const pages = engine.hold("events");   // from now on, its replies wait
//   await page.keyboard.press("e");
//   await pages.until(2);                  // two are waiting
//   pages.give(1);                         // the second one first
//   pages.end();                           // releases the others, and holds no more
import { eventually } from "../eventually.ts";

export class Held {
  #waiting: (() => void)[] = [];
  #stop: () => void;

  constructor(stop: () => void) {
    this.#stop = stop;
  }

  /** Resolves when the test releases this reply. */
  wait(): Promise<void> {
    return new Promise((give) => this.#waiting.push(give));
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Waits until this many replies are held. */
  async until(count: number): Promise<void> {
    await eventually(() => {
      if (this.#waiting.length < count)
        throw new Error(`${this.#waiting.length} replies wait, and not ${count}`);
    });
  }

  /** Releases the oldest reply, or the one at this index. */
  give(at = 0): void {
    const [give] = this.#waiting.splice(at, 1);
    if (!give) throw new Error("no such reply waits");
    give();
  }

  giveAll(): void {
    for (const give of this.#waiting.splice(0)) give();
  }

  /** Releases all replies, and holds no more. */
  end(): void {
    this.#stop();
    this.giveAll();
  }
}
