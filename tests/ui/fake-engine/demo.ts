// The fake engine's welcome and demo: whether the welcome is finished, which engine is in front, the possible events.
import type { Demo, DemoEvent, DemoPlace } from "../../../ui/src/lib/bindings/api.ts";
import { type Answers, refusal } from "./answers.ts";
import type { FakeEngine } from "./engine.ts";

const VERSION = "APP_STORE_VERSION_APP_VERSION_STATE_UPDATED";
const CRASH = "BETA_FEEDBACK_CRASH_SUBMISSION_CREATED";

const states = [
  { value: "WAITING_FOR_REVIEW", name: "Waiting for review" },
  { value: "IN_REVIEW", name: "In review" },
  { value: "REJECTED", name: "Rejected" },
  { value: "READY_FOR_DISTRIBUTION", name: "On sale" },
];
const crash: DemoEvent = { eventType: CRASH, from: null, to: null, states: [] };

/** Two apps, one of which can only have crashes. */
export const demo = (): Demo => ({
  apps: [
    {
      id: "6479283016",
      name: "Backyard Birds",
      events: [
        {
          eventType: VERSION,
          from: "Waiting for review",
          to: "IN_REVIEW",
          states,
        },
        crash,
      ],
    },
    { id: "6450917354", name: "Fieldnotes", events: [crash] },
  ],
});

export const demoCommands = {
  finishWelcome() {
    this.welcomed = true;
    return null;
  },
  startDemo() {
    return front(this, "shown", true);
  },
  showDemo({ demo: shown }) {
    return front(this, shown ? "shown" : "behind", shown);
  },
  leaveDemo() {
    return front(this, "none", false);
  },
  demo() {
    return this.demo;
  },
  demoPlace() {
    return this.demoPlace;
  },
  emitDemoEvent({ app, eventType, to }) {
    const of = this.demo.apps.find(({ id }) => id === app);
    const event = of?.events.find((one) => one.eventType === eventType);
    if (!event)
      throw refusal(
        "invalidInput",
        `the app ${app} has nothing to tell of`,
        "choose another type or app",
        "eventType",
      );
    event.from = states.find(({ value }) => value === to)?.name ?? null;
    return { seq: 12, title: `${event.from ?? "Crash"}`, status: 200 };
  },
} satisfies Partial<Answers>;

function front(engine: FakeEngine, place: DemoPlace, demo: boolean) {
  engine.demoPlace = place;
  engine.push({ kind: "front", demo, route: "#/inbox" });
  return null;
}
