// Hookbell's own news: their page in the inbox, and their settings.
import assert from "node:assert/strict";
import { asks, claim, headline, press } from "./claims.ts";
import { FakeEngine } from "./fake-engine/engine.ts";
import { ownNews } from "./fake-engine/own-news.ts";
import { preferences } from "./fake-engine/settings.ts";
import { tunnelled } from "./tunnel-scenarios.ts";

claim(
  "Hookbell’s own news show what they are made of, and nothing that only a delivery has",
  () => new FakeEngine({ events: ownNews() }),
  { at: "#/inbox/6" },
  async (page) => {
    const article = page.getByRole("article");
    await headline(page).getByText("3.2 is approved but not released").waitFor();
    for (const words of ["Usually up to", "22 h", "Noticed"])
      await article.getByText(words, { exact: true }).waitFor();
    for (const words of ["Payload", "Deliveries", "Webhook", "Happened", "Send again to…"]) {
      assert.equal(await article.getByText(words, { exact: true }).count(), 0, words);
    }
    assert.equal(await page.getByRole("option").count(), 7);
  },
);

claim(
  "Hookbell’s own news are chosen one by one, and a digest comes when somebody wants it",
  () => tunnelled(undefined, { preferences: preferences() }),
  "#/settings/notifications",
  async (page, engine) => {
    await page.getByLabel("Deliveries are failing").uncheck();
    await press(page, "Digest: Never");
    await page.getByRole("menuitemradio", { name: "Every Monday at 9:00" }).click();
    await page.getByRole("button", { name: "Digest: Every Monday at 9:00" }).waitFor();
    const { ownNews } = preferences().settings;
    assert.deepEqual(asks(engine, "changeSettings"), [
      { ownNews: { ...ownNews, failing: false } },
      { ownNews: { ...ownNews, failing: false, digest: "weekly" } },
    ]);
  },
);
