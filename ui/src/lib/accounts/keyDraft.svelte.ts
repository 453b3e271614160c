// A key as it is being given: what is filled in, what the engine found in the file, and what was refused. The sheet
// and the welcome are two frames around it.
import type { Account, ApiError, KeyFileReply } from "../bindings/api";
import { asApiError } from "../backend/backend";
import type { Accounts } from "./accounts.svelte";
import { issuerError, keyFileError, looksFinished } from "./validation";

/** The fields that say themselves what is wrong with them. */
const FIELDS = ["keyFile", "keyId", "issuerId", "name", "baseUrl"];

export class KeyDraft {
  path = $state("");
  keyId = $state("");
  team = $state(true);
  issuerId = $state("");
  name = $state("");
  baseUrl = $state("");
  /** Whether the API is not Apple's. */
  elsewhere = $state(false);
  error = $state.raw<ApiError | null>(null);
  working = $state(false);
  /** What the engine found in the file, once it has looked. */
  #found = $state.raw<KeyFileReply | null>(null);
  needsKeyId = $derived(
    this.error?.field === "keyId" ||
      this.keyId !== "" ||
      (this.#found !== null && this.#found.keyId === null),
  );
  /** Whether the file tells that its key is one person's. */
  isIndividual = $derived(this.#found?.isIndividual ?? false);
  /** What is wrong with no field in particular. */
  general = $derived(this.error !== null && !FIELDS.includes(this.error.field ?? "") ? this.error : null);

  #accounts: Accounts;

  /** `account` gets another key; without one it is a new account's. */
  constructor(
    accounts: Accounts,
    readonly account: Account | null,
  ) {
    this.#accounts = accounts;
    if (!account) return;
    this.team = account.issuerId !== null;
    this.issuerId = account.issuerId ?? "";
  }

  at(field: string): ApiError | null {
    return this.error?.field === field ? this.error : null;
  }

  choose(): Promise<string | null> {
    return this.#accounts.chooseKeyFile();
  }

  failed(thrown: unknown): void {
    this.error = { ...asApiError(thrown), field: "keyFile" };
  }

  /** A file was dropped. */
  drop(path: string): void {
    this.path = path;
    void this.look();
  }

  /** A letter of the path was typed. */
  typed(): void {
    if (looksFinished(this.path)) void this.look();
    else this.#forget();
  }

  /** Has the engine look at the file, so that a wrong one is told while it is still at hand. */
  async look(): Promise<void> {
    const asked = this.path;
    this.#forget();
    try {
      const found = await this.#accounts.keyFile(asked.trim());
      if (this.path === asked) this.#take(found, asked);
    } catch (thrown) {
      if (this.path === asked) this.failed(thrown);
    }
  }

  /** Fills in what a file tells. An ID that stands in its name is not shown a second time. */
  #take(found: KeyFileReply, path: string): void {
    this.#found = found;
    if (found.keyId !== null && !path.includes(found.keyId)) this.keyId = found.keyId;
    if (found.isIndividual) this.team = false;
    if (found.issuerId !== null) [this.team, this.issuerId] = [true, found.issuerId];
  }

  /** Takes out what the file before had filled in. */
  #forget(): void {
    if (this.error?.field === "keyFile" || this.error?.field === "keyId") this.error = null;
    const found = this.#found;
    this.#found = null;
    if (!found) return;
    if (this.keyId === found.keyId) this.keyId = "";
    if (this.issuerId === found.issuerId) this.issuerId = this.account?.issuerId ?? "";
    if (found.isIndividual) this.team = this.account?.issuerId !== null;
  }

  /** Has App Store Connect try the key, and keeps it. Null where something was refused, or is under way. */
  async submit(): Promise<Account | null> {
    if (this.working) return null;
    const issuerId = this.team ? this.issuerId.trim() : null;
    this.error = keyFileError(this.path) ?? issuerError(issuerId);
    if (this.error) return null;
    this.working = true;
    const key = { keyFile: this.path.trim(), keyId: this.keyId.trim() || null, issuerId };
    try {
      if (this.account) return await this.#accounts.replaceKey({ id: this.account.id, ...key });
      const name = this.name.trim() || null;
      return await this.#accounts.add({ ...key, name, baseUrl: this.elsewhere ? this.baseUrl.trim() : null });
    } catch (thrown) {
      this.error = asApiError(thrown);
      return null;
    } finally {
      this.working = false;
    }
  }
}
