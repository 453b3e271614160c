// The texts and choices of a deletion, besides the engine's own sentence.
import type { Deletion, DeletionRequest, Received } from "../bindings/api";
import { counted } from "../text/words";

export const STAYS_THERE = "This can’t be undone. App Store Connect keeps its own data.";

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

/** The ages on offer, in days; 0 means any age. */
const AGES = [0, 30, 90, 180, 365];

export const AGE_CHOICES = AGES.map((days) => ({
  value: String(days),
  label: days === 0 ? "Any age" : `Older than ${counted(days, "day")}`,
}));

const DAY = 24 * 60 * 60 * 1000;

/** The time before which everything of this age was received. */
export function before(days: number, now: Date): string {
  return new Date(now.getTime() - days * DAY).toISOString();
}

const KEPT_FOR = [30, 90, 180, 365];

/** How long events or feedback can be kept, including the current setting; null means forever. */
export function keepingChoices(present: number | null): { value: string | null; label: string }[] {
  const days = present === null || KEPT_FOR.includes(present) ? KEPT_FOR : [...KEPT_FOR, present];
  return [
    { value: null, label: "Keep forever" },
    ...days
      .toSorted((a, b) => a - b)
      .map((one) => ({ value: String(one), label: `Keep ${counted(one, "day")}` })),
  ];
}
