// What is shown, from the room's address: `#/insights/APP/DAYS`, `#/insights/webhook:ID/DAYS`.
import type { InsightsApp } from "../bindings/api";

export interface Choice {
  /** An app's id, or `webhook:` and the id of a webhook whose app is unknown; null for the first one. */
  key: string | null;
  days: number;
}

export const RANGES = [
  { days: 7, label: "Last 7 days" },
  { days: 30, label: "Last 30 days" },
  { days: 50, label: "Last 50 days" },
  { days: 90, label: "Last 90 days" },
  { days: 365, label: "Last year" },
] as const;

const USUAL_DAYS = 30;

const WEBHOOK_PREFIX = "webhook:";

export function keyOf({ app, webhook }: InsightsApp): string {
  return app ?? `${WEBHOOK_PREFIX}${webhook}`;
}

/** The app or webhook of a key; neither for the first app. */
export function subjectOf(key: string | null): Pick<InsightsApp, "app" | "webhook"> {
  if (key?.startsWith(WEBHOOK_PREFIX)) return { app: null, webhook: key.slice(WEBHOOK_PREFIX.length) };
  return { app: key, webhook: null };
}

/** What an address asks for. Missing parts default to the last choice. */
export function choiceOf(id: string | null, part: string | null, last: Choice | null): Choice {
  const days = RANGES.find((range) => String(range.days) === part)?.days;
  return { key: id ?? last?.key ?? null, days: days ?? last?.days ?? USUAL_DAYS };
}

export function rangeWords(days: number): string {
  return RANGES.find((range) => range.days === days)?.label ?? `Last ${days} days`;
}
