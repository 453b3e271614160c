// What a developer sets, in a real browser over a fake engine.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { SETTINGS } from "./settings-scenarios.mjs";
import { tunnelled } from "./tunnel-scenarios.mjs";
import { eventually, launch, open, quit } from "./window.mjs";

before(launch);
after(quit);

const asks = (engine, command) =>
  engine.asked
    .filter(([asked]) => asked === command)
    .map(([, request]) => request);
const press = (page, name) =>
  page.getByRole("button", { name, exact: true }).click();

function claim(name, engine, at, tried) {
  test(name, async () => {
    const made = engine();
    const window = await open(made, { at });
    try {
      await tried(window.page, made);
      assert.deepEqual(window.complaints, []);
    } finally {
      await window.close();
    }
  });
}

claim(
  "notifications are paused for a while and brought back",
  () => tunnelled(),
  SETTINGS,
  async (page, engine) => {
    await press(page, "Pause: Not paused");
    await page.getByRole("menuitemradio", { name: "For an hour" }).click();
    await page
      .getByRole("main")
      .getByText("Paused until 16:40")
      .last()
      .waitFor();
    assert.deepEqual(asks(engine, "pause"), [{ minutes: 60 }]);
    await page.getByRole("button", { name: "Resume" }).last().click();
    await page.getByRole("button", { name: "Pause: Not paused" }).waitFor();
  },
);

claim(
  "the switch and the interval hold at once",
  () => tunnelled(),
  "#/settings/tunnel",
  async (page, engine) => {
    await page.getByRole("switch").click();
    await page.locator('[role=switch][aria-checked="false"]').waitFor();
    assert.deepEqual(asks(engine, "healSwitch"), [{ on: false }]);
    await press(page, "Ask App Store Connect: Every 2 minutes");
    await page.getByRole("menuitemradio", { name: "Every 10 minutes" }).click();
    await page
      .getByRole("button", { name: "Ask App Store Connect: Every 10 minutes" })
      .waitFor();
    assert.deepEqual(asks(engine, "setCatchUp"), [{ minutes: 10 }]);
  },
);

claim(
  "another port is taken at once, and nonsense is refused at the field",
  () => tunnelled(),
  "#/settings/advanced",
  async (page, engine) => {
    const port = page.getByLabel("Port", { exact: true });
    assert.equal(await port.inputValue(), "8377");
    await port.fill("0");
    await page.keyboard.press("Enter");
    await page.getByText("This is no port.").waitFor();
    assert.equal(await port.getAttribute("aria-invalid"), "true");
    assert.deepEqual(asks(engine, "usePort"), []);
    await port.fill("9000");
    await press(page, "Use this port");
    await eventually(() =>
      assert.deepEqual(asks(engine, "usePort"), [{ port: 9000 }]),
    );
    await eventually(async () =>
      assert.equal(
        await page.getByRole("button", { name: "Use this port" }).count(),
        0,
      ),
    );
    assert.equal(await port.inputValue(), "9000");
  },
);

claim(
  "an address leads to its section, and scrolling marks where one is",
  () => tunnelled(),
  "#/settings/about",
  async (page) => {
    const current = () =>
      page.locator("nav[aria-label=Sections] [aria-current]").textContent();
    const inView = (name) =>
      page
        .getByRole("heading", { name, exact: true, level: 2 })
        .evaluate((head) => head.getBoundingClientRect().bottom <= innerHeight);
    await eventually(async () => assert.ok(await inView("About")));
    assert.equal(
      await page.evaluate(() => document.scrollingElement.scrollTop),
      0,
      "the window itself has moved",
    );
    assert.equal((await current()).trim(), "About");
    await page.getByRole("link", { name: "Notifications" }).click();
    await eventually(async () =>
      assert.equal((await current()).trim(), "Notifications"),
    );
    await page
      .getByRole("region", { name: "All settings" })
      .evaluate((page) => (page.scrollTop = 0));
    await eventually(async () =>
      assert.equal((await current()).trim(), "Accounts"),
    );
  },
);

claim(
  "accounts and the tunnel lead to their own rooms",
  () => tunnelled(),
  SETTINGS,
  async (page) => {
    await press(page, "Manage…");
    await page.getByRole("heading", { name: "Accounts", level: 1 }).waitFor();
    await page.getByRole("link", { name: "Settings" }).click();
    await press(page, "Open Tunnel");
    await page.getByRole("heading", { name: "Apple can reach" }).waitFor();
  },
);

claim(
  "the key that opens settings everywhere opens them here",
  () => tunnelled(),
  "#/inbox",
  async (page) => {
    await page.getByRole("option").first().waitFor();
    await page.keyboard.press("Control+,");
    await page.getByRole("heading", { name: "Settings", level: 1 }).waitFor();
  },
);

claim(
  "the data folder is told and copied",
  () => tunnelled(),
  "#/settings/storage",
  async (page, engine) => {
    await press(page, "Copy the data folder’s path");
    await eventually(() => assert.equal(engine.copied, engine.status.dataDir));
  },
);

claim(
  "testers' pictures are kept as long as is said, and cleared after asking once",
  () => tunnelled(),
  "#/settings/storage",
  async (page, engine) => {
    await press(page, "Keep: Keep 90 days");
    await page.getByRole("menuitemradio", { name: "Keep 30 days" }).click();
    await page.getByRole("button", { name: "Keep: Keep 30 days" }).waitFor();
    await press(page, "At most: 2 GiB");
    await page.getByRole("menuitemradio", { name: "5 GiB" }).click();
    await page.getByText("624 MiB of 5 GiB").waitFor();
    assert.deepEqual(asks(engine, "setFeedbackRetention"), [
      { days: 30, maxBytes: 2 * 1024 ** 3 },
      { days: 30, maxBytes: 5 * 1024 ** 3 },
    ]);
    await press(page, "Clear…");
    const ask = page.getByRole("alertdialog");
    await ask.getByText("318 files with 624 MiB").waitFor();
    await ask.getByRole("button", { name: "Clear", exact: true }).click();
    await page.getByText("0 MiB of 5 GiB").waitFor();
    assert.ok(await page.getByRole("button", { name: "Clear…" }).isDisabled());
  },
);
