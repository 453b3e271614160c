// The present, for times that are told relative to it. It moves every 20 seconds, every second while something
// counts down, and at once when the window comes to the front again, as timers rest in the background. There is
// one for the whole window, so that two places never tell the same time differently.

const STEP = 20_000;
const SECOND = 1_000;

export class Clock {
  now = $state.raw(new Date());

  /** Starts ticking; the returned function ends it. */
  start(): () => void {
    const tick = () => this.#tick();
    const timer = setInterval(tick, STEP);
    document.addEventListener("visibilitychange", tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tick);
    };
  }

  /** Moves every second, for what counts down before one's eyes, until the returned function is called. */
  everySecond(): () => void {
    this.#tick();
    const timer = setInterval(() => this.#tick(), SECOND);
    return () => clearInterval(timer);
  }

  #tick(): void {
    this.now = new Date();
  }
}
