// The window's four meanings, each with a shape (Mark.svelte), a colour class (base.css) and words.
import type { Importance } from "../bindings/api";

export type Meaning = Importance | "waiting";
export type Tone = "good" | "needs" | "bad" | "info" | "";

export const meanings: Record<Meaning, { tone: Tone; label: string }> = {
  good: { tone: "good", label: "Good news" },
  needsYou: { tone: "needs", label: "Needs attention" },
  bad: { tone: "bad", label: "Problem" },
  info: { tone: "info", label: "Info" },
  waiting: { tone: "", label: "Waiting" },
};
