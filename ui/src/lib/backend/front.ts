// Which engine this page shows: the person's own or the demo's. The page's address says so, and switching loads a new
// page, so that the two engines' data can't be mixed up.

const DEMO = "?demo";

/** Whether this page shows the demo. */
export function isDemo(): boolean {
  return location.search === DEMO;
}

/** Loads an engine's page at a route such as `#/inbox/42`. */
export function loadFront(demo: boolean, route: string): void {
  const same = isDemo() === demo;
  const hash = route.startsWith("#") ? route : `#${route}`;
  location.replace(`${location.pathname}${demo ? DEMO : ""}${hash}`);
  // Only the part after "#" changed, which doesn't load the page.
  if (same) location.reload();
}
