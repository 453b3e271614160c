// Fast triage of a list, while every reply of the engine is late.
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { asks, claim, headline, isGone, option, press } from "./claims.ts";
import { FakeEngine } from "./fake-engine/engine.ts";
import { event, manyEvents, NOW, tellingEvents } from "./fake-engine/events.ts";
import { eventually, shown } from "./window.ts";

const MINUTE = 60_000;
const DELAY_MS = 500;

/** Numbered events, newest first, all unread. */
const numbered = (count: number) => () =>
  new FakeEngine({
    events: Array.from({ length: count }, (_, at) =>
      event({ seq: count - at, title: `Event ${count - at}`, at: NOW.getTime() - at * MINUTE }),
    ),
  });
const late = (count: number) => () => Object.assign(numbered(count)(), { delay: DELAY_MS });
const telling = () => new FakeEngine({ events: tellingEvents() });

const archived = (engine: FakeEngine) =>
  engine.events.filter(({ row }) => row.archived).map(({ row }) => row.seq);
const titles = (page: Page) =>
  page
    .getByRole("option")
    .evaluateAll((rows) =>
      rows.filter((row) => row.checkVisibility()).map((row) => row.querySelector(".title")?.textContent),
    );
const selected = (page: Page) =>
  page
    .getByRole("option", { selected: true })
    .evaluateAll((rows) => rows.map((row) => row.querySelector(".title")?.textContent));
const cursor = (page: Page) =>
  page.evaluate(
    () =>
      document
        .getElementById(document.querySelector("[role=listbox]")?.getAttribute("aria-activedescendant") ?? "")
        ?.querySelector(".title")?.textContent,
  );
/** A held key repeats once per frame. */
const hold = (page: Page, key: string, times: number) =>
  page.evaluate(
    async ([held, count]) => {
      for (let at = 0; at < count; at += 1) {
        const press = new KeyboardEvent("keydown", {
          key: held,
          bubbles: true,
          cancelable: true,
          repeat: at > 0,
        });
        document.activeElement?.dispatchEvent(press);
        await new Promise(requestAnimationFrame);
      }
    },
    [key, times] as const,
  );
/** Waits until no request is pending. */
const quiet = (engine: FakeEngine) =>
  eventually(async () => {
    const asked = engine.asked.length;
    await new Promise((rest) => setTimeout(rest, DELAY_MS + 200));
    assert.equal(engine.asked.length, asked);
  });

claim(
  "fifty events are gone through with late answers: nothing lost, nothing wrong",
  late(80),
  {},
  async (page, engine) => {
    await option(page, "Event 80").waitFor();
    await page.keyboard.press("j");
    // Three out of four are archived, one is kept.
    const kept: number[] = [];
    for (let seq = 80; seq > 30; seq -= 1) {
      if (seq % 4 === 0) {
        kept.push(seq);
        await page.keyboard.press("j");
      } else await page.keyboard.press("e");
      if (seq === 60) engine.store(event({ seq: 81, title: "Event 81", at: NOW.getTime() }));
    }
    await quiet(engine);
    const expected = Array.from({ length: 50 }, (_, at) => 80 - at).filter((seq) => seq % 4 !== 0);
    assert.deepEqual(archived(engine), expected);
    assert.deepEqual(
      (await titles(page)).slice(0, kept.length + 2),
      [81, ...kept, 30].map((seq) => `Event ${seq}`),
    );
    assert.equal(await cursor(page), "Event 30");
    await headline(page).getByText("Event 30").waitFor();
  },
);

claim(
  "an archived row does not come back with a page that was read before",
  numbered(3),
  {},
  async (page, engine) => {
    await option(page, "Event 3").waitFor();
    const pages = engine.hold("events");
    engine.changed();
    await pages.until(1);
    await page.keyboard.press("j");
    await page.keyboard.press("e");
    await isGone(option(page, "Event 3"));
    pages.end();
    await quiet(engine);
    assert.deepEqual(await titles(page), ["Event 2", "Event 1"]);
  },
);

claim(
  "a second e archives the next event, and not the one that was open",
  numbered(4),
  { at: "#/inbox/4" },
  async (page, engine) => {
    await headline(page).getByText("Event 4").waitFor();
    const replies = engine.hold("archive");
    await page.keyboard.press("e");
    await page.keyboard.press("e");
    await replies.until(2);
    replies.end();
    assert.deepEqual(asks(engine, "archive"), [
      { seqs: [4], archived: true },
      { seqs: [3], archived: true },
    ]);
    await headline(page).getByText("Event 2").waitFor();
  },
);

claim(
  "e goes on to the next event, and at the end to the one before",
  numbered(3),
  { at: "#/inbox/2" },
  async (page) => {
    await headline(page).getByText("Event 2").waitFor();
    await page.keyboard.press("e");
    await headline(page).getByText("Event 1").waitFor();
    await page.keyboard.press("e");
    await headline(page).getByText("Event 3").waitFor();
    await page.keyboard.press("e");
    await isGone(page.getByRole("option"));
  },
);

claim("the search keeps the focus when an archiving is answered", numbered(3), {}, async (page, engine) => {
  await option(page, "Event 3").waitFor();
  const replies = engine.hold("archive");
  await page.keyboard.press("j");
  await page.keyboard.press("e");
  await page.keyboard.press("/");
  await replies.until(1);
  replies.end();
  await quiet(engine);
  await page.keyboard.type("event");
  assert.equal(await page.getByRole("textbox", { name: /^Search/ }).inputValue(), "event");
  assert.deepEqual(archived(engine), [3]);
});

claim(
  "holding j goes through the list and reads only what is shown at the end",
  () => new FakeEngine({ events: manyEvents(300) }),
  {},
  async (page, engine) => {
    await option(page, /\(300\)/).waitFor();
    await hold(page, "j", 60);
    await headline(page).getByText("(241)").waitFor();
    assert.match((await cursor(page)) ?? "", /\(241\)/);
    assert.ok(asks(engine, "event").length < 10, `${asks(engine, "event").length} events were read`);
  },
);

claim("holding e archives one event only", numbered(5), {}, async (page, engine) => {
  await option(page, "Event 5").waitFor();
  await page.keyboard.press("j");
  for (let held = 0; held < 5; held += 1) await page.keyboard.down("e");
  await page.keyboard.up("e");
  await quiet(engine);
  assert.deepEqual(archived(engine), [5]);
});

claim("j keeps its place when the row with the cursor goes away", numbered(6), {}, async (page, engine) => {
  await option(page, "Event 6").waitFor();
  for (let step = 0; step < 3; step += 1) await page.keyboard.press("j");
  await headline(page).getByText("Event 4").waitFor();
  engine.event(4).row.archived = true;
  engine.changed();
  await isGone(option(page, "Event 4"));
  await page.keyboard.press("j");
  await eventually(async () => assert.equal(await cursor(page), "Event 3"));
});

claim(
  "what one only comes across is read after a moment, what one opens at once",
  numbered(3),
  {},
  async (page, engine) => {
    await option(page, "Event 3").waitFor();
    await page.keyboard.press("j");
    await headline(page).getByText("Event 3").waitFor();
    assert.deepEqual(asks(engine, "markRead"), []);
    await page.keyboard.press("j");
    await headline(page).getByText("Event 2").waitFor();
    await page.keyboard.press("Enter");
    await eventually(() => assert.deepEqual(asks(engine, "markRead"), [{ seqs: [2], read: true }]));
    await page.keyboard.press("j");
    await eventually(() => assert.equal(engine.event(1).row.read, true));
    assert.equal(engine.event(3).row.read, false);
  },
);

claim(
  "several rows are selected with Shift and archived with one command",
  numbered(6),
  {},
  async (page, engine) => {
    await option(page, "Event 6").click();
    await option(page, "Event 4").click({ modifiers: ["Shift"] });
    assert.deepEqual(await selected(page), ["Event 6", "Event 5", "Event 4"]);
    await option(page, "Event 5").click({ modifiers: ["ControlOrMeta"] });
    await option(page, "Event 2").click({ modifiers: ["ControlOrMeta"] });
    assert.deepEqual(await selected(page), ["Event 6", "Event 4", "Event 2"]);
    await page.getByRole("toolbar", { name: "3 selected" }).waitFor();
    await page.keyboard.press("e");
    await eventually(() => assert.deepEqual(asks(engine, "archive"), [{ seqs: [6, 4, 2], archived: true }]));
    assert.deepEqual(await titles(page), ["Event 5", "Event 3", "Event 1"]);
    await shown(page, "Archived 3 events.").waitFor();
    await page.keyboard.press("z");
    await shown(page, "Undone: 3 events are in the inbox again.").waitFor();
    await quiet(engine);
    assert.deepEqual(archived(engine), []);
    assert.equal((await titles(page)).length, 6);
  },
);

claim(
  "the keys select as well, and Escape clears what is selected",
  numbered(6),
  {},
  async (page, engine) => {
    await option(page, "Event 6").waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("Shift+J");
    await page.keyboard.press("Shift+ArrowDown");
    const are = (...titles: string[]) =>
      eventually(async () => assert.deepEqual(await selected(page), titles));
    await are("Event 6", "Event 5", "Event 4");
    // A detail that shows late doesn't move the cursor.
    await headline(page).getByText("Event 6").waitFor();
    await page.keyboard.press("Shift+K");
    await are("Event 6", "Event 5");
    await page.keyboard.press("r");
    await eventually(() => assert.ok(engine.event(5).row.read && engine.event(6).row.read));
    await page.keyboard.press("Escape");
    await eventually(async () => assert.equal((await selected(page)).length, 1));
  },
);

claim(
  "Control-A selects everything, also what is not read yet, and one command marks it",
  numbered(350),
  {},
  async (page, engine) => {
    await option(page, "Event 350").waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("ControlOrMeta+A");
    await page.getByRole("toolbar", { name: "350 selected" }).waitFor();
    await press(page.getByRole("toolbar", { name: "350 selected" }), "Mark as read");
    await eventually(() => assert.equal(engine.unread(), 0));
    assert.equal(asks(engine, "markRead").at(-1)?.seqs.length, 350);
  },
);

claim("several are deleted together, once that is confirmed", numbered(4), {}, async (page, engine) => {
  await option(page, "Event 4").click();
  await option(page, "Event 3").click({ modifiers: ["Shift"] });
  await page.keyboard.press("Delete");
  await press(page.getByRole("alertdialog", { name: "Delete 2 events?" }), "Delete");
  await eventually(() => assert.equal(asks(engine, "deleteReceived").length, 1));
  await eventually(async () => assert.deepEqual(await titles(page), ["Event 2", "Event 1"]));
});

claim(
  "undone after switching to the archive, the row leaves it and is in the inbox",
  numbered(3),
  { at: "#/inbox/3" },
  async (page, engine) => {
    await headline(page).getByText("Event 3").waitFor();
    await page.keyboard.press("e");
    await press(page.getByRole("region", { name: "Inbox" }), "Archive");
    await option(page, "Event 3").waitFor();
    await page.getByRole("listbox").focus();
    await page.keyboard.press("z");
    await isGone(option(page, "Event 3"));
    await press(page.getByRole("region", { name: "Inbox" }), "Inbox");
    await option(page, "Event 3").waitFor();
    assert.deepEqual(archived(engine), []);
  },
);

claim(
  "everything marked as read stays so while old pages arrive, and can be undone",
  numbered(5),
  {},
  async (page, engine) => {
    await option(page, "Event 5").waitFor();
    const pages = engine.hold("events");
    engine.changed();
    await pages.until(1);
    await page.keyboard.press("Shift+R");
    await eventually(() => assert.equal(engine.unread(), 0));
    pages.end();
    await quiet(engine);
    assert.equal(await option(page, /Unread/).count(), 0);
    await shown(page, "Marked 5 events as read.").waitFor();
    await page.keyboard.press("z");
    await eventually(() => assert.equal(engine.unread(), 5));
    await eventually(async () => assert.equal(await option(page, /Unread/).count(), 5));
  },
);

claim(
  "a row's menu does what the keys do, at the pointer and at the cursor",
  numbered(4),
  {},
  async (page, engine) => {
    await option(page, "Event 3").click({ button: "right" });
    await page.getByRole("menuitem", { name: "Archive" }).click();
    await eventually(() => assert.deepEqual(archived(engine), [3]));
    assert.equal(asks(engine, "event").length, 0, "pointing at a row opens nothing");
    await option(page, "Event 4").click();
    await option(page, "Event 2").click({ modifiers: ["Shift"] });
    await option(page, "Event 2").click({ button: "right" });
    await page.getByRole("menuitem", { name: "Mark as read" }).click();
    await eventually(() => assert.ok(engine.event(2).row.read && engine.event(4).row.read));
    await isGone(page.getByRole("menu"));
    await page.keyboard.press("ContextMenu");
    await page.getByRole("menuitem", { name: "Delete…" }).waitFor();
    await page.keyboard.press("Escape");
    await isGone(page.getByRole("menu"));
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("role")), "listbox");
  },
);

claim(
  "going back leads to what was opened before, not to each event one passed by",
  numbered(6),
  {},
  async (page) => {
    await option(page, "Event 6").click();
    await headline(page).getByText("Event 6").waitFor();
    await page.keyboard.press("j");
    await headline(page).getByText("Event 5").waitFor();
    await option(page, "Event 3").click();
    await headline(page).getByText("Event 3").waitFor();
    await page.keyboard.press("Alt+ArrowLeft");
    await headline(page).getByText("Event 5").waitFor();
    await page.keyboard.press("Alt+ArrowRight");
    await headline(page).getByText("Event 3").waitFor();
  },
);

claim("another event begins at its top", telling, { at: "#/inbox/12", size: [900, 600] }, async (page) => {
  await headline(page).waitFor();
  const detail = page.getByRole("region", { name: "Details" });
  await option(page, /Rejected/).waitFor();
  await detail.evaluate((element) => (element.scrollTop = 200));
  await page.keyboard.press("j");
  await headline(page).getByText("Screenshot").waitFor();
  assert.equal(await detail.evaluate((element) => element.scrollTop), 0);
});
