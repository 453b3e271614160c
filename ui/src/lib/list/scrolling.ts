// How far an element is scrolled, frame by frame while it moves. Scroll events alone are not enough: a busy
// machine lets frames pass without one, and what was not drawn then is blank.
import type { Attachment } from "svelte/attachments";

/** Frames of rest after which nothing moves any more. */
const REST = 12;

/** Calls back with the pixels from the top whenever they have changed, before the frame is drawn. */
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
