// What the palette finds and does, and that it restores the focus.
import type { State } from "./fake-engine/engine.ts";
import type { Page } from "playwright-core";
import assert from "node:assert/strict";
import { FakeEngine, webhook } from "./fake-engine/engine.ts";
import { EventEmitter, once } from "node:events";
import { event, NOW, tellingEvents } from "./fake-engine/events.ts";
import { atApple } from "./asc-scenarios.ts";
import { palette } from "./palette-scenarios.ts";
import { asks, claim as claimed } from "./claims.ts";
import { axe, eventually, shown } from "./window.ts";

const searches = (engine: FakeEngine) =>
  asks(engine, "events")
    .map(({ filter }) => filter.search)
    .filter(Boolean);
const box = (page: Page) => page.getByRole("dialog", { name: "Commands" });
const lines = (page: Page) => box(page).getByRole("option").allInnerTexts();
const chosen = (page: Page) => box(page).getByRole("option", { selected: true }).innerText();
const group = (page: Page, name: string) => box(page).getByRole("group", { name });
const gone = (page: Page) => box(page).waitFor({ state: "detached" });
const focused = (page: Page) =>
  page.evaluate(
    () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent.trim(),
  );
const said = async (page: Page) => (await page.locator("[aria-live=polite]").last().textContent()) ?? "";

/** A claim about a window with some content. */
const claim = (...[name, engine, where, tried]: Parameters<typeof claimed>) =>
  claimed(name, engine, where, async (page, made, t) => {
    await ready(page);
    await tried(page, made, t);
  });
const ready = (page: Page) => page.locator("[role=option], .empty, tbody tr, h1").first().waitFor();
const local = (parts: State = {}) =>
  new FakeEngine({
    events: tellingEvents(),
    webhooks: [webhook({ id: "w1", name: "Studio Mac" }), webhook({ id: "w2", name: "Release dashboard" })],
    ...parts,
  });

claim("opens by its keys and by the mouse, and Escape gives the focus back", local, {}, async (page) => {
  const all = page.getByRole("button", { name: "Mark all as read" });
  await all.focus();
  await palette(page);
  assert.equal(await focused(page), "Search commands, events, webhooks and apps");
  await page.keyboard.press("Escape");
  await gone(page);
  assert.equal(await focused(page), "Mark all as read");
  await page.getByRole("button", { name: "Commands" }).click();
  await box(page).waitFor();
  await page.keyboard.press("Control+k");
  await gone(page);
});

claim("finds commands, events and webhooks by their letters, the best first", local, {}, async (page) => {
  await palette(page, "re");
  await group(page, "Webhooks").getByText("Release dashboard").waitFor();
  assert.match(await chosen(page), /^Refresh/);
  await page.keyboard.type("d");
  assert.match((await lines(page))[0], /^Mark all as read/);
  await group(page, "Events").getByText("Rejected").waitFor();
  const marked = await group(page, "Webhooks").locator("mark").allInnerTexts();
  assert.deepEqual(marked, ["Re", "d"]);
});

claim("what is typed before the palette is there is typed into it", local, {}, async (page, engine) => {
  let arrive = () => undefined as unknown;
  const held = new Promise((resolve) => (arrive = () => resolve(undefined)));
  await page.route(/\/Palette-[\w-]+\.js$/, async (route) => {
    await held;
    await route.fallback();
  });
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("rer");
  await page.keyboard.press("Backspace");
  arrive();
  await eventually(async () => assert.equal(await box(page).getByRole("combobox").inputValue(), "re"));
  await page.keyboard.type("fresh");
  await eventually(async () => assert.match(await chosen(page), /^Refresh/));
  assert.equal(engine.count("archive") + engine.count("markRead"), 0);
});

claim("the arrows go round, and Enter does what is chosen", local, {}, async (page, engine) => {
  await palette(page, "studio");
  await group(page, "Webhooks").waitFor();
  const first = await chosen(page);
  await page.keyboard.press("ArrowUp");
  assert.notEqual(await chosen(page), first);
  await page.keyboard.press("ArrowDown");
  assert.equal(await chosen(page), first);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("mark all");
  await page.keyboard.press("Enter");
  await gone(page);
  await eventually(() => assert.equal(engine.unread(), 0));
});

claim(
  "looks for events in the store once typing rests, and shows what only the store can find",
  () => {
    const engine = local({
      events: [...tellingEvents(), event({ seq: 0, title: "Long ago", at: +NOW - 9e9 })],
    });
    // The fake engine searches only titles; this event is found by its payload.
    engine.otherwise.events = ({ filter }) =>
      filter.search === "ad7e6298" ? { events: [engine.event(0).row], next: null, unread: 0 } : undefined;
    return engine;
  },
  {},
  async (page, engine) => {
    await palette(page, "ad7e6298");
    await group(page, "Events").getByText("Long ago").waitFor();
    assert.deepEqual(searches(engine), ["ad7e6298"]);
    await page.keyboard.press("Enter");
    await gone(page);
    await page.locator("article h1").getByText("Long ago").waitFor();
  },
);

const late = new EventEmitter();
claim(
  "an answer that comes too late is dropped",
  () => {
    const engine = local();
    engine.otherwise.events = async ({ filter }) => {
      if (filter.search !== "slow") return undefined;
      await once(late, "come");
      return { events: [engine.event(1).row], next: null, unread: 0 };
    };
    return engine;
  },
  {},
  async (page, engine) => {
    await palette(page, "slow");
    await eventually(() => assert.deepEqual(searches(engine), ["slow"]));
    await page.keyboard.insertText("zzz");
    await eventually(() => assert.deepEqual(searches(engine), ["slow", "slowzzz"]));
    late.emit("come");
    await shown(page, "No match for “slowzzz”").waitFor();
    assert.equal(await box(page).getByRole("option").count(), 0);
  },
);

claim(
  "with nothing typed, what needs one comes first, and then what was used last",
  () => local({ status: { pausedUntil: null } }),
  {},
  async (page) => {
    await page.getByRole("option", { name: /Rejected/ }).waitFor();
    await palette(page);
    assert.match((await lines(page))[0], /^Rejected/);
    await page.keyboard.type("go to tunnel");
    await page.keyboard.press("Enter");
    await gone(page);
    await palette(page);
    await group(page, "Recent").getByText("Go to Tunnel").waitFor();
  },
);

claim("what can't be done now is not offered", local, {}, async (page, engine) => {
  await palette(page);
  const offered = (await lines(page)).join("\n");
  assert.match(offered, /Pause notifications for an hour/);
  assert.doesNotMatch(offered, /Resume|Redeliver|Stop the tunnel|Fetch missed events/);
  await page.keyboard.type("pause");
  await page.keyboard.press("Enter");
  await gone(page);
  assert.deepEqual(asks(engine, "pause"), [{ minutes: 60 }]);
  await eventually(async () => assert.match(await said(page), /Paused for an hour/));
  await palette(page, "resume");
  await page.keyboard.press("Enter");
  await gone(page);
  assert.equal(asks(engine, "resume").length, 1);
});

claim(
  "what was refused is told where it was asked, and nothing closes",
  () => {
    const engine = local();
    engine.fail("pause", "storeUnwritable", "the pause could not be kept", "x");
    return engine;
  },
  {},
  async (page) => {
    await palette(page, "pause");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("The pause could not").waitFor();
    await page.keyboard.type("d");
    await page.getByRole("alert").waitFor({ state: "detached" });
  },
);

claim("asks which webhook, goes a step back, and tests the chosen one", local, {}, async (page, engine) => {
  await palette(page, "send a test");
  await page.keyboard.press("Enter");
  await page.getByRole("combobox", { name: "Test which webhook?" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("combobox", { name: "Search commands" }).waitFor();
  await page.keyboard.type("send a test");
  await page.keyboard.press("Enter");
  await page.keyboard.type("dash");
  await page.keyboard.press("Enter");
  await gone(page);
  await shown(page, "Ping arrived in").waitFor();
  assert.deepEqual(asks(engine, "sendTest"), [{ id: "w2" }]);
});

claim(
  "with one webhook there is nothing to ask",
  () => local({ webhooks: [webhook({ id: "w1", name: "Studio Mac" })] }),
  {},
  async (page, engine) => {
    await palette(page, "copy payload");
    await page.keyboard.press("Enter");
    await gone(page);
    assert.deepEqual(asks(engine, "copyPayloadUrl"), [{ id: "w1" }]);
    await eventually(async () => assert.match(await said(page), /Payload URL copied/));
  },
);

claim("a sheet it opens gives the focus back to where it was before both", local, {}, async (page) => {
  const all = page.getByRole("button", { name: "Mark all as read" });
  await all.focus();
  await palette(page, "new webhook");
  await page.keyboard.press("Enter");
  const sheet = page.getByRole("dialog", { name: "New webhook" });
  await gone(page);
  await sheet.locator(":focus").waitFor();
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "detached" });
  await eventually(async () => assert.equal(await focused(page), "Mark all as read"));
});

claim(
  "leads to an app by its bundle ID, and makes its webhook from any room",
  atApple,
  { at: "#/tunnel" },
  async (page) => {
    const bundle = "se.halden.fieldnotes";
    await palette(page, bundle);
    await group(page, "Apps").waitFor();
    await page.keyboard.press("Enter");
    await gone(page);
    assert.match(page.url(), /#\/webhooks\/halden\//);
    await page.keyboard.press("Control+1");
    await page.getByRole("listbox", { name: "Events" }).waitFor();
    await page.keyboard.press("Control+n");
    await page.getByRole("dialog", { name: "New webhook" }).waitFor();
    assert.deepEqual(await axe(page), []);
  },
);

claim("an app comes before the events that name it", atApple, {}, async (page) => {
  await palette(page, "backyard");
  await group(page, "Events").waitFor();
  const found = await box(page).innerText();
  assert.ok(found.indexOf("Apps") < found.indexOf("Events"), found);
});

claim("redelivers what failed, in the room where one sees it", atApple, {}, async (page, engine) => {
  await palette(page, "redeliver");
  await shown(page, "2 deliveries").waitFor();
  await page.keyboard.press("Enter");
  await gone(page);
  await page.getByRole("heading", { name: "Deliveries" }).waitFor();
  await eventually(() => assert.ok(asks(engine, "redeliverFailed").length > 0));
});

claim("keys reach every room, and do nothing of theirs in a field or a sheet", local, {}, async (page) => {
  for (const [digit, room] of [
    ["3", "builds"],
    ["4", "webhooks"],
    ["5", "deliveries"],
    ["6", "rules"],
    ["7", "tunnel"],
    [",", "settings"],
    ["1", "inbox"],
  ]) {
    await page.keyboard.press(`Control+${digit}`);
    await eventually(() => assert.match(page.url(), new RegExp(`#/${room}`)));
  }
  await page.keyboard.press("/");
  await page.keyboard.type("?R");
  assert.equal(await page.getByRole("dialog").count(), 0);
  assert.equal(await page.getByRole("textbox", { name: "Search" }).inputValue(), "?R");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
  await page.keyboard.press("Control+k");
  await page.keyboard.press("Control+3");
  assert.equal(await page.getByRole("dialog").count(), 1);
  assert.match(page.url(), /#\/inbox/);
});

claim("what arrives is said once, and a burst in one sentence", local, {}, async (page, engine) => {
  await page.getByRole("option", { name: /Rejected/ }).waitFor();
  const ping = (seq: number) => event({ seq, kind: "ping", title: `Ping ${seq}`, at: NOW.getTime() });
  engine.store(ping(13));
  await eventually(async () => assert.match(await said(page), /New event: Ping 13\./));
  engine.store(ping(16), ping(15), ping(14));
  await eventually(async () => assert.match(await said(page), /3 new events\./));
});
