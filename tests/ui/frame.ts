// The window as on a Mac: its three window buttons, and text in Inter, which is closest to the system's font and can be
// redistributed.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const fromUi = createRequire(new URL("../../ui/package.json", import.meta.url));
const INTER = readFileSync(fromUi.resolve("@fontsource-variable/inter/files/inter-latin-wght-normal.woff2"));

/** A window button of 12 px, at this distance from the left. */
const light = (left: number, colour: string) =>
  `radial-gradient(circle at ${left}px 6px, ${colour} 6px, transparent 6.5px)`;

export const MAC_FRAME = `
  @font-face {
    font-family: Inter;
    font-weight: 100 900;
    src: url(data:font/woff2;base64,${INTER.toString("base64")}) format("woff2");
  }
  :root { --font-ui: Inter, system-ui; }
  .titlebar::before {
    content: "";
    display: block;
    width: 52px;
    height: 12px;
    translate: 12px 20px;
    background: ${[light(6, "#ff5f57"), light(26, "#febc2e"), light(46, "#28c840")].join(", ")};
  }`;
