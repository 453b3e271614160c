// A tooltip that repeats readable text only gets in the way, so it is set only where the text is cut off.
import type { Attachment } from "svelte/attachments";

/** Sets an element's full text as its tooltip while the pointer is over it and the text doesn't fit. */
export function titleWhereCut(text: string): Attachment<HTMLElement> {
  return (element) => {
    const look = () => {
      const isCut = element.scrollWidth > element.clientWidth;
      if (isCut && element.title !== text) element.title = text;
      else if (!isCut && element.hasAttribute("title")) element.removeAttribute("title");
    };
    // The list reuses elements for other rows: the previous row's tooltip must not stay.
    element.removeAttribute("title");
    element.addEventListener("pointerenter", look);
    return () => element.removeEventListener("pointerenter", look);
  };
}
