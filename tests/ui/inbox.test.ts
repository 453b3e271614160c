// The inbox, in a real browser over a fake engine.
import assert from "node:assert/strict";
import { boxOf, asks, claim, headline, option, press, rowAt } from "./claims.ts";
import { FakeEngine, webhook } from "./fake-engine/engine.ts";
import { event, manyEvents, NOW, tellingEvents } from "./fake-engine/events.ts";
import { eventually, shown } from "./window.ts";

const ping = (seq: number, title = `Ping ${seq}`) => event({ seq, kind: "ping", title, at: NOW.getTime() });

const telling = () =>
  new FakeEngine({
    events: tellingEvents(),
    webhooks: [webhook({ id: "w1", name: "Studio Mac" })],
  });
const many = () => new FakeEngine({ events: manyEvents(10_000) });

claim("reads the list once, and the open event once", telling, { at: "#/inbox/12" }, async (page, engine) => {
  await headline(page).waitFor();
  await eventually(() => assert.equal(engine.unread(), 3));
  await page.evaluate(() => new Promise((drawn) => setTimeout(drawn, 300)));
  assert.equal(asks(engine, "events").length, 1);
  assert.deepEqual(asks(engine, "event"), [{ seq: 12 }]);
});

claim("opening marks as read, in the list and in the counts", telling, {}, async (page, engine) => {
  await option(page, /Rejected/).click();
  await headline(page).getByText("Rejected: 3.2 needs changes").waitFor();
  await shown(page, "3 unread").first().waitFor();
  assert.equal(await option(page, /Unread.*Rejected/).count(), 0);
  assert.deepEqual(asks(engine, "markRead"), [{ seqs: [12], read: true }]);
});

claim("a page on its way does not bring an old mark back", telling, { at: "#/inbox/12" }, async (page) => {
  await shown(page, "3 unread").first().waitFor();
  await option(page, /Rejected/).waitFor();
  assert.equal(await option(page, /Unread.*Rejected/).count(), 0);
});

claim("an address opens an event that is far down the list", many, { at: "#/inbox/17" }, async (page) => {
  await headline(page).getByText("(17)").waitFor();
});

claim("a push leads to an event", telling, {}, async (page, engine) => {
  await option(page, /Rejected/).waitFor();
  engine.push({ kind: "open", route: "#/inbox/8" });
  await headline(page).getByText("In review").waitFor();
  assert.match(page.url(), /#\/inbox\/8$/);
});

claim("the keyboard does it all", telling, {}, async (page, engine) => {
  await option(page, /Rejected/).waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("k");
  const active = () =>
    page.evaluate(
      () =>
        document.getElementById(document.activeElement?.getAttribute("aria-activedescendant") ?? "")
          ?.textContent ?? "",
    );
  assert.match(await active(), /Screenshot feedback/);
  await headline(page).getByText("Screenshot feedback").waitFor();
  assert.equal(engine.event(11).row.read, false, "passing by reads nothing");
  await page.keyboard.press("Enter");
  await shown(page, "3 unread").first().waitFor();
  await page.keyboard.press("r");
  await shown(page, "4 unread").first().waitFor();
  await page.keyboard.press("e");
  await shown(page, /^Archived “Screenshot feedback/).waitFor();
  assert.equal(await option(page, /Screenshot/).count(), 0);
  assert.match(await active(), /Crash in 3.3/);
  await headline(page).getByText("Crash in 3.3").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await option(page, /Screenshot/).waitFor();
  await headline(page).getByText("Screenshot feedback").waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("tidewater");
  await eventually(async () => assert.equal(await page.getByRole("option").count(), 2));
  await page.keyboard.press("Escape");
  await eventually(async () => assert.equal(await page.getByRole("option").count(), 12));
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
});

claim("Escape goes back to the list, then closes the event", telling, { at: "#/inbox/12" }, async (page) => {
  await headline(page).waitFor();
  await page.getByRole("button", { name: "Copy the payload" }).focus();
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("role")), "listbox");
  await page.keyboard.press("Escape");
  await shown(page, "No event selected").waitFor();
});

claim("an arriving event appears at once at the top", telling, {}, async (page, engine) => {
  await option(page, /Rejected/).waitFor();
  engine.store(ping(13));
  await option(page, /Ping 13/).waitFor();
  await shown(page, "5 unread").first().waitFor();
});

claim("arriving events do not move what is being read", many, {}, async (page, engine) => {
  await option(page, /\(10000\)/).waitFor();
  const list = page.getByRole("listbox");
  await list.evaluate((element) => (element.scrollTop = 2000));
  await eventually(async () => assert.ok((await page.getByRole("option").count()) > 5));
  const middle = () => rowAt(page, 200);
  await eventually(async () => assert.ok((await middle()).words));
  const was = await middle();
  engine.store(...Array.from({ length: 250 }, (_, at) => ping(10_250 - at)));
  await shown(page, "291 unread").first().waitFor();
  await eventually(async () => assert.deepEqual(await middle(), was));
  await list.evaluate((element) => (element.scrollTop = 0));
  await option(page, /Ping 10250/).waitFor();
});

claim("10,000 events scroll in pages, with few rows in the page", many, {}, async (page, engine) => {
  await option(page, /\(10000\)/).waitFor();
  const list = page.getByRole("listbox");
  for (const reached of [9_800, 9_500]) {
    await eventually(async () => {
      await list.evaluate((element) => (element.scrollTop = element.scrollHeight));
      assert.ok(asks(engine, "events").some(({ before }) => before !== null && before <= reached));
    });
  }
  assert.ok((await page.getByRole("option").count()) < 60);
  const asked = asks(engine, "events").map(({ before }) => before);
  assert.equal(new Set(asked).size, asked.length, "no page is read twice");
});

claim("the cursor's row is there for a screen reader, however far one scrolls", many, {}, async (page) => {
  await option(page, /\(10000\)/).waitFor();
  await page.keyboard.press("j");
  await page.getByRole("listbox").evaluate((element) => (element.scrollTop = 3000));
  await eventually(async () =>
    assert.equal(
      (await option(page, /\(9960\)/).count()) > 0 || (await page.getByRole("option").count()) > 5,
      true,
    ),
  );
  assert.match(
    await page.evaluate(
      () =>
        document.getElementById(document.activeElement?.getAttribute("aria-activedescendant") ?? "")
          ?.textContent ?? "",
    ),
    /\(10000\)/,
  );
});

claim("a filter without events names itself and widens", telling, {}, async (page) => {
  await page.keyboard.press("/");
  await page.keyboard.type("nowhere");
  await shown(page, "No match for “nowhere”").waitFor();
  await shown(page, "Clear the search", { exact: true }).click();
  await option(page, /Rejected/).waitFor();
});

claim("archived events can be found and brought back", telling, { at: "#/inbox/12" }, async (page) => {
  await press(page.getByRole("main"), "Archive");
  await press(page.getByRole("region", { name: "Inbox" }), "Archive");
  await option(page, /Rejected/).click();
  await page.getByRole("button", { name: "Move to the inbox" }).click();
  await shown(page, "Nothing archived").waitFor();
});

claim("a refused archiving is taken back and told", telling, { at: "#/inbox/12" }, async (page, engine) => {
  await option(page, /Rejected/).waitFor();
  engine.fail("archive", "storeUnwritable", "the disk is full", "make room, then try again");
  await press(page.getByRole("main"), "Archive");
  await shown(page, "The disk is full.").waitFor();
  await option(page, /Rejected/).waitFor();
});

claim(
  "the payload is copied by the engine, and shown raw on request",
  telling,
  { at: "#/inbox/12" },
  async (page, engine) => {
    await page.getByRole("button", { name: "Copy the payload" }).click();
    await page.getByRole("status").getByText("Copied.").waitFor({ state: "attached" });
    assert.deepEqual(asks(engine, "copyPayload"), [{ seq: 12 }]);
    const payload = page.getByRole("region", { name: "Payload" });
    assert.match((await payload.textContent()) ?? "", /"data": \{/);
    await page.getByRole("button", { name: "Raw" }).click();
    assert.match((await payload.textContent()) ?? "", /^\{"data":\{/);
  },
);

claim(
  "a taken port is fixed with one press",
  () => {
    const engine = telling();
    engine.status.listener = {
      state: "portTaken",
      port: 8377,
      holder: "node (PID 4127)",
      free: 8378,
    };
    return engine;
  },
  {},
  async (page, engine) => {
    await page.getByRole("button", { name: "Use port 8378" }).click();
    await shown(page, "Listening on port 8378").first().waitFor();
    assert.deepEqual(asks(engine, "usePort"), [{ port: 8378 }]);
    assert.equal(await page.getByRole("main").getByText("is taken").count(), 0);
  },
);

claim(
  "a pause ends with Resume",
  () => {
    const engine = telling();
    engine.status.pausedUntil = "2026-11-20T15:40:00Z";
    return engine;
  },
  {},
  async (page) => {
    await shown(page, "Paused until 16:40", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Resume" }).click();
    await shown(page, "Paused until 16:40", { exact: true }).waitFor({ state: "detached" });
  },
);

claim("the edge moves by drag and by key, and is remembered", telling, {}, async (page) => {
  const edge = page.getByRole("separator", { name: "Width of the list" });
  const width = () =>
    page.locator("section.pane").evaluate((pane) => Math.round(pane.getBoundingClientRect().width));
  assert.equal(await width(), 356);
  const { x, y } = await boxOf(edge);
  await page.mouse.move(x + 4, y + 300);
  await page.mouse.down();
  await page.mouse.move(x + 64, y + 300);
  await page.mouse.up();
  assert.equal(await width(), 416);
  await edge.focus();
  await page.keyboard.press("ArrowLeft");
  assert.equal(await width(), 400);
  await page.keyboard.press("End");
  assert.equal(await width(), 480);
  await page.reload();
  await page.getByRole("option").first().waitFor();
  assert.equal(await width(), 480);
});
