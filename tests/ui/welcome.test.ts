// The first start and the demo, in a real browser over a fake engine.
import type { Page } from "playwright-core";
import assert from "node:assert/strict";
import { up } from "./fake-engine/tunnel.ts";
import { connected, fresh, inDemo, ISSUER, press, reachable, WELCOME } from "./welcome-scenarios.ts";
import { asks, claim } from "./claims.ts";
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
  await page.getByRole("radio", { name: /quick tunnel/ }).focus();
  await page.keyboard.press("Space");
  await tabTo(page, "Use Cloudflare, quick tunnel");
  await page.keyboard.press("Enter");
  await shown(page, "waiting for its address").waitFor();
  engine.becomeTunnel({ ...up(), provider: "cloudflare-quick" });
  await shown(page, "Apple can reach this computer.").waitFor();
  await onward.focus();
  await page.keyboard.press("Enter");

  await heading(page, "Make the first webhook");
  await page.getByLabel("Name", { exact: true }).focus();
  await page.keyboard.press("Enter");
  await shown(page, "signature good").waitFor();
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
    await shown(page, "made with the key of step 1").waitFor();
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
  await heading(page, "Make the first webhook");
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
  await shown(page, "asks App Store Connect every 2 minutes").waitFor();
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
    await shown(page, "signature good").waitFor();
  },
);

claim("the welcome is found again in the settings", reachable, { at: "#/settings/about" }, async (page) => {
  await page.getByRole("link", { name: "Open Setup Assistant…" }).click();
  await heading(page, "Make the first webhook");
  await page.keyboard.press("Escape");
  await heading(page, "Inbox");
});

claim(
  "the demo is begun from the welcome, is marked in each room, and is left",
  fresh,
  welcome,
  async (page, engine) => {
    await press(page, "Try it without an account");
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
    await page.getByLabel("App", { exact: true }).selectOption("Fieldnotes");
    assert.equal(await page.getByLabel("Event", { exact: true }).locator("option").count(), 1);
    assert.equal(await page.getByLabel(/^From /).count(), 0);
    await press(page, "Send an event");
    await strip.getByRole("link", { name: "Open event" }).click();
    await page.waitForURL(/#\/inbox\/12$/);
  },
);

claim("a demo that can’t be made says why, and the welcome stays", fresh, welcome, async (page, engine) => {
  engine.fail("startDemo", "storeUnwritable", "the demo can’t be kept", "make room on the disk");
  await press(page, "Try it without an account");
  await shown(page, "Make room on the disk.").waitFor();
  await page.getByRole("button", { name: "Try it without an account" }).waitFor();
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
