// Updates in the settings, in a real browser over a fake engine.
import type { UpdateStatus } from "../../ui/src/lib/bindings/api.ts";
import type { Command } from "./fake-engine/answers.ts";
import type { FakeEngine } from "./fake-engine/engine.ts";
import assert from "node:assert/strict";
import { preferences } from "./fake-engine/settings.ts";
import { NEWER, NEWEST, UNREACHABLE } from "./fake-engine/updates.ts";
import { tunnelled } from "./tunnel-scenarios.ts";
import { asks, claim as claimed } from "./claims.ts";
import { eventually, shown } from "./window.ts";

const updating = (update: UpdateStatus, released: UpdateStatus, lookForUpdates = false) =>
  tunnelled(undefined, {
    preferences: preferences({ settings: { lookForUpdates } }),
    update,
    released,
  });
const asked = (engine: FakeEngine, command: Command) => asks(engine, command).length;

const claim = (name: string, engine: () => FakeEngine, tried: Parameters<typeof claimed>[3]) =>
  claimed(name, engine, "#/settings/general", tried);

claim(
  "a build that does not update itself says so, and has nothing to switch",
  () => updating({ state: "absent" }, NEWER),
  async (page) => {
    await shown(page, "This build can’t update itself.").waitFor();
    const look = page.getByRole("switch", { name: "Check for updates" });
    assert.ok(await look.isDisabled());
    assert.equal(await page.getByRole("button", { name: "Check now" }).count(), 0);
  },
);

claim(
  "nobody is asked before the switch is on, and nothing is installed before its button is pressed",
  () => updating({ state: "unknown" }, NEWER),
  async (page, engine) => {
    const look = page.getByRole("switch", { name: "Check for updates" });
    await shown(page, "Nothing is installed until you ask for it.").waitFor();
    assert.equal(await page.getByRole("button", { name: "Check now" }).count(), 0);
    assert.equal(asked(engine, "checkForUpdate"), 0);

    await look.click();
    await eventually(() => assert.equal(engine.preferences.settings.lookForUpdates, true));
    engine.push({ kind: "update", status: NEWER });
    await shown(page, "Hookbell 0.2.0 is available.").waitFor();
    await shown(page, "A list that remembers where you were.").waitFor();
    assert.equal(asked(engine, "installUpdate"), 0);
    await page.getByRole("button", { name: "Install and restart" }).click();
    await shown(page, "signature isn’t valid").waitFor();
    assert.equal(asked(engine, "installUpdate"), 1);
  },
);

claim(
  "a look that failed says why, and the next one that all is well",
  () => updating(UNREACHABLE, NEWEST, true),
  async (page, engine) => {
    await shown(page, "no route to host").waitFor();
    await page.getByRole("button", { name: "Check now" }).click();
    await shown(page, "Hookbell is up to date").waitFor();
    assert.equal(asked(engine, "checkForUpdate"), 1);
  },
);
