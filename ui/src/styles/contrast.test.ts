// Every pair of colours used for text or marks, in both themes, meets WCAG AA: 4.5 for text, 3 for shapes, outlines and
// the focus ring. Disabled controls and plain separators are exempt.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");
const [plain = "", more = ""] = css.split("@media (prefers-contrast: more)");

type Tokens = Map<string, Record<Theme, string>>;
function tokensOf(text: string): Tokens {
  const lines = text.matchAll(/--([\w-]+):\s*(?:light-dark\((#\w{6}), (#\w{6})\)|(#\w{6}))\s*;/g);
  return new Map(
    [...lines].map(([, name = "", light = "", dark = "", both = ""]) => [
      name,
      { light: light || both, dark: dark || both },
    ]),
  );
}

type Theme = "light" | "dark";
const KINDS: [string, Tokens][] = [
  ["as it is", tokensOf(plain)],
  ["with more contrast", new Map([...tokensOf(plain), ...tokensOf(more)])],
];
const CASES = KINDS.flatMap(([kind, tokens]) =>
  (["light", "dark"] as const).map((theme) => [theme, kind, tokens] as const),
);
function colour(tokens: Tokens, name: string, theme: Theme): string {
  const found = tokens.get(name);
  if (!found) throw new Error(`tokens.css has no --${name}`);
  return found[theme];
}
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const BACKS = ["sidebar", "window", "inset", "raised", "control", "hover", "selected", "selected-quiet"].map(
  (name) => `surface-${name}`,
);
const ALL = [...BACKS, "surface-pressed"];
const MEANINGS = ["good", "needs", "bad", "info"];
const MEANT = MEANINGS.map((name) => `${name}-bg`);

/** Foregrounds, backgrounds, and the least contrast between them. */
const PAIRS: [string[], string[], number][] = [
  [["text-1", "text-2", "text-3"], ALL, 4.5],
  [["text-1", "text-2"], MEANT, 4.5],
  [["text-1"], ["surface-segment", "found"], 4.5],
  [["accent"], BACKS, 4.5],
  [["on-accent"], ["accent-fill", "accent-hover"], 4.5],
  [MEANINGS.map((name) => `${name}-fg`), BACKS, 4.5],
  [["code-key", "code-string", "code-number", "code-mark"], ["surface-inset", "surface-window"], 4.5],
  [MEANINGS.map((name) => `${name}-mark`), BACKS, 3],
  [["control-outline"], ["surface-window", "surface-raised", "surface-sidebar"], 3],
  [["focus-ring"], BACKS, 3],
];

describe.each(CASES)("in %s, %s", (theme, _, tokens) => {
  test.each(PAIRS)("%s can be told from %s", (fronts, backs, least) => {
    const low = fronts.flatMap((front) =>
      backs
        .map((back) => ({
          front,
          back,
          is: contrast(colour(tokens, front, theme), colour(tokens, back, theme)),
        }))
        .filter(({ is }) => is < least),
    );
    expect(low).toEqual([]);
  });
  test("words stand in the colour of their own meaning", () => {
    for (const name of MEANINGS)
      expect(
        contrast(colour(tokens, `${name}-fg`, theme), colour(tokens, `${name}-bg`, theme)),
      ).toBeGreaterThanOrEqual(4.5);
  });
});
