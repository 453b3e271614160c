// State shared by several rooms that the window starts without: created on first use, then kept with the window.
import type { WindowState } from "./windowState";

export function shared<T extends object>(make: (app: WindowState) => T): (app: WindowState) => T {
  const made = new WeakMap<WindowState, T>();
  return (app) => {
    const known = made.get(app) ?? inRoot(() => make(app));
    made.set(app, known);
    return known;
  };
}

/** Creates it outside the caller's effects; otherwise its own effects would end with those. */
function inRoot<T>(make: () => T): T {
  const made: T[] = [];
  $effect.root(() => void made.push(make()));
  return made[0] as T;
}
