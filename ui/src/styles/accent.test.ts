// Every macOS accent keeps all pairs of colours readable: each accent with the lightnesses of tokens.css, checked
// against WCAG AA. The conversions are those of CSS Color 4.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");
const [before = "", system = ""] = css.split(':root[data-accent="system"]');

/** macOS's accents: blue, purple, pink, red, orange, yellow, green, graphite. */
const ACCENTS = ["#007aff", "#a550a7", "#f74f9e", "#ff5257", "#f7821b", "#ffc600", "#62ba46", "#8c8c8c"];

type Theme = "light" | "dark";
type Three = [number, number, number];

const linear = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
const rgbOf = (hex: string): Three =>
  [1, 3, 5].map((at) => linear(Number.parseInt(hex.slice(at, at + 2), 16) / 255)) as Three;
const times = (rows: readonly Three[], [x, y, z]: Three): Three =>
  rows.map(([a, b, c]) => a * x + b * y + c * z) as Three;

const TO_CONES: Three[] = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const TO_LAB: Three[] = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];
const FROM_LAB: Three[] = [
  [1, 0.3963377774, 0.2158037573],
  [1, -0.1055613458, -0.0638541728],
  [1, -0.0894841775, -1.291485548],
];
const FROM_CONES: Three[] = [
  [4.0767416621, -3.3077115913, 0.2309699292],
  [-1.2684380046, 2.6097574011, -0.3413193965],
  [-0.0041960863, -0.7034186147, 1.707614701],
];

/** An accent at another lightness, with its chroma reduced until a screen can show it. */
function shaded(accent: string, lightness: number, share: number): Three {
  const [, a, b] = times(TO_LAB, times(TO_CONES, rgbOf(accent)).map(Math.cbrt) as Three);
  for (let part = share; ; part -= 0.01) {
    const cones = times(FROM_LAB, [lightness, a * part, b * part]).map((cone) => cone ** 3) as Three;
    const rgb = times(FROM_CONES, cones);
    if (part <= 0 || rgb.every((value) => value > -0.001 && value < 1.001)) return rgb;
  }
}
const luminance = ([r, g, b]: Three) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
function contrast(one: Three, other: Three): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function plain(name: string, theme: Theme): Three {
  const [, light = "", dark = ""] =
    new RegExp(`--${name}:\\s*light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(before) ?? [];
  return rgbOf(theme === "light" ? light : dark);
}
/** The value of a token for a system accent. */
function derived(name: string, theme: Theme, accent: string): Three {
  const shade = String.raw`oklch\(from var\(--system-accent\) ([.\d]+) (?:c|calc\(c \* ([.\d]+)\)) h\)`;
  const found = new RegExp(`--${name}:\\s*light-dark\\(${shade}, ${shade}\\)`).exec(system);
  if (!found) throw new Error(`tokens.css has no --${name} of the system's accent`);
  const [lightness, share = "1"] = theme === "light" ? found.slice(1, 3) : found.slice(3, 5);
  return shaded(accent, Number(lightness), Number(share));
}

const BACKS = ["sidebar", "window", "inset", "raised", "control", "hover", "selected-quiet"];

describe.each(["light", "dark"] as const)("in %s", (theme) => {
  test.each(ACCENTS)("what %s colours is readable", (accent) => {
    const selected = derived("surface-selected", theme, accent);
    const backs = [...BACKS.map((name) => plain(`surface-${name}`, theme)), selected];
    const least = (front: Three, among: Three[]) => Math.min(...among.map((back) => contrast(front, back)));
    expect(least(derived("accent", theme, accent), backs)).toBeGreaterThan(4.5);
    expect(least(derived("focus-ring", theme, accent), backs)).toBeGreaterThan(3);
    const fills = ["accent-fill", "accent-hover", "accent-pressed"].map((name) =>
      derived(name, theme, accent),
    );
    expect(least(rgbOf("#ffffff"), fills)).toBeGreaterThan(4.5);
    for (const text of ["text-1", "text-2", "text-3"])
      expect(contrast(plain(text, theme), selected)).toBeGreaterThan(4.5);
  });
});
