// A key being entered: the fields, what the engine found in the file, and any errors. The sheet and the welcome both
// show it.
import type { Account, ApiError, KeyFileReply } from "../bindings/api";
import { asApiError } from "../backend/backend";
import type { Submission } from "../state/submission.svelte";
import type { Accounts } from "./accounts.svelte";
import { issuerError, keyFileError, looksFinished } from "./validation";

/** The fields that show their own errors. */
export const KEY_FIELDS = ["keyFile", "keyId", "issuerId", "name", "baseUrl"] as const;

export class KeyDraft {
  path = $state("");
  keyId = $state("");
  team = $state(true);
  issuerId = $state("");
  name = $state("");
  baseUrl = $state("");
  /** Whether the API is not Apple's. */
  elsewhere = $state(false);
  /** What is wrong with the file, known once the engine has read it. */
  #fileError = $state.raw<ApiError | null>(null);
  /** What the engine found in the file, once it has read it. */
  #found = $state.raw<KeyFileReply | null>(null);
  needsKeyId = $derived.by(
    () =>
      this.#form.at("keyId") !== null ||
      this.keyId !== "" ||
      (this.#found !== null && this.#found.keyId === null),
  );
  /** Whether the file says that its key is an individual one. */
  isIndividual = $derived(this.#found?.isIndividual ?? false);
  /** Errors that belong to no field. */
  general = $derived.by(() => this.#form.rest);

  #accounts: Accounts;
  #form: Submission;

  /** With `account`, replaces that account's key; without, adds an account. */
  constructor(
    accounts: Accounts,
    readonly account: Account | null,
    form: Submission,
  ) {
    this.#accounts = accounts;
    this.#form = form;
    if (!account) return;
    this.team = account.issuerId !== null;
    this.issuerId = account.issuerId ?? "";
  }

  /** Whether closing would lose input. */
  get isTouched(): boolean {
    return [this.path, this.keyId, this.issuerId, this.name, this.baseUrl].some((text) => text !== "");
  }

  at(field: (typeof KEY_FIELDS)[number]): ApiError | null {
    return (field === "keyFile" ? this.#fileError : null) ?? this.#form.at(field);
  }

  edited(field: (typeof KEY_FIELDS)[number]): void {
    this.#form.edited(field);
  }

  choose(): Promise<string | null> {
    return this.#accounts.chooseKeyFile();
  }

  failed(thrown: unknown): void {
    this.#fileError = { ...asApiError(thrown), field: "keyFile" };
  }

  /** Takes a dropped file. */
  drop(path: string): void {
    this.path = path;
    void this.look();
  }

  /** Handles an edit of the path. */
  typed(): void {
    if (looksFinished(this.path)) void this.look();
    else this.#forget();
  }

  /** Has the engine read the file, so that a wrong file is reported before the form is sent. */
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

  /** Fills in what the file says. An ID that is part of the file name isn't shown twice. */
  #take(found: KeyFileReply, path: string): void {
    this.#found = found;
    if (found.keyId !== null && !path.includes(found.keyId)) this.keyId = found.keyId;
    if (found.isIndividual) this.team = false;
    if (found.issuerId !== null) [this.team, this.issuerId] = [true, found.issuerId];
  }

  /** Clears what the previous file filled in. */
  #forget(): void {
    this.#fileError = null;
    this.#form.edited("keyFile");
    this.#form.edited("keyId");
    const found = this.#found;
    this.#found = null;
    if (!found) return;
    if (this.keyId === found.keyId) this.keyId = "";
    if (this.issuerId === found.issuerId) this.issuerId = this.account?.issuerId ?? "";
    if (found.isIndividual) this.team = this.account?.issuerId !== null;
  }

  /** The first error in the fields. */
  check(): ApiError | null {
    return keyFileError(this.path) ?? issuerError(this.#issuer);
  }

  /** Has App Store Connect check the key, then stores it. */
  async send(): Promise<Account> {
    const key = {
      keyFile: this.path.trim(),
      keyId: this.keyId.trim() || null,
      issuerId: this.#issuer?.trim() ?? null,
    };
    try {
      if (this.account) return await this.#accounts.replaceKey({ id: this.account.id, ...key });
      const name = this.name.trim() || null;
      return await this.#accounts.add({ ...key, name, baseUrl: this.elsewhere ? this.baseUrl.trim() : null });
    } catch (thrown) {
      const error = asApiError(thrown);
      // Prefill the field that now opens with the file's value.
      if (error.field === "keyId") this.keyId ||= this.#found?.keyId ?? "";
      throw error;
    }
  }

  get #issuer(): string | null {
    return this.team ? this.issuerId : null;
  }
}
