// The fake engine's status, and the commands that fix its conditions.
import type { Answers } from "./answers.ts";
import { NOW } from "./events.ts";

export const statusCommands = {
  status() {
    return this.status;
  },
  pause({ minutes }) {
    const until = new Date(NOW.getTime() + minutes * 60_000);
    this.become({
      pausedUntil: until.toISOString(),
      tray: "paused",
      headline: "Paused",
      detail: "Events are stored without a notification",
    });
    return this.status;
  },
  resume() {
    this.become({ pausedUntil: null, headline: "Listening on port 8377" });
    return this.status;
  },
  usePort({ port }) {
    this.become({
      listener: { state: "listening", url: `http://127.0.0.1:${port}`, port },
      trouble: null,
      headline: `Listening on port ${port}`,
      detail: "",
    });
    return this.status;
  },
  retryListener() {
    return this.status;
  },
  unlockKeychain() {
    if (this.unlocks) this.become({ trouble: null, tray: "idle" });
    return this.status;
  },
  dismissTrouble() {
    this.become({ trouble: null });
    return this.status;
  },
} satisfies Partial<Answers>;
