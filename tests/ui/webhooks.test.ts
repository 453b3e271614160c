// Webhooks, in a real browser over a fake engine.
import type { Page } from "playwright-core";
import assert from "node:assert/strict";
import { asks, claim, isGone } from "./claims.ts";
import { FakeEngine, webhook } from "./fake-engine/engine.ts";
import { tellingEvents } from "./fake-engine/events.ts";
import { palette } from "./palette-scenarios.ts";
import { choose } from "./scenarios.ts";
import { eventually, shown } from "./window.ts";

const SECRET = "correct horse battery staple";
const two = () =>
  new FakeEngine({
    events: tellingEvents(),
    webhooks: [webhook({ id: "w1", name: "Studio Mac" }), webhook({ id: "w2", name: "Release dashboard" })],
  });

/** Everything that could be read out of the page: its text, its fields and its storage. */
const held = (page: Page) =>
  page.evaluate(() => {
    const fields = [...document.querySelectorAll("input")].map((input) => input.value);
    return [
      document.documentElement.outerHTML,
      ...fields,
      JSON.stringify({ ...localStorage }),
      JSON.stringify({ ...sessionStorage }),
    ].join("\n");
  });

claim(
  "a webhook is added with a generated secret, and its next steps are shown",
  () => new FakeEngine(),
  "#/inbox",
  async (page, engine) => {
    await page.getByRole("button", { name: "New webhook" }).click();
    await page.getByRole("dialog").waitFor();
    await page.keyboard.type("Backyard Birds");
    await page.keyboard.press("Enter");
    await page.getByRole("list", { name: "Setup" }).waitFor();
    assert.deepEqual(asks(engine, "addWebhook"), [{ name: "Backyard Birds", secret: null }]);
    assert.match(page.url(), /#\/webhooks\/w1$/);
  },
);

claim("a given secret is handed over once and leaves no trace", two, "#/webhooks", async (page, engine) => {
  await page.getByRole("button", { name: "New webhook" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Backyard Birds");
  await page.getByLabel("Custom", { exact: true }).check();
  const field = page.getByLabel("Custom secret");
  assert.equal(await field.getAttribute("type"), "password");
  assert.equal(await field.getAttribute("autocomplete"), "new-password");
  await field.fill(SECRET);
  await page.getByRole("button", { name: "Add webhook" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.deepEqual(asks(engine, "addWebhook"), [{ name: "Backyard Birds", secret: SECRET }]);
  assert.ok(!(await held(page)).includes(SECRET));
});

claim("a refused secret is wiped, and the reason stands at its field", two, "#/webhooks", async (page) => {
  await page.getByRole("button", { name: "New webhook" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Backyard Birds");
  await page.getByLabel("Custom", { exact: true }).check();
  const field = page.getByLabel("Custom secret");
  await field.fill("short");
  await page.getByRole("button", { name: "Add webhook" }).click();
  await shown(page, "This secret is too short.").waitFor();
  assert.equal(await field.inputValue(), "");
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  assert.match(
    await page
      .locator(`#${((await field.getAttribute("aria-describedby")) ?? "").split(" ")[0]}`)
      .innerText(),
    /too short/,
  );
});

claim("a missing name is told before anything is asked", two, "#/webhooks", async (page, engine) => {
  await page.getByRole("button", { name: "New webhook" }).click();
  await page.getByRole("button", { name: "Add webhook" }).click();
  await shown(page, "Enter a name.").waitFor();
  assert.equal(asks(engine, "addWebhook").length, 0);
});

claim("URL and secret are copied by the engine", two, "#/webhooks/w2", async (page, engine) => {
  await page.getByRole("button", { name: "Copy the payload URL" }).click();
  await page.getByRole("button", { name: "Copy secret" }).click();
  await shown(page, "Copied. The clipboard is cleared after a minute.").waitFor();
  assert.deepEqual(
    [asks(engine, "copyPayloadUrl"), asks(engine, "copySecret")],
    [[{ id: "w2" }], [{ id: "w2" }]],
  );
});

claim("a test tells its time and leads to the event", two, "#/webhooks/w1", async (page) => {
  await page.getByRole("button", { name: "Send test" }).click();
  await shown(page, "Ping arrived in").waitFor();
  await page.getByRole("link", { name: "Open event" }).click();
  await page.locator("article h1").waitFor();
});

claim("a locked keychain is told with its remedy", two, "#/webhooks/w1", async (page, engine) => {
  engine.fail("copySecret", "keychainLocked", "the keychain is locked", "unlock it, then copy again");
  await page.getByRole("button", { name: "Copy secret" }).click();
  await shown(page, "Unlock it, then copy again.").waitFor();
});

claim("renaming begins with the present name", two, "#/webhooks/w1", async (page, engine) => {
  await choose(page, "Rename…");
  const name = page.getByRole("textbox", { name: "Name" });
  assert.equal(await name.inputValue(), "Studio Mac");
  await eventually(async () => assert.ok(await name.evaluate((field) => field === document.activeElement)));
  await name.fill("Studio");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Studio", exact: true }).waitFor();
  assert.deepEqual(asks(engine, "renameWebhook"), [{ id: "w1", name: "Studio" }]);
});

claim(
  "a rotated secret keeps the old one for a day, and says until when",
  two,
  "#/webhooks/w1",
  async (page, engine) => {
    await page.getByRole("button", { name: "Rotate…" }).click();
    await shown(page, "Stays valid for 24 hours").waitFor();
    await page.getByRole("button", { name: "Rotate secret" }).click();
    await shown(page, "The old secret stays valid until tomorrow, 15:40.").waitFor();
    assert.deepEqual(asks(engine, "rotateSecret"), [{ id: "w1", secret: null }]);
  },
);

claim(
  "a wrong secret is rotated where it is said, and the line waits for a verified delivery",
  () => {
    const engine = two();
    const lastAt = engine.webhooks[0].createdAt;
    engine.webhooks[0].refused = { count: 3, lastAt, reason: "the signature doesn’t match", mismatch: true };
    return engine;
  },
  "#/webhooks/w1",
  async (page, engine) => {
    await shown(page, "the secret in App Store Connect doesn’t match this one").waitFor();
    await page.getByRole("option", { name: /Secret mismatch/ }).waitFor();
    await page.getByRole("button", { name: "Rotate secret…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Rotate secret" }).click();
    await shown(page, "this clears once a delivery is verified").waitFor();
    assert.equal(await page.getByRole("button", { name: "Rotate secret…" }).count(), 0);
    engine.webhooks[0].refused = null;
    engine.store();
    await isGone(shown(page, "this clears once a delivery is verified"));
  },
);

const refusing = () => {
  const engine = two();
  const lastAt = engine.webhooks[0].createdAt;
  engine.webhooks[0].refused = { count: 3, lastAt, reason: "the signature doesn’t match", mismatch: true };
  engine.status.trouble = {
    kind: "refused",
    title: "“Studio Mac” is rejecting deliveries",
    detail: "The secret is different.",
    hint: "Rotate the secret.",
    path: null,
  };
  return engine;
};

claim("the banner of a wrong secret rotates it from any room", refusing, "#/inbox", async (page, engine) => {
  await page.getByRole("button", { name: "Rotate secret…" }).click();
  await page.getByRole("dialog").getByText("Studio Mac").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Rotate secret" }).click();
  await isGone(page.getByRole("dialog"));
  assert.deepEqual(asks(engine, "rotateSecret"), [{ id: "w1", secret: null }]);
  assert.match(page.url(), /#\/inbox$/);
});

claim(
  "a secret is rotated from the palette, the wrong one first",
  refusing,
  "#/inbox",
  async (page, engine) => {
    await page.getByRole("listbox", { name: "Events" }).waitFor();
    await palette(page, "rotate secret");
    await page.keyboard.press("Enter");
    await page.getByRole("option", { name: /Studio Mac.*Secret mismatch/ }).waitFor();
    await page.keyboard.press("Enter");
    await page
      .getByRole("dialog", { name: "Rotate secret" })
      .getByRole("button", { name: "Rotate secret" })
      .click();
    await eventually(() => assert.deepEqual(asks(engine, "rotateSecret"), [{ id: "w1", secret: null }]));
  },
);

claim(
  "App Store Connect is opened where the webhook is entered",
  () => new FakeEngine({ webhooks: [webhook({ id: "w1", name: "Studio Mac", events: 0, last: null })] }),
  "#/webhooks/w1",
  async (page, engine) => {
    await page.getByRole("button", { name: "Open App Store Connect" }).click();
    await eventually(() => assert.deepEqual(asks(engine, "openAscPage"), [{ page: "integrations" }]));
  },
);

claim("removing asks once, with the focus on Cancel", two, "#/webhooks/w1", async (page, engine) => {
  await choose(page, "Remove…");
  const ask = page.getByRole("alertdialog", { name: "Remove “Studio Mac”?" });
  await ask.getByText("Its 41 stored events stay.").waitFor();
  await eventually(async () =>
    assert.equal(await page.evaluate(() => document.activeElement?.textContent.trim()), "Cancel"),
  );
  await page.keyboard.press("Enter");
  await ask.waitFor({ state: "detached" });
  assert.equal(asks(engine, "removeWebhook").length, 0);
  await choose(page, "Remove…");
  await ask.getByRole("button", { name: "Remove webhook" }).click();
  await ask.waitFor({ state: "detached" });
  assert.deepEqual(asks(engine, "removeWebhook"), [{ id: "w1" }]);
  await page.getByRole("heading", { name: "Release dashboard" }).waitFor();
});

claim("the focus comes back when a sheet closes", two, "#/webhooks/w1", async (page) => {
  const button = page.getByRole("button", { name: "New webhook" });
  await button.click();
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await eventually(async () =>
    assert.ok(await button.evaluate((element) => element === document.activeElement)),
  );
});
