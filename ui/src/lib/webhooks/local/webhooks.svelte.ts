// The webhooks that are listened for, and what can be done to them. A secret goes through here once, on
// its way to the keychain; it is kept in no field and never comes back.
import type { ApiError, TestReply, Webhook } from "../../bindings/api";
import { asApiError } from "../../backend/backend";
import type { Backend } from "../../backend/backend";

export class Webhooks {
  all = $state.raw<Webhook[]>([]);
  phase = $state<"loading" | "ready" | "failed">("loading");
  error = $state.raw<ApiError | null>(null);

  #call: Backend["call"];
  #reading = false;
  #again = false;

  constructor(call: Backend["call"]) {
    this.#call = call;
  }

  async load(): Promise<void> {
    try {
      this.all = await this.#call("webhooks", null);
      this.error = null;
      this.phase = "ready";
    } catch (thrown) {
      this.error = asApiError(thrown);
      if (this.phase !== "ready") this.phase = "failed";
    }
  }

  /** Reads them again; many calls at once become two. */
  async refresh(): Promise<void> {
    this.#again = true;
    if (this.#reading) return;
    this.#reading = true;
    while (this.#again) {
      this.#again = false;
      await this.load();
    }
    this.#reading = false;
  }

  find(id: string | null): Webhook | undefined {
    return this.all.find((webhook) => webhook.id === id);
  }

  async add(name: string, secret: string | null): Promise<Webhook> {
    const added = await this.#call("addWebhook", { name, secret });
    this.#put(added);
    return added;
  }

  async rename(id: string, name: string): Promise<void> {
    this.#put(await this.#call("renameWebhook", { id, name }));
  }

  async rotateSecret(id: string, secret: string | null): Promise<void> {
    this.#put(await this.#call("rotateSecret", { id, secret }));
  }

  async remove(id: string): Promise<void> {
    await this.#call("removeWebhook", { id });
    this.all = this.all.filter((webhook) => webhook.id !== id);
  }

  test(id: string): Promise<TestReply> {
    return this.#call("sendTest", { id });
  }

  copyPayloadUrl(id: string): Promise<null> {
    return this.#call("copyPayloadUrl", { id });
  }

  /** Resolves with the seconds after which the clipboard is cleared. */
  async copySecret(id: string): Promise<number> {
    return (await this.#call("copySecret", { id })).clearsAfterSeconds;
  }

  #put(webhook: Webhook): void {
    const known = this.all.some((other) => other.id === webhook.id);
    this.all = known
      ? this.all.map((other) => (other.id === webhook.id ? webhook : other))
      : [...this.all, webhook];
  }
}
