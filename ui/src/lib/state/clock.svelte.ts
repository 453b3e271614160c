// The current time, for relative times. It updates every 20 seconds, every second while something counts down, and at
// once when the window comes to the front, because timers pause in the background. The window has a single clock, so
// that no two places show different times.

const STEP = 20_000;
const SECOND = 1_000;

export class Clock {
  now = $state.raw(new Date());

  /** Starts ticking; the returned function stops it. */
  start(): () => void {
    const tick = () => this.#tick();
    const timer = setInterval(tick, STEP);
    document.addEventListener("visibilitychange", tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tick);
    };
  }

  /** Ticks every second, for countdowns, until the returned function is called. */
  everySecond(): () => void {
    this.#tick();
    const timer = setInterval(() => this.#tick(), SECOND);
    return () => clearInterval(timer);
  }

  #tick(): void {
    this.now = new Date();
  }
}
