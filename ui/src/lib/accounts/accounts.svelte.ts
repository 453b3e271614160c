// The App Store Connect accounts and their actions. The window knows a key file only by its path.
import type {
  Account,
  AccountCheck,
  AccountRemoval,
  AddAccountRequest,
  KeyFileReply,
  ReplaceKeyRequest,
} from "../bindings/api";
import { asApiError, type Backend } from "../backend/backend";
import { Resource } from "../state/resource.svelte";

const NONE: Account[] = [];

export class Accounts {
  /** The result of each account's last check. */
  checks = $state.raw<ReadonlyMap<string, AccountCheck>>(new Map());
  /** The account being checked. */
  checking = $state<string | null>(null);

  #backend: Backend;
  #list: Resource<Account[]>;

  all = $derived.by(() => this.#list.value ?? NONE);
  phase = $derived.by(() => this.#list.phase);
  error = $derived.by(() => this.#list.error);

  constructor(backend: Backend) {
    this.#backend = backend;
    this.#list = new Resource(() => backend.call("accounts", null));
  }

  load(): Promise<void> {
    return this.#list.load();
  }

  refresh(): Promise<void> {
    return this.#list.refresh();
  }

  find(id: string | null): Account | undefined {
    return this.all.find((account) => account.id === id);
  }

  chooseKeyFile(): Promise<string | null> {
    return this.#backend.chooseFile("key");
  }

  /** What a key file reveals besides the key. Rejects if it contains no key. */
  keyFile(path: string): Promise<KeyFileReply> {
    return this.#backend.call("keyFile", { path });
  }

  add(request: AddAccountRequest): Promise<Account> {
    return this.#list.change(() => this.#backend.call("addAccount", request), {
      gives: (all, added) => [...all.filter(({ id }) => id !== added.id), added],
    });
  }

  rename(id: string, name: string): Promise<Account> {
    return this.#list.change(() => this.#backend.call("renameAccount", { id, name }), { gives: replaced });
  }

  async replaceKey(request: ReplaceKeyRequest): Promise<Account> {
    const account = await this.#list.change(() => this.#backend.call("replaceKey", request), {
      gives: replaced,
    });
    this.checks = new Map([...this.checks].filter(([id]) => id !== account.id));
    return account;
  }

  /** Checks the key with App Store Connect. The result is shown at the account. */
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
    await this.refresh();
  }

  removal(id: string): Promise<AccountRemoval> {
    return this.#backend.call("accountRemoval", { id });
  }

  /** Removes an account, and with `received` also everything received through it. */
  async remove(id: string, received = false): Promise<void> {
    await this.#list.change(
      () => this.#backend.call(received ? "removeAccountAndReceived" : "removeAccount", { id }),
      { gives: (all) => all.filter((account) => account.id !== id) },
    );
  }
}

/** Leaves out an account that was removed meanwhile. */
function replaced(all: Account[], changed: Account): Account[] {
  return all.map((account) => (account.id === changed.id ? changed : account));
}
