// Layout defects that can be found without knowing the page: elements outside the window, text silently cut off, and
// overlapping text.
import type { Page } from "playwright-core";

/** Elements that make the window scroll sideways, or lie outside it. */
export function runsOut(page: Page) {
  return page.evaluate(() => {
    const wide = [
      ...document.querySelectorAll(
        "main, section, nav, header, footer, [role=dialog] *, [role=alertdialog] *",
      ),
    ];
    const outside = wide.filter(
      (element) => !element.closest("pre") && element.getBoundingClientRect().right > innerWidth + 1,
    );
    // Pages scroll vertically; only code and pictures may scroll sideways.
    const sideways = [...document.querySelectorAll("*")].filter(
      (element) =>
        ["auto", "scroll"].includes(getComputedStyle(element).overflowX) &&
        element.scrollWidth > element.clientWidth + 1 &&
        !element.matches("pre, [role=region], [role=group], .gallery *"),
    );
    return [...outside, ...sideways].map((element) => element.outerHTML.slice(0, 120));
  });
}

/** Text that is cut off without an ellipsis, overflows its box, or overlaps other text; one line each. */
export function overdrawn(page: Page) {
  return page.evaluate(() => {
    type Line = {
      node: Text;
      left: number;
      top: number;
      right: number;
      bottom: number;
    };
    /** Pixels of a line's box that may be hidden or shared: its leading, never its letters. */
    const LEADING = 3;
    const lines: Line[] = [];
    const found = new Set<string>();

    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode as Text;
      if (node.data.trim() === "" || !node.parentElement || !isShown(node.parentElement)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const { left, top, right, bottom } of range.getClientRects()) {
        const line = { node, left, top, right, bottom };
        const wrong = clip(line);
        if (wrong) found.add(`${wrong}: ${said(node)}`);
        if (line.right - line.left > LEADING && line.bottom - line.top > LEADING) lines.push(line);
      }
    }
    for (const [one, other] of meeting(lines))
      if (bothSeen(one, other)) found.add(`on each other: ${said(one.node)} and ${said(other.node)}`);
    return [...found];

    function said({ data }: Text) {
      return `“${data.trim().slice(0, 60)}”`;
    }
    function isShown(element: Element) {
      return (
        !element.closest("option, script, style, title") &&
        getComputedStyle(element).clipPath === "none" &&
        element.checkVisibility({
          opacityProperty: true,
          visibilityProperty: true,
        })
      );
    }
    /** Clips a line to the part that its ancestors show, and reports what silently cuts it off. */
    function clip(line: Line) {
      let wrong: string | null = null;
      let own = true;
      for (let box = line.node.parentElement; box && box !== document.body; box = box.parentElement) {
        const style = getComputedStyle(box);
        if (["inline", "contents"].includes(style.display)) continue;
        const edge = box.getBoundingClientRect();
        const beside = line.right > edge.right + 1 || line.left < edge.left - 1;
        const hides = (overflow: string) => ["hidden", "clip"].includes(overflow);
        if (own && beside && style.overflowX === "visible") wrong = "runs out of its box";
        own = false;
        if (beside && hides(style.overflowX) && style.textOverflow === "clip") wrong = "cut off at the side";
        const below = line.bottom > edge.bottom + LEADING || line.top < edge.top - LEADING;
        // A line clamp ends in an ellipsis.
        const clamps = style.webkitLineClamp !== "none";
        if (below && hides(style.overflowY) && !clamps) wrong = "cut off below";
        if (style.overflowX !== "visible") {
          line.left = Math.max(line.left, edge.left);
          line.right = Math.min(line.right, edge.right);
        }
        if (style.overflowY !== "visible") {
          line.top = Math.max(line.top, edge.top);
          line.bottom = Math.min(line.bottom, edge.bottom);
        }
        if (style.position === "fixed") break;
      }
      return wrong;
    }
    /** The pairs of lines that share more than their leading. */
    function* meeting(all: Line[]): Generator<[Line, Line]> {
      all.sort((a, b) => a.top - b.top);
      for (const [at, upper] of all.entries()) {
        for (const lower of all.slice(at + 1)) {
          if (lower.top > upper.bottom - LEADING) break;
          const shared = Math.min(upper.right, lower.right) - Math.max(upper.left, lower.left);
          if (shared > LEADING && upper.node !== lower.node) yield [upper, lower];
        }
      }
    }
    /** Whether both are visible where they overlap: nothing with a background is between them. */
    function bothSeen(one: Line, other: Line) {
      const middle = (from: number[], to: number[]) => (Math.max(...from) + Math.min(...to)) / 2;
      const x = middle([one.left, other.left], [one.right, other.right]);
      const y = middle([one.top, other.top], [one.bottom, other.bottom]);
      for (const above of document.elementsFromPoint(x, y)) {
        if (above.contains(one.node) && above.contains(other.node)) return true;
        const { backgroundColor } = getComputedStyle(above);
        if (backgroundColor !== "rgba(0, 0, 0, 0)") return false;
      }
      return false;
    }
  });
}
