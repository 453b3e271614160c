// Where the welcome begins, and its texts about what already exists.
import { expect, test } from "vitest";
import type { Account, App, Tunnel, Webhook } from "../bindings/api";
import { firstOpen, stepsOf, type Known } from "./steps";

const nothing: Known = {
  accounts: [],
  apps: [],
  tunnel: null,
  noTunnel: false,
  webhooks: [],
  created: false,
  platform: "macos",
};
const halden = { name: "Halden Software AB" } as Account;
const up = { name: "Tailscale Funnel", tunnel: { state: "up" } } as Tunnel;

test("with nothing there it begins with the key", () => {
  const steps = stepsOf(nothing);
  expect(steps.map(({ done }) => done)).toEqual([false, false, false]);
  expect(firstOpen(steps)).toBe("key");
});

test("what is there already counts as done and is named", () => {
  const apps = Array.from({ length: 5 }, () => ({}) as App);
  const steps = stepsOf({ ...nothing, accounts: [halden], apps, tunnel: up });
  expect(steps.map(({ about }) => about)).toEqual([
    "Halden Software AB, 5 apps",
    "Tailscale Funnel",
    "Created and tested for you",
  ]);
  expect(firstOpen(steps)).toBe("webhook");
});

test("no tunnel is a choice, and only once it was made", () => {
  const off = { name: "No tunnel", tunnel: { state: "off" } } as Tunnel;
  expect(firstOpen(stepsOf({ ...nothing, accounts: [halden], tunnel: off }))).toBe("tunnel");
  expect(firstOpen(stepsOf({ ...nothing, accounts: [halden], tunnel: off, noTunnel: true }))).toBe("webhook");
});

test("all done begins with the last", () => {
  const webhooks = [{}, {}] as Webhook[];
  const steps = stepsOf({ ...nothing, accounts: [halden, halden], tunnel: up, webhooks });
  expect(steps[0]?.about).toBe("2 accounts");
  expect(steps[2]?.about).toBe("2 webhooks on this Mac");
  expect(firstOpen(steps)).toBe("webhook");
});
