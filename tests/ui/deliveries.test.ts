// The delivery log and resending events, in a real browser over a fake engine.
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { asks, button, choose, claim, detailsOf, isGone, press } from "./claims.ts";
import { atApple } from "./asc-scenarios.ts";
import { delivery } from "./fake-engine/studio.ts";
import { refusal } from "./fake-engine/answers.ts";
import { eventually, shown } from "./window.ts";

const rows = (page: Page) =>
  page.getByRole("row", { selected: undefined }).filter({ has: page.locator(".disclose") });
/** Selects another row, or with Shift all rows up to it. */
const chooseRow = (page: Page, at: number, modifier: "ControlOrMeta" | "Shift") =>
  rows(page)
    .nth(at)
    .click({ modifiers: [modifier], position: { x: 300, y: 10 } });
const chosen = (page: Page) => page.getByRole("row", { selected: true });

claim(
  "a delivery is opened with the keyboard and redelivered",
  () => atApple(),
  "#/deliveries",
  async (page, engine) => {
    const line = detailsOf(page, "On the App Store", "Failed");
    await line.focus();
    await page.keyboard.press("Enter");
    await shown(page, "There is nothing at this address.").waitFor();
    await press(page, "Redeliver");
    await detailsOf(page, "On the App Store", "Redelivering").waitFor();
    assert.deepEqual(asks(engine, "redeliver"), [{ account: "halden", webhook: "h2", delivery: "d6" }]);
  },
);

claim(
  "what happened is not cut while other columns stand half empty",
  () => atApple(),
  "#/deliveries",
  async (page) => {
    const name = page.getByRole("gridcell", { name: "Rejected: 3.2 needs changes", exact: true });
    await name.first().waitFor();
    const cut = await name.evaluateAll((cells) => cells.map((cell) => cell.scrollWidth - cell.clientWidth));
    assert.deepEqual(new Set(cut), new Set([0]));
  },
);

claim(
  "everything that failed is redelivered, with its progress shown",
  () => atApple(),
  "#/deliveries",
  async (page) => {
    await press(page, "Redeliver 2 failed");
    await shown(page, "2 of 2 deliveries arrived.").waitFor();
    await isGone(page.getByRole("button", { name: "Redeliver 2 failed" }));
  },
);

claim(
  "a redelivery is stopped",
  () => atApple({ slow: true }),
  "#/deliveries",
  async (page, engine) => {
    await press(page, "Redeliver 2 failed");
    await shown(page, "Redelivering 1 of 2").waitFor();
    await press(page, "Stop");
    await shown(page, "0 of 2 deliveries arrived, then stopped.").first().waitFor();
    assert.equal(asks(engine, "stopRedelivery").length, 1);
  },
);

claim(
  "deliveries are filtered by webhook, state and type",
  () => atApple(),
  "#/deliveries",
  async (page, engine) => {
    const rows = page.getByRole("button", { name: /^Details of/ });
    await eventually(async () => assert.equal(await rows.count(), 7));
    await choose(page, "Type", "Crash feedback");
    await eventually(async () => assert.equal(await rows.count(), 2));
    await press(page, "Pending");
    await eventually(async () => assert.equal(await rows.count(), 1));
    await press(page, "Failed");
    await press(page, "Show all deliveries");
    await choose(page, "Webhook", "Zapier to Slack · Backyard Birds");
    await eventually(async () => assert.equal(await rows.count(), 2));
    assert.equal(asks(engine, "deliveries").at(-1)?.webhook, "h2");
    await press(page, "Clear Webhook");
    await eventually(async () => assert.equal(await rows.count(), 7));
    await isGone(button(page, "Clear Webhook"));
  },
);

claim(
  "a new delivery appears by itself",
  () => atApple(),
  "#/deliveries",
  async (page, engine) => {
    await shown(page, "Last 10 days · 7 deliveries, 2 failed").waitFor();
    engine.deliveries = [delivery({ id: "new", title: "Build 419 is ready" }), ...engine.deliveries];
    await page.clock.setFixedTime(new Date("2026-11-20T14:50:00Z"));
    engine.changed();
    await shown(page, "Build 419 is ready").waitFor();
  },
);

claim(
  "several rows are chosen with shift and ctrl, and redelivered together with a result for each",
  () => atApple(),
  "#/deliveries",
  async (page, engine) => {
    await eventually(async () => assert.equal(await rows(page).count(), 7));
    await chooseRow(page, 0, "ControlOrMeta");
    await chooseRow(page, 2, "Shift");
    await eventually(async () => assert.equal(await chosen(page).count(), 3));
    await chooseRow(page, 1, "ControlOrMeta");
    await shown(page, "2 selected").waitFor();
    await page
      .getByRole("toolbar", { name: "2 selected" })
      .getByRole("button", { name: "Redeliver" })
      .click();
    await shown(page, "2 of 2 deliveries arrived.").waitFor();
    assert.equal(await shown(page, "Arrived", { exact: true }).count(), 2);
    const ids = engine.deliveries.slice(0, 3).map(({ id }) => id);
    assert.deepEqual(
      asks(engine, "redeliverChosen").flatMap(({ deliveries }) => deliveries.map((one) => one.delivery)),
      [ids[0], ids[2]],
    );
    await press(page, "Close");
    await isGone(shown(page, "Arrived", { exact: true }));
    await page.keyboard.press("Escape");
    await isGone(chosen(page));
  },
);

claim(
  "rows are chosen with the keyboard alone",
  () => atApple(),
  "#/deliveries",
  async (page) => {
    await eventually(async () => assert.equal(await rows(page).count(), 7));
    await page.keyboard.press("j");
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Shift+ArrowDown");
    await shown(page, "3 selected").waitFor();
    await page.keyboard.press("Shift+ArrowUp");
    await shown(page, "2 selected").waitFor();
    await page.keyboard.press("ControlOrMeta+a");
    await shown(page, "7 selected").waitFor();
    await page.keyboard.press("Escape");
    await isGone(chosen(page));
  },
);

claim(
  "only the failures that are shown are redelivered, and the counts follow the filters",
  () => atApple(),
  "#/deliveries",
  async (page, engine) => {
    await shown(page, "Last 10 days · 7 deliveries, 2 failed").waitFor();
    await page.getByRole("textbox", { name: "Search deliveries" }).fill("On the App Store");
    await shown(page, "Last 10 days · 1 delivery, 1 failed").waitFor();
    await press(page, "Redeliver 1 failed");
    await shown(page, "1 of 1 delivery arrived.").waitFor();
    assert.deepEqual(asks(engine, "redeliverChosen"), [
      { account: "halden", deliveries: [{ webhook: "h2", delivery: "d6" }] },
    ]);
  },
);

claim(
  "deliveries are filtered by app and dates",
  () => atApple(),
  "#/deliveries",
  async (page) => {
    await eventually(async () => assert.equal(await rows(page).count(), 7));
    await choose(page, "Dates", "Today");
    await shown(page, /^Today · \d deliveries/).waitFor();
    const today = await rows(page).count();
    assert.ok(today > 0 && today < 7, String(today));
    await choose(page, "App", "Backyard Birds");
    await eventually(async () => assert.equal(await rows(page).count(), today));
  },
);

claim(
  "a delivery is copied as cURL, and what it shows is copied",
  () => atApple(),
  "#/deliveries",
  async (page, engine) => {
    await detailsOf(page, "On the App Store", "Failed").click();
    await shown(page, "404 Not Found").first().waitFor();
    await press(page, "Copy as cURL");
    await eventually(() =>
      assert.deepEqual(asks(engine, "copyCurl"), [
        {
          requests: [
            {
              original: { kind: "delivery", account: "halden", webhook: "h2", delivery: "d6" },
              url: "https://hooks.halden.example/hooks/8f3kQ2mVx7Yph1Zt",
            },
          ],
        },
      ]),
    );
    await press(page, "Copy the payload");
    await eventually(() => assert.match(asks(engine, "copyText").at(-1)?.text ?? "", /"data"/));
    await chooseRow(page, 0, "ControlOrMeta");
    await chooseRow(page, 2, "Shift");
    await press(page.getByRole("toolbar"), "Copy as cURL");
    await eventually(() => assert.equal(asks(engine, "copyCurl").at(-1)?.requests.length, 3));
  },
);

claim(
  "a delivery is sent again to an address, and the answer is shown",
  () => atApple({ addresses: ["http://localhost:3000/asc", "http://localhost:4000/"] }),
  "#/deliveries",
  async (page, engine) => {
    await detailsOf(page, "On the App Store", "Failed").click();
    await press(page, "Send again to…");
    const sheet = page.getByRole("dialog", { name: "Send again" });
    const address = sheet.getByRole("textbox", { name: "Address" });
    await eventually(async () => assert.equal(await address.inputValue(), "http://localhost:3000/asc"));
    await press(sheet, "Remove http://localhost:3000/asc");
    await isGone(sheet.getByRole("button", { name: "http://localhost:3000/asc", exact: true }));
    await press(sheet, "http://localhost:4000/");
    await press(sheet, "Send");
    await shown(page, "200 OK in 84").waitFor();
    await sheet.getByRole("region", { name: "Response body" }).getByText("thanks").waitFor();
    assert.deepEqual(asks(engine, "resend"), [
      {
        original: { kind: "delivery", account: "halden", webhook: "h2", delivery: "d6" },
        to: "http://localhost:4000/",
        signAnew: true,
      },
    ]);
    await press(sheet, "Done");
    await isGone(sheet);
  },
);

claim(
  "an address that can't be sent to is refused at its field, and what was typed stays",
  () => atApple(),
  "#/deliveries",
  async (page) => {
    await detailsOf(page, "On the App Store", "Failed").click();
    await press(page, "Send again to…");
    const sheet = page.getByRole("dialog", { name: "Send again" });
    const address = sheet.getByRole("textbox", { name: "Address" });
    await address.fill("localhost:3000");
    await page.keyboard.press("Enter");
    await shown(page, "An address starts with http:// or https://.").waitFor();
    assert.equal(await address.inputValue(), "localhost:3000");
  },
);

claim(
  "several are sent again one after another, the oldest first, and each has its own answer",
  () => {
    const engine = atApple();
    let sent = 0;
    engine.otherwise.resend = () => {
      sent += 1;
      if (sent === 1)
        throw refusal("notFound", "this event is not here any more", "it may have been removed");
      return { status: 500, milliseconds: 1200, redirect: null, response: "", cut: false };
    };
    return engine;
  },
  "#/deliveries",
  async (page, engine) => {
    await eventually(async () => assert.equal(await rows(page).count(), 7));
    await chooseRow(page, 0, "ControlOrMeta");
    await chooseRow(page, 1, "ControlOrMeta");
    await page
      .getByRole("toolbar", { name: "2 selected" })
      .getByRole("button", { name: "Send again to…" })
      .click();
    const sheet = page.getByRole("dialog", { name: "Send again" });
    await sheet.getByRole("textbox", { name: "Address" }).fill("http://localhost:3000/");
    await press(sheet, "Send");
    await shown(page, "2 of 2 sent").waitFor();
    await shown(page, "This event is not here any more.").waitFor();
    await shown(page, "500 Internal Server Error in 1.2").waitFor();
    assert.equal(asks(engine, "resend").length, 2);
  },
);

claim(
  "the row of a delivery says its state once",
  () => atApple(),
  "#/deliveries",
  async (page) => {
    const details = detailsOf(page, "On the App Store", "Failed");
    const own = await details.locator("xpath=..").ariaSnapshot();
    assert.equal(own.includes("Failed"), false, own);
    const described = await details.getAttribute("aria-describedby");
    const state = await page.locator(`[id="${described}"]`).textContent();
    assert.equal(state?.trim(), "Failed");
  },
);
