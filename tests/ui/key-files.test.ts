// Key files in all their common forms, dropped, chosen and typed, in a real browser over a fake engine.
import type { Page } from "playwright-core";
import assert from "node:assert/strict";
import { asks, claim, isGone, press } from "./claims.ts";
import { atApple, drop } from "./asc-scenarios.ts";
import { JSON_ISSUER, JSON_KEY } from "./fake-engine/asc.ts";
import { FakeEngine } from "./fake-engine/engine.ts";
import { eventually, shown } from "./window.ts";

const ISSUER = "57246542-96fe-1a63-e053-0824d011072a";
const issuerField = (page: Page) => page.getByLabel("Issuer ID", { exact: true });
const isChecked = (page: Page, kind: string) =>
  eventually(async () => assert.equal(await page.getByLabel(kind).isChecked(), true));
const add = (page: Page) => press(page.getByRole("dialog"), "Add account");

claim(
  "a dropped individual key asks for no issuer ID",
  () => new FakeEngine(),
  "#/inbox",
  async (page, engine) => {
    await drop(page, "/home/mira/ApiKey_2X9R4HXF34.p8");
    await isChecked(page, "Individual key");
    await shown(page, "This file contains an individual key, which has no issuer ID.").waitFor();
    assert.equal(await issuerField(page).count(), 0);
    await add(page);
    await shown(page, "Individual key 2X9R4HXF34").waitFor();
    assert.equal(asks(engine, "addAccount")[0].issuerId, null);
  },
);

claim(
  "an issuer ID that is given with an individual key is pointed out at its field",
  () => atApple(),
  "#/settings/accounts",
  async (page, engine) => {
    await press(page, "Add account");
    await page.getByLabel("Key file").fill("/keys/ApiKey_2X9R4HXF34.p8");
    await isChecked(page, "Individual key");
    await page.getByLabel("Team key").check();
    await issuerField(page).fill(ISSUER);
    await add(page);
    await shown(page, "This is an individual key, which has no issuer ID.").waitFor();
    assert.equal(await issuerField(page).getAttribute("aria-invalid"), "true");
    await page.getByLabel("Individual key").check();
    await add(page);
    await isGone(page.getByRole("dialog"));
    assert.deepEqual(
      asks(engine, "addAccount").map(({ issuerId }) => issuerId),
      [ISSUER, null],
    );
  },
);

claim(
  "a JSON file with the key in it fills all fields",
  () => new FakeEngine(),
  "#/inbox",
  async (page, engine) => {
    await drop(page, "/home/mira/api_key.json");
    await eventually(async () => assert.equal(await issuerField(page).inputValue(), JSON_ISSUER));
    assert.equal(await page.getByLabel("Key ID").inputValue(), JSON_KEY);
    await isChecked(page, "Team key");
    await add(page);
    await shown(page, `Team key ${JSON_KEY}`).waitFor();
    const [asked] = asks(engine, "addAccount");
    assert.deepEqual([asked.keyId, asked.issuerId], [JSON_KEY, JSON_ISSUER]);
  },
);

claim(
  "another file takes out what the one before had filled in",
  () => atApple(),
  "#/settings/accounts",
  async (page) => {
    await press(page, "Add account");
    const path = page.getByLabel("Key file");
    await path.fill("/keys/api_key.json");
    await eventually(async () => assert.equal(await issuerField(page).inputValue(), JSON_ISSUER));
    await path.fill("/keys/ApiKey_2X9R4HXF34.p8");
    await isChecked(page, "Individual key");
    await isGone(page.getByLabel("Key ID"));
    await path.fill("/keys/AuthKey_2X9R4HXF34.p8");
    await isChecked(page, "Team key");
    assert.equal(await issuerField(page).inputValue(), "");
    await isGone(shown(page, "This file contains an individual key, which has no issuer ID."));
  },
);

claim(
  "a key file is taken whatever became of its name's ending",
  () => new FakeEngine(),
  "#/inbox",
  async (page, engine) => {
    for (const name of ["AuthKey_2X9R4HXF34.P8", "AuthKey_2X9R4HXF35.p8.txt"]) {
      await drop(page, `/home/mira/${name}`);
      await issuerField(page).fill(ISSUER);
      await add(page);
      await isGone(page.getByRole("dialog"));
    }
    await shown(page, "Team key 2X9R4HXF35").waitFor();
    assert.equal(asks(engine, "addAccount").length, 2);
  },
);

claim(
  "a dropped file that is no key says so at once",
  () => new FakeEngine(),
  "#/inbox",
  async (page, engine) => {
    await drop(page, "/home/mira/holiday.png");
    await shown(page, "This is not a private key.").waitFor();
    assert.equal(await page.getByLabel("Key file").getAttribute("aria-invalid"), "true");
    assert.equal(asks(engine, "addAccount").length, 0);
  },
);

claim(
  "a path that is being typed is not called wrong before it is whole",
  () => atApple(),
  "#/settings/accounts",
  async (page, engine) => {
    await press(page, "Add account");
    await page.getByLabel("Key file").pressSequentially("/k/AuthKey_1.p8");
    await eventually(() => assert.deepEqual(asks(engine, "keyFile"), [{ path: "/k/AuthKey_1.p8" }]));
    await isGone(shown(page, "This is not a private key."));
  },
);
