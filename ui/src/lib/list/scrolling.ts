// Tracks the scroll position of an element, every frame while it moves. Scroll events alone aren't enough: a busy
// machine skips frames without one, and rows not drawn by then are blank.
import type { Attachment } from "svelte/attachments";

/** Frames without movement after which scrolling counts as over. */
const REST = 12;

/** Calls back with the scroll offset in pixels whenever it changed, before the frame is drawn. */
export function scrolling(onmoved: (pixels: number) => void): Attachment<HTMLElement> {
  return (element) => {
    let last = element.scrollTop;
    let resting = 0;
    let frame = 0;
    const look = () => {
      resting = element.scrollTop === last ? resting + 1 : 0;
      if (resting === 0) onmoved((last = element.scrollTop));
      frame = resting < REST ? requestAnimationFrame(look) : 0;
    };
    const begin = () => {
      resting = 0;
      if (frame === 0) look();
    };
    element.addEventListener("scroll", begin, { passive: true });
    return () => {
      element.removeEventListener("scroll", begin);
      cancelAnimationFrame(frame);
    };
  };
}
