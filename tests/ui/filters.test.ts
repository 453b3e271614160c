// What the filters of the inbox, feedback and deliveries share: several values, chosen days, and their layout.
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { atApple } from "./asc-scenarios.ts";
import { asks, button, choose, claim, isGone, press } from "./claims.ts";
import { NOW } from "./fake-engine/events.ts";
import { twoAccounts, withFeedback } from "./feedback-scenarios.ts";
import { eventually, shown } from "./window.ts";

const DAY_MS = 24 * 3_600_000;
const item = (page: Page, name: string) => page.getByRole("menuitemcheckbox", { name });
const rows = (page: Page) => page.getByRole("button", { name: /^Details of/ });

claim(
  "several values of a filter are chosen in an open menu, counted, and cleared with one press",
  twoAccounts,
  "#/inbox",
  async (page, engine) => {
    const asked = () => asks(engine, "events").at(-1)?.filter;
    await press(page, "Importance");
    await item(page, "Problem").click();
    await button(page, "Importance: Problem").waitFor({ state: "attached" });
    await item(page, "Needs attention").focus();
    await page.keyboard.press("Enter");
    await eventually(() => assert.deepEqual(asked()?.importance, ["bad", "needsYou"]));
    assert.equal(await item(page, "Problem").getAttribute("aria-checked"), "true");
    await page.keyboard.press("Escape");
    await isGone(page.getByRole("menu"));
    await button(page, "Importance: 2 levels").waitFor();
    await choose(page, "Importance: 2 levels", "Problem");
    await eventually(() => assert.deepEqual(asked()?.importance, ["needsYou"]));
    await choose(page, "App", "Backyard Birds", /^Fieldnotes/);
    await eventually(() => assert.equal(asked()?.app?.length, 2));
    await press(page, "Clear App");
    await button(page, "App").waitFor();
    assert.equal(asked()?.app, undefined);
  },
);

claim("feedback of several apps is asked for", withFeedback, "#/feedback", async (page, engine) => {
  const asked = () => asks(engine, "feedback").at(-1);
  await choose(page, "App", /^Backyard Birds/, /^Tidewater/);
  await button(page, "App: 2 apps").waitFor();
  assert.equal(asked()?.app.length, 2);
  await press(page, "App: 2 apps");
  await isGone(shown(page, "Build", { exact: true }));
  await page.keyboard.press("Escape");
  await press(page, "Clear App");
  await eventually(() => assert.deepEqual(asked()?.app, []));
});

claim(
  "deliveries of several webhooks are found in the whole log, and of one in its own",
  () => atApple(),
  "#/deliveries/halden/h2",
  async (page, engine) => {
    await eventually(async () => assert.equal(await rows(page).count(), 2));
    await choose(page, "Webhook: Zapier to Slack · Backyard Birds", "Studio Mac · Backyard Birds");
    await button(page, "Webhook: 2 webhooks").waitFor();
    await eventually(async () => assert.ok((await rows(page).count()) > 2));
    assert.equal(asks(engine, "deliveries").at(-1)?.webhook, null);
    await choose(page, "Webhook: 2 webhooks", "Zapier to Slack · Backyard Birds");
    await eventually(() => assert.equal(asks(engine, "deliveries").at(-1)?.webhook, "h1"));
    await press(page, "Clear Webhook");
    await eventually(async () => assert.equal(await rows(page).count(), 7));
  },
);

claim(
  "feedback and deliveries are filtered by days as events are",
  () => atApple(),
  "#/feedback",
  async (page, engine) => {
    const dates = page.getByRole("dialog", { name: "Dates" });
    const days = async (from: string, to: string) => {
      await choose(page, "Dates", "Custom…");
      await dates.getByLabel("From").fill(from);
      await dates.getByLabel("To").fill(to);
      await page.keyboard.press("Enter");
      await isGone(dates);
    };
    await days("2026-11-18", "2026-11-19");
    await button(page, "Dates: 18 to 19 Nov").waitFor();
    const { since, until } = asks(engine, "feedback").at(-1) ?? {};
    assert.equal(new Date(until ?? 0).getTime() - new Date(since ?? 0).getTime(), 2 * DAY_MS);
    assert.ok(new Date(until ?? 0) < NOW);
    await press(page, "Clear Dates");
    await eventually(() => assert.equal(asks(engine, "feedback").at(-1)?.since, undefined));

    await page.getByRole("link", { name: /^Deliveries/ }).click();
    await eventually(async () => assert.equal(await rows(page).count(), 7));
    await days("2026-11-20", "");
    await shown(page, /^From 20 Nov · \d deliver/).waitFor();
    const since20 = await rows(page).count();
    await press(page, "Clear Dates");
    await days("", "2026-11-19");
    await shown(page, /^Until 19 Nov · \d deliver/).waitFor();
    assert.equal(since20 + (await rows(page).count()), 7);
  },
);

/** The number of controls on each line of filters, from the top. */
const lines = (page: Page) =>
  page.locator(".filters").evaluate((bar) => {
    const controls = bar.querySelectorAll("[role=search], .segments, .filter, button[aria-pressed].unread");
    const counts = new Map<number, number>();
    for (const control of controls) {
      const { top, height } = control.getBoundingClientRect();
      const middle = Math.round(top + height / 2);
      counts.set(middle, (counts.get(middle) ?? 0) + 1);
    }
    return [...counts].sort(([a], [b]) => a - b).map(([, count]) => count);
  });

for (const size of [
  [900, 600],
  [1180, 760],
  [1440, 900],
] as const)
  claim(
    `no filter is alone on a line at ${size.join(" x ")}`,
    twoAccounts,
    { at: "#/inbox", size: [...size] },
    async (page) => {
      await button(page, "Dates").waitFor();
      await eventually(async () => assert.deepEqual(await lines(page), [1, 5]));
      await choose(page, "App", "Backyard Birds");
      await choose(page, "Type", "App version status");
      assert.ok(
        (await lines(page)).slice(1).every((count) => count > 1),
        String(await lines(page)),
      );
      await page.getByRole("link", { name: /^Feedback/ }).click();
      await eventually(async () => assert.deepEqual(await lines(page), [1, 1, 4]));
      await choose(page, "App", /^Backyard Birds/);
      assert.ok(
        (await lines(page)).slice(2).every((count) => count > 1),
        String(await lines(page)),
      );
      await page.getByRole("link", { name: /^Deliveries/ }).click();
      await eventually(async () => assert.deepEqual(await lines(page), [6]));
    },
  );
