// Scenarios with settings.
import type { State } from "./fake-engine/engine.ts";
import type { Scenario } from "./scenario.ts";
import { FakeEngine } from "./fake-engine/engine.ts";
import { drawnPreferences, newer, preferences } from "./fake-engine/settings.ts";
import { caughtUp, off, withTunnel } from "./fake-engine/tunnel.ts";
import { NEWER } from "./fake-engine/updates.ts";
import { retrying, tunnelled } from "./tunnel-scenarios.ts";
import { shown } from "./window.ts";

export const SETTINGS = "#/settings";

const drawn = (parts: State = {}) => tunnelled(undefined, { preferences: drawnPreferences(), ...parts });

export const settingsScenarios: Scenario[] = [
  { name: "settings", kept: true, engine: () => drawn(), at: SETTINGS },
  {
    name: "settings-general",
    engine: () => drawn({ status: { platform: "macos" } }),
    at: "#/settings/general",
  },
  {
    name: "settings-update",
    engine: () =>
      drawn({
        preferences: drawnPreferences({ settings: { lookForUpdates: true } }),
        update: NEWER,
      }),
    at: "#/settings/general",
  },
  {
    name: "settings-advanced",
    engine: () =>
      drawn({
        preferences: drawnPreferences({
          overrides: { port: 9000, log: "hookbell=trace" },
        }),
      }),
    at: "#/settings/advanced",
  },
  {
    name: "settings-newer",
    engine: () =>
      tunnelled(undefined, {
        preferences: preferences({ trouble: newer }),
        status: {
          trouble: {
            kind: "settings",
            title: "These settings were saved by a newer version of Hookbell",
            detail: newer.message,
            hint: newer.hint,
            path: null,
          },
        },
      }),
    at: SETTINGS,
  },
  {
    name: "settings-time-refused",
    engine: () => drawn(),
    at: "#/settings/notifications",
    act: async (page) => {
      await page.getByLabel("From", { exact: true }).fill("25:00");
      await page.keyboard.press("Enter");
      await shown(page, "“25:00” isn’t a valid time").waitFor();
    },
  },
  {
    name: "settings-diagnostics",
    engine: () => drawn(),
    at: "#/settings/advanced",
    act: async (page) => {
      await page.getByRole("button", { name: "Copy diagnostics…" }).click();
      await shown(page, "Hookbell 0.1.0 on linux").waitFor();
    },
  },
  {
    name: "settings-reset",
    engine: () => drawn(),
    at: "#/settings/advanced",
    act: (page) => page.getByRole("button", { name: "Reset settings…" }).click(),
  },
  {
    name: "settings-end",
    kept: true,
    engine: () => tunnelled(),
    at: "#/settings/about",
  },
  {
    name: "settings-none",
    engine: () => new FakeEngine(withTunnel(off(), { missed: caughtUp({ webhooks: [], lastAt: null }) })),
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
    act: (page) => page.getByRole("button", { name: "Pause: Not paused" }).click(),
  },
  {
    name: "settings-port-refused",
    engine: () => tunnelled(),
    at: "#/settings/advanced",
    act: async (page) => {
      await page.getByLabel("Port").fill("99999");
      await page.getByRole("button", { name: "Use this port" }).click();
      await shown(page, "Not a valid port").waitFor();
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
            holder: "node (PID 4127)",
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
