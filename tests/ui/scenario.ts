// What a scenario is: a state of the window, and the way there.
import type { Page } from "playwright-core";
import type { FakeEngine } from "./fake-engine/engine.ts";

export interface Scenario {
  name: string;
  engine: () => FakeEngine;
  /** The address, "#/inbox" if none is given. */
  at?: string;
  /** Whether the page is the demo's. */
  demo?: boolean;
  /** What to do before the state is there. */
  act?: (page: Page) => unknown;
  /** Whether its pictures are kept in tests/ui/kept. */
  kept?: boolean;
  /** Whether it is looked at in a small window only. */
  narrow?: boolean;
  /** Whether it is looked at with larger text too; so are all that are kept. */
  zoomed?: boolean;
}

/** Waits until a room that gets no answer says that it is loading. */
export const loading = (page: Page) =>
  page.locator("[aria-busy=true]").getByText("Loading").first().waitFor({ state: "attached" });
