// The tunnel and the doctor, in a real browser over a fake engine.
import type { Page } from "playwright-core";
import assert from "node:assert/strict";
import { asks, boxOf, button, claim, isGone, press } from "./claims.ts";
import { NOW } from "./fake-engine/events.ts";
import { off, steps, stray, tunnelStatusOf, up } from "./fake-engine/tunnel.ts";
import { retrying, TUNNEL, tunnelled } from "./tunnel-scenarios.ts";
import { axe, eventually, shown } from "./window.ts";

const field = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });

claim(
  "the sidebar's foot tells the tunnel's state and leads to it",
  () => tunnelled(),
  "#/inbox",
  async (page, engine) => {
    const foot = page.getByRole("link", {
      name: /^Reachable, Verified 40\s?s ago/,
    });
    await foot.click();
    await page.getByRole("heading", { name: "Apple can reach" }).waitFor();
    engine.becomeTunnel(retrying());
    await page.getByRole("link", { name: /^Not reachable, Retrying in 8\s?s/ }).waitFor();
    await page.getByRole("heading", { name: "Apple can’t reach" }).waitFor();
    await shown(page, "Down for 2 min").waitFor();
  },
);

claim(
  "a tunnel provider with nothing to fill in is used only once that is said",
  () => tunnelled(off()),
  TUNNEL,
  async (page, engine) => {
    await page.getByRole("radio", { name: /quick tunnel/ }).click();
    assert.deepEqual(asks(engine, "setTunnel"), []);
    await press(page, "Use Cloudflare, quick tunnel");
    await page.getByRole("heading", { name: "Starting tunnel" }).waitFor();
    assert.deepEqual(asks(engine, "setTunnel"), [
      {
        provider: "cloudflare-quick",
        fields: {},
        token: null,
        forgetToken: false,
        stopped: false,
      },
    ]);
  },
);

claim(
  "a choice that is given up leaves the tunnel as it is",
  () => tunnelled(),
  TUNNEL,
  async (page, engine) => {
    await page.getByRole("radio", { name: "No tunnel" }).click();
    await press(page, "Cancel");
    await isGone(page.getByRole("button", { name: "Use no tunnel" }));
    assert.ok(await page.getByRole("radio", { name: /named tunnel/ }).isChecked());
    assert.deepEqual(asks(engine, "setTunnel"), []);
  },
);

claim(
  "a field is refused where it is wrong, by the window and by the engine",
  () => tunnelled(off()),
  TUNNEL,
  async (page, engine) => {
    await page.getByRole("radio", { name: /over SSH/ }).click();
    await press(page, "Use Own server over SSH");
    await shown(page, "Own server over SSH needs this.").waitFor();
    assert.deepEqual(asks(engine, "setTunnel"), []);
    await field(page, "Server").fill("halden@relay.halden.example");
    await field(page, "Public address").fill("http://hooks.halden.example");
    await page.keyboard.press("Enter");
    await shown(page, "only to https addresses").waitFor();
    assert.equal(await field(page, "Public address").getAttribute("aria-invalid"), "true");
    await field(page, "Public address").fill("https://hooks.halden.example");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Starting tunnel" }).waitFor();
  },
);

claim(
  "a token goes in and never comes back",
  () => tunnelled(),
  TUNNEL,
  async (page, engine) => {
    await press(page, "Change Cloudflare, named tunnel");
    await shown(page, "Token saved in keychain.", { exact: true }).waitFor();
    assert.equal(await page.locator("input[type=password]").count(), 0);
    await press(page, "Replace…");
    const token = page.getByLabel("Token", { exact: true });
    assert.equal(await token.inputValue(), "");
    assert.equal(await token.getAttribute("type"), "password");
    await token.fill("eyJhIjoi");
    await press(page, "Save");
    await isGone(token);
    assert.equal(asks(engine, "setTunnel")[0].token, "eyJhIjoi");
    assert.ok(!(await page.content()).includes("eyJhIjoi"));
  },
);

claim(
  "a token is removed after asking once, and the tunnel that needs it stops",
  () => tunnelled(),
  TUNNEL,
  async (page, engine) => {
    await press(page, "Change Cloudflare, named tunnel");
    await press(page, "Remove…");
    const ask = page.getByRole("alertdialog", { name: /^Remove the token/ });
    assert.ok(
      await ask
        .getByRole("button", { name: "Cancel" })
        .evaluate((button) => button === document.activeElement),
    );
    await ask.getByRole("button", { name: "Remove token" }).click();
    await shown(page, "Stopped", { exact: true }).waitFor();
    const [asked] = asks(engine, "setTunnel");
    assert.deepEqual([asked.forgetToken, asked.token, asked.stopped], [true, null, true]);
  },
);

claim(
  "the tunnel is stopped, started and started again",
  () => tunnelled(),
  TUNNEL,
  async (page, engine) => {
    await press(page, "Restart");
    await page.getByRole("heading", { name: "Starting tunnel" }).waitFor();
    await press(page, "Stop");
    await press(page, "Start");
    await page.getByRole("button", { name: "Restart" }).waitFor();
    const asked = ["restartTunnel", "stopTunnel", "startTunnel"] as const;
    assert.deepEqual(
      asked.map((command) => asks(engine, command).length),
      [1, 1, 1],
    );
  },
);

claim(
  "stale webhooks are repointed with one button",
  () =>
    tunnelled(
      up({
        heal: false,
        strays: [stray(), stray({ local: "l-h6", id: "h6", app: "a2" })],
      }),
    ),
  TUNNEL,
  async (page, engine) => {
    await page.getByRole("heading", { name: "2 webhooks use an old address" }).waitFor();
    await press(page, "Update addresses");
    await shown(page, "2 webhooks updated in App Store Connect.").waitFor();
    await isGone(page.getByRole("heading", { name: /old address/ }));
    assert.equal(asks(engine, "healNow").length, 1);
    await page.getByRole("switch").click();
    await eventually(() => assert.deepEqual(asks(engine, "healSwitch"), [{ on: true }]));
  },
);

claim(
  "webhooks can't be pointed here while nothing leads here",
  () => tunnelled(retrying({ strays: [stray()] })),
  TUNNEL,
  async (page) => {
    await shown(page, "You can update them once the tunnel is up.").waitFor();
    assert.ok(await page.getByRole("button", { name: "Update address" }).isDisabled());
  },
);

claim(
  "the output is read only when it is asked for, and copied whole",
  () => tunnelled(),
  TUNNEL,
  async (page, engine) => {
    assert.equal(asks(engine, "tunnelOutput").length, 0);
    await page.getByRole("main").getByRole("button", { name: "Show", exact: true }).click();
    await shown(page, "INF Starting tunnel").waitFor();
    await press(page, "Copy the output");
    await eventually(() => assert.equal(engine.copied?.split("\n").length, engine.lines.length));
    engine.lines = [...engine.lines, { at: engine.lines[0].at, text: "ERR it broke" }];
    await shown(page, "ERR it broke").waitFor();
  },
);

claim(
  "the address is copied by the engine",
  () => tunnelled(),
  TUNNEL,
  async (page, engine) => {
    await press(page, "Copy the address");
    await shown(page, "Copied", { exact: true }).first().waitFor();
    assert.equal(engine.copied ?? "", "https://hooks.halden.example");
  },
);

claim(
  "tunnel providers that are not installed tell how, and are found once they are",
  () => tunnelled(off()),
  TUNNEL,
  async (page, engine) => {
    await press(page, "Show all 10");
    await press(page, "Copy the install command of ngrok");
    await eventually(() => assert.equal(engine.copied ?? "", "brew install ngrok"));
    assert.equal(await page.getByRole("radio", { name: /^ngrok/ }).count(), 0);
    engine.providers = engine.providers.map((one) =>
      one.id === "ngrok" ? { ...one, installed: true } : one,
    );
    await press(page, "Check again");
    await page.getByRole("radio", { name: /^ngrok/ }).waitFor();
  },
);

claim(
  "the doctor checks again automatically when the tunnel falls, and says nothing old",
  () => tunnelled(),
  TUNNEL,
  async (page, engine) => {
    const doctor = page.getByRole("complementary", { name: "Doctor" });
    await doctor.getByText("All checks passed").waitFor();
    engine.steps = steps({ tunnel: { result: "bad", detail: "it is down" } });
    engine.becomeTunnel(retrying());
    await page.getByRole("heading", { name: "Apple can’t reach" }).waitFor();
    await isGone(doctor.getByText("All checks passed"));
    await doctor.getByText(/^\d checks passed/).waitFor();
    assert.equal(asks(engine, "doctor").length, 2);
  },
);

claim(
  "the doctor asks to rotate a wrong secret where it says so",
  () => {
    const detail = "“Kitchen server” rejected its last delivery just now";
    const wrong = { result: "bad", detail, remedy: "rotateSecret", route: "#/webhooks/w1" } as const;
    const engine = tunnelled(up(), { steps: steps({ signature: wrong }) });
    const lastAt = engine.webhooks[0].createdAt;
    engine.webhooks[0].refused = { count: 3, lastAt, reason: "the signature doesn’t match", mismatch: true };
    return engine;
  },
  "#/tunnel/doctor",
  async (page, engine) => {
    await press(page.getByRole("complementary", { name: "Doctor" }), "Rotate secret…");
    await press(page.getByRole("dialog", { name: "Rotate secret" }), "Rotate secret");
    await eventually(() => assert.deepEqual(asks(engine, "rotateSecret"), [{ id: "w1", secret: null }]));
    assert.match(page.url(), /#\/tunnel/);
  },
);

claim(
  "the doctor checks once on entering, says what to do, and checks again",
  () =>
    tunnelled(up({ strays: [stray()] }), {
      steps: steps({
        webhooks: {
          result: "bad",
          detail: "“Ana’s MacBook” points to an address that is gone",
          remedy: "pointHere",
        },
        eventTypes: { result: "skipped", detail: "" },
      }),
    }),
  "#/tunnel/doctor",
  async (page, engine) => {
    const doctor = page.getByRole("complementary", { name: "Doctor" });
    await doctor.getByText("7 checks passed").waitFor();
    const heading = doctor.getByRole("heading", { name: "Doctor" });
    assert.equal(await heading.evaluate((element) => element === document.activeElement), true);
    assert.equal(await doctor.getByRole("img", { name: "Passed" }).count(), 0);
    await doctor.getByRole("button", { name: "Show" }).click();
    assert.equal(await doctor.getByRole("img", { name: "Passed" }).count(), 7);
    engine.steps = steps();
    await doctor.getByRole("button", { name: "Update addresses" }).click();
    await doctor.getByText("All checks passed").waitFor();
    assert.equal(asks(engine, "healNow").length, 1);
    assert.equal(asks(engine, "doctor").length, 2);
    await page.getByRole("link", { name: "Inbox" }).click();
    await page.getByRole("link", { name: "Tunnel", exact: true }).click();
    await doctor.getByText("All checks passed").waitFor();
    assert.equal(asks(engine, "doctor").length, 2);
  },
);

claim(
  "everything on the page is reached with the keyboard alone",
  () => tunnelled(),
  TUNNEL,
  async (page, engine) => {
    await shown(page, "All checks passed").waitFor();
    const reached = new Set();
    for (let step = 0; step < 40; step += 1) {
      await page.keyboard.press("Tab");
      reached.add(
        await page.evaluate(() => {
          const { ariaLabel, textContent, type, value } = document.activeElement as HTMLInputElement;
          return type === "radio" ? `radio ${value}` : (ariaLabel ?? textContent.trim());
        }),
      );
    }
    for (const name of [
      "Stop",
      "Restart",
      "Copy the address",
      "radio cloudflare-named",
      "Change Cloudflare, named tunnel",
      "Update webhooks automatically when the address changes",
      "Check now",
      "Run again",
    ])
      assert.ok(reached.has(name), `${name} in ${[...reached].join(", ")}`);
    await page.getByRole("radio", { name: /named tunnel/ }).focus();
    await page.keyboard.press("ArrowDown");
    await page.getByRole("button", { name: "Use Cloudflare, quick tunnel" }).waitFor();
    assert.deepEqual(asks(engine, "setTunnel"), []);
    assert.deepEqual(await axe(page), []);
  },
);

claim(
  "the page stays where it is while seconds count, in a small window with large text, too",
  () => tunnelled(),
  { at: TUNNEL, size: [720, 480], zoom: 1.25 },
  async (page) => {
    const list = page.getByRole("radiogroup", { name: "Tunnel provider" });
    await page
      .getByRole("main")
      .getByText(/verified/)
      .waitFor();
    const { y } = await boxOf(list);
    for (let second = 1; second <= 60; second += 1) {
      await page.clock.setFixedTime(new Date(+NOW + second * 1000));
      await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
      assert.equal((await boxOf(list)).y, y, `after ${second} seconds`);
    }
  },
);

claim(
  "the sidebar and the headline always agree on when a tunnel is tried again",
  () => {
    const engine = tunnelled(retrying());
    // This read is a snapshot from before the push.
    engine.otherwise.tunnel = () => retrying();
    return engine;
  },
  TUNNEL,
  async (page, engine) => {
    // The window hears of changes once it has shown the first answer.
    for (const place of ["navigation", "main"] as const)
      await page
        .getByRole(place)
        .getByText(/Retrying in 8/)
        .waitFor();
    const nextAt = new Date(+NOW + 31_000).toISOString();
    const later = retrying();
    if (later.tunnel.state === "retrying") later.tunnel.nextAt = nextAt;
    engine.become({ tunnel: tunnelStatusOf(later) });
    await page
      .getByRole("navigation")
      .getByText(/^Retrying in 31/)
      .waitFor();
    await page
      .getByRole("main")
      .getByText(/Retrying in 31/)
      .waitFor();
  },
);

claim(
  "an address of one's own is used with a button that says so",
  () => tunnelled(off()),
  TUNNEL,
  async (page) => {
    await press(page, "Show all 10");
    await page.getByRole("radio", { name: /^Existing public address/ }).check();
    await button(page, "Use this address").waitFor();
  },
);
