// The demo's possible events, the current selection, and the result of the last one.
import type { ApiError, Demo, DemoApp, DemoEvent, EmittedDemoEvent } from "../bindings/api";
import { asApiError, type Backend } from "../backend/backend";

export class Controls {
  choices = $state.raw<Demo | null>(null);
  working = $state(false);
  error = $state.raw<ApiError | null>(null);
  /** The last event sent. */
  happened = $state.raw<EmittedDemoEvent | null>(null);

  #app = $state("");
  #type = $state("");
  #to = $state("");
  app = $derived<DemoApp | null>(
    this.choices?.apps.find(({ id }) => id === this.#app) ?? this.choices?.apps[0] ?? null,
  );
  /** The selected type, if the app can have it. */
  event = $derived<DemoEvent | null>(
    this.app?.events.find(({ eventType }) => eventType === this.#type) ?? this.app?.events[0] ?? null,
  );
  /** The target state: the selected one, or the usual successor. Empty for types without states. */
  to = $derived(
    this.event?.states.some(({ value }) => value === this.#to) ? this.#to : (this.event?.to ?? ""),
  );

  #call: Backend["call"];

  constructor(call: Backend["call"]) {
    this.#call = call;
  }

  /** Loads the possible events. `type` is preselected until a selection is made. */
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

  /** Sends the event. Its new state is the start of the next event, so the choices are loaded again. */
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
