// Scenarios with the tunnel and the doctor.
import type { ApiError } from "../../ui/src/lib/bindings/api.ts";
import type { Page } from "playwright-core";
import { loading, type Scenario } from "./scenario.ts";
import { atApple } from "./asc-scenarios.ts";
import { FakeEngine } from "./fake-engine/engine.ts";
import { LONG } from "./fake-engine/odd.ts";
import { after, before, caughtUp, off, steps, stray, up, withTunnel } from "./fake-engine/tunnel.ts";
import { shown } from "./window.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
export const TUNNEL = "#/tunnel";

type Steps = Parameters<typeof steps>[0] & object;

/** An engine with two accounts whose tunnel is in this state. */
export const tunnelled = (tunnel = up(), parts = {}) => atApple(withTunnel(tunnel, parts));

const mayOnlyRead: ApiError = {
  code: "keyRefused",
  message: "the key of Northwind Labs may only read",
  hint: "give it the role App Manager, or move the webhook in App Store Connect",
  field: null,
};
const lookWrong: Steps = {
  webhooks: {
    result: "bad",
    detail: "“Ana’s MacBook” points to an address that is gone",
    remedy: "pointHere",
  },
  accounts: {
    result: "bad",
    detail: "App Store Connect does not accept the key of Northwind Labs",
    hint: "it may have been revoked; give the account another key",
    remedy: "showAccounts",
  },
  eventTypes: {
    result: "skipped",
    detail: "the account has to be fixed first",
  },
};
const lookDown: Steps = {
  tunnel: {
    result: "bad",
    detail: "cloudflared ended with “no recent network activity”",
    hint: "retrying automatically; see the tunnel’s output for details",
    remedy: "restartTunnel",
  },
  address: { result: "skipped", detail: "Fix the tunnel first" },
};
export const retrying = (parts = {}) =>
  up({
    tunnel: {
      state: "retrying",
      why: "cloudflared ended with “no recent network activity”",
      since: before(2 * MINUTE),
      nextAt: after(8_000),
    },
    proof: {
      at: before(50_000),
      result: "silent",
      milliseconds: null,
      message: "nothing responds at the public address",
    },
    ...parts,
  });
const failed = () =>
  up({
    tunnel: {
      state: "failed",
      message: "Cloudflare doesn’t accept the tunnel’s token",
      hint: "copy the token again from the tunnel’s install command in Cloudflare’s dashboard",
    },
    proof: null,
  });

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const way = (page: Page, name: string) => page.getByRole("radio", { name }).click();
const down = (page: Page) =>
  page
    .getByRole("region", { name: "State of the tunnel" })
    .evaluate((element) => (element.scrollTop = element.scrollHeight));

export const tunnelScenarios: Scenario[] = [
  {
    name: "tunnel",
    kept: true,
    engine: () =>
      tunnelled(up(), {
        steps: steps({ webhooks: lookWrong.webhooks }),
      }),
    at: TUNNEL,
  },
  {
    name: "tunnel-mac",
    engine: () => tunnelled(up(), { status: { platform: "macos" } }),
    at: TUNNEL,
  },
  {
    name: "tunnel-end",
    engine: () => tunnelled(),
    at: TUNNEL,
    act: async (page) => {
      await page
        .getByRole("main", { name: "Tunnel" })
        .getByRole("button", { name: "Show", exact: true })
        .click();
      await shown(page, "INF Starting tunnel").waitFor();
      await down(page);
    },
  },
  {
    name: "tunnel-off",
    engine: () => tunnelled(off()),
    at: TUNNEL,
  },
  {
    name: "tunnel-off-no-account",
    engine: () => new FakeEngine(withTunnel(off(), { missed: caughtUp({ webhooks: [], lastAt: null }) })),
    at: TUNNEL,
  },
  {
    name: "tunnel-stopped",
    engine: () => tunnelled(up({ wanted: false, tunnel: { state: "off" }, proof: null })),
    at: TUNNEL,
  },
  {
    name: "tunnel-waiting",
    engine: () =>
      tunnelled(up({ tunnel: { state: "off" }, proof: null }), {
        status: {
          listener: {
            state: "portTaken",
            port: 8377,
            holder: "node (PID 4127)",
            free: 8378,
          },
          headline: "Not listening",
          detail: "Port 8377 is taken",
        },
      }),
    at: TUNNEL,
  },
  {
    name: "tunnel-starting",
    engine: () => tunnelled(up({ tunnel: { state: "starting" }, proof: null })),
    at: TUNNEL,
  },
  {
    name: "tunnel-retrying",
    engine: () => tunnelled(retrying(), { steps: steps(lookDown) }),
    at: TUNNEL,
  },
  {
    name: "tunnel-foreign",
    engine: () =>
      tunnelled(
        retrying({
          proof: {
            at: before(9_000),
            result: "foreign",
            milliseconds: 96,
            message: "another program responds at the public address in Hookbell’s place",
          },
        }),
      ),
    at: TUNNEL,
  },
  {
    name: "tunnel-failed",
    engine: () => tunnelled(failed()),
    at: TUNNEL,
  },
  {
    name: "tunnel-elsewhere",
    engine: () => tunnelled(up({ elsewhere: 4127 })),
    at: TUNNEL,
  },
  {
    name: "tunnel-strays",
    engine: () =>
      tunnelled(
        up({
          heal: false,
          strays: [
            stray(),
            stray({ local: "l-h6", id: "h6", app: "a2", name: "Studio Mac" }),
            stray({
              local: "l-h7",
              id: "h7",
              account: "northwind",
              app: "b1",
              name: "Studio Mac",
              trouble: mayOnlyRead,
            }),
          ],
        }),
      ),
    at: TUNNEL,
  },
  {
    name: "tunnel-all-ways",
    engine: () => tunnelled(off()),
    at: TUNNEL,
    act: async (page) => {
      await press(page, "Show all 10");
      await shown(page, "cargo install bore-cli").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "tunnel-form",
    kept: true,
    engine: () => tunnelled(),
    at: TUNNEL,
    act: (page) => press(page, "Change Cloudflare, named tunnel"),
  },
  {
    name: "tunnel-form-refused",
    engine: () => tunnelled(off()),
    at: TUNNEL,
    act: async (page) => {
      await way(page, "Own server over SSH");
      await page.getByLabel("Server", { exact: true }).fill("halden@relay");
      await page.getByRole("textbox", { name: "Public address" }).fill("http://relay.example");
      await press(page, "Use Own server over SSH");
      await shown(page, "only to https addresses").waitFor();
    },
  },
  {
    name: "tunnel-token-replace",
    engine: () => tunnelled(),
    at: TUNNEL,
    act: async (page) => {
      await press(page, "Change Cloudflare, named tunnel");
      await press(page, "Replace…");
    },
  },
  {
    name: "tunnel-token-remove",
    engine: () => tunnelled(),
    at: TUNNEL,
    act: async (page) => {
      await press(page, "Change Cloudflare, named tunnel");
      await press(page, "Remove…");
      await page.getByRole("alertdialog").waitFor();
    },
  },
  {
    name: "tunnel-gap",
    engine: () =>
      tunnelled(off(), {
        missed: caughtUp({
          webhooks: [
            {
              local: "l-h1",
              name: "Studio Mac",
              readAt: before(4 * MINUTE),
              fetched: 12,
              gap: { from: before(24 * DAY), to: before(10 * DAY) },
              trouble: null,
            },
            {
              local: "l-h7",
              name: "Northwind",
              readAt: before(2 * DAY),
              fetched: 0,
              gap: null,
              trouble: mayOnlyRead,
            },
          ],
          fetched: 12,
        }),
      }),
    at: TUNNEL,
    act: down,
  },
  {
    name: "tunnel-long",
    engine: () =>
      tunnelled(
        up({
          tunnel: {
            state: "up",
            url: `https://${"x".repeat(180)}.example`,
            since: before(DAY),
          },
          name: LONG,
          strays: [stray({ name: LONG, trouble: { ...mayOnlyRead, message: LONG } })],
          news: [{ at: before(DAY), kind: "down", text: LONG, count: 0 }],
        }),
        {
          steps: steps({
            webhooks: {
              result: "bad",
              detail: LONG,
              hint: LONG,
              remedy: "pointHere",
            },
          }),
        },
      ),
    at: TUNNEL,
  },
  {
    name: "tunnel-loading",
    engine: () => {
      const engine = tunnelled();
      for (const command of ["tunnel", "catchUp", "doctor"] as const) engine.silent.add(command);
      return engine;
    },
    at: TUNNEL,
    act: loading,
  },
  {
    name: "tunnel-error",
    engine: () => {
      const engine = tunnelled();
      for (const command of ["tunnel", "doctor"] as const)
        engine.fail(
          command,
          "storeUnwritable",
          "the store can't be read",
          "see that the disk is there and not full",
        );
      return engine;
    },
    at: TUNNEL,
  },
  {
    name: "doctor",
    engine: () => tunnelled(up(), { steps: steps(lookWrong) }),
    at: "#/tunnel/doctor",
    act: (page) => shown(page, /\d checks passed/).waitFor(),
  },
];
