// The rule started from an event's page silences such events and nothing else.
import { expect, test } from "vitest";
import type { EventChoices, EventDetail } from "../bindings/api";
import { quietRule } from "./quiet";

const CHOICES = {
  apps: [],
  accounts: [],
  types: [
    {
      type: "APP_STORE_VERSION_APP_VERSION_STATE_UPDATED",
      label: "App version status",
      states: [{ state: "REJECTED", label: "Rejected" }],
    },
  ],
} as unknown as EventChoices;
const detail = (parts: object) =>
  ({
    event: { kind: "version", app: { id: "6479283016", name: "Backyard Birds" } },
    kindLabel: "App version",
    typeName: "appStoreVersionAppVersionStateUpdated",
    after: "Rejected",
    ...parts,
  }) as unknown as EventDetail;

test("it is for the type, the state and the app of the event", () => {
  expect(quietRule(detail({}), CHOICES)).toEqual({
    name: "No notification: App version, Rejected, Backyard Birds",
    when: {
      types: ["APP_STORE_VERSION_APP_VERSION_STATE_UPDATED"],
      apps: ["6479283016"],
      states: ["REJECTED"],
    },
    then: [{ silence: {} }],
  });
});
test("an event of an unknown type never makes a rule for every event", () => {
  const when = (parts: object) =>
    quietRule(detail({ event: { kind: "unknown", app: null }, ...parts }), null).when;
  expect(when({ typeName: "somethingNew", after: null })).toEqual({ if: 'event.type == "somethingNew"' });
  expect(when({ typeName: null, after: null })).toEqual({ if: 'event.kind == "unknown"' });
});
