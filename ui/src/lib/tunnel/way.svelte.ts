// The tunnel from Apple to this computer: which one, what it does, and what can be done to it.
import type { ApiError, SetTunnelRequest, StaleWebhook, Tunnel, TunnelProvider } from "../bindings/api";
import { asApiError, type Backend } from "../backend/backend";

/** What is under way, so that its button can rest. */
export type WayStep = "set" | "start" | "stop" | "restart" | "heal" | "look";

export class WayThrough {
  now = $state.raw<Tunnel | null>(null);
  providers = $state.raw<TunnelProvider[]>([]);
  phase = $state<"loading" | "ready" | "failed">("loading");
  /** Why it could not be read. */
  error = $state.raw<ApiError | null>(null);
  /** Why the last thing asked for did not work. */
  refused = $state.raw<ApiError | null>(null);
  working = $state<WayStep | null>(null);
  /** What pointing webhooks here has come to. */
  moved = $state.raw<{ moved: number; left: number } | null>(null);

  #call: Backend["call"];
  /** Counts what is asked for: an answer from before is out of date. */
  #changes = 0;

  constructor(call: Backend["call"]) {
    this.#call = call;
  }

  /** Reads the state; what is known stays while it is read again. */
  async load(): Promise<void> {
    const changes = this.#changes;
    try {
      const now = await this.#call("tunnel", null);
      if (changes !== this.#changes) return;
      this.now = now;
      this.error = null;
      this.phase = "ready";
    } catch (thrown) {
      this.error = asApiError(thrown);
      if (this.phase !== "ready") this.phase = "failed";
    }
  }

  /** Looks which programs there are. */
  async loadProviders(): Promise<void> {
    try {
      this.providers = await this.#call("tunnelProviders", null);
    } catch (thrown) {
      this.refused = asApiError(thrown);
    }
  }

  lookAgain(): Promise<boolean> {
    return this.#step("look", () => this.loadProviders());
  }

  provider(id: string | null): TunnelProvider | null {
    return this.providers.find((one) => one.id === id) ?? null;
  }

  /** Rejects where a field is refused, so that the form can say so there. */
  async set(request: SetTunnelRequest): Promise<void> {
    this.#changes += 1;
    this.working = "set";
    this.refused = null;
    try {
      this.now = await this.#call("setTunnel", request);
    } finally {
      this.#changes += 1;
      this.working = null;
    }
    await this.loadProviders();
  }

  start(): Promise<boolean> {
    return this.#step("start", async () => (this.now = await this.#call("startTunnel", null)));
  }
  stop(): Promise<boolean> {
    return this.#step("stop", async () => (this.now = await this.#call("stopTunnel", null)));
  }
  restart(): Promise<boolean> {
    return this.#step("restart", async () => (this.now = await this.#call("restartTunnel", null)));
  }
  /** Whether webhooks move to a new address by themselves. */
  heal(on: boolean): Promise<boolean> {
    return this.#step("heal", async () => (this.now = await this.#call("healSwitch", { on })));
  }

  /** Points every webhook of ours here that does not lead here. */
  healNow(): Promise<boolean> {
    return this.#step("heal", async () => {
      const { moved, strays } = await this.#call("healNow", null);
      this.moved = { moved, left: strays.length };
      this.#strays(strays);
      await this.load();
    });
  }

  #strays(strays: StaleWebhook[]): void {
    if (this.now) this.now = { ...this.now, strays };
  }

  /** Resolves with whether it worked; if not, why stands in `refused`. */
  async #step(step: WayStep, ask: () => Promise<unknown>): Promise<boolean> {
    this.#changes += 1;
    this.working = step;
    this.refused = null;
    if (step !== "look") this.moved = null;
    try {
      await ask();
      return true;
    } catch (thrown) {
      this.refused = asApiError(thrown);
      return false;
    } finally {
      this.#changes += 1;
      this.working = null;
    }
  }
}
