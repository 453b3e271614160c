// What is said of trackers.
import type { Tracker, TrackerKind } from "../bindings/api";
import { counted } from "../text/words";

interface KindWords {
  name: string;
  /** What the service calls a place, and several of them. */
  place: string;
  places: string;
  /** What the token is called there. */
  token: string;
  /** Where it is made, and what it has to allow. */
  scopes: string;
}

export const KINDS: Record<TrackerKind, KindWords> = {
  github: {
    name: "GitHub",
    place: "Repository",
    places: "repositories",
    token: "Personal access token",
    scopes:
      "A fine-grained token needs read and write access to Issues and Contents. A classic token needs the repo scope.",
  },
  linear: {
    name: "Linear",
    place: "Team",
    places: "teams",
    token: "Personal API key",
    scopes: "The key needs the Read and Create issues permissions.",
  },
  jira: {
    name: "Jira",
    place: "Project",
    places: "projects",
    token: "API token",
    scopes:
      "Create an API token without scopes in your Atlassian account. You need permission to browse the project, create issues and add attachments.",
  },
};

/** "GitHub · halden/backyard-birds" */
export function trackerWords({ service, name }: Pick<Tracker, "service" | "name">): string {
  return `${KINDS[service].name} · ${name}`;
}

/** "GitHub · mira-halden"; with the server's name where it is the person's own. */
export function ownerWords({ service, url, owner }: Tracker): string {
  const host = url === null ? "" : ` on ${hostOf(url)}`;
  return `${KINDS[service].name}${host} · ${owner}`;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** "2 open issues, 5 fixed" */
export function tallyWords({ open, done }: Tracker): string {
  if (open === 0 && done === 0) return "No issues filed yet";
  return [counted(open, "open issue"), done > 0 ? `${done} fixed` : null].filter(Boolean).join(", ");
}

/** What removing a tracker takes, and what stays. */
export function removalWords({ service, name }: Tracker): string {
  return `Hookbell deletes its token from your keychain. Issues in ${name} stay on ${KINDS[service].name}. Feedback no longer shows them until you add this tracker again.`;
}
