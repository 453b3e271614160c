// The four meanings of the window, each with a shape (Mark.svelte), a colour class (base.css) and words.
import type { Importance } from "../../bindings/api";

export type Meaning = Importance | "waiting";
export type Tone = "good" | "needs" | "bad" | "info" | "";

export const meanings: Record<Meaning, { tone: Tone; label: string }> = {
  good: { tone: "good", label: "Good news" },
  needsYou: { tone: "needs", label: "Needs you" },
  bad: { tone: "bad", label: "Bad news" },
  info: { tone: "info", label: "For your information" },
  waiting: { tone: "", label: "Waiting" },
};
