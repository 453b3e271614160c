// The first start and the demo, in a real browser over a fake engine.
import type { Page } from "playwright-core";
import assert from "node:assert/strict";
import { up } from "./fake-engine/tunnel.ts";
import { connected, fresh, inDemo, ISSUER, press, reachable, WELCOME } from "./welcome-scenarios.ts";
import { asks, boxOf, claim } from "./claims.ts";
import { eventually, shown } from "./window.ts";

const heading = (page: Page, name: string) => page.getByRole("heading", { name, level: 1 }).waitFor();

const welcome = { at: WELCOME };

claim("the three steps are gone through with the keyboard alone", fresh, welcome, async (page, engine) => {
  await heading(page, "Connect to App Store Connect");
  engine.apps.acc1 = connected().apps.halden;
  await page.getByLabel("Key file").focus();
  await page.keyboard.type("/keys/AuthKey_2X9R4HXF34.p8");
  await tabTo(page, "Issuer ID");
  await page.keyboard.type(ISSUER);
  await page.keyboard.press("Enter");

  await heading(page, "Let Apple reach this computer");
  assert.deepEqual(
    asks(engine, "addAccount").map(({ issuerId }) => issuerId),
    [ISSUER],
  );
  const onward = page.getByRole("button", { name: "Continue" });
  assert.equal(await onward.isDisabled(), true);
  // A good provider is preselected, so that one click is enough.
  assert.ok(await page.getByRole("radio", { name: /quick tunnel/ }).isChecked());
  await tabTo(page, "Use Cloudflare, quick tunnel");
  await page.keyboard.press("Enter");
  await shown(page, "Waiting for its address…").waitFor();
  engine.becomeTunnel({ ...up(), provider: "cloudflare-quick" });
  await shown(page, "Apple can reach this computer.").waitFor();
  await onward.focus();
  await page.keyboard.press("Enter");

  await heading(page, "Create your first webhook");
  await page.getByLabel("Name", { exact: true }).focus();
  await page.keyboard.press("Enter");
  await shown(page, "signature verified").waitFor();
  // The heading and the last step say that it is done.
  await heading(page, "You’re all set");
  const steps = page.getByRole("navigation").getByRole("listitem");
  assert.equal(await steps.getByRole("img", { name: "Done" }).count(), 3);
  const [made] = asks(engine, "createAppWebhook");
  assert.equal(made.eventTypes.length, 12);
  assert.deepEqual([made.url, made.secret, made.enabled], [null, null, true]);
  await page.getByRole("button", { name: "Open Hookbell" }).focus();
  await page.keyboard.press("Enter");
  await heading(page, "Inbox");
  assert.equal(engine.welcomed, true);
});

claim(
  "every step can be skipped, and skipping the last puts the welcome away",
  fresh,
  welcome,
  async (page, engine) => {
    await press(page, "Skip");
    await heading(page, "Let Apple reach this computer");
    await press(page, "Skip");
    await shown(page, "This needs the API key from step 1.").waitFor();
    await press(page, "Connect a key");
    await heading(page, "Connect to App Store Connect");
    await page.getByRole("button", { name: /First webhook/ }).click();
    assert.equal(engine.welcomed, false);
    await press(page, "Skip and open Hookbell");
    await heading(page, "Inbox");
    assert.equal(engine.welcomed, true);
  },
);

claim("what is there already counts as done", reachable, welcome, async (page) => {
  await heading(page, "Create your first webhook");
  const steps = page.getByRole("navigation").getByRole("listitem");
  assert.match(await steps.nth(0).innerText(), /Halden Software AB, 2 apps/);
  assert.equal(await steps.getByRole("img", { name: "Done" }).count(), 2);
  await steps.nth(0).getByRole("button").click();
  await shown(page, "This account is connected.").waitFor();
  await press(page, "Continue");
  await heading(page, "Let Apple reach this computer");
});

claim(
  "a refused key is told at its field, and a dropped file is taken",
  fresh,
  welcome,
  async (page, engine) => {
    await page.getByLabel("Key file").fill("/keys/certificate.p8");
    await shown(page, "This file has a certificate, not a key.").waitFor();
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData("text/plain", "/keys/AuthKey_7QK2M8WPT5.p8");
      window.dispatchEvent(new DragEvent("drop", { dataTransfer: data }));
    });
    await eventually(async () =>
      assert.equal(await page.getByLabel("Key file").inputValue(), "/keys/AuthKey_7QK2M8WPT5.p8"),
    );
    assert.equal(await page.getByRole("dialog").count(), 0);
    engine.fail(
      "addAccount",
      "keyRefused",
      "this key may not manage webhooks",
      "give it the role App Manager",
      "keyFile",
    );
    await page.getByRole("textbox", { name: "Issuer ID" }).fill(ISSUER);
    await press(page, "Connect");
    await shown(page, "This key may not manage webhooks.").waitFor();
  },
);

claim("no tunnel says the true interval and lets one go on", connected, welcome, async (page, engine) => {
  await heading(page, "Let Apple reach this computer");
  await shown(page, "checks App Store Connect every 2 minutes").waitFor();
  await page.getByRole("radio", { name: /No tunnel/ }).check();
  await press(page, "Continue");
  await shown(page, "Apple can’t reach this computer yet.").waitFor();
  assert.deepEqual(asks(engine, "setTunnel"), []);
});

claim(
  "a ping that did not arrive says how to fix it and can be sent again",
  reachable,
  welcome,
  async (page, engine) => {
    engine.fail(
      "pingAppWebhook",
      "appleUnreachable",
      "App Store Connect can’t be reached",
      "check the network, and try again",
    );
    await press(page, "Create and test");
    await shown(page, "Check the network, and try again.").waitFor();
    engine.failing.clear();
    await press(page, "Test again");
    await shown(page, "signature verified").waitFor();
  },
);

claim("App Store Connect is opened at the page with the keys", fresh, welcome, async (page, engine) => {
  await press(page, "Open App Store Connect");
  await eventually(() => assert.deepEqual(asks(engine, "openAscPage"), [{ page: "integrations" }]));
  engine.fail("openAscPage", "internal", "no browser could be opened", "install one");
  await press(page, "Open App Store Connect");
  await shown(page, "No browser could be opened.").waitFor();
});

claim(
  "Escape in a field neither ends the setup nor drops what was typed",
  fresh,
  welcome,
  async (page, engine) => {
    const issuer = page.getByRole("textbox", { name: "Issuer ID" });
    await issuer.fill(ISSUER);
    await page.keyboard.press("Escape");
    await page.getByRole("heading", { level: 1 }).evaluate((h1) => (h1 as HTMLElement).focus());
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /First webhook/ }).click();
    await heading(page, "Create your first webhook");
    await page
      .getByRole("button", { name: /Connect a key/ })
      .first()
      .click();
    assert.equal(await issuer.inputValue(), ISSUER);
    assert.equal(engine.welcomed, false);
  },
);

claim(
  "the whole form of the key is in a window of 760 pixels, and checking it is said beside its button",
  fresh,
  { ...welcome, size: [1180, 760] },
  async (page, engine) => {
    await page.getByLabel("Key file").fill("/keys/AuthKey_2X9R4HXF34.p8");
    await page.getByRole("textbox", { name: "Issuer ID" }).fill(ISSUER);
    const last = await boxOf(page.getByRole("textbox", { name: "Name" }));
    const footer = await boxOf(page.locator("footer"));
    assert.ok(last.y + last.height <= footer.y, "the form is cut");
    const adding = engine.hold("addAccount");
    await press(page, "Connect");
    await adding.until(1);
    await page.locator("footer").getByText("Checking the key…").waitFor();
    adding.end();
  },
);

claim(
  "an issuer ID that is refused has the focus, and no empty field opens for the key ID",
  fresh,
  { ...welcome, size: [900, 600] },
  async (page) => {
    await page.getByLabel("Key file").fill("/keys/AuthKey_2X9R4HXF34.p8");
    const issuer = page.getByRole("textbox", { name: "Issuer ID" });
    await issuer.fill(ISSUER.replace(/^5724/, "0000"));
    await press(page, "Connect");
    await shown(page, "the issuer ID may belong to another team").waitFor();
    await eventually(async () =>
      assert.ok(await issuer.evaluate((field) => field === document.activeElement)),
    );
    assert.equal(await page.getByLabel("Key ID", { exact: true }).count(), 0);
  },
);

claim(
  "the first webhook is created for several apps at once, and a test is shown for each",
  reachable,
  welcome,
  async (page, engine) => {
    await page.getByRole("checkbox", { name: /Fieldnotes/ }).check();
    await press(page, "Feedback");
    await press(page, "Create and test");
    await heading(page, "You’re all set");
    await eventually(async () => assert.equal(await shown(page, "signature verified").count(), 2));
    assert.deepEqual(
      asks(engine, "createAppWebhook").map(({ app, eventTypes }) => [app, eventTypes.length]),
      [
        ["6479283016", 2],
        ["6450917354", 2],
      ],
    );
  },
);

claim("the welcome is found again in the settings", reachable, { at: "#/settings/about" }, async (page) => {
  await page.getByRole("link", { name: "Open Setup Assistant…" }).click();
  await heading(page, "Create your first webhook");
  await page.keyboard.press("Escape");
  await heading(page, "Inbox");
});

claim(
  "the demo is begun from the welcome, is marked in each room, and is left",
  fresh,
  welcome,
  async (page, engine) => {
    await press(page, "Try the demo");
    const strip = page.getByRole("complementary", { name: "Demo" });
    await strip.getByText("a simulated App Store Connect").waitFor();
    assert.match(page.url(), /\?demo#\/inbox$/);
    for (const room of ["Feedback", "Webhooks", "Deliveries", "Tunnel", "Settings", "Inbox"]) {
      await page.getByRole("link", { name: room }).first().click();
      await heading(page, room);
      assert.equal(await strip.count(), 1, room);
      assert.match(await page.title(), /Demo$/);
    }
    await page.getByRole("navigation", { name: "Hookbell" }).getByText("Simulated data").waitFor();

    await press(page, "My own events");
    await strip.getByText("is still open").waitFor();
    assert.doesNotMatch(page.url(), /demo/);
    await press(page, "Back to the demo");
    await strip.getByText("a simulated App Store Connect").waitFor();
    await press(page, "Leave the demo…");
    await page.getByRole("alertdialog", { name: "Leave the demo?" }).waitFor();
    await page.keyboard.press("Escape");
    assert.deepEqual(asks(engine, "leaveDemo"), []);
    await press(page, "Leave the demo…");
    await press(page, "Leave and delete");
    await page.waitForURL((url) => !url.href.includes("demo"));
    await heading(page, "Inbox");
    assert.equal(await strip.count(), 0);
    assert.deepEqual(asks(engine, "leaveDemo"), [null]);
  },
);

claim(
  "anything can be made to happen, and what came of it leads to the event",
  inDemo,
  { at: "#/demo", demo: true },
  async (page, engine) => {
    const version = "APP_STORE_VERSION_APP_VERSION_STATE_UPDATED";
    const becomes = page.getByLabel("From Waiting for review to");
    assert.equal(await becomes.inputValue(), "IN_REVIEW");
    await becomes.selectOption("Rejected");
    await press(page, "Send event");
    const strip = page.getByRole("complementary", { name: "Demo" });
    await strip.getByText("Sent: Rejected, answered 200").waitFor();
    assert.equal(await page.getByRole("form", { name: "Send a demo event" }).count(), 0, "the controls fold");
    assert.deepEqual(asks(engine, "emitDemoEvent"), [
      { app: "6479283016", eventType: version, to: "REJECTED" },
    ]);
    await strip.getByRole("link", { name: "Open event" }).waitFor();
    assert.equal(
      await page.evaluate(() => document.activeElement?.textContent?.trim()),
      "Send an event",
      "the focus stays on what opened them",
    );
    await page.keyboard.press("Enter");
    await page.getByLabel("From Rejected to").waitFor();
    await page.keyboard.press("Tab");
    assert.equal(
      await page.evaluate(() => document.activeElement?.id.endsWith("-app")),
      true,
      "then the controls",
    );
    await strip.getByLabel("App", { exact: true }).selectOption("Fieldnotes");
    assert.equal(await strip.getByLabel("Event", { exact: true }).locator("option").count(), 1);
    assert.equal(await page.getByLabel(/^From /).count(), 0);
    await press(page, "Send an event");
    await strip.getByRole("link", { name: "Open event" }).click();
    await page.waitForURL(/#\/inbox\/12$/);
  },
);

claim("a demo that can’t be made says why, and the welcome stays", fresh, welcome, async (page, engine) => {
  engine.fail("startDemo", "storeUnwritable", "the demo can’t be saved", "make room on the disk");
  await press(page, "Try the demo");
  await shown(page, "Make room on the disk.").waitFor();
  await page.getByRole("button", { name: "Try the demo" }).waitFor();
});

/** Presses Tab until the control with this name has the focus. */
async function tabTo(page: Page, name: string) {
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press("Tab");
    const focused = page.locator(":focus");
    if ((await focused.count()) === 0) continue;
    const label = await focused.evaluate(
      (element) => (element as HTMLInputElement).labels?.[0]?.textContent ?? element.textContent,
    );
    if (label?.trim() === name) return;
  }
  assert.fail(`Tab does not lead to ${name}`);
}
