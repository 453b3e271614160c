// Filters over the inbox, views saved from them, and the page of an event.
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { EventFilter, SavedView, TrackStep } from "../../ui/src/lib/bindings/api.ts";
import { asks, button, choose, claim, headline, isGone, option, press } from "./claims.ts";
import { FakeEngine } from "./fake-engine/engine.ts";
import { event, NOW, tellingEvents } from "./fake-engine/events.ts";
import { eventually, shown } from "./window.ts";

const ALL: EventFilter = { place: "inbox", unread: false, search: "" };
const view = (id: number, name: string, filter: Partial<EventFilter>): SavedView => ({
  id,
  name,
  filter: { ...ALL, ...filter },
  unread: 0,
  trouble: null,
});
const telling = () => new FakeEngine({ events: tellingEvents() });
const withViews = () =>
  new FakeEngine({
    events: tellingEvents(),
    views: [
      view(1, "Problems", { importance: ["bad"] }),
      view(2, "Birds", { app: ["6479283016"] }),
      view(3, "Unread", { unread: true }),
    ],
  });
const count = async (page: Page, expected: number) =>
  eventually(async () => assert.equal(await page.getByRole("option").count(), expected));
const views = (page: Page) => page.getByRole("region", { name: "Views" }).getByRole("link");
const names = (page: Page) => views(page).locator(".clip").allTextContents();

claim("filters hold together, and each is cleared with one click", telling, {}, async (page, engine) => {
  await count(page, 12);
  await choose(page, "App", "Backyard Birds");
  await count(page, 6);
  await choose(page, "Importance", "Problem");
  await count(page, 1);
  assert.deepEqual(asks(engine, "events").at(-1)?.filter, {
    ...ALL,
    app: ["6479283016"],
    importance: ["bad"],
  });
  await press(page, "Clear App");
  await count(page, 2);
  await press(page, "Unread");
  await count(page, 2);
  await press(page, "Clear Importance");
  await press(page, "Unread");
  await count(page, 12);
});

claim("a type offers its own states once it is chosen", telling, {}, async (page, engine) => {
  await choose(page, "Type", "App version status");
  await choose(page, "Type: App version status", "Rejected");
  await page.getByRole("button", { name: "Type: Rejected" }).waitFor();
  assert.deepEqual(asks(engine, "events").at(-1)?.filter.state, ["REJECTED"]);
  await press(page, "Clear Type");
  await count(page, 12);
});

claim(
  "what is set is saved under a name, and is in the sidebar with what is unread",
  telling,
  {},
  async (page, engine) => {
    await choose(page, "Importance", "Problem");
    await press(page, "Save these filters as a view");
    const name = page.getByRole("dialog", { name: "Save view" }).getByRole("textbox", { name: "Name" });
    assert.equal(await name.inputValue(), "Problem");
    await name.fill("Crashes and failures");
    await page.keyboard.press("Enter");
    await views(page)
      .filter({ hasText: "Crashes and failures" })
      .and(page.locator("[aria-current]"))
      .waitFor();
    await shown(page, "2 unread").first().waitFor();
    assert.deepEqual(asks(engine, "saveView"), [
      { id: null, name: "Crashes and failures", filter: { ...ALL, importance: ["bad"] } },
    ]);
  },
);

claim("a view shows its events, and the room's own link everything", withViews, {}, async (page) => {
  await count(page, 12);
  await views(page).filter({ hasText: "Birds" }).click();
  await count(page, 6);
  await page.getByRole("button", { name: "App: Backyard Birds" }).waitFor();
  const marked = page.getByRole("navigation", { name: "Hookbell" }).locator("[aria-current]");
  assert.deepEqual(await marked.locator(".clip").allTextContents(), ["Birds"]);
  await page.getByRole("link", { name: /^Inbox/ }).click();
  await eventually(async () => assert.deepEqual(await marked.locator(".clip").allTextContents(), ["Inbox"]));
  await count(page, 12);
});

claim(
  "views are moved, renamed and deleted by the keyboard too, and a deleted one comes back",
  withViews,
  {},
  async (page, engine) => {
    await views(page).first().focus();
    await page.keyboard.press("Alt+ArrowDown");
    await eventually(async () => assert.deepEqual(await names(page), ["Birds", "Problems", "Unread"]));
    assert.deepEqual(asks(engine, "orderViews"), [{ ids: [2, 1, 3] }]);
    const moved = views(page).nth(1);
    await eventually(async () => assert.ok(await moved.evaluate((view) => view === document.activeElement)));
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: "Rename…" }).press("Enter");
    await page.getByRole("textbox", { name: "Name" }).fill("Failures");
    await page.keyboard.press("Enter");
    await eventually(async () => assert.deepEqual(await names(page), ["Birds", "Failures", "Unread"]));
    await press(page, "More for Birds");
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await eventually(async () => assert.deepEqual(await names(page), ["Failures", "Unread"]));
    await page.keyboard.press("ControlOrMeta+Z");
    await eventually(async () => assert.deepEqual(await names(page), ["Birds", "Failures", "Unread"]));
  },
);

claim("a name that is taken is refused at its field", withViews, {}, async (page) => {
  await press(page, "Unread");
  await choose(page, "Dates", "Last 7 days");
  await press(page, "Save these filters as a view");
  await page.getByRole("textbox", { name: "Name" }).fill("birds");
  await page.keyboard.press("Enter");
  await shown(page, /^A view called “[^”]*” already exists/).waitFor();
  await page.keyboard.press("Escape");
  await isGone(page.getByRole("dialog"));
});

claim("filters that nothing matches say so, and one press clears them", telling, {}, async (page) => {
  await choose(page, "App", "Backyard Birds");
  await choose(page, "Dates", "Last 24 hours");
  await choose(page, "Importance", "Good news");
  await press(page, "Unread");
  await shown(page, "No matching events").waitFor();
  await press(page, "Clear the filters");
  await count(page, 12);
});

claim(
  "days are chosen from a first to a last one, said in words and kept in a view",
  telling,
  {},
  async (page, engine) => {
    await choose(page, "Dates", "Custom…");
    const dates = page.getByRole("dialog", { name: "Dates" });
    const [from, to] = [dates.getByLabel("From"), dates.getByLabel("To")];
    await from.fill("2026-11-19");
    await to.fill("2026-11-09");
    await page.keyboard.press("Enter");
    await shown(page, "Choose a later day.").waitFor();
    await to.fill("2026-11-20");
    await page.keyboard.press("Enter");
    await isGone(dates);
    await button(page, "Dates: 19 to 20 Nov").waitFor();
    const day = 24 * 3_600_000;
    const asked = asks(engine, "events").at(-1)?.filter ?? ALL;
    assert.equal(new Date(asked.until ?? 0).getTime() - new Date(asked.since ?? 0).getTime(), 2 * day);
    await press(page, "Save these filters as a view");
    assert.equal(await page.getByRole("textbox", { name: "Name" }).inputValue(), "19 to 20 Nov");
    await page.getByRole("textbox", { name: "Name" }).press("Enter");
    await isGone(page.getByRole("dialog"));
    await page.getByRole("link", { name: /^Inbox/ }).click();
    await button(page, "Dates").waitFor();
    await views(page).filter({ hasText: "19 to 20 Nov" }).click();
    await choose(page, "Dates: 19 to 20 Nov", "Custom…");
    assert.equal(await from.inputValue(), "2026-11-19");
    assert.equal(await to.inputValue(), "2026-11-20");
    await page.keyboard.press("Escape");
    await press(page, "Clear Dates");
    await count(page, 12);
  },
);

claim("rows say which app they are about where there are several", telling, {}, async (page) => {
  const row = option(page, /Rejected/);
  await row.locator(".app").getByText("B", { exact: true }).waitFor();
  assert.match((await row.textContent()) ?? "", /Backyard Birds/);
});

claim("a tooltip repeats a text only where it is cut", telling, {}, async (page) => {
  const short = option(page, /Ping/).locator(".title");
  await short.hover();
  assert.equal(await short.getAttribute("title"), null);
  const long = option(page, /Fieldnotes/).locator(".sub .clip");
  await long.hover();
  await eventually(async () => assert.match((await long.getAttribute("title")) ?? "", /Hikers/));
});

const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000).toISOString();
const step = (state: string, from: string | null, to: string | null, here = false): TrackStep => ({
  state,
  importance: here ? "needsYou" : "info",
  from,
  to,
  here,
});
const rejected = () =>
  new FakeEngine({
    events: [
      event({
        seq: 1,
        title: "Rejected: 3.2 needs changes",
        headline: "Version 3.2 was rejected",
        subtitle: "Backyard Birds · iOS",
        importance: "needsYou",
        at: NOW.getTime(),
        track: [
          step("Waiting for Review", ago(4000), ago(116)),
          step("In Review", ago(116), ago(4)),
          step("Rejected", ago(4), null, true),
        ],
        nextState: "Ready for Distribution",
      }),
    ],
  });

claim(
  "an event says the app, the way so far, and opens in App Store Connect",
  rejected,
  "#/inbox/1",
  async (page, engine) => {
    await headline(page).getByText("Version 3.2 was rejected").waitFor();
    const steps = page.getByRole("list", { name: /^Status of/ }).getByRole("listitem");
    assert.deepEqual(await steps.locator("b").allTextContents(), [
      "Waiting for Review",
      "In Review",
      "Rejected",
      "Ready for Distribution",
    ]);
    assert.match((await steps.nth(1).textContent()) ?? "", /1h.52m/);
    await page.getByRole("article").getByText("Backyard Birds", { exact: true }).waitFor();
    await press(page, "Open in App Store Connect");
    await eventually(() => assert.deepEqual(asks(engine, "openEventPage"), [{ seq: 1 }]));
  },
);

claim("the ids are folded away until somebody wants them", rejected, "#/inbox/1", async (page) => {
  const id = page.getByRole("article").getByText("7c813492-9516-4c79-903e-000000000001", { exact: true });
  await headline(page).waitFor();
  assert.equal(await id.isVisible(), false);
  await shown(page, "Details", { exact: true }).click();
  await id.waitFor();
});

claim(
  "a page that can't be opened says why beside the button",
  rejected,
  "#/inbox/1",
  async (page, engine) => {
    engine.fail("openEventPage", "internal", "no browser could be opened", "copy the address instead");
    await press(page, "Open in App Store Connect");
    await shown(page, /No browser could be opened/).waitFor();
  },
);

claim("a row is heard as sentences, and nothing is heard twice", telling, {}, async (page) => {
  await option(page, /^Unread\. Problem\. Crash in 3\.3 on iPhone 17 41 min Backyard Birds/).waitFor();
  const search = await page.getByRole("search").ariaSnapshot();
  assert.ok(!search.includes("text:"), search);
  await option(page, /Rejected/).click();
  await headline(page).waitFor();
  const arrivals = page.locator("article").getByRole("listitem");
  assert.equal(await arrivals.getByRole("img").count(), 0);
  assert.ok((await arrivals.count()) > 0);
  const tip = page.getByRole("button", { name: "Mark all as read" });
  await tip.focus();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Tab");
  await page.locator(".tooltip").waitFor();
  assert.equal(await tip.getAttribute("aria-describedby"), null);
});

claim("an event is copied as cURL from its row", telling, {}, async (page, engine) => {
  await option(page, /Rejected/).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Copy as cURL" }).click();
  await eventually(() =>
    assert.deepEqual(asks(engine, "copyCurl"), [
      { requests: [{ original: { kind: "event", seq: 12 }, url: null }] },
    ]),
  );
});

claim("several events are copied as cURL, the oldest first", telling, {}, async (page, engine) => {
  await option(page, /Rejected/).click();
  await option(page, /Build 418/).click({ modifiers: ["Shift"] });
  await press(page.getByRole("toolbar"), "Copy as cURL");
  const seqs = () =>
    asks(engine, "copyCurl")
      .at(-1)
      ?.requests.map(({ original }) => (original.kind === "event" ? original.seq : null));
  await eventually(() => assert.deepEqual(seqs(), [9, 10, 11, 12]));
});
