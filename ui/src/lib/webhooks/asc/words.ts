// What is said about webhooks in App Store Connect: how the last delivery went, what the matter is, how a
// ping ended, what deleting takes away.
import type { AppWebhook, AppWebhooks, Listener, PingReply } from "../../bindings/api";
import type { Meaning } from "../../components/shared/meaning";
import { ago } from "../../text/time";
import { count, sentence, title } from "../../text/words";

export interface LastWords {
  meaning: Meaning;
  words: string;
  /** How to fix it. */
  hint: string;
}

/** "Delivered 4 min ago", "Answered 500, 1 h ago", "Off". In short where the reason is told beside it. */
export function lastWords(webhook: AppWebhook, now: Date, short = false): LastWords {
  const { last } = webhook;
  if (webhook.trouble)
    return {
      meaning: "needsYou",
      words: sentence(webhook.trouble.message),
      hint: sentence(webhook.trouble.hint),
    };
  if (webhook.moved)
    return {
      meaning: "needsYou",
      words: "Sends to an address this computer had before",
      hint: "Repoint it here, and its events arrive again.",
    };
  if (!webhook.enabled) return { meaning: "info", words: "Off, no deliveries", hint: "" };
  if (!last && webhook.failed === null)
    return { meaning: "waiting", words: "Looking at its deliveries", hint: "" };
  if (!last) return { meaning: "info", words: "No delivery in the last 10 days", hint: "" };
  const when = last.at === null ? "" : ago(new Date(last.at), now);
  switch (last.state) {
    case "succeeded":
      return { meaning: "good", words: `Delivered ${when}`.trim(), hint: "" };
    case "pending":
      return { meaning: "waiting", words: `On its way, sent ${when}`, hint: "" };
    case "failed":
      return {
        meaning: "bad",
        words: [(!short && title(last.means)) || failedWords(last.status), when].filter(Boolean).join(", "),
        hint: short ? "" : sentence(last.hint),
      };
  }
}

/** What leads to the log: "3 failed", or nothing. */
export function failuresWords({ failed, last }: AppWebhook): string {
  if (failed) return `${count(failed)} failed`;
  return last?.state === "failed" ? "Its deliveries" : "";
}

function failedWords(status: number | null): string {
  return status === null ? "No answer" : `Answered ${status}`;
}

/** The worst that is the matter with an app's webhooks, or null. */
export function matterOf(of: AppWebhooks | undefined): Meaning | null {
  if (!of) return null;
  if (of.trouble || of.webhooks.some(({ trouble, moved }) => trouble || moved)) return "needsYou";
  return of.webhooks.some(({ enabled, last }) => enabled && last?.state === "failed") ? "bad" : null;
}

export function pingMeaning({ outcome }: PingReply): Meaning {
  switch (outcome) {
    case "arrived":
    case "answered":
      return "good";
    case "failed":
      return "bad";
    case "wentElsewhere":
    case "disabled":
    case "unknown":
      return "needsYou";
  }
}

/** What a ping on its way is told to be doing, by the milliseconds it has been under way. */
export function underWords(milliseconds: number): string {
  if (milliseconds < 1_000) return "Asking App Store Connect for a ping";
  if (milliseconds < 8_000) return "Waiting for it to arrive";
  return "Nothing yet; looking for it in Apple’s delivery log";
}

export function deletionWords(webhook: AppWebhook): string {
  const secret =
    webhook.local === null
      ? "Its secret is not kept here."
      : "Its secret is removed from the keychain and can’t be shown again.";
  return `Apple stops sending to it at once. ${secret} What is stored here stays.`;
}

/** What becomes of the old secret when it is rotated. */
export function oldSecretWords({ here }: AppWebhook): string {
  return here
    ? "Stays good for 24 hours beside the new one, so that nothing that is on its way is refused."
    : "Its receiver is another one: copy the new secret afterwards and give it to that, or its events are refused there.";
}

/** Where this computer is reached: "through 127.0.0.1:8377". */
export function throughWords(listener: Listener | undefined): string {
  return listener?.state === "listening" ? `through ${new URL(listener.url).host}` : "";
}
