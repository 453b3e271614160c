// App Store Connect's delivery log of the last ten days, for one webhook or all, and redelivery.
import type { Account, ApiError, Delivery, RedeliveryProgress, RedeliveryResult } from "../bindings/api";
import { asApiError, type Backend } from "../backend/backend";
import { Resource } from "../state/resource.svelte";
import { NO_FILTERS, type Filters } from "./filters";

/** A delivery and the log that contains it. */
export interface Logged {
  account: string;
  delivery: Delivery;
}

/** Which log is read: of one webhook of one account, or of all accounts. */
export interface Scope {
  account: string | null;
  webhook: string | null;
}

/** The progress while the engine is still finding the failed ones. */
const BEGINNING: RedeliveryProgress = {
  total: 0,
  accepted: 0,
  refused: 0,
  arrived: 0,
  failed: 0,
  done: false,
  stopped: false,
  trouble: null,
  results: [],
};

/**
 * Receives each webhook's number of failed deliveries that have not recovered, for all of an account's webhooks or one.
 */
type Counted = (account: string, failed: ReadonlyMap<string, number>, only: string | null) => void;

/** The log as last read. */
interface Log {
  all: Logged[];
  /** Parts that could not be read. */
  troubles: ApiError[];
  /** The accounts whose parts were read, and the webhook if only its log was. */
  accounts: string[];
  webhook: string | null;
}

const NOTHING: Logged[] = [];

export class Deliveries {
  scope = $state.raw<Scope>({ account: null, webhook: null });
  filters = $state.raw<Filters>(NO_FILTERS);
  /** Why the last action failed. */
  refused = $state.raw<ApiError | null>(null);
  progress = $state.raw<RedeliveryProgress | null>(null);
  /** The outcomes of the current redelivery, by delivery id. */
  results = $state.raw<ReadonlyMap<string, RedeliveryResult>>(new Map());
  /** Deliveries for which a redelivery is being requested. */
  sending = $state.raw<ReadonlySet<string>>(new Set());
  /** When the log was last read, in milliseconds since 1970. */
  readAt = 0;

  #call: Backend["call"];
  #counted: Counted;
  #accounts: readonly Account[] = [];
  #read: Resource<Log>;

  all = $derived.by(() => this.#read.value?.all ?? NOTHING);
  phase = $derived.by(() => this.#read.phase);
  error = $derived.by(() => this.#read.error);
  /** Whether it is being read. */
  reading = $derived.by(() => this.#read.reading);
  /** Parts of the log that could not be read, or why reading it again failed. */
  troubles = $derived.by(() => {
    const { value, error } = this.#read;
    return [...(value && error ? [error] : []), ...(value?.troubles ?? [])];
  });

  constructor(call: Backend["call"], counted: Counted) {
    this.#call = call;
    this.#counted = counted;
    this.#read = new Resource(() => this.#readLog());
  }

  /** Switches to another log; the previous one disappears at once. */
  async look(scope: Scope, accounts: readonly Account[]): Promise<void> {
    const isOther = scope.account !== this.scope.account || scope.webhook !== this.scope.webhook;
    this.scope = scope;
    this.#accounts = accounts;
    await (isOther ? this.#read.restart() : this.#read.refresh());
    this.#count();
  }

  /** Reads the log again; the known one stays until then. */
  load(accounts: readonly Account[]): Promise<void> {
    return this.look(this.scope, accounts);
  }

  async #readLog(): Promise<Log> {
    const { account, webhook } = this.scope;
    const of = this.#accounts.filter(({ id }) => account === null || id === account);
    const request = { webhook, state: [], eventType: null, since: null };
    const replies = await Promise.all(
      of.map(async ({ id }) => {
        try {
          const reply = await this.#call("deliveries", { account: id, ...request });
          return { account: id, reply, error: null };
        } catch (thrown) {
          return { account: id, reply: null, error: asApiError(thrown) };
        }
      }),
    );
    this.readAt = Date.now();
    const errors = replies.flatMap(({ error }) => error ?? []);
    const read = replies.flatMap(({ account: id, reply }) => (reply ? [{ id, reply }] : []));
    if (read.length === 0 && errors[0]) throw errors[0];
    return {
      all: read
        .flatMap(({ id, reply }) => reply.deliveries.map((delivery) => ({ account: id, delivery })))
        .sort((a, b) => timeOf(b.delivery) - timeOf(a.delivery)),
      troubles: [...errors, ...read.flatMap(({ reply }) => reply.troubles)],
      accounts: read.map(({ id }) => id),
      webhook,
    };
  }

  #count(): void {
    const { value, error } = this.#read;
    if (!value || error) return;
    for (const id of value.accounts) this.#counted(id, failuresOf(id, value.all), value.webhook);
  }

  /** Redelivers one. It then appears in the log as a separate delivery. */
  async redeliver({ account, delivery }: Logged, accounts: readonly Account[]): Promise<void> {
    if (this.sending.has(delivery.id)) return;
    this.refused = null;
    this.sending = new Set(this.sending).add(delivery.id);
    try {
      await this.#call("redeliver", { account, webhook: delivery.webhook, delivery: delivery.id });
      await this.load(accounts);
    } catch (thrown) {
      this.refused = asApiError(thrown);
    } finally {
      this.sending = new Set([...this.sending].filter((id) => id !== delivery.id));
    }
  }

  /** Redelivers these, oldest first; the engine pushes the progress. */
  async redeliverChosen(rows: readonly Logged[], accounts: readonly Account[]): Promise<void> {
    await this.#several(
      [...new Set(rows.map(({ account }) => account))].map((account) => {
        const deliveries = rows
          .filter((row) => row.account === account)
          .map(({ delivery: { id, webhook } }) => ({ webhook, delivery: id }));
        return () => this.#call("redeliverChosen", { account, deliveries });
      }),
    );
    await this.load(accounts);
  }

  /** The same for all failed deliveries of these accounts or webhooks that have not recovered, whether shown or not. */
  redeliverFailed(of: readonly { account: string; webhook: string | null }[]): Promise<void> {
    return this.#several(of.map((one) => () => this.#call("redeliverFailed", one)));
  }

  /** One after another, until one is refused or it is stopped. */
  async #several(asks: (() => Promise<RedeliveryProgress>)[]): Promise<void> {
    this.refused = null;
    this.results = new Map();
    for (const ask of asks) {
      this.progress = BEGINNING;
      try {
        this.told(await ask());
      } catch (thrown) {
        this.progress = null;
        this.refused = asApiError(thrown);
      }
      if (this.refused || this.progress?.stopped) break;
    }
  }

  /** The engine's progress, for a redelivery here or in another window. */
  told(progress: RedeliveryProgress): void {
    this.progress = progress;
    const results = new Map(this.results);
    for (const result of progress.results) results.set(result.delivery, result);
    this.results = results;
  }

  /** Hides a redelivery's outcome. */
  dismiss(): void {
    this.progress = null;
    this.results = new Map();
  }

  async stop(): Promise<void> {
    try {
      await this.#call("stopRedelivery", null);
    } catch (thrown) {
      this.refused = asApiError(thrown);
    }
  }
}

function failuresOf(account: string, all: readonly Logged[]): Map<string, number> {
  const failed = new Map<string, number>();
  for (const { account: of, delivery } of all) {
    if (of === account && isOpenFailure(delivery))
      failed.set(delivery.webhook, (failed.get(delivery.webhook) ?? 0) + 1);
  }
  return failed;
}

/** Whether the newest attempt of its event failed and the event has not recovered. */
export function isOpenFailure({ state, madeGood, latest }: Delivery): boolean {
  return state === "failed" && latest && !madeGood;
}

export function timeOf({ sentAt, createdAt }: Delivery): number {
  const at = sentAt ?? createdAt;
  return at === null ? 0 : new Date(at).getTime();
}
