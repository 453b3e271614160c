// What can happen at the demo's App Store Connect, what is chosen, and what came of it.
import type { ApiError, Demo, DemoApp, DemoEvent, EmittedDemoEvent } from "../bindings/api";
import { asApiError, type Backend } from "../backend/backend";

export class Controls {
  choices = $state.raw<Demo | null>(null);
  working = $state(false);
  error = $state.raw<ApiError | null>(null);
  /** What happened last. */
  happened = $state.raw<EmittedDemoEvent | null>(null);

  #app = $state("");
  #type = $state("");
  #to = $state("");
  app = $derived<DemoApp | null>(
    this.choices?.apps.find(({ id }) => id === this.#app) ?? this.choices?.apps[0] ?? null,
  );
  /** The type that is chosen, if the app can have it. */
  event = $derived<DemoEvent | null>(
    this.app?.events.find(({ eventType }) => eventType === this.#type) ?? this.app?.events[0] ?? null,
  );
  /** The state to come to: the chosen one, or the one that usually follows. Empty for types without states. */
  to = $derived(
    this.event?.states.some(({ value }) => value === this.#to) ? this.#to : (this.event?.to ?? ""),
  );

  #call: Backend["call"];

  constructor(call: Backend["call"]) {
    this.#call = call;
  }

  /** Reads what can happen. `type` is offered as long as nothing is chosen. */
  async load(type = this.#type): Promise<void> {
    if (this.#type === "") this.#type = type;
    try {
      this.choices = await this.#call("demo", null);
    } catch (thrown) {
      this.error = asApiError(thrown);
    }
  }

  chooseApp(id: string): void {
    this.#app = id;
    this.#to = "";
  }
  chooseType(type: string): void {
    this.#type = type;
    this.#to = "";
  }
  chooseState(value: string): void {
    this.#to = value;
  }

  /** Has it happen. The state after it is the next one's beginning, so the choices are read anew. */
  async emit(): Promise<void> {
    const { app, event } = this;
    if (this.working || !app || !event) return;
    this.working = true;
    this.error = null;
    try {
      const request = { app: app.id, eventType: event.eventType, to: this.to === "" ? null : this.to };
      this.happened = await this.#call("emitDemoEvent", request);
      this.#to = "";
      await this.load();
    } catch (thrown) {
      this.happened = null;
      this.error = asApiError(thrown);
    } finally {
      this.working = false;
    }
  }
}
