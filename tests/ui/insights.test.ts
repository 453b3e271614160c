// Insights, in a real browser over a fake engine.
import type { Page } from "playwright-core";
import assert from "node:assert/strict";
import { FakeEngine } from "./fake-engine/engine.ts";
import { track } from "./fake-engine/insights.ts";
import { asTable, BIRDS, INSIGHTS, insightful, many, oneEvent } from "./insights-scenarios.ts";
import { asks, boxOf, claim, focusedName } from "./claims.ts";
import { scenarioNamed } from "./scenarios.ts";
import { eventually, shown } from "./window.ts";

const cells = (page: Page, name: string | RegExp) =>
  page
    .getByRole("table", { name })
    .locator("tr")
    .evaluateAll((rows) =>
      rows.map((row) =>
        [...(row as HTMLTableRowElement).cells].map((cell) =>
          cell.textContent.trim().replaceAll("\u00a0", " "),
        ),
      ),
    );
const names = (page: Page) =>
  page
    .getByRole("group", { name: /^Versions of/ })
    .locator("[aria-label]")
    .evaluateAll((bars) =>
      bars.map((bar) => (bar.getAttribute("aria-label") ?? "").replaceAll("\u00a0", " ")),
    );

claim(
  "every stage has a name that says what, when and how long",
  () => insightful(),
  BIRDS,
  async (page, engine) => {
    await page.getByRole("group", { name: /^Versions of/ }).waitFor();
    const all = await names(page);
    assert.equal(all.length, 18);
    assert.deepEqual(
      [all[0], all[2], all[4]],
      [
        "3.3, Being prepared, Since 11 Nov, 18:04, Ongoing, 8d 21h",
        "3.2, Waiting for review, 16 Nov, 03:40 to 19 Nov, 13:16, 3d 9h",
        "3.2, Rejected, Since 19 Nov, 21:40, Ongoing, 18h",
      ],
    );
    assert.ok(
      all.includes("3.1, Being prepared, Until 9 Oct, 04:40; start unknown, Unknown"),
      all.join("\n"),
    );
    const { days, timeZone } = asks(engine, "insights").slice(-1)[0];
    assert.deepEqual([days, timeZone], [50, "Europe/Stockholm"]);
    await shown(page, "Usually waits 2d 2h, then 3h 40m").waitFor();
    await shown(page, "2 of 5 were rejected once.").waitFor();
  },
);

claim(
  "the arrow keys move among the stages, and enter opens the event of one",
  () => insightful(),
  BIRDS,
  async (page) => {
    const picture = page.getByRole("group", { name: /^Versions of/ });
    await picture.waitFor();
    assert.equal(await picture.locator("[tabindex='0']").count(), 1);
    await picture.locator("[tabindex='0']").focus();
    const here = () => focusedName(page);
    assert.match(await here(), /^3\.3, Being prepared/);
    await page.locator(".tip").waitFor();
    await page.keyboard.press("ArrowDown");
    assert.match(await here(), /^3\.2, Waiting for review/);
    await page.keyboard.press("ArrowRight");
    assert.match(await here(), /^3\.2, In review/);
    await page.keyboard.press("End");
    assert.match(await here(), /^3\.2, Rejected/);
    await page.keyboard.press("ArrowRight");
    assert.match(await here(), /^3\.2, Rejected/);
    assert.match((await page.locator(".tip").textContent()) ?? "", /3\.2 · Rejected/);
    await page.keyboard.press("Escape");
    await page.locator(".tip").waitFor({ state: "detached" });
    assert.equal(await picture.locator("[tabindex='0']").count(), 1);
    await page.keyboard.press("Enter");
    await eventually(() => assert.match(page.url(), /#\/inbox\/\d+$/));
  },
);

claim(
  "the tables have the numbers of the pictures",
  () => insightful(),
  BIRDS,
  async (page) => {
    await asTable(page);
    const versions = await cells(page, /^Versions of/);
    assert.deepEqual(versions[0], ["Version", "Stage", "Started", "Ended", "Duration"]);
    assert.deepEqual(versions[3], ["Waiting for review", "16 Nov, 03:40", "19 Nov, 13:16", "3d 9h"]);
    const days = await cells(page, "Deliveries and their delay, day by day");
    assert.equal(days.length, 51);
    assert.deepEqual(days[1], ["Today", "12", "3", "3", "1.0s", "1.9s"]);
    assert.equal(await page.getByRole("group", { name: /^Versions of/ }).count(), 0);
  },
);

claim(
  "each day says how it went, to the pointer and to the keys",
  () => insightful(),
  BIRDS,
  async (page) => {
    const picture = page.getByRole("group", { name: /^Deliveries by result/ });
    const today = picture.getByRole("img", { name: /^Today: / });
    assert.equal(await today.getAttribute("aria-label"), "Today: 12 delivered, 3 fetched, 3 failed");
    await today.hover();
    assert.equal((await page.locator(".tip").textContent()) ?? "", "Today12 delivered, 3 fetched, 3 failed");
    await today.focus();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Home");
    const first = await focusedName(page);
    assert.match(first, /^Friday, 2 October: /);
    const delay = page.getByRole("group", { name: /^Delay from Apple/ });
    assert.match(
      (await delay.getByRole("img", { name: /^Today: / }).getAttribute("aria-label")) ?? "",
      /^Today: Median 1\.0s, p95 1\.9s$/,
    );
  },
);

claim(
  "the app and the time that are chosen stay in the address",
  () => insightful(),
  INSIGHTS,
  async (page, engine) => {
    await page.getByRole("button", { name: "App: Backyard Birds" }).click();
    await page.getByRole("menuitemradio", { name: "Fieldnotes" }).click();
    await page.getByRole("button", { name: "App: Fieldnotes" }).waitFor();
    await page.getByRole("button", { name: "Time: Last 30 days" }).click();
    await page.getByRole("menuitemradio", { name: "Last 90 days" }).click();
    await page.getByRole("button", { name: "Time: Last 90 days" }).waitFor();
    assert.ok(page.url().endsWith("#/insights/6448000002/90"), page.url());
    assert.equal(await shown(page, /All apps/).count(), 0, "the app that is chosen governs all pictures");
    await eventually(() =>
      assert.deepEqual(asks(engine, "insights").at(-1), {
        app: "6448000002",
        webhook: null,
        days: 90,
        timeZone: "Europe/Stockholm",
      }),
    );
    await page.getByRole("link", { name: "Inbox" }).click();
    await page.getByRole("link", { name: "Insights" }).click();
    await page.getByRole("button", { name: "App: Fieldnotes" }).waitFor();
    await page.getByRole("button", { name: "Time: Last 90 days" }).waitFor();
  },
);

claim(
  "an event that comes is drawn",
  () => insightful(),
  BIRDS,
  async (page, engine) => {
    await page.getByRole("link", { name: /^3\.3, Being prepared/ }).waitFor();
    engine.insights.timelines["6448000001"].versions[0] = track({ version: "3.3" }, [
      ["preparing", 8.9],
      ["waiting", 0.01],
    ]);
    engine.changed();
    await page.getByRole("link", { name: /^3\.3, Waiting for review/ }).waitFor();
  },
);

claim("what is not known is said", scenarioNamed("insights-odd").engine, INSIGHTS, async (page) => {
  await shown(page, "For Made by hookbell listen, only arrivals are known").waitFor();
  await shown(page, "are known since 12 November").waitFor();
  await shown(page, "between 3 November and 9 November were lost").waitFor();
  await shown(page, "Five arrived before Apple’s own timestamp").waitFor();
  const table = await cells(page, "Webhooks by health");
  assert.deepEqual(table[3].slice(0, 4), ["Gone long since, removed", "14", "None", "Unknown"]);
  await shown(page, "Unknown version iOS").waitFor();
});

claim("one event makes no rule", oneEvent, INSIGHTS, async (page) => {
  await page.getByRole("link", { name: /^1\.0, Waiting for review/ }).waitFor();
  assert.equal(await shown(page, "Usually").count(), 0);
  await shown(page, "0.8s, one delivery").waitFor();
});

claim("of sixty versions twelve are drawn until the others are asked for", many, INSIGHTS, async (page) => {
  const lines = page.locator("main ol").first().locator("li");
  await lines.first().waitFor();
  assert.equal(await lines.count(), 12);
  await page.getByRole("button", { name: "Show 48 more versions" }).click();
  assert.equal(await lines.count(), 60);
});

claim(
  "where nothing has come yet, it says what to do",
  () => new FakeEngine(),
  INSIGHTS,
  async (page) => {
    await shown(page, "No data yet").waitFor();
    await page.getByRole("main").getByRole("button", { name: "Webhooks" }).click();
    await eventually(() => assert.ok(page.url().includes("#/webhooks")));
  },
);

claim(
  "the pictures have the width of the window, and their text stays",
  () => insightful(),
  BIRDS,
  async (page) => {
    const picture = page.getByRole("group", { name: /^Versions of/ });
    const width = async () => (await boxOf(picture)).width;
    const before = await width();
    await page.setViewportSize({ width: 900, height: 600 });
    await eventually(async () => assert.notEqual(await width(), before));
    const size = await picture
      .locator("text")
      .first()
      .evaluate((text) => globalThis.getComputedStyle(text).fontSize);
    assert.equal(size, "11px");
    const side = await boxOf(page.getByRole("group", { name: /^Deliveries by result/ }));
    const below = await boxOf(page.getByRole("group", { name: /^Delay from Apple/ }));
    assert.ok(below.y > side.y + side.height, "the pair is stacked");
  },
);
