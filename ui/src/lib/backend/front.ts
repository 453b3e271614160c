// Which of the two engines this page shows: the person's own, or the demo's. It stands in the page's address, so that
// nothing of one can be taken for the other's: showing the other is another page.

const DEMO = "?demo";

/** Whether this page shows the demo. */
export function isDemo(): boolean {
  return location.search === DEMO;
}

/** Loads the page of an engine, at a place such as `#/inbox/42`. */
export function loadFront(demo: boolean, route: string): void {
  const same = isDemo() === demo;
  const hash = route.startsWith("#") ? route : `#${route}`;
  location.replace(`${location.pathname}${demo ? DEMO : ""}${hash}`);
  // Only the part after "#" was changed, which loads nothing.
  if (same) location.reload();
}
