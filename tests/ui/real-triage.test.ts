// Fast triage over the real engine: five apps in two accounts, thousands of events, and every reply delayed by half a
// second. `EVENTS=10000` tries it with more, which takes a minute or two to send.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import type { EventRow } from "../../ui/src/lib/bindings/api.ts";
import { type RealEngine, startEngine } from "./real-engine.ts";
import { eventually, launch, quit, visit } from "./window.ts";

const EVENTS = Number(process.env.EVENTS ?? "1500");
const DELAY_MS = 500;
const TRIAGED = 50;
/** Longer than any reply takes. */
const TEST_TIMEOUT_MS = 180_000;
const SECRET = "a secret for tests only";

let engine: RealEngine;
before(async () => {
  engine = await startEngine({ events: EVENTS, delayMs: DELAY_MS });
  await launch();
});
after(async () => {
  await engine.close();
  await quit();
});

const INBOX = { place: "inbox", unread: false, search: "" } as const;
const page = async (place: "inbox" | "archive", limit: number) =>
  (await engine.call("events", { filter: { ...INBOX, place }, before: null, limit })).events;
const inOrder = (numbers: readonly number[]) => [...numbers].sort((one, other) => one - other);
const seqs = (rows: readonly EventRow[]) => rows.map(({ seq }) => seq);

/** The numbers of all events, newest first. */
async function all(place: "inbox" | "archive") {
  const found: number[] = [];
  let from: number | null = null;
  do {
    const asked = { filter: { ...INBOX, place }, before: from, limit: 500 };
    const reply: { events: EventRow[]; next: number | null } = await engine.call("events", asked);
    found.push(...seqs(reply.events));
    from = reply.next;
  } while (from !== null);
  return found;
}

/** Sends an event as App Store Connect does. */
async function arrives(url: string, id: string) {
  const body = JSON.stringify({ data: { type: "webhookPings", id, version: 1, attributes: {} } });
  const signature = createHmac("sha256", SECRET).update(body).digest("hex");
  const headers = { "x-apple-signature": `hmacsha256=${signature}` };
  assert.equal((await fetch(url, { method: "POST", body, headers })).status, 200);
}

test(
  "fifty of many events are gone through with late answers: nothing lost, nothing wrong",
  { timeout: TEST_TIMEOUT_MS },
  async (t) => {
    const accounts = await engine.call("accounts", null);
    const choices = await engine.call("eventChoices", null);
    assert.deepEqual([accounts.length, choices.apps.length >= 5], [2, true]);
    const there = await all("inbox");
    assert.ok(there.length >= EVENTS, `${there.length} events`);
    const { payloadUrl } = await engine.call("addWebhook", { name: "Late", secret: SECRET });
    assert.ok(payloadUrl);

    const window = await visit(engine.url, new Date(), {});
    try {
      await window.page.locator("[role=option]").first().waitFor();
      const newest = await page("inbox", TRIAGED + 10);
      await window.page.keyboard.press("j");
      const [archived, kept]: [number[], number[]] = [[], []];
      const began = performance.now();
      for (const [at, { seq, kind }] of newest.slice(0, TRIAGED).entries()) {
        // Events about one feedback are archived together, and all of these are about the same one.
        const isKept = at % 4 === 0 || kind === "crash" || kind === "screenshot";
        (isKept ? kept : archived).push(seq);
        await window.page.keyboard.press(isKept ? "j" : "e");
        if (at === 20) await arrives(payloadUrl, "meanwhile");
      }
      const pressed = performance.now() - began;
      const next = newest[TRIAGED];
      await eventually(async () => {
        const now = await page("archive", 500);
        assert.deepEqual(inOrder(seqs(now)), inOrder(archived));
      });
      t.diagnostic(
        `${TRIAGED} events in ${Math.round(pressed)} ms of keys, ${Math.round(performance.now() - began)} ms in all`,
      );

      const left = await all("inbox");
      const [arrived] = left;
      assert.ok(!there.includes(arrived), "what came meanwhile stands first");
      assert.deepEqual(
        left.slice(1),
        there.filter((seq) => !archived.includes(seq)),
      );
      await eventually(async () => assert.match(window.page.url(), new RegExp(`#/inbox/${next.seq}$`)));

      // The window shows exactly what the engine has.
      const titles = (await page("inbox", 100)).map(({ title }) => title);
      await eventually(async () => {
        const drawn = await window.page
          .getByRole("option")
          .evaluateAll((rows) =>
            rows
              .filter((row) => row.checkVisibility())
              .map((row) => row.querySelector(".title")?.textContent ?? ""),
          );
        const isThere = (_: string, at: number) => drawn.every((title, row) => titles[at + row] === title);
        assert.ok(drawn.length > 3 && titles.some(isThere), JSON.stringify(drawn));
      });

      await window.page.keyboard.press("z");
      await eventually(async () => {
        const now = await page("archive", 500);
        assert.deepEqual(inOrder(seqs(now)), inOrder(archived.slice(0, -1)));
      });
      assert.deepEqual(window.complaints, []);
    } finally {
      await window.close();
    }
  },
);
