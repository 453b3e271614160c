// Replies that come late, or in another order than they were asked for. The engine does what it is asked at once, and
// its reply says how things were at that moment; it only arrives when the test lets it.
//
//   const pages = engine.hold("events");   // from now on its replies wait
//   await page.keyboard.press("e");
//   await pages.until(2);                  // two of them wait
//   pages.give(1);                         // the second one first
//   pages.end();                           // the others now, and no more of them wait
import { eventually } from "../eventually.ts";

export class Held {
  #waiting: (() => void)[] = [];
  #stop: () => void;

  constructor(stop: () => void) {
    this.#stop = stop;
  }

  /** Resolves when the test lets this reply go. */
  wait(): Promise<void> {
    return new Promise((give) => this.#waiting.push(give));
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Waits until so many replies wait. */
  async until(count: number): Promise<void> {
    await eventually(() => {
      if (this.#waiting.length < count)
        throw new Error(`${this.#waiting.length} replies wait, and not ${count}`);
    });
  }

  /** Lets the oldest reply go, or the one at this place. */
  give(at = 0): void {
    const [give] = this.#waiting.splice(at, 1);
    if (!give) throw new Error("no such reply waits");
    give();
  }

  giveAll(): void {
    for (const give of this.#waiting.splice(0)) give();
  }

  /** Lets all go, and holds no more. */
  end(): void {
    this.#stop();
    this.giveAll();
  }
}
