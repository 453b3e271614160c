// What is said of a deletion beside the engine's own sentence, and the choices of one.
import type { Deletion, DeletionRequest, Received } from "../bindings/api";
import { counted } from "../text/words";

export const STAYS_THERE = "It can’t be brought back. App Store Connect keeps what it has.";

export function isNothing({ events, feedback }: Deletion): boolean {
  return events === 0 && feedback === 0;
}

export function ofEvents(events: number[]): DeletionRequest {
  return { events, feedback: [], within: null };
}

export function ofFeedback(feedback: string[]): DeletionRequest {
  return { events: [], feedback, within: null };
}

export const KINDS: { value: Received; label: string }[] = [
  { value: "everything", label: "Events and feedback" },
  { value: "events", label: "Events only" },
  { value: "feedback", label: "Feedback only" },
];

/** Ages that are offered, in days; 0 is everything there is. */
const AGES = [0, 30, 90, 180, 365];

export const AGE_CHOICES = AGES.map((days) => ({
  value: String(days),
  label: days === 0 ? "Of any age" : `Older than ${counted(days, "day")}`,
}));

const DAY = 24 * 60 * 60 * 1000;

/** The time before which everything of this age came. */
export function before(days: number, now: Date): string {
  return new Date(now.getTime() - days * DAY).toISOString();
}

const KEPT_FOR = [30, 90, 180, 365];

/** How long events or feedback can be kept, and whatever holds now; null is for good. */
export function keepingChoices(present: number | null): { value: string | null; label: string }[] {
  const days = present === null || KEPT_FOR.includes(present) ? KEPT_FOR : [...KEPT_FOR, present];
  return [
    { value: null, label: "Keep for good" },
    ...days
      .toSorted((a, b) => a - b)
      .map((one) => ({ value: String(one), label: `Keep ${counted(one, "day")}` })),
  ];
}
