// The present, for times that are told relative to it. It moves every 20 seconds, and at once when the
// window comes to the front again, as timers rest in the background.

const STEP = 20_000;

export class Clock {
  now = $state.raw(new Date());

  /** Starts ticking; the returned function ends it. */
  start(): () => void {
    const tick = () => (this.now = new Date());
    const timer = setInterval(tick, STEP);
    document.addEventListener("visibilitychange", tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tick);
    };
  }
}
