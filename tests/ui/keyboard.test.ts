// The main tasks of every room, done with the keyboard alone, without pointing or clicking.
import type { Page } from "playwright-core";
import assert from "node:assert/strict";
import { atApple } from "./asc-scenarios.ts";
import { FakeEngine, webhook } from "./fake-engine/engine.ts";
import { tellingEvents } from "./fake-engine/events.ts";
import { off } from "./fake-engine/tunnel.ts";
import { withFeedback } from "./feedback-scenarios.ts";
import { palette } from "./palette-scenarios.ts";
import { tunnelled } from "./tunnel-scenarios.ts";
import { asks, claim as claimed } from "./claims.ts";
import { eventually, shown } from "./window.ts";

const local = () =>
  new FakeEngine({
    events: tellingEvents(),
    webhooks: [webhook({ id: "w1", name: "Studio Mac" })],
  });

/** The focused element: its name, its role, whether the focus is visible, and the row with a list's cursor. */
function focus(page: Page) {
  return page.evaluate(() => {
    const on = document.activeElement ?? document.body;
    const labels = [...(on instanceof HTMLInputElement ? (on.labels ?? []) : [])].map(
      (label) => label.textContent,
    );
    const cursor = document.getElementById(on.getAttribute("aria-activedescendant") ?? "");
    const outlined = (element: Element | null | undefined) => {
      if (!element) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return outlineStyle !== "none" && outlineWidth !== "0px";
    };
    // A table row draws the ring around itself.
    const shown =
      [on, on.parentElement, cursor].some((element) => outlined(element)) || outlined(on.closest("tr"));
    return {
      name: on.getAttribute("aria-label") ?? labels[0] ?? on.textContent.trim(),
      role: on.getAttribute("role") ?? on.localName,
      shown,
      cursor: cursor?.textContent ?? "",
    };
  });
}
/** The text of the focused table row. */
const focusedRow = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest("tr")?.textContent ?? "");

/** Presses Tab until the named element has the focus; fails if it can't be reached. */
async function tabTo(page: Page, name: RegExp) {
  const passed: string[] = [];
  for (let step = 0; step < 90; step += 1) {
    await page.keyboard.press("Tab");
    const now = await focus(page);
    if (name.test(now.name)) return now;
    passed.push(now.name.slice(0, 30));
  }
  throw new Error(`${name} was not among ${passed.join(", ")}`);
}
const keys = async (page: Page, ...pressed: string[]) => {
  for (const key of pressed) await page.keyboard.press(key);
};
const headline = (page: Page, text: string) => page.locator("article h1").getByText(text).waitFor();

/** A claim about a window whose heading has appeared. */
const claim = (...[name, engine, where, tried]: Parameters<typeof claimed>) =>
  claimed(name, engine, where, async (page, made, t) => {
    await page.locator("h1").first().waitFor();
    await tried(page, made, t);
  });

claim("an event is read, marked and archived", local, "#/inbox", async (page, engine) => {
  await page.getByRole("option", { name: /Rejected/ }).waitFor();
  const list = await tabTo(page, /^Events$/);
  assert.deepEqual([list.role, list.shown], ["listbox", true]);
  assert.match(list.cursor, /Rejected/);
  await keys(page, "ArrowDown", "Enter");
  await headline(page, "Screenshot feedback");
  await eventually(() => assert.equal(engine.unread(), 3));
  await keys(page, "r");
  await eventually(() => assert.equal(engine.unread(), 4));
  await keys(page, "e");
  await shown(page, /^Archived “/)
    .first()
    .waitFor();
  await eventually(async () => assert.match((await focus(page)).cursor, /Crash/));
  await tabTo(page, /^Undo$/);
  await keys(page, "Enter");
  await page.getByRole("option", { name: /Screenshot feedback/ }).waitFor();
});

/** Tabs through the whole window once. Every stop has a name and a visible focus, and none traps the focus. */
async function walked(page: Page) {
  const stops = [];
  for (let step = 0; step < 120; step += 1) {
    await page.keyboard.press("Tab");
    const now = await focus(page);
    if (now.role === "body") return stops;
    assert.notEqual(now.name, "", `stop ${step + 1} has a name`);
    assert.ok(now.shown, `one sees that “${now.name}” has the focus`);
    stops.push(now.name);
  }
  throw new Error(`it does not come to an end: ${stops.slice(-9)}`);
}

claim(
  "Tab goes from the sidebar over the tools and the list to what is open",
  atApple,
  "#/inbox/12",
  async (page) => {
    await headline(page, "Rejected");
    const stops = await walked(page);
    const order = [/^Inbox/, /^Search events/, /^Events$/, /^Archive$/, /Copy/];
    const places = order.map((name) => stops.findIndex((at) => name.test(at)));
    assert.ok(!places.includes(-1), `${stops}`);
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
    );
  },
);

for (const [room, engine, at] of [
  ["feedback", () => withFeedback(), "#/feedback/F1"],
  ["webhooks", () => atApple(), "#/webhooks/halden/a1"],
  ["accounts", () => atApple(), "#/settings/accounts"],
  ["deliveries", () => atApple(), "#/deliveries"],
  ["tunnel", () => tunnelled(), "#/tunnel"],
  ["settings", () => tunnelled(), "#/settings"],
] as const) {
  claim(`no stop of the ${room} is a trap`, engine, at, async (page) => {
    const ready = "main li, main dl, main tbody tr, main figure, main form";
    await page.locator(ready).first().waitFor();
    const stops = await walked(page);
    assert.ok(stops.length > 8, `${stops}`);
  });
}

claim(
  "a tester's pictures are walked through, and a crash is opened",
  () => withFeedback(),
  "#/feedback",
  async (page) => {
    await page.getByRole("option", { name: /Save button/ }).waitFor();
    await keys(page, "j", "Enter");
    await headline(page, "Save button");
    await shown(page, "1 of ").first().waitFor();
    await keys(page, "ArrowRight");
    await shown(page, "2 of ").first().waitFor();
    await keys(page, "Escape");
    for (let row = 0; row < 8; row += 1) {
      if (/crash/i.test((await focus(page)).cursor)) break;
      await keys(page, "j");
    }
    await keys(page, "Enter");
    await page
      .getByRole("heading", { name: /Thread/ })
      .first()
      .waitFor();
  },
);

claim("a choice beside another takes one stop, and the arrows choose", local, "#/inbox", async (page) => {
  await page.getByRole("option", { name: /Rejected/ }).waitFor();
  await tabTo(page, /^Mark all as read$/);
  await keys(page, "Tab", "ArrowRight");
  assert.equal((await focus(page)).name, "Archive");
  await page.getByRole("button", { name: "Archive", pressed: true }).waitFor();
  await keys(page, "Tab");
  assert.match((await focus(page)).name, /^Search/);
  await tabTo(page, /^Dates$/);
  await keys(page, "Enter");
  await page.getByRole("menuitemradio", { name: "Last 7 days", exact: true }).waitFor();
  await keys(page, "ArrowDown", "Escape");
  await eventually(async () => assert.equal((await focus(page)).name, "Dates"));
});

claim("a webhook is made and tested", local, "#/webhooks", async (page, engine) => {
  await page.getByRole("option", { name: /Studio Mac/ }).waitFor();
  await keys(page, "Control+n");
  await page.getByRole("dialog", { name: "New webhook" }).waitFor();
  if ((await focus(page)).role !== "input") await tabTo(page, /^Name/);
  await page.keyboard.type("Build server");
  await keys(page, "Enter");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.equal(asks(engine, "addWebhook")[0].name, "Build server");
  await page.getByRole("heading", { name: "Build server" }).waitFor();
  await tabTo(page, /^Send test$/);
  await keys(page, "Enter");
  await shown(page, "Ping arrived in").first().waitFor();
});

claim("a failed delivery is opened and sent again", atApple, "#/deliveries", async (page, engine) => {
  await page.locator("tbody tr").first().waitFor();
  await keys(page, "j");
  for (let row = 0; row < 20; row += 1) {
    if (/Failed/.test(await focusedRow(page))) break;
    await keys(page, "ArrowDown");
  }
  const on = await focus(page);
  assert.match(on.name, /^Details of /);
  assert.match(await focusedRow(page), /Failed/);
  assert.ok(on.shown);
  await keys(page, "Enter");
  await tabTo(page, /^Redeliver$/);
  await keys(page, "Enter");
  await eventually(() => assert.equal(asks(engine, "redeliver").length, 1));
});

claim(
  "the tunnel is started from another room",
  () => tunnelled(off({ provider: "cloudflared", name: "Cloudflare Tunnel" })),
  "#/inbox",
  async (page, engine) => {
    await keys(page, "Control+7");
    await page.getByRole("main", { name: "Tunnel" }).waitFor();
    await page.getByRole("button", { name: "Start", exact: true }).waitFor();
    await tabTo(page, /^Start$/);
    await keys(page, "Enter");
    await eventually(() => assert.equal(asks(engine, "startTunnel").length, 1));
  },
);

claim(
  "a setting is changed",
  () => tunnelled(),
  "#/inbox",
  async (page, engine) => {
    await keys(page, "Control+,");
    await page.getByRole("heading", { name: "Settings", level: 1 }).waitFor();
    await tabTo(page, /^Port/);
    await keys(page, "Control+a");
    await page.keyboard.type("9000");
    await keys(page, "Enter");
    await eventually(() => assert.deepEqual(asks(engine, "usePort"), [{ port: 9000 }]));
  },
);

claim("everything of the window is a few letters away", atApple, "#/settings", async (page, engine) => {
  await palette(page, "go to inbox");
  await keys(page, "Enter");
  await page.getByRole("option", { name: /Rejected/ }).waitFor();
  await eventually(async () => assert.equal((await focus(page)).role, "listbox"));
  await palette(page, "mark all");
  await keys(page, "Enter");
  await eventually(() => assert.equal(engine.unread(), 0));
  await keys(page, "?");
  await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
  await keys(page, "Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.equal((await focus(page)).role, "listbox");
});

claim(
  "Ctrl-W closes the window and Ctrl-Q quits, from a field too",
  atApple,
  "#/inbox",
  async (page, engine) => {
    await page.getByRole("option").first().waitFor();
    await keys(page, "Control+w");
    await eventually(() => assert.deepEqual(engine.host, ["close"]));
    await keys(page, "/");
    await page.keyboard.type("birds");
    await keys(page, "Control+q");
    await eventually(() => assert.deepEqual(engine.host, ["close", "quit"]));
  },
);

claim(
  "Ctrl-W and Ctrl-Q work in the first steps and over a sheet",
  atApple,
  "#/welcome",
  async (page, engine) => {
    await eventually(async () => assert.match(await page.title(), /^Welcome/));
    await keys(page, "Control+w");
    await eventually(() => assert.deepEqual(engine.host, ["close"]));
    await page.evaluate(() => (location.hash = "#/inbox"));
    await page.getByRole("option").first().waitFor();
    await keys(page, "?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await keys(page, "Control+q");
    await eventually(() => assert.deepEqual(engine.host, ["close", "quit"]));
  },
);

claim("the sheet of keys opens without a ring around it", atApple, "#/inbox", async (page) => {
  await page.getByRole("option").first().waitFor();
  await keys(page, "?");
  const body = page.getByRole("region", { name: "Keyboard shortcuts" });
  await body.waitFor();
  const ring = () => body.evaluate((element) => getComputedStyle(element).outlineStyle);
  await eventually(async () => assert.equal((await focus(page)).role, "region"));
  assert.equal(await ring(), "none");
  await keys(page, "Tab");
  await keys(page, "Shift+Tab");
  assert.notEqual(await ring(), "none", "one who comes back sees where they are");
});
