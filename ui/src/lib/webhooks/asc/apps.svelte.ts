// The apps of every account with their webhooks, as far as they have been read. Apps arrive first, then their webhooks
// one by one; known values stay while they are read again.
import type {
  Account,
  ApiError,
  App,
  AppWebhook,
  AppWebhooks,
  CreateAppWebhookRequest,
  UpdateAppWebhookRequest,
} from "../../bindings/api";
import { asApiError, type Backend } from "../../backend/backend";

export interface AccountApps {
  apps: App[];
  /** By the app's id. */
  webhooks: ReadonlyMap<string, AppWebhooks>;
  /** Why reading the apps, or all of their webhooks, failed. */
  error: ApiError | null;
  /** Whether the apps have been read, and whether all of their webhooks have. */
  listed: boolean;
  complete: boolean;
  /** When an earlier window read this; null once it has been read again. */
  keptAt: string | null;
}

const NOTHING: AccountApps = {
  apps: [],
  webhooks: new Map(),
  error: null,
  listed: false,
  complete: false,
  keptAt: null,
};

const UNCHANGED = {
  name: null,
  url: null,
  here: false,
  eventTypes: null,
  enabled: null,
  newSecret: false,
  secret: null,
};

/** A change of a webhook; omitted fields stay. */
export type Change = Partial<Omit<UpdateAppWebhookRequest, "account" | "id">>;

export class Apps {
  /** By the account's id. */
  of = $state.raw<ReadonlyMap<string, AccountApps>>(new Map());
  /** Whether an account is being read. */
  reading = $state(0);
  /** The number of failed deliveries that have not recovered, as far as known. */
  failed = $derived(
    [...this.of.keys()].reduce(
      (sum, id) => sum + this.allOf(id).reduce((some, { failed }) => some + (failed ?? 0), 0),
      0,
    ),
  );

  #call: Backend["call"];
  /** The current accounts; replies for any other account are late. */
  #accounts: ReadonlySet<string> = new Set();
  /** Increments when a change is sent and when it is done: replies to earlier requests are then out of date. */
  #changes = 0;
  /** The value of `#changes` at the last request. */
  #asked = 0;

  constructor(call: Backend["call"]) {
    this.#call = call;
  }

  account(id: string): AccountApps {
    return this.of.get(id) ?? NOTHING;
  }

  app(account: string, app: string): App | undefined {
    return this.account(account).apps.find(({ id }) => id === app);
  }

  webhooksOf(account: string, app: string): AppWebhooks | undefined {
    return this.account(account).webhooks.get(app);
  }

  /** All known webhooks of an account. */
  allOf(account: string): AppWebhook[] {
    return [...this.account(account).webhooks.values()].flatMap(({ webhooks }) => webhooks);
  }

  /** Reads the accounts in parallel and forgets removed ones. */
  async load(accounts: readonly Account[], fresh: boolean): Promise<void> {
    this.#accounts = new Set(accounts.map(({ id }) => id));
    this.of = new Map([...this.of].filter(([id]) => this.#accounts.has(id)));
    await Promise.all(accounts.map(({ id }) => this.#loadOne(id, fresh)));
  }

  async #loadOne(account: string, fresh: boolean): Promise<void> {
    this.reading += 1;
    try {
      await this.#showKept(account);
      const apps = await this.#call("apps", { account, search: "", fresh });
      this.#patch(account, { apps, listed: true, error: null });
      const all = await this.#current(() => this.#call("accountWebhooks", { account }));
      const webhooks = new Map(all.map((one) => [one.app.id, this.#withLast(account, one)]));
      this.#patch(account, { webhooks, complete: true, keptAt: null });
    } catch (thrown) {
      this.#patch(account, { error: asApiError(thrown) });
    } finally {
      this.reading -= 1;
    }
  }

  /** Shows what was read earlier, until App Store Connect answers. */
  async #showKept(account: string): Promise<void> {
    if (this.account(account).listed) return;
    try {
      const { apps, readAt, webhooks } = await this.#call("keptApps", { account });
      if (readAt === null) return;
      this.#patch(account, {
        apps,
        webhooks: new Map(webhooks.map((one) => [one.app.id, one])),
        listed: true,
        complete: webhooks.length === apps.length,
        keptAt: readAt,
      });
    } catch {
      // If this fails, the coming read shows the apps; if that fails too, it shows the error.
    }
  }

  /** Reads one app's webhooks with their last deliveries. An error is in its `trouble`. */
  async refresh(account: string, app: string): Promise<void> {
    try {
      this.#putApp(account, await this.#current(() => this.#call("appWebhooks", { account, app })));
    } catch (thrown) {
      const known = this.app(account, app);
      if (!known) return;
      const before = this.webhooksOf(account, app) ?? {
        account,
        app: known,
        webhooks: [],
        most: 10,
        readAt: null,
      };
      this.#putApp(account, { ...before, trouble: asApiError(thrown) });
    }
  }

  /** The webhooks of one app, pushed while all of an account's webhooks are read. */
  told(of: AppWebhooks): void {
    if (of.account !== null && this.#changes === this.#asked && this.of.has(of.account))
      this.#putApp(of.account, of);
  }

  /** Applies the delivery log's failure counts to an account's webhooks, or to one of them. */
  countFailed(account: string, failed: ReadonlyMap<string, number>, only: string | null): void {
    const of = this.account(account);
    const counted = (webhook: AppWebhook) =>
      only === null || webhook.id === only ? { ...webhook, failed: failed.get(webhook.id) ?? 0 } : webhook;
    const webhooks = [...of.webhooks].map(
      ([id, list]) => [id, { ...list, webhooks: list.webhooks.map(counted) }] as const,
    );
    if (webhooks.length > 0) this.#patch(account, { webhooks: new Map(webhooks) });
  }

  async create(request: CreateAppWebhookRequest & { account: string }): Promise<AppWebhook> {
    const made = await this.#change(() => this.#call("createAppWebhook", request));
    this.#put(request.account, made);
    return made;
  }

  async update(account: string, id: string, change: Change): Promise<AppWebhook> {
    const request = { account, id, ...UNCHANGED, ...change };
    const changed = await this.#change(() => this.#call("updateAppWebhook", request));
    this.#put(account, changed);
    return changed;
  }

  async remove(account: string, webhook: AppWebhook): Promise<void> {
    await this.#change(() => this.#call("deleteAppWebhook", { account, id: webhook.id }));
    const of = this.webhooksOf(account, webhook.app);
    if (of) this.#putApp(account, { ...of, webhooks: of.webhooks.filter(({ id }) => id !== webhook.id) });
  }

  async #change<T>(ask: () => Promise<T>): Promise<T> {
    this.#changes += 1;
    try {
      return await ask();
    } finally {
      this.#changes += 1;
    }
  }

  /** Repeats the request until no change happened meanwhile, so that an old reply never restores an old state. */
  async #current<T>(ask: () => Promise<T>): Promise<T> {
    for (;;) {
      const changes = this.#changes;
      this.#asked = changes;
      const answer = await ask();
      if (changes === this.#changes) return answer;
    }
  }

  #put(account: string, webhook: AppWebhook): void {
    const app = this.app(account, webhook.app);
    if (!app) return;
    const of = this.webhooksOf(account, webhook.app) ?? {
      account,
      app,
      webhooks: [],
      most: 10,
      readAt: null,
      trouble: null,
    };
    const known = of.webhooks.find(({ id }) => id === webhook.id);
    const kept = withDeliveriesOf(webhook, known);
    const webhooks = known
      ? of.webhooks.map((other) => (other.id === webhook.id ? kept : other))
      : [...of.webhooks, kept];
    this.#putApp(account, { ...of, webhooks });
  }

  #putApp(account: string, of: AppWebhooks): void {
    const webhooks = new Map(this.account(account).webhooks).set(of.app.id, this.#withLast(account, of));
    this.#patch(account, { webhooks });
  }

  /**
   * Not every read includes deliveries; a list without them must not erase the known ones. Nor does a list that could
   * not be read erase the known webhooks.
   */
  #withLast(account: string, of: AppWebhooks): AppWebhooks {
    const before = this.webhooksOf(account, of.app.id);
    const known = before?.webhooks ?? [];
    if (of.trouble && of.webhooks.length === 0)
      return { ...of, webhooks: known, readAt: before?.readAt ?? null };
    const webhooks = of.webhooks.map((webhook) =>
      withDeliveriesOf(
        webhook,
        known.find(({ id }) => id === webhook.id),
      ),
    );
    return { ...of, webhooks };
  }

  #patch(account: string, change: Partial<AccountApps>): void {
    if (!this.#accounts.has(account)) return;
    this.of = new Map(this.of).set(account, { ...this.account(account), ...change });
  }
}

/** A webhook with the known delivery fields filled in, if it lacks its own. */
function withDeliveriesOf(webhook: AppWebhook, known: AppWebhook | undefined): AppWebhook {
  if (webhook.failed !== null || !known) return webhook;
  return { ...webhook, last: known.last, failed: known.failed };
}
