// Accounts, webhooks in App Store Connect and deliveries, in a real browser over a fake engine.
import assert from "node:assert/strict";
import { asks, boxOf, claim, isGone, press } from "./claims.ts";
import { atApple, keptBefore, keptOffline, more } from "./asc-scenarios.ts";
import { ALL_TYPES, studio } from "./fake-engine/studio.ts";
import { NOW } from "./fake-engine/events.ts";
import { eventually, shown } from "./window.ts";

const SECRET = "correct horse battery staple";
const BIRDS = "#/webhooks/halden/a1";

const mismatched = () => {
  const engine = atApple();
  Object.assign(engine.hooks[0], {
    last: {
      state: "failed",
      at: NOW.toISOString(),
      status: 401,
      means: "Secret mismatch: App Store Connect uses a different secret from this computer’s.",
      hint: "Rotate the secret to give both sides the same new one.",
      signature: "mismatch",
    },
  });
  return engine;
};

claim("what was read before is there at once, and says when that was", keptBefore, BIRDS, async (page) => {
  await page.getByRole("heading", { name: "Zapier to Slack" }).waitFor();
  await shown(page, "Read 3 h ago").first().waitFor();
  await page.getByRole("option", { name: "Northwind Field" }).waitFor();
});

claim(
  "without a network what was read before stays, with the reason beside it",
  keptOffline,
  BIRDS,
  async (page) => {
    await page.getByRole("option", { name: "App Store Connect can’t be reached" }).first().waitFor();
    await shown(page, "Showing what was read 3 h ago.").waitFor();
    await page.getByRole("heading", { name: "Zapier to Slack" }).waitFor();
    await shown(page, "Read 3 h ago").first().waitFor();
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
  "a webhook is created with its own secret, which leaves no trace, and is tested at once",
  () => atApple(),
  BIRDS,
  async (page, engine) => {
    await press(page, "New webhook");
    // The app is preselected, so typing starts at its name.
    await page.getByRole("dialog").waitFor();
    await page.keyboard.type("Release dashboard");
    await page.getByLabel("Custom", { exact: true }).check();
    await page.getByLabel("Custom secret").fill(SECRET);
    await press(page, "Feedback");
    await shown(page, "Screenshot feedback, Crash feedback").waitFor();
    await press(page, "Custom");
    await page.getByLabel("Screenshot feedback").uncheck();
    await page.getByLabel("Crash feedback").uncheck();
    await press(page, "Create webhook");
    await shown(page, "No event types are selected.").waitFor();
    await page.getByLabel("Crash feedback").check();
    await press(page, "Create webhook");
    await shown(page, "Ping arrived in 412 ms, signature verified.").waitFor();
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
    await shown(page, "App Store Connect sends only to https addresses.").waitFor();
    await address.fill("https://ci.halden.example/new");
    await isGone(shown(page, "App Store Connect sends only to https addresses."));
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
    await page.getByRole("switch", { name: "Slack enabled" }).click();
    await eventually(async () =>
      assert.equal(
        await page.getByRole("switch", { name: "Slack enabled" }).getAttribute("aria-checked"),
        "false",
      ),
    );
    assert.equal(asks(engine, "updateAppWebhook")[1].enabled, false);
  },
);

claim(
  "a webhook for several apps is created once in each, with its result in its row, and what failed can be tried again",
  () => atApple(),
  BIRDS,
  async (page, engine) => {
    engine.otherwise.createAppWebhook = ({ app }) => {
      if (app === "a3")
        throw { code: "rateLimited", message: "too many requests", hint: "try again", field: null };
      return undefined;
    };
    await press(page, "New webhook");
    const sheet = page.getByRole("dialog");
    await sheet.waitFor();
    await page.keyboard.type("Build monitor");
    await sheet.getByRole("checkbox", { name: /Fieldnotes/ }).check();
    await sheet.getByRole("checkbox", { name: /Tidewater/ }).check();
    assert.ok(await sheet.getByRole("checkbox", { name: /Warehouse Scanner/ }).isDisabled(), "it is full");
    await press(sheet, "Releases");
    await press(sheet, "Create 3 webhooks");
    await sheet.getByText("2 of 3 created").waitFor();
    await sheet.getByRole("alert").getByText("Too many requests.").waitFor();
    assert.equal(await sheet.getByText("Ping arrived in 412 ms").count(), 2);
    engine.otherwise = {};
    await press(sheet, "Try again");
    await press(sheet, "Done");
    await isGone(sheet);
    await page.getByRole("heading", { name: "Build monitor", exact: true }).waitFor();
    assert.deepEqual(
      asks(engine, "createAppWebhook").map(({ app, name, eventTypes }) => [app, name, eventTypes.length]),
      ["a1", "a2", "a3", "a3"].map((app) => [app, "Build monitor", 3]),
    );
    assert.equal(asks(engine, "pingAppWebhook").length, 3);
  },
);

claim(
  "closing the sheet stops before the next app",
  () => atApple(),
  BIRDS,
  async (page, engine) => {
    const creation = engine.hold("createAppWebhook");
    await press(page, "New webhook");
    const sheet = page.getByRole("dialog");
    await sheet.waitFor();
    await page.keyboard.type("Build monitor");
    await sheet.getByRole("checkbox", { name: /Fieldnotes/ }).check();
    await press(sheet, "Create 2 webhooks");
    await creation.until(1);
    await page.keyboard.press("Escape");
    await isGone(sheet);
    creation.end();
    await page.getByRole("heading", { name: "Build monitor", exact: true }).waitFor();
    assert.equal(asks(engine, "createAppWebhook").length, 1);
  },
);

claim(
  "the event types are above the fold, and a preset is one press",
  () => atApple(),
  BIRDS,
  async (page) => {
    await press(page, "New webhook");
    await press(page, "Custom");
    const last = await boxOf(page.getByLabel("Territory availability"));
    const body = await boxOf(page.getByRole("dialog").locator(".body"));
    assert.ok(last.y + last.height <= body.y + body.height, "the last type is below the fold");
  },
);

claim(
  "the second ping counts from its own beginning",
  () => atApple(),
  BIRDS,
  async (page, engine) => {
    await page.clock.resume();
    const pings = engine.hold("pingAppWebhook");
    await press(page, "Test Studio Mac");
    await pings.until(1);
    await shown(page, "Waiting for the ping").waitFor();
    pings.give();
    await shown(page, "Ping arrived in 412 ms").waitFor();
    await press(page, "Test Studio Mac");
    await shown(page, "Asking App Store Connect for a ping").waitFor();
    pings.end();
  },
);

claim(
  "a wrong secret is rotated where it is said, and the line goes once a delivery is verified",
  mismatched,
  BIRDS,
  async (page, engine) => {
    const row = page.getByRole("listitem", { name: "Studio Mac" });
    await row.getByText("Secret mismatch").waitFor();
    await press(page, "Rotate secret…: Studio Mac");
    await press(page.getByRole("dialog", { name: "Rotate secret" }), "Rotate secret");
    await row.getByText("Secret rotated. No delivery has been verified since").waitFor();
    await isGone(row.getByText("Secret mismatch"));
    assert.equal(asks(engine, "updateAppWebhook")[0].newSecret, true);
    await press(page, "Test Studio Mac");
    await isGone(row.getByText("Secret rotated"));
    await row.getByText("Delivered").waitFor();
  },
);

claim(
  "a webhook created elsewhere is sent here after asking, one with an old address at once",
  () => atApple(),
  BIRDS,
  async (page, engine) => {
    await press(page, "Update address: Ana’s MacBook");
    await isGone(shown(page, "Still using this computer’s old address"));
    await more(page, "Buildkite", "Send to this computer…");
    const ask = page.getByRole("alertdialog");
    await ask.getByText("It gets a new secret").waitFor();
    await press(ask, "Send here");
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
    await shown(page, "The old secret stays valid until tomorrow, 15:40.").waitFor();
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
    await page.getByRole("switch", { name: "Buildkite enabled" }).click();
    await page.getByRole("listitem", { name: "Buildkite" }).getByText("Try again in 60 s.").waitFor();
  },
);

claim(
  "five apps can be searched with / as well as forty",
  () => atApple({ apps: { halden: studio().apps["halden"], northwind: [] } }),
  BIRDS,
  async (page) => {
    await page.getByRole("option", { name: /Backyard/ }).waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("field");
    await isGone(page.getByRole("option", { name: /Backyard/ }));
    await page.getByRole("option", { name: /Fieldnotes/ }).waitFor();
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
  "the only webhook of an app says what each of its events is about",
  () => atApple(),
  "#/webhooks/halden/a2",
  async (page) => {
    await shown(page, "12 of 12 event types").waitFor();
    await shown(page, "A tester submits screenshots").waitFor();
    assert.equal(
      await page
        .getByRole("main")
        .getByText(/^https:/)
        .count(),
      1,
    );
    await page.getByRole("option", { name: /Backyard Birds/ }).click();
    await page.getByRole("heading", { name: "Backyard Birds" }).waitFor();
    await isGone(shown(page, "A tester submits screenshots"));
  },
);
