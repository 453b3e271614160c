// A rule's destinations: the first address of one, and later ones.
import assert from "node:assert/strict";
import { asks, claim, press } from "./claims.ts";
import { listed } from "./fake-engine/rules.ts";
import { telling, withRules } from "./rules-scenarios.ts";
import { shown } from "./window.ts";

const toPhone = listed(1, {
  name: "Problems to my phone",
  then: [{ forward: { as: "ntfy", destination: "phone", allowPrivateNetwork: false } }],
});

claim(
  "the first address of a destination is saved, and only a later one replaces it",
  () => withRules(telling({ rules: [toPhone], runs: [] })),
  "#/rules/1",
  async (page, engine) => {
    await press(page, "Save address…");
    const sheet = page.getByRole("dialog", { name: "Save the address" });
    await sheet.getByLabel("Address", { exact: true }).fill("https://ntfy.sh/birds");
    await press(sheet, "Save in keychain");
    await shown(page, "Address saved in keychain").waitFor();
    assert.deepEqual(asks(engine, "saveDestination"), [
      { name: "phone", url: "https://ntfy.sh/birds", secret: null },
    ]);
    await press(page, "Replace…");
    await page.getByRole("dialog", { name: "Replace the address" }).waitFor();
  },
);
