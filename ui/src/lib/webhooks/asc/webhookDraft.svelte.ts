// A new webhook being entered, for one app or several, and the outcome for each app. An app that has it never gets it
// twice, however often the form is sent.
import type { ApiError, AppWebhook } from "../../bindings/api";
import { asApiError } from "../../backend/backend";
import { secretError } from "../secret/validation";
import type { Apps } from "./apps.svelte";
import { PRESETS } from "./eventTypes";
import { appsError, fullError, nameError, typesError, urlError } from "./validation";

/** The outcome of creating the webhook in one app. */
export type Creation =
  { state: "creating" } | { state: "created"; webhook: AppWebhook } | { state: "refused"; error: ApiError };

/** An account and app as one string, because places are compared and looked up. */
export type Place = string;

export function placeOf(account: string, app: string): Place {
  return `${account}/${app}`;
}
export function partsOf(place: Place): { account: string; app: string } {
  const [account = "", app = ""] = place.split("/");
  return { account, app };
}

/** The fields that show their own errors, in the form's order. */
export const FIELDS = ["app", "name", "eventTypes", "url", "secret"] as const;

export class WebhookDraft {
  places = $state.raw<readonly Place[]>([]);
  name = $state("");
  /** Null for this computer. */
  url = $state<string | null>(null);
  /** Null to generate one. */
  secret = $state<string | null>(null);
  eventTypes = $state.raw<string[]>([...(PRESETS[0]?.types ?? [])]);
  enabled = $state(true);
  results = $state.raw<ReadonlyMap<Place, Creation>>(new Map());

  created = $derived(
    [...this.results].flatMap(([place, result]) =>
      result.state === "created" ? [{ ...partsOf(place), webhook: result.webhook }] : [],
    ),
  );
  /** The apps that still need it. An app where creation may or may not have succeeded isn't tried again. */
  left = $derived(
    this.places.filter((place) => {
      const result = this.results.get(place);
      return !result || (result.state === "refused" && result.error.code !== "outcomeUnknown");
    }),
  );
  wrong = $derived.by<Record<string, ApiError | null>>(() => ({
    app: appsError(this.places) ?? this.#full(),
    name: nameError(this.name),
    eventTypes: typesError(this.eventTypes),
    url: urlError(this.url),
    secret: secretError(this.secret),
  }));

  #apps: Apps;
  #stopped = false;

  constructor(apps: Apps, name = "") {
    this.#apps = apps;
    this.name = name;
  }

  /** The first error in the form's order. */
  check(): ApiError | null {
    return FIELDS.map((field) => this.wrong[field] ?? null).find((error) => error !== null) ?? null;
  }

  /**
   * Creates it in each chosen app that lacks it, one after another. With several apps, refusals are collected in
   * `results`; with one, it rejects.
   */
  async create(): Promise<void> {
    this.#stopped = false;
    const secret = this.secret;
    // Clear a typed secret as soon as it has been passed on.
    if (secret !== null) this.secret = "";
    const single = this.places.length === 1;
    for (const place of this.left) {
      if (this.#stopped) return;
      this.#put(place, { state: "creating" });
      try {
        this.#put(place, { state: "created", webhook: await this.#create(place, secret) });
      } catch (thrown) {
        const error = asApiError(thrown);
        if (single) {
          this.results = new Map();
          throw error;
        }
        this.#put(place, { state: "refused", error });
      }
    }
  }

  /** Stops before the next app, because the form is gone. A request already sent can't be cancelled. */
  stop(): void {
    this.#stopped = true;
  }

  #create(place: Place, secret: string | null): Promise<AppWebhook> {
    return this.#apps.create({
      ...partsOf(place),
      name: this.name.trim(),
      url: this.url?.trim() ?? null,
      secret,
      eventTypes: this.eventTypes,
      enabled: this.enabled,
    });
  }

  #full(): ApiError | null {
    for (const place of this.left) {
      const { account, app } = partsOf(place);
      const of = this.#apps.webhooksOf(account, app);
      const error = fullError(of?.webhooks.length ?? 0, of?.most ?? 10);
      if (error) return error;
    }
    return null;
  }

  #put(place: Place, result: Creation): void {
    this.results = new Map(this.results).set(place, result);
  }
}
