// Replies that arrive late or out of order: what was done meanwhile is kept.
import type { Page } from "playwright-core";
import assert from "node:assert/strict";
import { atApple } from "./asc-scenarios.ts";
import { claim, isGone, press } from "./claims.ts";
import { FakeEngine, webhook } from "./fake-engine/engine.ts";
import { tellingEvents } from "./fake-engine/events.ts";
import { withFeedback } from "./feedback-scenarios.ts";
import { tunnelled, TUNNEL } from "./tunnel-scenarios.ts";
import { eventually, shown } from "./window.ts";

const BIRDS = "#/webhooks/halden/a1";
const two = () =>
  new FakeEngine({
    events: tellingEvents(),
    webhooks: [webhook({ id: "w1", name: "Studio Mac" }), webhook({ id: "w2", name: "Release dashboard" })],
  });

const more = async (page: Page, of: string, item: string) => {
  await press(page, `More for ${of}`);
  await page.getByRole("menuitem", { name: item }).click();
};
/** Lets released replies arrive, and their effects be drawn. */
async function settle(page: Page) {
  await page.evaluate(async () => {
    await fetch("/icon.svg");
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  });
}

claim(
  "a confirmation that was closed does not close the next sheet, nor lead away",
  two,
  "#/webhooks/w1",
  async (page, engine) => {
    const removal = engine.hold("removeWebhook");
    await more(page, "Studio Mac", "Remove…");
    await press(page, "Remove webhook");
    await removal.until(1);
    await page.keyboard.press("Escape");
    await isGone(page.getByRole("alertdialog"));
    await page.getByRole("option", { name: /Release dashboard/ }).click();
    await more(page, "Release dashboard", "Rename…");
    const name = page.getByRole("textbox", { name: "Name" });
    await name.fill("Release board");
    removal.end();
    await isGone(page.getByRole("option", { name: /Studio Mac/ }));
    assert.equal(await name.inputValue(), "Release board");
    assert.match(page.url(), /#\/webhooks\/w2$/);
  },
);

claim(
  "a new name or secret that comes late does not close the next sheet",
  two,
  "#/webhooks/w1",
  async (page, engine) => {
    const names = engine.hold("renameWebhook");
    await more(page, "Studio Mac", "Rename…");
    await page.getByRole("textbox", { name: "Name" }).fill("Studio");
    await page.keyboard.press("Enter");
    await names.until(1);
    await page.keyboard.press("Escape");
    const secrets = engine.hold("rotateSecret");
    await more(page, "Studio Mac", "Rotate secret…");
    names.end();
    await page
      .getByRole("option", { name: /Studio/ })
      .filter({ hasNotText: "Mac" })
      .waitFor();
    await page.getByRole("dialog", { name: "Rotate secret" }).waitFor();
    await press(page.getByRole("dialog"), "Rotate secret");
    await secrets.until(1);
    await page.keyboard.press("Escape");
    await more(page, "Studio", "Rename…");
    secrets.end();
    await settle(page);
    await page.getByRole("dialog", { name: "Rename webhook" }).waitFor();
  },
);

claim(
  "closing the sheet of a webhook that is being created leads nowhere and tests nothing",
  () => atApple(),
  BIRDS,
  async (page, engine) => {
    const creation = engine.hold("createAppWebhook");
    await press(page, "New webhook");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.type("Release dashboard");
    await press(page, "Create webhook");
    await creation.until(1);
    // A request already sent can't be cancelled, so nothing claims to cancel it.
    await press(page.getByRole("dialog"), "Close");
    await page.getByRole("link", { name: /^Inbox/ }).click();
    await page.getByRole("listbox", { name: "Events" }).waitFor();
    creation.end();
    await settle(page);
    assert.match(page.url(), /#\/inbox$/);
    assert.equal(engine.count("pingAppWebhook"), 0);
  },
);

claim(
  "a refused webhook shows its error, even where the form is longer than the window",
  () => atApple(),
  { at: BIRDS, size: [900, 600] },
  async (page, engine) => {
    const hint = "check the network, and try again";
    engine.fail("createAppWebhook", "appleUnreachable", "App Store Connect can’t be reached", hint);
    await press(page, "New webhook");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.type("Release dashboard");
    await press(page, "Create webhook");
    const error = page.getByRole("dialog").getByRole("alert");
    await error.getByText("can’t be reached").waitFor();
    await eventually(async () => {
      const [form, words] = await Promise.all([
        page.getByRole("dialog").locator(".body").boundingBox(),
        error.boundingBox(),
      ]);
      assert.ok(form && words && words.y >= form.y && words.y + words.height <= form.y + form.height);
    });
  },
);

claim("a form that is refused at a field gives it the focus", two, "#/webhooks/w1", async (page) => {
  await more(page, "Studio Mac", "Rename…");
  const name = page.getByRole("textbox", { name: "Name" });
  await name.fill("");
  await press(page, "Rename");
  await page.getByRole("dialog").getByRole("alert").waitFor();
  await eventually(async () =>
    assert.equal(await name.evaluate((field) => field === document.activeElement), true),
  );
});

claim(
  "a removed webhook stays away, whatever was read before",
  two,
  "#/webhooks/w1",
  async (page, engine) => {
    await page.getByRole("option", { name: /Release dashboard/ }).waitFor();
    const lists = engine.hold("webhooks");
    engine.store();
    await lists.until(1);
    await more(page, "Studio Mac", "Remove…");
    await press(page, "Remove webhook");
    await isGone(page.getByRole("option", { name: /Studio Mac/ }));
    lists.give();
    await settle(page);
    assert.equal(await page.getByRole("option", { name: /Studio Mac/ }).count(), 0);
    lists.end();
    await settle(page);
    assert.equal(await page.getByRole("option", { name: /Studio Mac/ }).count(), 0);
  },
);

claim(
  "a removed account stays away, with its failed deliveries",
  () => atApple(),
  "#/settings/accounts",
  async (page, engine) => {
    await shown(page, "Northwind Labs (client)").waitFor();
    await eventually(() => assert.ok(engine.count("accountWebhooks") > 1));
    const lists = engine.hold("accountWebhooks");
    await page.keyboard.press("Control+r");
    await lists.until(2);
    await more(page, "Northwind Labs (client)", "Remove…");
    await press(page.getByRole("alertdialog"), "Remove account");
    await isGone(page.getByRole("alertdialog"));
    const failed = page.getByRole("link", { name: /^Deliveries/ });
    const before = await failed.innerText();
    lists.end();
    await settle(page);
    assert.equal(await failed.innerText(), before);
    await page.getByRole("link", { name: /^Webhooks/ }).click();
    await page.getByRole("option", { name: /Backyard/ }).waitFor();
    assert.equal(await page.getByRole("option", { name: /Northwind Field Service/ }).count(), 0);
  },
);

claim(
  "what could not be read of missed events is forgotten once it can be",
  () => {
    const engine = tunnelled();
    engine.fail("catchUp", "internal", "the log could not be read", "try again");
    return engine;
  },
  TUNNEL,
  async (page, engine) => {
    await shown(page, "The log could not be read.").waitFor();
    engine.failing.clear();
    engine.store();
    await isGone(shown(page, "The log could not be read."));
  },
);

claim(
  "the raw log is read even where one goes on to the next crash meanwhile",
  () => withFeedback(),
  "#/feedback/F2",
  async (page, engine) => {
    const logs = engine.hold("crashLog");
    await press(page, "Raw");
    await logs.until(1);
    // A crash that couldn't be parsed shows its log at once.
    await page.evaluate(() => (location.hash = "#/feedback/F4"));
    const log = page.getByRole("region", { name: "Raw log" });
    await page.locator("article h1").getByText("out of memory").waitFor();
    logs.end();
    await log.waitFor();
    await eventually(async () => assert.notEqual(await log.innerText(), ""));
  },
);

for (const [room, at, commands] of [
  ["deliveries", "#/deliveries", ["accounts", "deliveries"]],
  ["accounts", "#/settings/accounts", ["accounts"]],
  ["insights", "#/insights", ["insights", "accounts"]],
] as const) {
  claim(
    `what the room ${room} shows is read once when it is entered`,
    () => atApple(),
    at,
    async (page, engine) => {
      await page.locator("main h1").waitFor();
      await eventually(() => assert.ok(engine.count("accountWebhooks") > 0));
      await settle(page);
      await settle(page);
      for (const command of commands) {
        const requests = engine.asked
          .filter(([asked]) => asked === command)
          .map(([, asked]) => JSON.stringify(asked));
        assert.ok(requests.length > 0, command);
        assert.deepEqual(requests, [...new Set(requests)], command);
      }
    },
  );
}

claim(
  "a going there that is told twice is followed once",
  () => atApple(),
  "#/inbox",
  async (page, engine) => {
    await page.getByRole("listbox", { name: "Events" }).waitFor();
    await page.keyboard.press("Control+8");
    await page.locator("main h1").getByText("Insights").waitFor();
    await eventually(() => assert.ok(engine.count("insights") > 0));
    await settle(page);
    assert.equal(engine.count("insights"), 1);
  },
);

claim(
  "letters in a field, a select or an open menu are no shortcuts",
  two,
  "#/inbox/12",
  async (page, engine) => {
    await page.locator("article h1").waitFor();
    await press(page, "Dates");
    await page.getByRole("menu").waitFor();
    await page.keyboard.press("e");
    await page.keyboard.press("r");
    await page.keyboard.press("Escape");
    await page.getByRole("textbox", { name: /Search/ }).fill("re");
    assert.equal(engine.count("archive"), 0);
  },
);

claim(
  "Ctrl-Z takes back what was done last, and the keys for back and forward lead there",
  two,
  "#/inbox",
  async (page, engine) => {
    await page.getByRole("listbox", { name: "Events" }).waitFor();
    await page.keyboard.press("Shift+R");
    await eventually(() => assert.equal(engine.unread(), 0));
    await page.getByRole("button", { name: "Undo" }).waitFor();
    await page.keyboard.press("Control+z");
    await eventually(() => assert.ok(engine.unread() > 0));
    await page.keyboard.press("Control+4");
    await page.locator("h1").getByText("Webhooks").waitFor();
    await page.keyboard.press("Control+[");
    await page.locator("h1").getByText("Inbox").waitFor();
    await page.keyboard.press("Control+]");
    await page.locator("h1").getByText("Webhooks").waitFor();
    await page.keyboard.press("Shift+R");
    await settle(page);
    assert.equal(engine.count("markAllRead"), 1);
  },
);
