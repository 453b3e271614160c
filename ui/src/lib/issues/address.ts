// The ends of addresses that ask for something about issues: `#/feedback/ID/issue`, `#/settings/trackers/add`.

/** Files the feedback's issue, or opens the existing one. */
export const ISSUE = "issue";
/** Adds a tracker. */
export const ADD_TRACKER = "add";
