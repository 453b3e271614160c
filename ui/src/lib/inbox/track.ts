// The track of states over an event's facts: what is drawn for each step, and what stands below it.
import type { TrackStep } from "../bindings/api";
import type { Meaning } from "../components/meaning";
import { ago, columnTime, date, duration } from "../text/time";

export interface Step {
  state: string;
  /** How long it took, or since when it is so; empty where that is not known. */
  time: string;
  /** Before, at or after the event. `next` would come. */
  place: "been" | "here" | "next";
  meaning: Meaning;
}

/** The engine gives a few steps only: earlier rounds are one of them. */
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
  if (from === null) return to === null ? "" : `Until ${columnTime(new Date(to), now)}`;
  const began = new Date(from);
  if (to === null) return ago(began, now);
  const took = new Date(to).getTime() - began.getTime();
  return took > 0 ? duration(took) : date(began, now);
}
