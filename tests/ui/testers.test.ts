// The groups of an app and their testers.
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { withBeta } from "./builds-scenarios.ts";
import { asks, button, claim, isGone, press } from "./claims.ts";
import { BIRDS } from "./fake-engine/beta.ts";
import { eventually, shown } from "./window.ts";

const OF = { account: "acc1", app: BIRDS };
const ask = (page: Page) => page.getByRole("alertdialog");

claim(
  "groups show their testers and their public link, which is copied by the engine",
  withBeta,
  `#/builds/${BIRDS}/groups`,
  async (page, engine) => {
    const birders = page.getByRole("region", { name: "Birders" });
    await birders.getByText("External · 218 testers").waitFor();
    await birders.getByText("testflight.apple.com/join/Qm3xT8dK").waitFor();
    await press(birders, "Copy the public link of Birders");
    await eventually(() => assert.equal(engine.copied, "https://testflight.apple.com/join/Qm3xT8dK"));
    await birders.getByRole("button", { name: /^Birders/ }).click();
    await birders.getByText("Amara Nwosu").waitFor();
    await press(birders, "More for Amara Nwosu");
    await page.getByRole("menuitem", { name: "Invite again" }).click();
    await birders.getByText("Invited just now").waitFor();
    await press(birders, "More for Jonas Lind");
    await page.getByRole("menuitem", { name: "Remove from group…" }).click();
    await press(ask(page), "Remove");
    await isGone(birders.getByText("Jonas Lind"));
    assert.deepEqual(asks(engine, "removeTester"), [{ account: "acc1", group: "birders", tester: "t2" }]);
  },
);

claim(
  "testers are added by their addresses; those that are refused stay, with the reason",
  withBeta,
  `#/builds/${BIRDS}/groups`,
  async (page, engine) => {
    await press(page, "Add testers to Birders");
    const field = page.getByLabel("Email addresses");
    await field.fill("Inês Costa <ines@example.org>, per@example.org\nnobody");
    await shown(page, "Not an email address: nobody").waitFor();
    assert.equal(await button(page, "Add 2 testers").isEnabled(), false);
    await field.fill("Inês Costa <ines@example.org>, per@example.org; no@blocked.example");
    await press(page, "Add 3 testers");
    await shown(page, "2 testers added, 1 rejected.").waitFor();
    await shown(page, /^no@blocked\.example: Apple does not deliver to this address/).waitFor();
    assert.equal(await field.inputValue(), "no@blocked.example");
    assert.deepEqual(asks(engine, "addTesters")[0].testers, [
      { email: "ines@example.org", firstName: "Inês", lastName: "Costa" },
      { email: "per@example.org", firstName: null, lastName: null },
      { email: "no@blocked.example", firstName: null, lastName: null },
    ]);
    await press(page, "Close");
    await page.getByRole("region", { name: "Birders" }).getByText("Inês Costa").waitFor();
  },
);

claim(
  "a CSV file fills the addresses, and lines that name nobody are told",
  withBeta,
  `#/builds/${BIRDS}/groups`,
  async (page, engine) => {
    await press(page, "Add testers to Birders");
    page.on("dialog", (asked) => void asked.accept("/home/mira/testers.csv"));
    await press(page, "From CSV…");
    await shown(page, "Line 4: There is no email address in this line.").waitFor();
    assert.equal(
      await page.getByLabel("Email addresses").inputValue(),
      "Inês Costa <ines@example.org>\nper@example.org",
    );
    assert.deepEqual(asks(engine, "readTesterFile"), [{ path: "/home/mira/testers.csv" }]);
    assert.equal(asks(engine, "addTesters").length, 0);
  },
);

claim(
  "a group is made, and a name that is taken is refused at its field",
  withBeta,
  `#/builds/${BIRDS}/groups`,
  async (page, engine) => {
    await press(page, "New group");
    await page.getByLabel("Name", { exact: true }).fill("press");
    await press(page, "Create group");
    await shown(page, "There is a group called “press” already.").waitFor();
    await page.getByLabel("Name", { exact: true }).fill("Everybody here");
    await page.getByLabel(/^Internal: people/).check();
    await press(page, "Create group");
    await page.getByRole("region", { name: "Everybody here" }).waitFor();
    assert.deepEqual(asks(engine, "createTesterGroup").at(-1), {
      ...OF,
      name: "Everybody here",
      internal: true,
      automatic: true,
    });
  },
);
