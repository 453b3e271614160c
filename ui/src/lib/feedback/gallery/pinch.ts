// Pinching on a trackpad. Chromium reports it as a wheel with Control held; WebKit on macOS has its own events, which
// no type library declares.
import type { Attachment } from "svelte/attachments";

interface GestureEvent extends UIEvent {
  /** The distance of the fingers relative to their first distance. */
  scale: number;
  clientX: number;
  clientY: number;
}

/** Calls back with the factor since the last call. */
export function pinched(onpinch: (factor: number, event: GestureEvent) => void): Attachment<HTMLElement> {
  return (element) => {
    let last = 1;
    const begin = (event: Event) => {
      event.preventDefault();
      last = 1;
    };
    const change = (event: Event) => {
      event.preventDefault();
      const { scale } = event as GestureEvent;
      if (scale > 0) onpinch(scale / last, event as GestureEvent);
      last = scale > 0 ? scale : last;
    };
    element.addEventListener("gesturestart", begin);
    element.addEventListener("gesturechange", change);
    return () => {
      element.removeEventListener("gesturestart", begin);
      element.removeEventListener("gesturechange", change);
    };
  };
}
