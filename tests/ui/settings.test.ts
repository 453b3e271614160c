// Changing settings, in a real browser over a fake engine.
import type { FakeEngine } from "./fake-engine/engine.ts";
import assert from "node:assert/strict";
import { asks, claim, press } from "./claims.ts";
import { drawnPreferences, newer, preferences } from "./fake-engine/settings.ts";
import { SETTINGS } from "./settings-scenarios.ts";
import { tunnelled } from "./tunnel-scenarios.ts";
import { eventually, shown } from "./window.ts";

claim(
  "notifications are paused for a while and brought back",
  () => tunnelled(),
  SETTINGS,
  async (page, engine) => {
    await press(page, "Pause: Not paused");
    await page.getByRole("menuitemradio", { name: "For an hour" }).click();
    await page.getByRole("main").getByText("Paused until 16:40").last().waitFor();
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
    const heal = page.getByRole("switch", {
      name: "Update webhooks automatically when the address changes",
    });
    await heal.click();
    await eventually(async () => assert.equal(await heal.getAttribute("aria-checked"), "false"));
    assert.deepEqual(asks(engine, "healSwitch"), [{ on: false }]);
    await press(page, "Check App Store Connect: Every 2 minutes");
    await page.getByRole("menuitemradio", { name: "Every 10 minutes" }).click();
    await page.getByRole("button", { name: "Check App Store Connect: Every 10 minutes" }).waitFor();
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
    await shown(page, "Not a valid port.").waitFor();
    assert.equal(await port.getAttribute("aria-invalid"), "true");
    assert.deepEqual(asks(engine, "usePort"), []);
    await port.fill("9000");
    await press(page, "Use this port");
    await eventually(() => assert.deepEqual(asks(engine, "usePort"), [{ port: 9000 }]));
    await eventually(async () =>
      assert.equal(await page.getByRole("button", { name: "Use this port" }).count(), 0),
    );
    assert.equal(await port.inputValue(), "9000");
  },
);

claim(
  "an address leads to its section, and scrolling marks where one is",
  () => tunnelled(),
  "#/settings/about",
  async (page) => {
    const current = () => page.locator("nav[aria-label=Sections] [aria-current]").textContent();
    const inView = (name: string) =>
      page
        .getByRole("heading", { name, exact: true, level: 2 })
        .evaluate((head) => head.getBoundingClientRect().bottom <= innerHeight);
    await eventually(async () => assert.ok(await inView("About")));
    assert.equal(
      await page.evaluate(() => document.scrollingElement?.scrollTop),
      0,
      "the window itself has moved",
    );
    assert.equal((await current())?.trim(), "About");
    await page.getByRole("link", { name: "Notifications" }).click();
    await eventually(async () => assert.equal((await current())?.trim(), "Notifications"));
    await page.getByRole("region", { name: "All settings" }).evaluate((page) => (page.scrollTop = 0));
    await eventually(async () => assert.equal((await current())?.trim(), "Accounts"));
  },
);

claim(
  "accounts are managed here, and the tunnel leads to its own room",
  () => tunnelled(),
  SETTINGS,
  async (page) => {
    await page.getByRole("button", { name: "Check key" }).first().click();
    await shown(page, "The key works.").waitFor();
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
    await press(page, "At most: 2 GB");
    await page.getByRole("menuitemradio", { name: "5 GB" }).click();
    await shown(page, "654.3 MB of 5 GB").waitFor();
    assert.deepEqual(asks(engine, "setFeedbackRetention"), [
      { days: 30, maxBytes: 2_000_000_000 },
      { days: 30, maxBytes: 5_000_000_000 },
    ]);
    await press(page, "Clear…");
    const ask = page.getByRole("alertdialog");
    await ask.getByText("318 files (654.3 MB)").waitFor();
    await ask.getByRole("button", { name: "Clear", exact: true }).click();
    await shown(page, "0 bytes of 5 GB").waitFor();
    assert.ok(await page.getByRole("button", { name: "Clear…" }).isDisabled());
  },
);

const set = (parts: Parameters<typeof preferences>[0] = {}) =>
  tunnelled(undefined, { preferences: preferences(parts) });
const changes = (engine: FakeEngine) => asks(engine, "changeSettings");

claim(
  "what is announced and heard is saved at once",
  () => set(),
  SETTINGS,
  async (page, engine) => {
    await page.getByLabel("Everything else").uncheck();
    await page.getByLabel("Good news").uncheck();
    await press(page, "Sound: Needs attention only");
    await page.getByRole("menuitemradio", { name: "Never" }).click();
    await page.getByRole("button", { name: "Sound: Never" }).waitFor();
    const announce = { needsYou: true, bad: true, good: true, info: false };
    assert.deepEqual(changes(engine), [
      { announce },
      { announce: { ...announce, good: false } },
      { sound: "never" },
    ]);
  },
);

claim(
  "quiet hours have times, days and a time zone",
  () => set(),
  "#/settings/notifications",
  async (page, engine) => {
    const from = page.getByLabel("From", { exact: true });
    assert.ok(await from.isDisabled());
    await page.getByRole("switch", { name: "Quiet hours" }).click();
    await from.fill("2230");
    await page.keyboard.press("Enter");
    await eventually(async () => assert.equal(await from.inputValue(), "22:30"));
    await page.getByRole("button", { name: "Saturday" }).click();
    await page.getByRole("button", { name: "Monday" }).click();
    await page.getByLabel("Time zone").selectOption("Asia/Tokyo");
    await eventually(() =>
      assert.deepEqual(engine.preferences.settings.quietHours, {
        on: true,
        from: "22:30",
        to: "08:30",
        days: ["tuesday", "wednesday", "thursday", "friday", "saturday"],
        timeZone: "Asia/Tokyo",
      }),
    );
    await page.getByLabel("Time zone").selectOption("");
    await eventually(() => assert.equal(engine.preferences.settings.quietHours.timeZone, null));
  },
);

claim(
  "text that isn’t a time is refused at the field and not sent",
  () => tunnelled(undefined, { preferences: drawnPreferences() }),
  "#/settings/notifications",
  async (page, engine) => {
    const to = page.getByLabel("To", { exact: true });
    await to.fill("8.75");
    await to.blur();
    await shown(page, "“8.75” isn’t a valid time.").waitFor();
    assert.equal(await to.getAttribute("aria-invalid"), "true");
    assert.deepEqual(changes(engine), []);
    await to.fill("8.15");
    await to.blur();
    await eventually(async () => assert.equal(await to.inputValue(), "08:15"));
    assert.equal(await to.getAttribute("aria-invalid"), "false");
  },
);

claim(
  "what can not be saved goes back and says why",
  () => set(),
  "#/settings/general",
  async (page, engine) => {
    engine.fail(
      "changeSettings",
      "internal",
      "Hookbell can’t be started at login: the folder is read-only",
      "check the login items in the system settings",
      "startAtLogin",
    );
    const login = page.getByRole("switch", { name: "Start at login" });
    await login.click();
    await shown(page, "the folder is read-only").waitFor();
    await eventually(async () => assert.equal(await login.getAttribute("aria-checked"), "false"));
    engine.failing.clear();
    await login.click();
    await eventually(() => assert.deepEqual(engine.preferences.startAtLogin, { state: "on" }));
    await eventually(async () => assert.equal(await shown(page, "the folder is read-only").count(), 0));
  },
);

claim(
  "the Dock is a matter of macOS alone",
  () => set(),
  "#/settings/general",
  async (page, engine) => {
    const dock = page.getByRole("switch", { name: "Hide from the Dock" });
    await shown(page, "Starts hidden, in the tray.").waitFor();
    assert.equal(await dock.count(), 0);
    engine.become({ platform: "macos" });
    await dock.click();
    await shown(page, "Starts hidden, in the menu bar.").waitFor();
    await eventually(() => assert.deepEqual(changes(engine), [{ hideFromDock: false }]));
  },
);

claim(
  "the text is made larger and smaller by keys, from anywhere",
  () => set(),
  "#/inbox",
  async (page, engine) => {
    await page.getByRole("option").first().waitFor();
    for (const key of ["=", "+", "-", "0", "-"]) await page.keyboard.press(`Control+${key}`);
    await eventually(() =>
      assert.deepEqual(
        changes(engine).map(({ textSize }) => textSize),
        [110, 125, 110, 100],
      ),
    );
    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByRole("button", { name: "150%" }).click();
    await eventually(() => assert.equal(engine.preferences.settings.textSize, 150));
  },
);

claim(
  "a change made elsewhere shows here",
  () => set(),
  SETTINGS,
  async (page, engine) => {
    await page.getByRole("button", { name: "Sound: Needs attention only" }).waitFor();
    engine.preferences = preferences({ settings: { sound: "everything" } });
    engine.changed();
    await page.getByRole("button", { name: "Sound: Everything" }).waitFor();
  },
);

claim(
  "settings go to a file and come from one",
  () => set(),
  "#/settings/advanced",
  async (page, engine) => {
    await press(page, "Export…");
    await eventually(() => assert.equal(asks(engine, "exportSettings").length, 1));
    engine.chosenPath = "/home/mira/Hookbell settings.json";
    await press(page, "Export…");
    await shown(page, "Exported to /home/mira/Hookbell settings.json").waitFor();
    await press(page, "Import…");
    await shown(page, "Imported from /home/mira/Hookbell settings.json").waitFor();
    await eventually(async () =>
      assert.equal(await page.getByRole("button", { name: "125%" }).getAttribute("aria-pressed"), "true"),
    );
    engine.fail(
      "importSettings",
      "invalidInput",
      "this file was saved by a newer version of Hookbell (Hookbell 3.1.0): its format is 2, and this one reads 1",
      "update Hookbell, then import it again",
      "version",
    );
    await press(page, "Import…");
    await shown(page, "saved by a newer version of Hookbell").waitFor();
    await shown(page, "Update Hookbell, then import it again.").waitFor();
  },
);

claim(
  "a reset asks once and says what stays",
  () => tunnelled(undefined, { preferences: drawnPreferences() }),
  "#/settings/advanced",
  async (page, engine) => {
    await press(page, "Reset settings…");
    const ask = page.getByRole("alertdialog");
    await ask.getByText("Events, feedback, webhooks, accounts, keys and the tunnel stay").waitFor();
    await ask.getByRole("button", { name: "Cancel" }).click();
    assert.deepEqual(asks(engine, "resetSettings"), []);
    await press(page, "Reset settings…");
    await ask.getByRole("button", { name: "Reset", exact: true }).click();
    await shown(page, "Settings reset to defaults").waitFor();
    assert.ok(await page.getByLabel("Everything else").isChecked());
  },
);

claim(
  "settings of a newer Hookbell can be seen and not changed",
  () => set({ trouble: newer }),
  SETTINGS,
  async (page) => {
    await page.getByLabel("Problems").waitFor();
    assert.ok(await page.getByLabel("Problems").isDisabled());
    for (const name of ["Export…", "Import…", "Reset settings…"])
      assert.ok(await page.getByRole("button", { name }).isDisabled(), name);
    assert.ok(await page.getByRole("switch", { name: "Start at login" }).isDisabled());
  },
);

claim(
  "the report that is shown is the one that is copied",
  () => set(),
  "#/settings/advanced",
  async (page, engine) => {
    await press(page, "Copy diagnostics…");
    const report = page.getByRole("region", { name: "The report" });
    await report.getByText("Hookbell 0.1.0 on linux").waitFor();
    await page.getByRole("button", { name: "Copy the report" }).click();
    await eventually(async () => assert.equal(engine.copied, await report.textContent()));
    assert.equal(asks(engine, "diagnostics").length, 1);
  },
);

claim(
  "the data folder is opened",
  () => set(),
  "#/settings/storage",
  async (page, engine) => {
    await press(page, "Open");
    await eventually(() => assert.equal(asks(engine, "openDataDir").length, 1));
    engine.fail("openDataDir", "internal", "the desktop failed: no", "try again");
    await press(page, "Open");
    await shown(page, "The desktop failed: no.").waitFor();
  },
);

claim(
  "macOS asks about notifications when one presses Allow, and the row goes with the answer",
  () =>
    tunnelled(undefined, {
      status: {
        platform: "macos",
        trouble: {
          kind: "notificationsNotAsked",
          title: "Notifications aren’t allowed yet",
          detail:
            "macOS hasn’t been asked to allow Hookbell’s notifications. Events still appear in the inbox.",
          hint: "Allow notifications, and waiting ones appear.",
          path: null,
        },
      },
      preferences: preferences({ notifications: "notAsked" }),
    }),
  "#/settings/notifications",
  async (page, engine) => {
    await shown(page, "macOS asks once.").waitFor();
    await page.locator(".banner").getByRole("button", { name: "Allow…" }).waitFor();
    assert.deepEqual(asks(engine, "allowNotifications"), [], "nobody is asked on their own");
    await press(page, "Allow notifications…");
    await eventually(() => assert.deepEqual(asks(engine, "allowNotifications"), [null]));
    await shown(page, "macOS asks once.").waitFor({ state: "detached" });
  },
);
