// A tooltip that repeats what can be read anyway is in the way: it is there only where the text is cut.
import type { Attachment } from "svelte/attachments";

/** Gives an element its whole text as a tooltip while the pointer is over it and the text does not fit. */
export function titleWhereCut(text: string): Attachment<HTMLElement> {
  return (element) => {
    const look = () => {
      const isCut = element.scrollWidth > element.clientWidth;
      if (isCut && element.title !== text) element.title = text;
      else if (!isCut && element.hasAttribute("title")) element.removeAttribute("title");
    };
    // The element draws one row after another: the tooltip of the last one does not stay.
    element.removeAttribute("title");
    element.addEventListener("pointerenter", look);
    return () => element.removeEventListener("pointerenter", look);
  };
}
