// The tunnel from Apple to this computer: its provider, its state, and its actions.
import type { ApiError, SetTunnelRequest, Tunnel, TunnelProvider } from "../bindings/api";
import { asApiError, type Backend } from "../backend/backend";
import { Resource } from "../state/resource.svelte";

/** The running action, so that its button can be disabled. */
export type WayStep = "set" | "start" | "stop" | "restart" | "heal" | "look";

const NO_PROVIDERS: TunnelProvider[] = [];

export class WayThrough {
  working = $state<WayStep | null>(null);
  /** The result of repointing webhooks. */
  moved = $state.raw<{ moved: number; left: number } | null>(null);

  #call: Backend["call"];
  #read: Resource<Tunnel>;
  #programs: Resource<TunnelProvider[]>;
  #refused = $state.raw<ApiError | null>(null);

  now = $derived.by(() => this.#read.value);
  phase = $derived.by(() => this.#read.phase);
  /** Why it could not be read. */
  error = $derived.by(() => this.#read.error);
  providers = $derived.by(() => this.#programs.value ?? NO_PROVIDERS);
  /** Why the last action failed. */
  refused = $derived.by(() => this.#refused ?? this.#programs.error);

  constructor(call: Backend["call"]) {
    this.#call = call;
    this.#read = new Resource(() => call("tunnel", null));
    this.#programs = new Resource(() => call("tunnelProviders", null));
  }

  /** Reads the state; the last known state stays meanwhile. */
  load(): Promise<void> {
    return this.#read.load();
  }

  /** The state has changed since it was read. */
  refresh(): Promise<void> {
    return this.#read.refresh();
  }

  /** Reads which programs are installed. */
  loadProviders(): Promise<void> {
    return this.#programs.refresh();
  }

  lookAgain(): Promise<boolean> {
    return this.#step("look", () => this.loadProviders());
  }

  provider(id: string | null): TunnelProvider | null {
    return this.providers.find((one) => one.id === id) ?? null;
  }

  /** Rejects if a field is invalid, so that the form can show it there. */
  async set(request: SetTunnelRequest): Promise<void> {
    this.working = "set";
    this.#refused = null;
    try {
      await this.#change(() => this.#call("setTunnel", request));
    } finally {
      this.working = null;
    }
    await this.loadProviders();
  }

  start(): Promise<boolean> {
    return this.#step("start", () => this.#change(() => this.#call("startTunnel", null)));
  }
  stop(): Promise<boolean> {
    return this.#step("stop", () => this.#change(() => this.#call("stopTunnel", null)));
  }
  restart(): Promise<boolean> {
    return this.#step("restart", () => this.#change(() => this.#call("restartTunnel", null)));
  }
  /** Sets whether webhooks follow a new address automatically. */
  heal(on: boolean): Promise<boolean> {
    return this.#step("heal", () => this.#change(() => this.#call("healSwitch", { on })));
  }

  /** Repoints all of our stale webhooks to the current address. */
  healNow(): Promise<boolean> {
    return this.#step("heal", async () => {
      const { moved, strays } = await this.#read.change(() => this.#call("healNow", null), {
        gives: (now, reply) => ({ ...now, strays: reply.strays }),
      });
      this.moved = { moved, left: strays.length };
      await this.refresh();
    });
  }

  #change(ask: () => Promise<Tunnel>): Promise<Tunnel> {
    return this.#read.change(ask, { gives: (_, now) => now });
  }

  /** Resolves with whether it succeeded; if not, `refused` has the reason. */
  async #step(step: WayStep, ask: () => Promise<unknown>): Promise<boolean> {
    this.working = step;
    this.#refused = null;
    if (step !== "look") this.moved = null;
    try {
      await ask();
      return true;
    } catch (thrown) {
      this.#refused = asApiError(thrown);
      return false;
    } finally {
      this.working = null;
    }
  }
}
