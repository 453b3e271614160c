// App Store Connect's log of deliveries over the last ten days, of one webhook or of all, and redelivery.
import type { Account, ApiError, Delivery, RedeliveryProgress, RedeliveryResult } from "../bindings/api";
import { asApiError, type Backend } from "../backend/backend";
import { NO_FILTERS, type Filters } from "./filters";

/** A delivery and whose log it stands in. */
export interface Logged {
  account: string;
  delivery: Delivery;
}

/** Which log is read: of one webhook of one account, or of all accounts. */
export interface Scope {
  account: string | null;
  webhook: string | null;
}

/** As long as the engine looks for what failed. */
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

/** Hears how many deliveries of each webhook failed and have not recovered, of all of an account's or of one. */
type Counted = (account: string, failed: ReadonlyMap<string, number>, only: string | null) => void;

export class Deliveries {
  scope = $state.raw<Scope>({ account: null, webhook: null });
  filters = $state.raw<Filters>(NO_FILTERS);
  all = $state.raw<Logged[]>([]);
  /** Parts of the log that could not be read. */
  troubles = $state.raw<ApiError[]>([]);
  phase = $state<"loading" | "ready" | "failed">("loading");
  error = $state.raw<ApiError | null>(null);
  /** Why the last thing done did not work. */
  refused = $state.raw<ApiError | null>(null);
  progress = $state.raw<RedeliveryProgress | null>(null);
  /** What became of each delivery of the redelivery that is shown, by its id. */
  results = $state.raw<ReadonlyMap<string, RedeliveryResult>>(new Map());
  /** Deliveries that App Store Connect is being asked to send again. */
  sending = $state.raw<ReadonlySet<string>>(new Set());
  /** When the log was read last, in milliseconds since 1970. */
  readAt = 0;

  #call: Backend["call"];
  #counted: Counted;
  #asked = 0;

  constructor(call: Backend["call"], counted: Counted) {
    this.#call = call;
    this.#counted = counted;
  }

  /** Reads another log; what stood there before goes at once. */
  look(scope: Scope, accounts: readonly Account[]): Promise<void> {
    if (scope.account !== this.scope.account || scope.webhook !== this.scope.webhook) {
      this.scope = scope;
      this.all = [];
      this.phase = "loading";
    }
    return this.load(accounts);
  }

  /** Reads the log anew; what is known stays until then. */
  async load(accounts: readonly Account[]): Promise<void> {
    const asked = ++this.#asked;
    const { account, webhook } = this.scope;
    const of = accounts.filter(({ id }) => account === null || id === account);
    const request = { webhook, state: null, eventType: null, since: null };
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
    if (asked !== this.#asked) return;
    const read = replies.filter(({ reply }) => reply !== null);
    const errors = replies.flatMap(({ error }) => error ?? []);
    this.readAt = Date.now();
    this.error = read.length === 0 ? (errors[0] ?? null) : null;
    if (this.error && this.all.length === 0) {
      this.phase = "failed";
      return;
    }
    this.troubles = [...errors, ...read.flatMap(({ reply }) => reply?.troubles ?? [])];
    this.phase = "ready";
    if (this.error) return;
    this.all = read
      .flatMap(({ account: id, reply }) =>
        (reply?.deliveries ?? []).map((delivery) => ({ account: id, delivery })),
      )
      .sort((a, b) => timeOf(b.delivery) - timeOf(a.delivery));
    for (const { account: id } of read) this.#counted(id, failuresOf(id, this.all), webhook);
  }

  /** Sends one again. It then stands in the log as a delivery of its own. */
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

  /** Has these redelivered, the oldest first; the engine pushes how far that has come. */
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

  /** The same for everything of these accounts or webhooks that failed and has not recovered, whatever is shown. */
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

  /** What the engine says while it redelivers, here or in another window. */
  told(progress: RedeliveryProgress): void {
    this.progress = progress;
    const results = new Map(this.results);
    for (const result of progress.results) results.set(result.delivery, result);
    this.results = results;
  }

  /** Takes the outcome of a redelivery away. */
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
