// What is set. A change shows at once and is saved at once; what could not be saved goes back and says why.
import type { ApiError, ChangeSettingsRequest, SettingsFileReply, SettingsReply } from "../bindings/api";
import { asApiError, type Backend } from "../backend/backend";
import { TEXT_SIZES } from "./choices";

export type SettingName = keyof ChangeSettingsRequest;

export class Preferences {
  now = $state.raw<SettingsReply | null>(null);
  /** Why they could not be read. */
  error = $state.raw<ApiError | null>(null);
  /** Why the last change was refused, and what it was to change. */
  refused = $state.raw<{ name: SettingName; error: ApiError } | null>(null);
  /** The time zones that the engine knows; empty until they were asked for. */
  zones = $state.raw<string[]>([]);

  #call: Backend["call"];
  /** The first reading. Whoever comes before its answer waits for it, so that changes keep their order. */
  #first: Promise<void> | null = null;
  /** Changes are made one after another, so that the last one wins. */
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(call: Backend["call"]) {
    this.#call = call;
  }

  async load(): Promise<void> {
    try {
      const now = await this.#call("settings", null);
      // What is being changed is told by its own answer.
      if (this.#waiting === 0) this.now = now;
      this.error = null;
    } catch (thrown) {
      this.error = asApiError(thrown);
    }
  }

  async loadZones(): Promise<void> {
    if (this.zones.length > 0) return;
    try {
      this.zones = await this.#call("timeZones", null);
    } catch (thrown) {
      this.error = asApiError(thrown);
    }
  }

  /** Sets one thing. */
  change(change: ChangeSettingsRequest): Promise<void> {
    const [name] = Object.keys(change) as SettingName[];
    if (!name || !this.now) return this.#last;
    this.refused = null;
    this.now = changed(this.now, change);
    this.#waiting += 1;
    this.#last = this.#last.then(() => this.#save(name, change));
    return this.#last;
  }

  refusal(name: SettingName): ApiError | null {
    return this.refused?.name === name ? this.refused.error : null;
  }

  /** The next larger or smaller text, or the usual one. */
  async scaleText(step: 1 | -1 | 0): Promise<void> {
    if (!this.now) await (this.#first ??= this.load().finally(() => (this.#first = null)));
    if (!this.now) return;
    const at = TEXT_SIZES.findIndex((size) => size === this.now?.settings.textSize);
    const textSize = step === 0 ? TEXT_SIZES[0] : TEXT_SIZES[at + step];
    if (textSize !== undefined && textSize !== this.now.settings.textSize) await this.change({ textSize });
  }

  /** Rejects where it fails, so that it can be said where it was asked. */
  async reset(): Promise<void> {
    this.now = await this.#call("resetSettings", null);
  }
  /** The file, or nothing if the dialog was closed. */
  exportFile(): Promise<SettingsFileReply> {
    return this.#call("exportSettings", null);
  }
  async importFile(): Promise<SettingsFileReply> {
    const reply = await this.#call("importSettings", null);
    await this.load();
    return reply;
  }

  async #save(name: SettingName, change: ChangeSettingsRequest): Promise<void> {
    try {
      const saved = await this.#call("changeSettings", change);
      this.#waiting -= 1;
      if (this.#waiting === 0) this.now = saved;
    } catch (thrown) {
      this.#waiting -= 1;
      this.refused = { name, error: asApiError(thrown) };
      await this.load();
    }
  }
}

function changed(now: SettingsReply, change: ChangeSettingsRequest): SettingsReply {
  const { startAtLogin, ...settings } = change;
  return {
    ...now,
    settings: { ...now.settings, ...(settings as Partial<SettingsReply["settings"]>) },
    startAtLogin:
      startAtLogin === undefined ? now.startAtLogin : { state: startAtLogin === true ? "on" : "off" },
  };
}
