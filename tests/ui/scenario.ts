// A scenario: a state of the window, and how to reach it.
import type { Page } from "playwright-core";
import type { FakeEngine } from "./fake-engine/engine.ts";

export interface Scenario {
  name: string;
  engine: () => FakeEngine;
  /** The address, "#/inbox" by default. */
  at?: string;
  /** Whether the page is the demo's. */
  demo?: boolean;
  /** What to do to reach the state. */
  act?: (page: Page) => unknown;
  /** Whether its pictures are kept in tests/ui/kept. */
  kept?: boolean;
  /** Whether it is checked only in a small window. */
  narrow?: boolean;
  /** Whether it is checked with larger text too; kept ones always are. */
  zoomed?: boolean;
}

/** Waits until a room without a reply shows that it is loading. */
export const loading = (page: Page) =>
  page.locator("[aria-busy=true]").getByText("Loading").first().waitFor({ state: "attached" });
