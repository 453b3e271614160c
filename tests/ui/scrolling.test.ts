// The inbox is drawn without gaps while scrolling, however long it is. bench-scrolling.ts measures the speed.
import assert from "node:assert/strict";
import { asks, blanksOf, claim, option } from "./claims.ts";
import { withFeedback } from "./feedback-scenarios.ts";
import { manyFeedback } from "./fake-engine/feedback.ts";
import { longInbox } from "./fake-engine/long.ts";
import { eventually } from "./window.ts";

const COUNT = 100_000;

claim(
  "100,000 events scroll without blank rows, with few rows in the page",
  () => longInbox(COUNT),
  "#/inbox",
  async (page, engine) => {
    await option(page, /\(100000\)/).waitFor();
    const list = page.getByRole("listbox");
    const read = () => asks(engine, "events").length;
    for (let pages = 0; pages < 30; pages = read()) {
      // More rows may still be loading, and then the end is further down.
      await eventually(async () => {
        await list.evaluate((element) => (element.scrollTop = element.scrollHeight));
        assert.ok(read() > pages);
      });
    }
    assert.deepEqual(await blanksOf(list, 1_300), []);
    assert.ok((await page.getByRole("option").count()) < 60);
    const asked = asks(engine, "events").map(({ before }) => before);
    assert.equal(new Set(asked).size, asked.length, "no page is read twice");
  },
);

for (const [room, engine] of [
  ["inbox", () => longInbox(600)],
  ["feedback", () => withFeedback({ feedback: manyFeedback(600) })],
] as const)
  claim(
    `no row of the ${room} has custom properties of its own, which WebKit would copy and hold for each`,
    engine,
    `#/${room}`,
    async (page) => {
      await page.getByRole("option").first().waitFor();
      const found = await page.getByRole("listbox").evaluate((list) => {
        const rules = (sheet: CSSStyleSheet | CSSGroupingRule): CSSRule[] =>
          [...sheet.cssRules].flatMap((rule) =>
            rule instanceof CSSGroupingRule || rule instanceof CSSStyleRule
              ? [rule, ...rules(rule as unknown as CSSGroupingRule)]
              : [rule],
          );
        const elements = [...list.querySelectorAll("[role=option], [role=option] *")];
        return [...document.styleSheets]
          .flatMap(rules)
          .filter((rule) => rule instanceof CSSStyleRule)
          .filter(({ style }) => style && [...style].some((name) => name.startsWith("--")))
          .filter(({ selectorText }) => elements.some((element) => element.matches(selectorText)))
          .map(({ selectorText }) => selectorText);
      });
      assert.deepEqual(found, []);
    },
  );
