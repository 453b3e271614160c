// Buttons by their visible names. A file that only describes scenarios imports them from here, because importing
// claims.ts starts a browser.
import type { Locator, Page } from "playwright-core";

export const button = (page: Page | Locator, name: string) => page.getByRole("button", { name, exact: true });
export const press = (page: Page | Locator, name: string) => button(page, name).click();
