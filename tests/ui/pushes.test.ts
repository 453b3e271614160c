// The cost of a push: the rows it names come with it, and a room makes at most one more request.
import type { Page } from "playwright-core";
import assert from "node:assert/strict";
import { atApple } from "./asc-scenarios.ts";
import { claim, option } from "./claims.ts";
import type { FakeEngine } from "./fake-engine/engine.ts";
import { event } from "./fake-engine/events.ts";
import { withFeedback } from "./feedback-scenarios.ts";
import { insightful } from "./insights-scenarios.ts";
import { tunnelled } from "./tunnel-scenarios.ts";
import { eventually } from "./window.ts";

const ping = (seq: number) => event({ seq, kind: "ping", title: `Ping ${seq}`, at: 0 });

/** Waits until no request was made while the page drew several frames. */
async function rest(page: Page, engine: FakeEngine) {
  await eventually(async () => {
    const before = engine.count();
    await page.evaluate(async () => {
      for (let frame = 0; frame < 20; frame += 1) await new Promise(requestAnimationFrame);
    });
    if (engine.count() !== before) throw new Error("it still asks");
  });
}

const ROOMS: [name: string, engine: () => FakeEngine, at: string, asks: string[]][] = [
  ["the inbox", () => atApple(), "#/inbox", []],
  ["the inbox with an open event", () => atApple(), "#/inbox/12", []],
  ["feedback", () => withFeedback(), "#/feedback/F1", []],
  ["webhooks", () => atApple(), "#/webhooks/w1", ["webhooks"]],
  ["deliveries of two accounts", () => atApple(), "#/deliveries", []],
  ["deliveries of a webhook", () => atApple(), "#/deliveries/halden/h1", ["deliveries"]],
  ["the tunnel", () => tunnelled(), "#/tunnel", ["catchUp"]],
  ["insights", () => insightful(), "#/insights", ["insights"]],
  ["settings", () => tunnelled(), "#/settings", ["settings"]],
];

for (const [name, engine, at, asks] of ROOMS) {
  claim(`a stored event costs one command at most: ${name}`, engine, at, async (page, made) => {
    await page.locator("h1").first().waitFor();
    await rest(page, made);
    const before = made.count();
    made.store(ping(13_000));
    made.become({ unread: made.unread(), detail: "Last event just now" });
    await eventually(() => assert.equal(made.count() - before, asks.length));
    await rest(page, made);
    assert.deepEqual(
      made.asked.slice(before).map(([command]) => command),
      asks,
    );
  });
}

claim(
  "a stored event is listed, counted and updated without asking",
  () => atApple(),
  "#/inbox",
  async (page, engine) => {
    await option(page, /Rejected/).waitFor();
    const pages = engine.count("events");
    const first = ping(13_000);
    engine.store(first);
    await option(page, /Ping 13000/).waitFor();
    engine.changed({ events: { rows: [{ ...first.row, title: "Ping with details" }], gone: [] } });
    await option(page, /Ping with details/).waitFor();
    engine.changed({ events: { rows: [], gone: [first.row.seq] } });
    await option(page, /Ping with details/).waitFor({ state: "detached" });
    assert.equal(engine.count("events"), pages);
  },
);

claim(
  "the open event is read again when it is named, and only then",
  () => atApple(),
  "#/inbox/12",
  async (page, engine) => {
    await page.locator("article h1").waitFor();
    await rest(page, engine);
    const before = engine.count();
    engine.changed({
      events: { rows: [engine.event(12).row], gone: [] },
      feedback: { rows: [], counts: null },
    });
    await eventually(() => assert.deepEqual(engine.asked.slice(before), [["event", { seq: 12 }]]));
  },
);

claim(
  "a search is read again, because only the engine can say what it finds",
  () => atApple(),
  "#/inbox",
  async (page, engine) => {
    await page.getByRole("textbox", { name: /^Search events/ }).fill("Ping 13000");
    await eventually(() =>
      assert.ok(engine.asked.some(([, request]) => JSON.stringify(request).includes("Ping 13000"))),
    );
    await rest(page, engine);
    engine.store(ping(13_000));
    await option(page, /Ping 13000/).waitFor();
  },
);

claim(
  "a room reads what it missed when it is shown again",
  () => atApple(),
  "#/insights",
  async (page, engine) => {
    await page.locator("main h1").waitFor();
    await rest(page, engine);
    const pages = engine.count("events");
    engine.events.unshift(ping(13_000));
    engine.changed();
    await rest(page, engine);
    assert.equal(engine.count("events"), pages);
    await page.getByRole("link", { name: /^Inbox/ }).click();
    await option(page, /Ping 13000/).waitFor();
    assert.equal(engine.count("events"), pages + 1);
  },
);
