// The webhooks that the listener accepts, and their actions. A secret passes through here once, on its way to the
// keychain; it is never stored in the window and never returned.
import type { TestReply, Webhook } from "../../bindings/api";
import type { Backend } from "../../backend/backend";
import { Resource } from "../../state/resource.svelte";

const NONE: Webhook[] = [];

export class Webhooks {
  #call: Backend["call"];
  #list: Resource<Webhook[]>;

  all = $derived.by(() => this.#list.value ?? NONE);
  phase = $derived.by(() => this.#list.phase);
  error = $derived.by(() => this.#list.error);

  constructor(call: Backend["call"]) {
    this.#call = call;
    this.#list = new Resource(() => call("webhooks", null));
  }

  load(): Promise<void> {
    return this.#list.load();
  }

  /** Reads them again; concurrent calls are merged into two. */
  refresh(): Promise<void> {
    return this.#list.refresh();
  }

  find(id: string | null): Webhook | undefined {
    return this.all.find((webhook) => webhook.id === id);
  }

  add(name: string, secret: string | null): Promise<Webhook> {
    return this.#list.change(() => this.#call("addWebhook", { name, secret }), {
      gives: (all, added) => [...all.filter(({ id }) => id !== added.id), added],
    });
  }

  rename(id: string, name: string): Promise<Webhook> {
    return this.#list.change(() => this.#call("renameWebhook", { id, name }), { gives: replaced });
  }

  rotateSecret(id: string, secret: string | null): Promise<Webhook> {
    return this.#list.change(() => this.#call("rotateSecret", { id, secret }), { gives: replaced });
  }

  async remove(id: string): Promise<void> {
    await this.#list.change(() => this.#call("removeWebhook", { id }), {
      gives: (all) => all.filter((webhook) => webhook.id !== id),
    });
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
}

/** Leaves out a webhook that was removed meanwhile. */
function replaced(all: Webhook[], changed: Webhook): Webhook[] {
  return all.map((webhook) => (webhook.id === changed.id ? changed : webhook));
}
