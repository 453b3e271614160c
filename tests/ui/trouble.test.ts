// Conditions and how to fix them, in a real browser over a fake engine.
import type { Trouble } from "../../ui/src/lib/bindings/api.ts";
import assert from "node:assert/strict";
import { asks, claim, isGone, press } from "./claims.ts";
import { FakeEngine } from "./fake-engine/engine.ts";
import { tellingEvents } from "./fake-engine/events.ts";
import { tunnelled } from "./tunnel-scenarios.ts";
import { eventually, shown } from "./window.ts";

const troubled = (trouble: Omit<Trouble, "path"> & Partial<Trouble>) => () => {
  const engine = tunnelled();
  engine.status.tray = "attention";
  engine.status.headline = trouble.title;
  engine.status.trouble = { path: null, ...trouble };
  return engine;
};

const LOCKED = troubled({
  kind: "keychainLocked",
  title: "The keychain is locked",
  detail: "Until it can be read, deliveries fail at Apple.",
  hint: "Unlock it and Hookbell will resume automatically.",
});

claim(
  "a locked keychain is unlocked with one press, and can be asked again",
  LOCKED,
  "#/inbox",
  async (page, engine) => {
    await shown(page, "The keychain is locked", { exact: true }).first().waitFor();
    await press(page, "Unlock");
    await eventually(() => assert.deepEqual(asks(engine, "unlockKeychain"), [null]));
    // The dialog was cancelled: the keychain is still locked, and the button is still there.
    await eventually(async () => assert.ok(await page.getByRole("button", { name: "Unlock" }).isEnabled()));
    engine.unlocks = true;
    await press(page, "Unlock");
    await isGone(shown(page, "The keychain is locked", { exact: true }));
    assert.equal(asks(engine, "unlockKeychain").length, 2);
  },
);

claim(
  "refused deliveries are said in every room, and lead to the webhooks",
  troubled({
    kind: "refused",
    title: "“Studio” is rejecting deliveries",
    detail: "The signature doesn’t match, at 14:02.",
    hint: "Rotate the webhook’s secret so that both sides have the same one.",
  }),
  "#/inbox",
  async (page) => {
    await shown(page, "Rotate the webhook’s secret").waitFor();
    const foot = page.getByRole("navigation").or(page.locator("aside"));
    await foot.getByText("“Studio” is rejecting deliveries").first().waitFor();
    await page.locator(".banner").getByRole("link", { name: "Webhooks" }).click();
    await page.waitForURL(/#\/webhooks/);
  },
);

claim(
  "a rule that Hookbell disabled is said in every room, and leads to the rules",
  troubled({
    kind: "rules",
    title: "The rule “To CI” needs attention",
    detail: "Hookbell disabled this rule: The server returned 410.",
    hint: "Open Rules, correct it, then enable it again.",
  }),
  "#/inbox",
  async (page) => {
    await shown(page, "The server returned 410").waitFor();
    await page.locator(".banner").getByRole("link", { name: "Rules" }).click();
    await page.waitForURL(/#\/rules/);
  },
);

claim(
  "a taken port is said once in the inbox, and an open event leads there",
  () => {
    const engine = new FakeEngine({ events: tellingEvents() });
    engine.status.listener = { state: "portTaken", port: 8377, holder: "node (PID 4127)", free: 8378 };
    return engine;
  },
  "#/inbox",
  async (page) => {
    const said = page.locator("main, section.pane").getByText("Port 8377 is taken");
    await page.getByRole("button", { name: "Use port 8378" }).waitFor();
    assert.equal(await said.count(), 1);
    await page.getByRole("option").first().click();
    await press(page, "What to do");
    await page.getByRole("button", { name: "Use port 8378" }).waitFor();
    assert.equal(await said.count(), 1);
  },
);

claim(
  "a taken port is refused at its field, and the listener stays",
  () => {
    const engine = tunnelled();
    engine.fail(
      "usePort",
      "invalidInput",
      "port 9000 is in use by node (PID 4127)",
      "use port 9001, or quit that program and try again",
      "port",
    );
    return engine;
  },
  "#/settings/advanced",
  async (page, engine) => {
    const port = page.getByLabel("Port", { exact: true });
    await port.fill("9000");
    await press(page, "Use this port");
    await shown(page, "Port 9000 is in use by node (PID 4127)").waitFor();
    assert.equal(await port.getAttribute("aria-invalid"), "true");
    assert.equal("port" in engine.status.listener && engine.status.listener.port, 8377);
    await port.fill("80");
    await page.keyboard.press("Enter");
    await shown(page, "Not a valid port.").waitFor();
    assert.deepEqual(asks(engine, "usePort"), [{ port: 9000 }]);
  },
);
