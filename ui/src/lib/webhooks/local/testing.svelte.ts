// Tests of webhooks and their outcomes, kept per webhook while the window is open.
import type { ApiError, TestReply } from "../../bindings/api";
import { asApiError } from "../../backend/backend";
import type { Webhooks } from "./webhooks.svelte";

export type TestResult = { at: Date } & (
  { reply: TestReply; error: null } | { reply: null; error: ApiError }
);

export class Testing {
  results = $state.raw<ReadonlyMap<string, TestResult>>(new Map());
  /** The webhook whose ping is pending. */
  under = $state<string | null>(null);

  #webhooks: Webhooks;

  constructor(webhooks: Webhooks) {
    this.#webhooks = webhooks;
  }

  async send(id: string): Promise<void> {
    this.under = id;
    const result = await this.#tried(id);
    this.results = new Map(this.results).set(id, result);
    this.under = null;
  }

  async #tried(id: string): Promise<TestResult> {
    try {
      return { reply: await this.#webhooks.test(id), error: null, at: new Date() };
    } catch (thrown) {
      return { reply: null, error: asApiError(thrown), at: new Date() };
    }
  }
}
