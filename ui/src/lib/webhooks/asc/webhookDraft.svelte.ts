// A new webhook as it is being filled in, for one app or for several at once, and what became of it in each. An app
// that has it gets it no second time, however often the form is sent.
import type { ApiError, AppWebhook } from "../../bindings/api";
import { asApiError } from "../../backend/backend";
import { secretError } from "../secret/validation";
import type { Apps } from "./apps.svelte";
import { PRESETS } from "./eventTypes";
import { appsError, fullError, nameError, typesError, urlError } from "./validation";

/** What became of the webhook in one app. */
export type Creation =
  { state: "creating" } | { state: "created"; webhook: AppWebhook } | { state: "refused"; error: ApiError };

/** An app of an account, as one text: a list of them is compared and looked up. */
export type Place = string;

export function placeOf(account: string, app: string): Place {
  return `${account}/${app}`;
}
export function partsOf(place: Place): { account: string; app: string } {
  const [account = "", app = ""] = place.split("/");
  return { account, app };
}

/** The fields that show their own errors, in the order of the form. */
export const FIELDS = ["app", "name", "eventTypes", "url", "secret"] as const;

export class WebhookDraft {
  places = $state.raw<readonly Place[]>([]);
  name = $state("");
  /** Null: this computer. */
  url = $state<string | null>(null);
  /** Null: generated. */
  secret = $state<string | null>(null);
  eventTypes = $state.raw<string[]>([...(PRESETS[0]?.types ?? [])]);
  enabled = $state(true);
  results = $state.raw<ReadonlyMap<Place, Creation>>(new Map());

  created = $derived(
    [...this.results].flatMap(([place, result]) =>
      result.state === "created" ? [{ ...partsOf(place), webhook: result.webhook }] : [],
    ),
  );
  /** The apps that still have to get it. Where nobody knows whether one has it, it is not asked for again. */
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

  /** The first thing that is wrong with what is filled in, in the order of the form. */
  check(): ApiError | null {
    return FIELDS.map((field) => this.wrong[field] ?? null).find((error) => error !== null) ?? null;
  }

  /**
   * Creates it in every chosen app that does not have it, one after the other. Where several were chosen, what an app
   * refuses is kept in `results`; where only one was, it rejects.
   */
  async create(): Promise<void> {
    this.#stopped = false;
    const secret = this.secret;
    // A secret that was typed is held no longer than it takes to hand it over.
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

  /** Begins with no further app: the form is gone. What is on its way can't be called back. */
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
