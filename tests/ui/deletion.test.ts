// Deleting received data, in a real browser over a fake engine.
import type { Page } from "playwright-core";
import assert from "node:assert/strict";
import { asks, claim, headline, isGone, option, press } from "./claims.ts";
import { FakeEngine, webhook } from "./fake-engine/engine.ts";
import { tellingEvents } from "./fake-engine/events.ts";
import { withFeedback } from "./feedback-scenarios.ts";
import { tunnelled } from "./tunnel-scenarios.ts";
import { eventually } from "./window.ts";

const telling = () =>
  new FakeEngine({
    events: tellingEvents(),
    webhooks: [webhook({ id: "w1", name: "Studio Mac" })],
  });
const these = (events: number[], feedback: string[] = []) => ({
  events,
  feedback,
  within: null,
});
const sheet = (page: Page) => page.getByRole("alertdialog");

claim(
  "deleting an event says first what goes, takes it out of the list, and goes on to the next one",
  telling,
  "#/inbox/12",
  async (page, engine) => {
    await headline(page).waitFor();
    await press(page, "Delete");
    await sheet(page).getByText("1 events and 0 pieces of feedback.").waitFor();
    assert.deepEqual(asks(engine, "deleteReceived"), []);
    await sheet(page).getByRole("button", { name: "Delete" }).click();
    await isGone(option(page, /Rejected/));
    assert.deepEqual(asks(engine, "deleteReceived"), [these([12])]);
    await eventually(() => assert.equal(new URL(page.url()).hash, "#/inbox/11"));
  },
);

claim("the delete key asks, and escape deletes nothing", telling, "#/inbox/12", async (page, engine) => {
  await headline(page).waitFor();
  await page.keyboard.press("Delete");
  await sheet(page).getByText("This can’t be undone.").waitFor();
  await page.keyboard.press("Escape");
  await isGone(sheet(page));
  await option(page, /Rejected/).waitFor();
  assert.deepEqual(asks(engine, "deletion"), [these([12])]);
  assert.deepEqual(asks(engine, "deleteReceived"), []);
});

claim("a deletion that fails says why and keeps the row", telling, "#/inbox/12", async (page, engine) => {
  await headline(page).waitFor();
  engine.failing.set("deleteReceived", {
    code: "storeUnwritable",
    message: "the disk is full",
    hint: "free some space",
    field: null,
  });
  await press(page, "Delete");
  await sheet(page).getByRole("button", { name: "Delete" }).click();
  await sheet(page).getByText("The disk is full.").waitFor();
  await page.keyboard.press("Escape");
  await option(page, /Rejected/).waitFor();
});

claim(
  "deleting feedback takes it out of its list",
  () => withFeedback(),
  "#/feedback",
  async (page, engine) => {
    await option(page, /Save button/).click();
    await headline(page).waitFor();
    await press(page, "Delete");
    await sheet(page).getByText("0 events and 1 pieces of feedback.").waitFor();
    await sheet(page).getByRole("button", { name: "Delete" }).click();
    await isGone(option(page, /Save button/));
    const [{ events, feedback }] = asks(engine, "deleteReceived");
    assert.deepEqual([events, feedback.length], [[], 1]);
  },
);

claim(
  "received data is chosen by kind and age, counted, and deleted",
  () => tunnelled(undefined, { events: tellingEvents() }),
  "#/settings/storage",
  async (page, engine) => {
    await press(page, "Delete received data…");
    const form = page.getByRole("dialog");
    await form.getByText("Nothing to delete.").waitFor();
    assert.ok(await form.getByRole("button", { name: "Delete" }).isDisabled());
    await press(page, "What: Events and feedback");
    await page.getByRole("menuitemradio", { name: "Events only" }).click();
    await press(page, "Age: Older than 90 days");
    await page.getByRole("menuitemradio", { name: "Any age" }).click();
    await form.getByText(/^\d+ events and 0 pieces/).waitFor();
    await form.getByRole("button", { name: "Delete" }).click();
    await isGone(form);
    const [{ within }] = asks(engine, "deleteReceived");
    assert.equal(within?.what, "events");
    assert.equal(engine.events.length, 0);
  },
);

claim(
  "a retention that would delete something asks first",
  () => tunnelled(undefined, { events: tellingEvents() }),
  "#/settings/storage",
  async (page, engine) => {
    engine.events[engine.events.length - 1].row.receivedAt = "2020-01-01T00:00:00Z";
    await press(page, "Keep events: Keep forever");
    await page.getByRole("menuitemradio", { name: "Keep 365 days" }).click();
    await sheet(page).getByText("1 events and 0 pieces").waitFor();
    assert.deepEqual(asks(engine, "changeSettings"), []);
    await sheet(page).getByRole("button", { name: "Delete older" }).click();
    await isGone(sheet(page));
    const [{ retention }] = asks(engine, "changeSettings");
    assert.equal(retention?.eventDays, 365);
    await press(page, "Keep feedback: Keep forever");
    await page.getByRole("menuitemradio", { name: "Keep 30 days" }).click();
    await eventually(() => assert.equal(asks(engine, "changeSettings").at(-1)?.retention?.feedbackDays, 30));
  },
);
