// Scenarios with the welcome and the demo.
import type { State } from "./fake-engine/engine.ts";
import type { Page } from "playwright-core";
import type { Scenario } from "./scenario.ts";
import { account, app } from "./fake-engine/studio.ts";
import { FakeEngine } from "./fake-engine/engine.ts";
import { off, up, withTunnel } from "./fake-engine/tunnel.ts";
import { atApple } from "./asc-scenarios.ts";
import { LONG } from "./fake-engine/odd.ts";
import { shown } from "./window.ts";

export const WELCOME = "#/welcome";
export const ISSUER = "57246542-96fe-1a63-e053-0824d011072a";

/** A first start, on a computer with some tunnel programs. */
export const fresh = (parts: State = {}) => new FakeEngine(parts);

/** An account with two apps, and no webhook yet. */
export const connected = (parts: State = {}) =>
  fresh({
    accounts: [account({ id: "halden", name: "Halden Software AB", webhooks: 0 })],
    apps: {
      halden: [
        app("6479283016", "Backyard Birds", "se.halden.backyardbirds"),
        app("6450917354", "Fieldnotes", "se.halden.fieldnotes"),
      ],
    },
    ...parts,
  });

/** The same, reachable. */
export const reachable = (parts: State = {}) => connected({ ...withTunnel(up()), ...parts });

/** The demo, with the same rooms as anybody's. */
export const inDemo = (parts: State = {}) => atApple({ demoPlace: "shown", ...parts });

export const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

export async function giveKey(page: Page, file = "/keys/AuthKey_2X9R4HXF34.p8") {
  await page.getByLabel("Key file").fill(file);
  await page.getByRole("textbox", { name: "Issuer ID" }).fill(ISSUER);
  await press(page, "Connect");
}

const failed = () =>
  connected(
    withTunnel(
      off({
        provider: "cloudflare-quick",
        name: "Cloudflare, quick tunnel",
        wanted: true,
        tunnel: {
          state: "failed",
          message: "cloudflared can’t be run: permission denied",
          hint: "make it executable, or install it again",
        },
      }),
    ),
  );
const starting = () =>
  connected(
    withTunnel(
      off({
        provider: "cloudflare-quick",
        name: "Cloudflare, quick tunnel",
        wanted: true,
        tunnel: { state: "starting" },
      }),
    ),
  );
function refusing() {
  const engine = fresh();
  engine.fail(
    "addAccount",
    "keyRefused",
    "App Store Connect doesn’t accept the key 2X9R4HXF34",
    "check both in Users and Access → Integrations",
    "issuerId",
  );
  return engine;
}
function unmade() {
  const engine = fresh();
  engine.fail(
    "startDemo",
    "storeUnwritable",
    "the demo can’t be saved: no space left on device",
    "check that the disk has space and that the data directory is writable",
  );
  return engine;
}

/** Each also in the smallest window with larger text: it is the first thing that people see. */
const rooms: Scenario[] = [
  { name: "welcome", kept: true, engine: () => fresh(), at: WELCOME },
  {
    name: "welcome-mac",
    engine: () => fresh({ status: { platform: "macos" } }),
    at: WELCOME,
  },
  {
    name: "welcome-key-refused",
    engine: refusing,
    at: WELCOME,
    act: (page) => giveKey(page),
  },
  {
    name: "welcome-no-demo",
    engine: unmade,
    at: WELCOME,
    act: (page) => press(page, "Try the demo"),
  },
  {
    name: "welcome-tunnel",
    kept: true,
    engine: () => connected(),
    at: WELCOME,
  },
  {
    name: "welcome-tunnel-all",
    engine: () => connected(),
    at: WELCOME,
    act: (page) => page.getByRole("button", { name: /more providers/ }).click(),
  },
  {
    name: "welcome-tunnel-form",
    engine: () => connected(),
    at: WELCOME,
    act: (page) => page.getByRole("radio", { name: /public address/ }).check(),
  },
  { name: "welcome-tunnel-starting", engine: starting, at: WELCOME },
  { name: "welcome-tunnel-failed", engine: failed, at: WELCOME },
  {
    name: "welcome-tunnel-nothing",
    engine: () => connected({ providers: [] }),
    at: WELCOME,
    act: (page) => page.getByRole("radio", { name: /No tunnel/ }).check(),
  },
  {
    name: "welcome-webhook",
    engine: () => reachable(),
    at: WELCOME,
  },
  {
    name: "welcome-webhook-unreachable",
    engine: () => connected(),
    at: WELCOME,
    act: (page) => press(page, "Skip"),
  },
  {
    name: "welcome-webhook-types",
    engine: () => reachable(),
    at: WELCOME,
    act: (page) => press(page, "Custom"),
  },
  {
    name: "welcome-webhook-no-key",
    engine: () => fresh(),
    at: WELCOME,
    act: async (page) => {
      await press(page, "Skip");
      await press(page, "Skip");
    },
  },
  {
    name: "welcome-done",
    kept: true,
    engine: () => reachable(),
    at: WELCOME,
    act: async (page) => {
      await press(page, "Create and test");
      await shown(page, "signature verified").waitFor();
    },
  },
  {
    name: "welcome-long",
    engine: () => {
      const engine = connected();
      engine.accounts[0].name = LONG;
      return engine;
    },
    at: WELCOME,
    act: (page) => press(page, "Back"),
  },
  {
    name: "demo",
    engine: () => inDemo(),
    demo: true,
    at: "#/inbox/12",
  },
  {
    name: "demo-panel",
    kept: true,
    engine: () => inDemo(),
    demo: true,
    at: "#/demo",
  },
  {
    name: "demo-sent",
    engine: () => inDemo(),
    demo: true,
    at: "#/demo",
    act: async (page) => {
      await press(page, "Send event");
      await shown(page, "answered 200").waitFor();
    },
  },
  {
    name: "demo-leaving",
    engine: () => inDemo(),
    demo: true,
    at: "#/demo/leave",
  },
  {
    name: "demo-panel-refused",
    engine: () => {
      const engine = inDemo();
      engine.fail(
        "emitDemoEvent",
        "invalidInput",
        "no webhook that is on subscribes to BUILD_UPLOAD_STATE_UPDATED",
        "choose another type or app, and check that its webhook is enabled",
        "eventType",
      );
      return engine;
    },
    demo: true,
    at: "#/demo",
    act: (page) => press(page, "Send event"),
  },
  {
    name: "demo-webhooks",
    engine: () => inDemo(),
    demo: true,
    at: "#/webhooks",
  },
  {
    name: "demo-behind",
    engine: () => atApple({ demoPlace: "behind" }),
    at: "#/inbox/12",
  },
];
export const welcomeScenarios = rooms.map((scenario) => ({
  zoomed: true,
  ...scenario,
}));
