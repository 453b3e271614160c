// Missed events: fetched on demand, and labelled as such.

import { claim, press } from "./claims.ts";
import { delivery } from "./fake-engine/studio.ts";
import { event } from "./fake-engine/events.ts";
import { caughtUp, off, up } from "./fake-engine/tunnel.ts";
import { TUNNEL, tunnelled } from "./tunnel-scenarios.ts";
import { shown } from "./window.ts";

claim(
  "missed events are fetched on demand, and a refusal is told",
  () => tunnelled(off()),
  TUNNEL,
  async (page, engine) => {
    await press(page, "Check now");
    await shown(page, "Checked just now, 3 missed events fetched.").waitFor();
    engine.fail("catchUpNow", "storeUnwritable", "the disk is full", "make room");
    await press(page, "Check now");
    await shown(page, "The disk is full.").waitFor();
  },
);

claim(
  "a gap is told with its dates and its app",
  () => {
    const missed = caughtUp();
    missed.webhooks[1].gap = {
      from: "2026-10-27T14:40:00Z",
      to: "2026-11-10T14:40:00Z",
    };
    return tunnelled(off(), { missed });
  },
  TUNNEL,
  (page) =>
    shown(
      page,
      "Studio Mac, Fieldnotes: Offline Maps & Tracks for Hikers: 27 October to 10 November",
    ).waitFor(),
);

claim(
  "a delivery whose event was fetched says so, and does not count as failed",
  () =>
    tunnelled(up(), {
      deliveries: [delivery({ id: "d1", state: "failed", madeGood: true, seq: 12 })],
    }),
  "#/deliveries",
  async (page) => {
    await page.getByRole("row", { name: /Fetched/ }).click();
    await shown(page, "Fetched, not delivered").waitFor();
    await shown(page, "Last 10 days · 1 delivery").waitFor();
  },
);

claim(
  "an event that was fetched says that it was not delivered",
  () =>
    tunnelled(up(), {
      events: [
        event({
          seq: 3,
          title: "In review",
          at: Date.parse("2026-11-20T14:00:00Z"),
          arrivals: [{ at: "2026-11-20T14:00:00Z", source: "fetched", delayMs: null }],
        }),
      ],
    }),
  "#/inbox/3",
  async (page) => {
    const chip = page.locator("article").getByTitle(/^Apple couldn’t deliver this event/);
    await chip.filter({ hasText: /^Fetched$/ }).waitFor();
    await page.getByRole("option").getByText("Fetched", { exact: true }).waitFor();
    await shown(page, "Fetched from Apple’s delivery log").waitFor();
  },
);
