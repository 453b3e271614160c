// Accounts: adding a key, renaming, a bad key, removing.
import assert from "node:assert/strict";
import { asks, claim, isGone, press } from "./claims.ts";
import { atApple, drop, more } from "./asc-scenarios.ts";
import { FakeEngine } from "./fake-engine/engine.ts";
import { eventually, shown } from "./window.ts";

const KEY = "/home/mira/AuthKey_2X9R4HXF34.p8";
const ISSUER = "57246542-96fe-1a63-e053-0824d011072a";
claim(
  "a dropped key file becomes an account",
  () => new FakeEngine(),
  "#/inbox",
  async (page, engine) => {
    await drop(page, KEY);
    assert.equal(await page.getByLabel("Key file").inputValue(), KEY);
    await page.getByLabel("Issuer ID", { exact: true }).fill(ISSUER);
    await page.getByRole("textbox", { name: "Name" }).fill("Halden Software AB");
    await press(page.getByRole("dialog"), "Add account");
    await shown(page, "Team key 2X9R4HXF34").waitFor();
    assert.deepEqual(asks(engine, "addAccount"), [
      {
        keyFile: KEY,
        keyId: null,
        issuerId: ISSUER,
        name: "Halden Software AB",
        baseUrl: null,
      },
    ]);
  },
);

claim(
  "key files that are dropped together are asked about one after another",
  () => new FakeEngine(),
  "#/inbox",
  async (page, engine) => {
    await drop(page, `${KEY}\n/home/mira/AuthKey_7QK1M0ZB2C.p8`);
    await shown(page, "You dropped 1 more file").waitFor();
    await page.getByLabel("Issuer ID", { exact: true }).fill(ISSUER);
    await press(page.getByRole("dialog"), "Add account");
    const second = page.getByLabel("Key file");
    await eventually(async () => assert.equal(await second.inputValue(), "/home/mira/AuthKey_7QK1M0ZB2C.p8"));
    await isGone(shown(page, "You dropped"));
    await page.getByLabel("Individual key").check();
    await press(page.getByRole("dialog"), "Add account");
    await isGone(page.getByRole("dialog"));
    assert.deepEqual(
      asks(engine, "addAccount").map(({ keyFile }) => keyFile),
      [KEY, "/home/mira/AuthKey_7QK1M0ZB2C.p8"],
    );
  },
);

claim(
  "a chosen file without a telling name asks for the key ID",
  () => atApple(),
  "#/settings/accounts",
  async (page, engine) => {
    page.once("dialog", (asked) => asked.accept("/home/mira/key.p8"));
    await press(page, "Add account");
    await press(page, "Choose…");
    await page.getByLabel("Key ID").fill("7QK1M0ZB2C");
    await page.getByLabel("Individual key").check();
    await press(page.getByRole("dialog"), "Add account");
    await shown(page, "Individual key 7QK1M0ZB2C").last().waitFor();
    assert.deepEqual(asks(engine, "addAccount")[0].keyId, "7QK1M0ZB2C");
    assert.equal(asks(engine, "addAccount")[0].issuerId, null);
  },
);

claim(
  "a refused issuer ID is told at its field",
  () => atApple(),
  "#/settings/accounts",
  async (page, engine) => {
    await press(page, "Add account");
    await press(page.getByRole("dialog"), "Add account");
    await shown(page, "Choose a key file.").waitFor();
    assert.equal(asks(engine, "addAccount").length, 0);
    await page.getByLabel("Key file").fill(KEY);
    const issuer = page.getByLabel("Issuer ID", { exact: true });
    await issuer.fill(ISSUER.replace(/^5724/, "0000"));
    await press(page.getByRole("dialog"), "Add account");
    await shown(page, "the issuer ID may belong to another team").waitFor();
    assert.equal(await issuer.getAttribute("aria-invalid"), "true");
  },
);

claim(
  "an account is renamed, and removed after asking once",
  () => atApple(),
  "#/settings/accounts",
  async (page, engine) => {
    await more(page, "Northwind Labs (client)", "Rename…");
    await page.getByRole("textbox", { name: "Name" }).fill("Northwind");
    await page.keyboard.press("Enter");
    await press(page, "More for Northwind");
    await page.getByRole("menuitem", { name: "Remove…" }).click();
    const ask = page.getByRole("alertdialog", { name: "Remove “Northwind”?" });
    await ask.getByText("is removed from your keychain").waitFor();
    await press(ask, "Remove account");
    await isGone(ask);
    assert.deepEqual(asks(engine, "removeAccount"), [{ id: "northwind" }]);
    await isGone(shown(page, "Northwind", { exact: true }));
  },
);

claim(
  "a revoked key is told inside its account, and fixed there",
  () => {
    const engine = atApple();
    engine.fail("apps", "keyRefused", "the key is not accepted", "it may have been revoked");
    return engine;
  },
  "#/settings/accounts",
  async (page, engine) => {
    await shown(page, "It may have been revoked.").first().waitFor();
    engine.failing.clear();
    await page.getByRole("button", { name: "Replace key…" }).first().click();
    await page.getByLabel("Key file").fill("/home/mira/AuthKey_9999999999.p8");
    await press(page.getByRole("dialog"), "Replace key");
    await shown(page, "Team key 9999999999").waitFor();
    assert.equal(asks(engine, "replaceKey")[0].id, "halden");
    await isGone(shown(page, "It may have been revoked."));
  },
);
