// The engine's status, kept current by its pushes.
import type { Status } from "../bindings/api";
import type { Backend } from "../backend/backend";
import { Resource } from "./resource.svelte";
import { Submission } from "./submission.svelte";

export class EngineStatus {
  #call: Backend["call"];
  #status: Resource<Status>;
  #fixing = new Submission();
  #pushes = 0;

  now = $derived.by(() => this.#status.value);
  /** Why the engine could not be reached. */
  error = $derived.by(() => this.#status.error);
  /** Why the last fix failed. */
  refused = $derived.by(() => this.#fixing.error);

  constructor(call: Backend["call"]) {
    this.#call = call;
    this.#status = new Resource(() => call("status", null));
  }

  load(): Promise<void> {
    return this.#status.load();
  }

  /** The engine pushed its status. */
  told(status: Status): void {
    this.#pushes += 1;
    this.#status.told(status);
  }

  pause(minutes: number): Promise<void> {
    return this.#fix(() => this.#call("pause", { minutes }));
  }
  resume(): Promise<void> {
    return this.#fix(() => this.#call("resume", null));
  }
  retryListener(): Promise<void> {
    return this.#fix(() => this.#call("retryListener", null));
  }
  usePort(port: number): Promise<void> {
    return this.#fix(() => this.#call("usePort", { port }));
  }
  unlockKeychain(): Promise<void> {
    return this.#fix(() => this.#call("unlockKeychain", null));
  }
  /** Has the system ask for permission to notify. The outcome is pushed. */
  allowNotifications(): Promise<void> {
    return this.#fix(async () => {
      await this.#call("allowNotifications", null);
      return this.#call("status", null);
    });
  }
  dismissTrouble(): Promise<void> {
    return this.#fix(() => this.#call("dismissTrouble", null));
  }

  /** Every change is pushed, so a reply that a push has overtaken may be older, and is never newer. */
  async #fix(ask: () => Promise<Status>): Promise<void> {
    this.#fixing.abandon();
    const pushes = this.#pushes;
    await this.#fixing.send({
      work: async () => {
        const status = await ask();
        if (pushes === this.#pushes) this.#status.told(status);
      },
    });
  }
}
