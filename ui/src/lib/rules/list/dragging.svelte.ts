// Dragging a rule through the list with the pointer. It doesn't use the browser's drag and drop, which desktop webviews
// reserve for files.

/** Pixels the pointer has to move before a press becomes a drag. */
const DRAG_THRESHOLD = 5;
/** Pixels from the list's edge within which it scrolls during a drag, and the pixels per step. */
const EDGE = 28;
const SCROLL_STEP = 12;

export class Dragging {
  /** The dragged rule and its target: before the row with this index; the number of rows for the end. */
  now = $state.raw<{ id: number; to: number } | null>(null);

  #drop: (id: number, to: number) => void;
  #end: (() => void) | null = null;

  constructor(drop: (id: number, to: number) => void) {
    this.#drop = drop;
  }

  /** The pointer went down on a row; a drag may follow. */
  press(event: PointerEvent, id: number, list: HTMLElement): void {
    const target = event.target instanceof Element ? event.target : null;
    if (event.button !== 0 || target?.closest("button")) return;
    this.stop();
    const began = event.clientY;
    const move = ({ clientY }: PointerEvent) => {
      if (this.now === null && Math.abs(clientY - began) < DRAG_THRESHOLD) return;
      this.#scroll(list, clientY);
      this.now = { id, to: placeAt(list, clientY) };
    };
    const up = () => {
      const { now } = this;
      this.stop();
      if (!now) return;
      // The click that ends a drag must not choose a row.
      window.addEventListener("click", (click) => click.stopPropagation(), { capture: true, once: true });
      setTimeout(() => this.#drop(now.id, now.to));
    };
    const keys = (press: KeyboardEvent) => {
      if (press.key !== "Escape" || !this.now) return;
      press.stopPropagation();
      this.stop();
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", up);
    window.addEventListener("pointercancel", this.stop);
    window.addEventListener("keydown", keys, { capture: true });
    this.#end = () => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", up);
      window.removeEventListener("pointercancel", this.stop);
      window.removeEventListener("keydown", keys, { capture: true });
    };
  }

  /** Cancels the drag. */
  stop = (): void => {
    this.#end?.();
    this.#end = null;
    this.now = null;
  };

  #scroll(list: HTMLElement, y: number): void {
    const pane = list.closest(".scroll");
    const box = pane?.getBoundingClientRect();
    if (!pane || !box) return;
    if (y < box.top + EDGE) pane.scrollTop -= SCROLL_STEP;
    else if (y > box.bottom - EDGE) pane.scrollTop += SCROLL_STEP;
  }
}

/** The index of the row that a pointer at this height would drop before. */
function placeAt(list: HTMLElement, y: number): number {
  const rows = [...list.querySelectorAll<HTMLElement>("[role=row]")];
  const at = rows.findIndex((row) => {
    const { top, height } = row.getBoundingClientRect();
    return y < top + height / 2;
  });
  return at < 0 ? rows.length : at;
}
