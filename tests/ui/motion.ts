// The durations of animations.
import type { Page } from "playwright-core";

/** Everything on the page that would move for longer than this many milliseconds, one line each. */
export function motions(page: Page, most: number) {
  return page.evaluate((limit) => {
    const longest = (list: string) =>
      Math.max(...list.split(", ").map((time) => parseFloat(time) * (time.endsWith("ms") ? 1 : 1000)));
    const found = new Set<string>();
    for (const element of document.querySelectorAll("*")) {
      for (const part of [null, "::before", "::after"]) {
        const style = getComputedStyle(element, part);
        const times = {
          transition: longest(style.transitionDuration) + longest(style.transitionDelay),
          animation:
            style.animationName === "none"
              ? 0
              : longest(style.animationDuration) + longest(style.animationDelay),
          scrolling: style.scrollBehavior === "smooth" ? Infinity : 0,
        };
        for (const [kind, time] of Object.entries(times))
          if (time > limit)
            found.add(`${kind} of ${time} ms: ${element.outerHTML.slice(0, 80)}${part ?? ""}`);
      }
    }
    return [...found];
  }, most);
}
