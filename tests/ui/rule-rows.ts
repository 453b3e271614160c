// What the tests of rules read and press in the window.
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { press } from "./claims.ts";
import { telling } from "./rules-scenarios.ts";
import { eventually } from "./window.ts";

/** The names of the scenario's rules, in their order. */
export const ALL = telling().rules.map((one) => one.rule.name);

export const row = (page: Page, name: string | RegExp) => page.getByRole("row", { name });
export const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
export const save = (page: Page) => press(page, "Save");

/** Waits until the list shows the rules with these names, in this order. */
export const inOrder = (page: Page, expected: string[]) =>
  eventually(async () =>
    assert.deepEqual(await page.locator("[role=grid] .title").allInnerTexts(), expected),
  );
