// The track of states above an event's facts: what is drawn for each step, and the text below it.
import type { TrackStep } from "../bindings/api";
import type { Meaning } from "../components/meaning";
import { ago, columnTime, date, daysAgo, duration, shortTime } from "../text/time";

export interface Step {
  state: string;
  /** How long it took, or since when it has been so; empty if unknown. */
  time: string;
  /** Before, at or after the event. `next` is the expected state. */
  place: "been" | "here" | "next";
  meaning: Meaning;
}

/** The engine returns only a few steps: earlier rounds are combined into one. */
export function stepsOf(track: readonly TrackStep[], nextState: string | null, now: Date): Step[] {
  const steps = track.map((step): Step => ({
    state: step.state,
    time: timeOf(step, now),
    place: step.here ? "here" : "been",
    meaning: step.importance,
  }));
  return nextState === null
    ? steps
    : [...steps, { state: nextState, time: "", place: "next", meaning: "waiting" }];
}

function timeOf({ from, to }: TrackStep, now: Date): string {
  if (from === null) return to === null ? "" : `Until ${endWords(new Date(to), now)}`;
  const began = new Date(from);
  if (to === null) return daysAgo(began, now) <= 0 ? ago(began, now) : shortTime(began, now);
  const took = new Date(to).getTime() - began.getTime();
  return took > 0 ? duration(took) : date(began, now);
}

/** "14:38", "yesterday 18:52", "Wed 17:30", "16 April 2025". */
function endWords(at: Date, now: Date): string {
  return daysAgo(at, now) < 7 ? columnTime(at, now).replace("Yesterday", "yesterday") : date(at, now);
}
