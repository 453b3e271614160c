// What can be pressed shows that the pointer is on it, that it is being pressed, and that it has the focus.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { atApple } from "./apple-scenarios.mjs";
import { launch, open, quit } from "./window.mjs";

before(launch);
after(quit);

const HOOKS = "#/webhooks/halden/a1";
const INBOX = "#/inbox";
const CONTROLS = {
  "a button": [HOOKS, "button", "Test Studio Mac"],
  "the primary button": [HOOKS, "button", "New webhook"],
  "a button of only an icon": [HOOKS, "button", "More for Studio Mac"],
  "a switch": [HOOKS, "switch", "Studio Mac on"],
  "a row of webhooks": [HOOKS, "option", /Tidewater/, "by its list"],
  "a room": [INBOX, "link", "Feedback"],
  "a row of events": [INBOX, "option", /Build 418/, "by its list"],
  "a part of a choice": [INBOX, "button", "Unread"],
  "a filter": [INBOX, "button", /^Shown/],
  "a delivery": ["#/deliveries", "row", /On the App Store/, "by its button"],
  "a way through": ["#/tunnel", "radio", /^Tailscale Funnel/],
};

describe("hovered, pressed and focused", () => {
  for (const [what, [at, role, name, focused]] of Object.entries(CONTROLS))
    test(`${what} looks different each time`, async () => {
      const options = { at, reducedMotion: "reduce" };
      const { page, close } = await open(atApple(), options);
      try {
        const exact = typeof name === "string";
        const control = page.getByRole(role, { name, exact }).first();
        await control.waitFor();
        await page.mouse.move(0, 0);
        const still = await looks(control);
        await control.hover();
        const hovered = await looks(control);
        await page.mouse.down();
        const pressed = await looks(control);
        assert.notDeepEqual(hovered, still, "nothing shows the pointer");
        assert.notDeepEqual(pressed, hovered, "nothing shows the press");
        await page.mouse.move(0, 0);
        await page.mouse.up();
        if (focused) return;
        await page.keyboard.press("Tab");
        await control.focus();
        assert.match((await looks(control)).outline, /solid 2px|2px solid/);
      } finally {
        await close();
      }
    });
});

/** The colours of a control; a line of a table shows them in its cells. */
function looks(control) {
  return control.evaluate((element) => {
    const { color, backgroundColor, borderColor, outline } = getComputedStyle(
      element.matches("tr") ? element.cells[1] : element,
    );
    return { color, backgroundColor, borderColor, outline };
  });
}
