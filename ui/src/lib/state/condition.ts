// Chooses the condition for the banner: only the worst one is shown.
import { isDemo } from "../backend/front";
import type { Status, TroubleKind } from "../bindings/api";
import type { Meaning } from "../components/meaning";
import { moment } from "../text/time";
import { sentence, title } from "../text/words";
import { footWords } from "../tunnel/foot";

export type Remedy = "listener" | "tunnel" | "webhooks" | "unlock" | "allow" | "dismiss" | "resume" | "rules";

export interface Condition {
  meaning: Meaning;
  title: string;
  detail: string;
  /** The file it is about. */
  path?: string | null;
  /** What the banner's button does; null if only the hint can help. */
  remedy: Remedy | null;
}

const remedies: Partial<Record<TroubleKind, Remedy>> = {
  keychainLocked: "unlock",
  notificationsNotAsked: "allow",
  refused: "webhooks",
  rules: "rules",
  setAside: "dismiss",
  tray: "dismiss",
  tunnel: "tunnel",
};

/** Conditions for which the sidebar's foot shows the status headline, whatever the listener's state. */
const apart: TroubleKind[] = [
  "keychain",
  "keychainLocked",
  "refused",
  "notifications",
  "notificationsNotAsked",
  "feedback",
  "rules",
  "settings",
];

export function conditionOf(status: Status, now: Date): Condition | null {
  const { trouble, listener } = status;
  if (trouble) {
    if (trouble.kind === "listener")
      return { meaning: "bad", title: title(trouble.title), detail: "", remedy: "listener" };
    const said = [trouble.detail, trouble.hint].filter((words) => words !== "").map(sentence);
    return {
      meaning: trouble.kind === "store" ? "bad" : "needsYou",
      title: title(trouble.title),
      detail: said.join(" "),
      path: trouble.path,
      remedy: remedies[trouble.kind] ?? null,
    };
  }
  if (listener.state === "portTaken") {
    return { meaning: "bad", title: `Port ${listener.port} is taken`, detail: "", remedy: "listener" };
  }
  if (listener.state === "failed") {
    return { meaning: "bad", title: title(listener.message), detail: "", remedy: "listener" };
  }
  if (status.pausedUntil !== null) {
    const until = moment(new Date(status.pausedUntil), now);
    return { meaning: "info", title: `Paused until ${until}`, detail: "", remedy: "resume" };
  }
  return null;
}

/** The sidebar's foot: its mark is never better than its words. */
export function connectionOf(status: Status, now: Date): { meaning: Meaning; title: string; text: string } {
  const { trouble, listener, tunnel, pausedUntil } = status;
  const told = { title: status.headline, text: status.detail };
  const kind = trouble?.kind;
  if (kind === "store") return { meaning: "bad", ...told };
  if (kind && apart.includes(kind)) return { meaning: "needsYou", ...told };
  switch (listener.state) {
    case "starting":
      return { meaning: "waiting", ...told };
    case "portTaken":
    case "failed":
      return { meaning: "bad", ...told };
    case "listening":
    case "elsewhere":
      if (pausedUntil !== null) return { meaning: "info", ...told };
      if (isDemo()) return { meaning: "info", title: "Demo", text: "Simulated data" };
      return tunnel === null ? { meaning: "good", ...told } : footWords(tunnel, now);
  }
}
