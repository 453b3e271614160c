// The settings. A change shows and is saved at once; if saving fails, it is reverted with the reason.
import type { ApiError, ChangeSettingsRequest, SettingsFileReply, SettingsReply } from "../bindings/api";
import { asApiError, type Backend } from "../backend/backend";
import { Resource } from "../state/resource.svelte";

/** The window's text sizes, in percent. */
export const TEXT_SIZES = [100, 110, 125, 150] as const;

export type SettingName = keyof ChangeSettingsRequest;

const NO_ZONES: string[] = [];

export class Preferences {
  /** Why the last change failed, and which setting it was. */
  refused = $state.raw<{ name: SettingName; error: ApiError } | null>(null);

  #call: Backend["call"];
  #read: Resource<SettingsReply>;
  #zones: Resource<string[]>;
  /** Changes are sent one after another, so that the last one wins. */
  #last: Promise<unknown> = Promise.resolve();

  now = $derived.by(() => this.#read.value);
  /** Why the settings could not be read. */
  error = $derived.by(() => this.#read.error);
  /** The time zones that the engine knows; empty until loaded. */
  zones = $derived.by(() => this.#zones.value ?? NO_ZONES);
  /** Why the time zones could not be read. */
  zonesError = $derived.by(() => this.#zones.error);

  constructor(call: Backend["call"]) {
    this.#call = call;
    this.#read = new Resource(() => call("settings", null));
    this.#zones = new Resource(() => call("timeZones", null));
  }

  load(): Promise<void> {
    return this.#read.load();
  }

  /** The settings have changed since they were read. */
  refresh(): Promise<void> {
    return this.#read.refresh();
  }

  loadZones(): Promise<void> {
    return this.#zones.ensure();
  }

  /** Changes one setting. */
  async change(change: ChangeSettingsRequest): Promise<void> {
    const [name] = Object.keys(change) as SettingName[];
    if (!name || !this.now) return;
    this.refused = null;
    const before = this.#last;
    const save = async () => {
      await before;
      return this.#call("changeSettings", change);
    };
    const saving = this.#read.change(save, {
      shows: (now) => changed(now, change),
      gives: (_, saved) => saved,
    });
    this.#last = saving.catch((thrown: unknown) => {
      this.refused = { name, error: asApiError(thrown) };
    });
    await this.#last;
  }

  refusal(name: SettingName): ApiError | null {
    return this.refused?.name === name ? this.refused.error : null;
  }

  /** The next larger or smaller text size, or the default. */
  async scaleText(step: 1 | -1 | 0): Promise<void> {
    // Early callers wait for the first read, so that changes keep their order.
    await this.#read.ensure();
    if (!this.now) return;
    const at = TEXT_SIZES.findIndex((size) => size === this.now?.settings.textSize);
    const textSize = step === 0 ? TEXT_SIZES[0] : TEXT_SIZES[at + step];
    if (textSize !== undefined && textSize !== this.now.settings.textSize) await this.change({ textSize });
  }

  /** Rejects on failure, so that the caller can show it in place. */
  async reset(): Promise<void> {
    await this.#read.change(() => this.#call("resetSettings", null), { gives: (_, now) => now });
  }
  /** Exports the file; the reply has no path if the dialog was cancelled. */
  exportFile(): Promise<SettingsFileReply> {
    return this.#call("exportSettings", null);
  }
  async importFile(): Promise<SettingsFileReply> {
    const reply = await this.#call("importSettings", null);
    await this.refresh();
    return reply;
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
