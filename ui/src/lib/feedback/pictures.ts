// The engine's pictures for the gallery: which can be drawn, and the words about the others.
import FileQuestionMark from "@lucide/svelte/icons/file-question-mark";
import ImageDown from "@lucide/svelte/icons/image-down";
import ImageIcon from "@lucide/svelte/icons/image";
import ImageOff from "@lucide/svelte/icons/image-off";
import Lock from "@lucide/svelte/icons/lock";
import Scaling from "@lucide/svelte/icons/scaling";
import type { FeedbackFileState, Picture as Kept } from "../bindings/api";
import { moment } from "../text/time";
import { byteSize, sentence } from "../text/words";
import type { Missing, Picture } from "./gallery/picture";

type Address = (id: number, variant: "full" | "thumb") => string;

const WORDS: Record<FeedbackFileState, Missing> = {
  waiting: {
    icon: ImageDown,
    title: "Not downloaded yet",
    text: "It appears here as soon as it’s downloaded.",
  },
  refused: { icon: Lock, title: "No access", text: "This API key can’t download it." },
  gone: { icon: ImageOff, title: "No longer available", text: "App Store Connect no longer has it." },
  tooLarge: { icon: Scaling, title: "Too large", text: "It’s larger than Hookbell’s download limit." },
  notAnImage: { icon: FileQuestionMark, title: "Not an image", text: "The downloaded file isn’t an image." },
  cleared: { icon: ImageDown, title: "Removed to save space", text: "You can fetch it again." },
  kept: {
    icon: ImageOff,
    title: "Can’t be shown",
    text: "This window can’t draw the image. Your system’s viewer may be able to.",
  },
};

/** Whether requesting it from App Store Connect again may succeed. */
export function worthAsking(state: FeedbackFileState): boolean {
  return state === "waiting" || state === "cleared" || state === "gone" || state === "refused";
}

export function galleryOf(pictures: readonly Kept[], address: Address, now: Date): Picture[] {
  return pictures.map((picture) => {
    const { id, state, format, width, height, bytes } = picture;
    const kept = state === "kept";
    return {
      key: String(id),
      id,
      url: kept && picture.showable ? address(id, "full") : null,
      thumb: picture.thumbnail ? address(id, "thumb") : null,
      size: width !== null && height !== null && width > 0 && height > 0 ? { width, height } : null,
      about: [format, bytes !== null && byteSize(bytes)].filter(Boolean).join(", "),
      kept,
      again: worthAsking(state),
      missing: missingOf(picture, now),
    };
  });
}

function missingOf(picture: Kept, now: Date): Missing {
  const { state, reason, nextTry, format, showable } = picture;
  if (state === "kept" && !showable) {
    return {
      icon: ImageIcon,
      title: `${format ?? "This"} image`,
      text: `This window can’t show ${format ?? "this format"}, but your system’s viewer can.`,
    };
  }
  const words = WORDS[state];
  const told = reason === null ? words.text : sentence(reason);
  const next = nextTry === null ? "" : ` Retrying ${at(new Date(nextTry), now)}.`;
  return { ...words, text: told + next };
}

/** "at 14:52", "tomorrow, 09:12", "now" for a time that has just passed. */
function at(time: Date, now: Date): string {
  if (time <= now) return "now";
  const words = moment(time, now);
  return /^\d/.test(words) ? `at ${words}` : words;
}
