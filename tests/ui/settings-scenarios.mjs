// The states of the settings.
import { FakeEngine } from "./fake-engine/engine.mjs";
import { caughtUp, off, withTunnel } from "./fake-engine/tunnel.mjs";
import { retrying, tunnelled } from "./tunnel-scenarios.mjs";

export const SETTINGS = "#/settings";

export const settingsScenarios = [
  { name: "settings", kept: true, engine: () => tunnelled(), at: SETTINGS },
  {
    name: "settings-end",
    kept: true,
    engine: () => tunnelled(),
    at: "#/settings/about",
  },
  {
    name: "settings-none",
    engine: () =>
      new FakeEngine(
        withTunnel(off(), { missed: caughtUp({ webhooks: [], lastAt: null }) }),
      ),
    at: SETTINGS,
  },
  {
    name: "settings-trouble",
    engine: () =>
      tunnelled(retrying(), {
        status: {
          pausedUntil: "2026-11-20T15:40:00Z",
          trouble: {
            kind: "notifications",
            title: "notifications can't be shown",
            detail: "no notification service is running",
            hint: "start one, for instance by logging in to a desktop",
            path: null,
          },
        },
      }),
    at: SETTINGS,
  },
  {
    name: "settings-pause-menu",
    engine: () => tunnelled(),
    at: SETTINGS,
    act: (page) =>
      page.getByRole("button", { name: "Pause: Not paused" }).click(),
  },
  {
    name: "settings-port-refused",
    engine: () => tunnelled(),
    at: "#/settings/advanced",
    act: async (page) => {
      await page.getByLabel("Port").fill("99999");
      await page.getByRole("button", { name: "Use this port" }).click();
      await page.getByText("This is no port").waitFor();
    },
  },
  {
    name: "settings-port-taken",
    engine: () =>
      tunnelled(off(), {
        status: {
          headline: "Not listening",
          detail: "Port 8377 is taken",
          listener: {
            state: "portTaken",
            port: 8377,
            holder: "node (pid 4127)",
            free: 8378,
          },
          trouble: {
            kind: "listener",
            title: "port 8377 is taken",
            detail: "another program listens there",
            hint: "use port 8378, or end the other program",
            path: null,
          },
        },
      }),
    at: "#/settings/advanced",
  },
];
