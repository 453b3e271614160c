// The App Store Connect accounts, and what can be done to them. The window knows a key file by its path only.
import type {
  Account,
  AccountCheck,
  AccountRemoval,
  AddAccountRequest,
  ApiError,
  KeyFileReply,
  ReplaceKeyRequest,
} from "../bindings/api";
import { asApiError, type Backend } from "../backend/backend";

export class Accounts {
  all = $state.raw<Account[]>([]);
  phase = $state<"loading" | "ready" | "failed">("loading");
  error = $state.raw<ApiError | null>(null);
  /** What the last check of each account said. */
  checks = $state.raw<ReadonlyMap<string, AccountCheck>>(new Map());
  /** The account that is being checked. */
  checking = $state<string | null>(null);

  #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  async load(): Promise<void> {
    try {
      this.all = await this.#backend.call("accounts", null);
      this.error = null;
      this.phase = "ready";
    } catch (thrown) {
      this.error = asApiError(thrown);
      if (this.phase !== "ready") this.phase = "failed";
    }
  }

  find(id: string | null): Account | undefined {
    return this.all.find((account) => account.id === id);
  }

  chooseKeyFile(): Promise<string | null> {
    return this.#backend.chooseKeyFile();
  }

  /** What a key file tells beside its key. Rejects where there is no key in it. */
  keyFile(path: string): Promise<KeyFileReply> {
    return this.#backend.call("keyFile", { path });
  }

  async add(request: AddAccountRequest): Promise<Account> {
    const added = await this.#backend.call("addAccount", request);
    this.#put(added);
    return added;
  }

  async rename(id: string, name: string): Promise<void> {
    this.#put(await this.#backend.call("renameAccount", { id, name }));
  }

  async replaceKey(request: ReplaceKeyRequest): Promise<Account> {
    const replaced = await this.#backend.call("replaceKey", request);
    this.#put(replaced);
    this.checks = new Map([...this.checks].filter(([id]) => id !== replaced.id));
    return replaced;
  }

  /** Asks App Store Connect whether the key is any good; what it says stands at the account. */
  async check(id: string): Promise<void> {
    this.checking = id;
    let check: AccountCheck;
    try {
      check = await this.#backend.call("checkAccount", { id });
    } catch (thrown) {
      check = { apps: null, trouble: asApiError(thrown) };
    }
    this.checks = new Map(this.checks).set(id, check);
    this.checking = null;
    await this.load();
  }

  removal(id: string): Promise<AccountRemoval> {
    return this.#backend.call("accountRemoval", { id });
  }

  /** Removes an account, and what was received through it if that is to go too. */
  async remove(id: string, received = false): Promise<void> {
    await this.#backend.call(received ? "removeAccountAndReceived" : "removeAccount", { id });
    this.all = this.all.filter((account) => account.id !== id);
  }

  #put(account: Account): void {
    const known = this.find(account.id) !== undefined;
    this.all = known
      ? this.all.map((other) => (other.id === account.id ? account : other))
      : [...this.all, account];
  }
}
