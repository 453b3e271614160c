// What a developer does with accounts, webhooks at Apple and deliveries, in a real browser over a fake engine.
import assert from "node:assert/strict";
import { asks, claim, isGone, press } from "./claims.ts";
import { atApple, drop, keptBefore, keptOffline, more } from "./asc-scenarios.ts";
import { ALL_TYPES, delivery } from "./fake-engine/studio.ts";
import { FakeEngine } from "./fake-engine/engine.ts";
import { eventually, shown } from "./window.ts";

const KEY = "/home/mira/AuthKey_2X9R4HXF34.p8";
const ISSUER = "57246542-96fe-1a63-e053-0824d011072a";
const SECRET = "correct horse battery staple";
const BIRDS = "#/webhooks/halden/a1";

claim(
  "a dropped key file becomes an account",
  () => new FakeEngine(),
  "#/inbox",
  async (page, engine) => {
    await drop(page, KEY);
    assert.equal(await page.getByLabel("Key file").inputValue(), KEY);
    await page.getByLabel("Issuer ID", { exact: true }).fill(ISSUER);
    await page.getByRole("textbox", { name: "Name" }).fill("Halden Software AB");
    await press(page.getByRole("dialog"), "Add account");
    await shown(page, "Team key 2X9R4HXF34").waitFor();
    assert.deepEqual(asks(engine, "addAccount"), [
      {
        keyFile: KEY,
        keyId: null,
        issuerId: ISSUER,
        name: "Halden Software AB",
        baseUrl: null,
      },
    ]);
  },
);

claim(
  "key files that are dropped together are asked about one after another",
  () => new FakeEngine(),
  "#/inbox",
  async (page, engine) => {
    await drop(page, `${KEY}\n/home/mira/AuthKey_7QK1M0ZB2C.p8`);
    await shown(page, "1 more file came with it").waitFor();
    await page.getByLabel("Issuer ID", { exact: true }).fill(ISSUER);
    await press(page.getByRole("dialog"), "Add account");
    const second = page.getByLabel("Key file");
    await eventually(async () => assert.equal(await second.inputValue(), "/home/mira/AuthKey_7QK1M0ZB2C.p8"));
    await isGone(shown(page, "more file came with it"));
    await page.getByLabel("Individual key").check();
    await press(page.getByRole("dialog"), "Add account");
    await isGone(page.getByRole("dialog"));
    assert.deepEqual(
      asks(engine, "addAccount").map(({ keyFile }) => keyFile),
      [KEY, "/home/mira/AuthKey_7QK1M0ZB2C.p8"],
    );
  },
);

claim("what was read before is there at once, and says when that was", keptBefore, BIRDS, async (page) => {
  await page.getByRole("heading", { name: "Zapier to Slack" }).waitFor();
  await shown(page, "Read 3h ago").first().waitFor();
  await page.getByRole("option", { name: "Northwind Field" }).waitFor();
});

claim(
  "without a network what was read before stays, with the reason beside it",
  keptOffline,
  BIRDS,
  async (page) => {
    await page.getByRole("option", { name: "App Store Connect can’t be reached" }).first().waitFor();
    await shown(page, "What was read 3h ago is still shown.").waitFor();
    await page.getByRole("heading", { name: "Zapier to Slack" }).waitFor();
    await shown(page, "Read 3h ago").first().waitFor();
  },
);

claim(
  "failed deliveries are counted before their log is opened, and lead to it",
  () => atApple(),
  BIRDS,
  async (page, engine) => {
    await page.getByRole("link", { name: "Deliveries 2 failed" }).waitFor();
    assert.equal(asks(engine, "deliveries").length, 0);
    await page.getByRole("link", { name: "2 failed", exact: true }).click();
    await page.getByRole("button", { name: "Redeliver 2 failed" }).click();
    await isGone(page.getByRole("link", { name: "Deliveries 2 failed" }));
  },
);

claim(
  "a chosen file without a telling name asks for the key ID",
  () => atApple(),
  "#/webhooks/accounts",
  async (page, engine) => {
    page.once("dialog", (asked) => asked.accept("/home/mira/key.p8"));
    await press(page, "Add account");
    await press(page, "Choose…");
    await page.getByLabel("Key ID").fill("7QK1M0ZB2C");
    await page.getByLabel("Individual key").check();
    await press(page.getByRole("dialog"), "Add account");
    await shown(page, "Individual key 7QK1M0ZB2C").last().waitFor();
    assert.deepEqual(asks(engine, "addAccount")[0].keyId, "7QK1M0ZB2C");
    assert.equal(asks(engine, "addAccount")[0].issuerId, null);
  },
);

claim(
  "a refused issuer ID is told at its field",
  () => atApple(),
  "#/webhooks/accounts",
  async (page, engine) => {
    await press(page, "Add account");
    await press(page.getByRole("dialog"), "Add account");
    await shown(page, "There is no key file.").waitFor();
    assert.equal(asks(engine, "addAccount").length, 0);
    await page.getByLabel("Key file").fill(KEY);
    const issuer = page.getByLabel("Issuer ID", { exact: true });
    await issuer.fill(ISSUER.replace(/^5724/, "0000"));
    await press(page.getByRole("dialog"), "Add account");
    await shown(page, "App Store Connect does not know this issuer ID.").waitFor();
    assert.equal(await issuer.getAttribute("aria-invalid"), "true");
  },
);

claim(
  "an account is renamed, and removed after asking once",
  () => atApple(),
  "#/webhooks/accounts",
  async (page, engine) => {
    await more(page, "Northwind Labs (client)", "Rename…");
    await page.getByRole("textbox", { name: "Name" }).fill("Northwind");
    await page.keyboard.press("Enter");
    await press(page, "More for Northwind");
    await page.getByRole("menuitem", { name: "Remove…" }).click();
    const ask = page.getByRole("alertdialog", { name: "Remove “Northwind”?" });
    await ask.getByText("is taken out of the keychain").waitFor();
    await press(ask, "Remove account");
    await isGone(ask);
    assert.deepEqual(asks(engine, "removeAccount"), [{ id: "northwind" }]);
    await isGone(shown(page, "Northwind Field Service"));
  },
);

claim(
  "a revoked key is told inside its account, and fixed there",
  () => {
    const engine = atApple();
    engine.fail("apps", "keyRefused", "the key is not accepted", "it may have been revoked");
    return engine;
  },
  "#/webhooks/accounts",
  async (page, engine) => {
    await shown(page, "It may have been revoked.").first().waitFor();
    engine.failing.clear();
    await page.getByRole("button", { name: "Replace key…" }).first().click();
    await page.getByLabel("Key file").fill("/home/mira/AuthKey_9999999999.p8");
    await press(page.getByRole("dialog"), "Replace key");
    await shown(page, "Team key 9999999999").waitFor();
    assert.equal(asks(engine, "replaceKey")[0].id, "halden");
    await isGone(shown(page, "It may have been revoked."));
  },
);

claim(
  "a webhook is made with its own secret, which leaves no trace, and is tested at once",
  () => atApple(),
  BIRDS,
  async (page, engine) => {
    await press(page, "New webhook");
    // The app is chosen already, so its name is what one types first.
    await page.getByRole("dialog").waitFor();
    await page.keyboard.type("Release dashboard");
    await page.getByLabel("My own").check();
    await page.getByLabel("Your own secret").fill(SECRET);
    await page.getByLabel("All types").uncheck();
    await press(page, "Create webhook");
    await shown(page, "No type is chosen.").waitFor();
    await page.getByLabel("Crash feedback").check();
    await press(page, "Create webhook");
    await shown(page, "The ping arrived in 412 ms, signature good.").waitFor();
    assert.deepEqual(asks(engine, "createAppWebhook"), [
      {
        account: "halden",
        app: "a1",
        name: "Release dashboard",
        url: null,
        secret: SECRET,
        eventTypes: [ALL_TYPES[4]],
        enabled: true,
      },
    ]);
    assert.ok(!(await page.content()).includes(SECRET));
    await shown(page, "6 of 10 used").waitFor();
  },
);

claim(
  "an address is checked as one types",
  () => atApple(),
  BIRDS,
  async (page, engine) => {
    await press(page, "New webhook");
    await page.getByLabel("Another address").check();
    const address = page.getByRole("textbox", { name: "Address" });
    await address.fill("http://ci.halden.example/apple");
    await shown(page, "Apple sends to https only.").waitFor();
    await address.fill("https://ci.halden.example/new");
    await isGone(shown(page, "Apple sends to https only."));
    assert.equal(asks(engine, "createAppWebhook").length, 0);
  },
);

claim(
  "an app with ten webhooks takes no more",
  () => atApple(),
  "#/webhooks/northwind/b2",
  async (page) => {
    await shown(page, "10 of 10 used").waitFor();
    assert.ok(await page.getByRole("button", { name: "New webhook", exact: true }).isDisabled());
  },
);

claim(
  "only what was changed is sent, and a switch works at once",
  () => atApple(),
  BIRDS,
  async (page, engine) => {
    await press(page, "Edit Zapier to Slack");
    await page.getByRole("textbox", { name: "Name" }).fill("Slack");
    await press(page, "Save");
    await page.getByRole("heading", { name: "Slack", exact: true }).waitFor();
    const [edited] = asks(engine, "updateAppWebhook");
    assert.deepEqual([edited.name, edited.url, edited.here, edited.newSecret], ["Slack", null, false, false]);
    await page.getByRole("switch", { name: "Slack on" }).click();
    await eventually(async () =>
      assert.equal(
        await page.getByRole("switch", { name: "Slack on" }).getAttribute("aria-checked"),
        "false",
      ),
    );
    assert.equal(asks(engine, "updateAppWebhook")[1].enabled, false);
  },
);

claim(
  "a webhook made elsewhere is pointed here after asking, one that moved at once",
  () => atApple(),
  BIRDS,
  async (page, engine) => {
    await press(page, "Repoint here: Ana’s MacBook");
    await isGone(shown(page, "Sends to an address this computer had before"));
    await more(page, "Buildkite", "Repoint here…");
    const ask = page.getByRole("alertdialog");
    await ask.getByText("It gets a new secret").waitFor();
    await press(ask, "Repoint here");
    await isGone(ask);
    assert.deepEqual(
      asks(engine, "updateAppWebhook").map(({ id, here }) => [id, here]),
      [
        ["h3", true],
        ["h4", true],
      ],
    );
  },
);

claim(
  "a secret is copied by the engine, rotated, and the webhook deleted",
  () => atApple(),
  BIRDS,
  async (page, engine) => {
    await more(page, "Studio Mac", "Copy secret");
    await shown(page, "Secret copied. The clipboard is cleared after a minute.").waitFor();
    assert.deepEqual(asks(engine, "copySecret"), [{ id: "l-h1" }]);
    await more(page, "Studio Mac", "Rotate secret…");
    await press(page, "Rotate secret");
    await shown(page, "The old secret stays good until tomorrow, 15:40.").waitFor();
    assert.equal(asks(engine, "updateAppWebhook")[0].newSecret, true);
    await more(page, "Studio Mac", "Delete…");
    await press(page, "Delete webhook");
    await isGone(page.getByRole("heading", { name: "Studio Mac", exact: true }));
    assert.deepEqual(asks(engine, "deleteAppWebhook"), [{ account: "halden", id: "h1" }]);
  },
);

claim(
  "a refused switch is told at its webhook",
  () => atApple(),
  BIRDS,
  async (page, engine) => {
    engine.fail("updateAppWebhook", "rateLimited", "the hourly limit is used up", "try again in 60 s");
    await page.getByRole("switch", { name: "Buildkite on" }).click();
    await page.getByRole("listitem", { name: "Buildkite" }).getByText("Try again in 60 s.").waitFor();
  },
);

claim(
  "apps are found by name and chosen with the keys",
  () => atApple(),
  BIRDS,
  async (page) => {
    await page.getByRole("option", { name: /Backyard/ }).waitFor();
    const search = page.getByRole("search");
    await search.waitFor();
    await page.keyboard.press("/");
    await search.locator("input:focus").waitFor();
    await page.keyboard.type("northwind");
    await isGone(page.getByRole("option", { name: /Backyard/ }));
    await page.keyboard.press("Enter");
    await page.keyboard.press("j");
    await eventually(() => assert.match(page.url(), /#\/webhooks\/northwind\/b1$/));
    await page.keyboard.press("j");
    await eventually(() => assert.match(page.url(), /#\/webhooks\/northwind\/b2$/));
  },
);

claim(
  "a delivery is opened with the keyboard and sent again",
  () => atApple(),
  "#/deliveries",
  async (page, engine) => {
    const line = page.getByRole("button", {
      name: "Details of On the App Store, Failed",
    });
    await line.focus();
    await page.keyboard.press("Enter");
    await shown(page, "There is nothing at this address.").waitFor();
    await press(page, "Redeliver");
    await page
      .getByRole("button", {
        name: "Details of On the App Store, Redelivering",
      })
      .waitFor();
    assert.deepEqual(asks(engine, "redeliver"), [{ account: "halden", webhook: "h2", delivery: "d6" }]);
  },
);

claim(
  "everything that failed is sent again, with its progress told",
  () => atApple(),
  "#/deliveries",
  async (page) => {
    await press(page, "Redeliver 2 failed");
    await shown(page, "2 of 2 deliveries arrived.").waitFor();
    await isGone(page.getByRole("button", { name: "Redeliver 2 failed" }));
  },
);

claim(
  "sending again is stopped",
  () => atApple({ slow: true }),
  "#/deliveries",
  async (page, engine) => {
    await press(page, "Redeliver 2 failed");
    await shown(page, "Redelivering 1 of 2").waitFor();
    await press(page, "Stop");
    await shown(page, "0 of 2 deliveries arrived, then stopped.").first().waitFor();
    assert.equal(asks(engine, "stopRedelivery").length, 1);
  },
);

claim(
  "deliveries are filtered by webhook, state and type",
  () => atApple(),
  "#/deliveries",
  async (page, engine) => {
    const rows = page.getByRole("button", { name: /^Details of/ });
    await eventually(async () => assert.equal(await rows.count(), 7));
    await page.getByRole("button", { name: "Type: All types" }).click();
    await page.getByRole("menuitemradio", { name: "Crash feedback" }).click();
    await eventually(async () => assert.equal(await rows.count(), 2));
    await press(page, "Waiting");
    await eventually(async () => assert.equal(await rows.count(), 1));
    await press(page, "Failed");
    await press(page, "Show all deliveries");
    await page.getByRole("button", { name: "Webhook: All webhooks" }).click();
    await page.getByRole("menuitemradio", { name: "Zapier to Slack · Backyard Birds" }).click();
    await eventually(async () => assert.equal(await rows.count(), 2));
    assert.equal(asks(engine, "deliveries").at(-1)?.webhook, "h2");
  },
);

claim(
  "a new delivery appears by itself",
  () => atApple(),
  "#/deliveries",
  async (page, engine) => {
    await shown(page, "Last 10 days, 7 in all").waitFor();
    engine.deliveries = [delivery({ id: "new", title: "Build 419 is ready" }), ...engine.deliveries];
    await page.clock.setFixedTime(new Date("2026-11-20T14:50:00Z"));
    engine.push({ kind: "stored" });
    await shown(page, "Build 419 is ready").waitFor();
  },
);
