// The texts about webhooks in App Store Connect: the last delivery, problems, pings, the outcome of creating one, what
// deleting removes.
import type { AppWebhook, AppWebhooks, Listener, PingReply } from "../../bindings/api";
import type { Meaning } from "../../components/meaning";
import { ago } from "../../text/time";
import { count, counted, sentence, title } from "../../text/words";
import type { Ping } from "./pings.svelte";
import type { Creation } from "./webhookDraft.svelte";

export interface LastWords {
  meaning: Meaning;
  words: string;
  /** How to fix it. */
  hint: string;
}

/** "Delivered 4 min ago", "Replied 500, 1 h ago", "Disabled". `short`: the reason is shown next to it. */
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
      words: "Still using this computer’s old address",
      hint: "Update it to receive its events again.",
    };
  if (!webhook.enabled) return { meaning: "info", words: "Disabled", hint: "" };
  if (!last && webhook.failed === null)
    return { meaning: "waiting", words: "Checking deliveries…", hint: "" };
  if (!last) return { meaning: "info", words: "No deliveries in the last 10 days", hint: "" };
  if (last.signature === "rotated")
    return { meaning: "waiting", words: title(last.means), hint: short ? "" : sentence(last.hint) };
  const when = last.at === null ? "" : ago(new Date(last.at), now);
  switch (last.state) {
    case "succeeded":
      return { meaning: "good", words: `Delivered ${when}`.trim(), hint: "" };
    case "pending":
      return { meaning: "waiting", words: `Pending, sent ${when}`, hint: "" };
    case "failed":
      return {
        meaning: "bad",
        words: [(!short && title(last.means)) || failedWords(last.status), when].filter(Boolean).join(" · "),
        hint: short ? "" : sentence(last.hint),
      };
  }
}

/** The label of the link to the log: "3 failed", or empty. */
export function failuresWords({ failed, last }: AppWebhook): string {
  if (failed) return `${count(failed)} failed`;
  return last?.state === "failed" ? "Deliveries" : "";
}

function failedWords(status: number | null): string {
  return status === null ? "No response" : `Replied ${status}`;
}

function fails({ enabled, last }: AppWebhook): boolean {
  return enabled && last?.state === "failed" && last.signature !== "rotated";
}

/** The worst problem of an app's webhooks, or null. */
export function matterOf(of: AppWebhooks | undefined): Meaning | null {
  if (!of) return null;
  if (of.trouble || of.webhooks.some(({ trouble, moved }) => trouble || moved)) return "needsYou";
  return of.webhooks.some(fails) ? "bad" : null;
}

/** The same in words, for the app's row: "1 webhook failing". */
export function matterWords(of: AppWebhooks | undefined): string {
  if (!of) return "";
  if (of.trouble) return title(of.trouble.message);
  const trouble = of.webhooks.find((webhook) => webhook.trouble)?.trouble;
  if (trouble) return title(trouble.message);
  const moved = of.webhooks.filter((webhook) => webhook.moved).length;
  if (moved > 0)
    return moved === 1 ? "1 webhook uses an old address" : `${count(moved)} webhooks use an old address`;
  const failing = of.webhooks.filter(fails).length;
  return failing === 0 ? "" : `${counted(failing, "webhook")} failing`;
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

/** What a ping is waiting for, given the milliseconds since it was requested. */
export function underWords(milliseconds: number): string {
  if (milliseconds < 1_000) return "Asking App Store Connect for a ping";
  if (milliseconds < 8_000) return "Waiting for the ping";
  return "Nothing yet; checking Apple’s delivery log";
}

/** The outcome of creating a webhook in one of several apps, and then of its ping. */
export function creationWords(
  result: Creation | undefined,
  ping: Ping | undefined,
): { meaning: Meaning; words: string } | null {
  switch (result?.state) {
    case undefined:
      return null;
    case "creating":
      return { meaning: "waiting", words: "Creating…" };
    case "refused":
      return { meaning: "bad", words: "Not created" };
    case "created":
      if (ping?.state === "under") return { meaning: "waiting", words: "Created. Testing…" };
      if (ping?.state === "refused") return { meaning: "needsYou", words: title(ping.error.message) };
      if (ping) return { meaning: pingMeaning(ping.reply), words: title(ping.reply.headline) };
      return { meaning: "good", words: "Created" };
  }
}

export function deletionWords(webhook: AppWebhook): string {
  const secret =
    webhook.local === null
      ? "Its secret isn’t stored in Hookbell."
      : "Its secret is removed from your keychain and can’t be recovered.";
  return `App Store Connect stops sending to it immediately. ${secret} Stored events stay.`;
}

/** What happens to the old secret when it is rotated. */
export function oldSecretWords({ here }: AppWebhook): string {
  return here
    ? "Stays valid for 24 hours, so deliveries already on their way aren’t rejected."
    : "Another server receives this webhook. Copy the new secret there afterwards, or it will reject the events.";
}

/** What repointing a webhook here changes. */
export function repointWords({ local, url }: AppWebhook): string {
  const secret = local === null ? " It gets a new secret, because the current one can’t be read." : "";
  return `Events will come here instead of ${url}.${secret}`;
}

/** How this computer is reached: "through 127.0.0.1:8377". */
export function throughWords(listener: Listener | undefined): string {
  return listener?.state === "listening" ? `through ${new URL(listener.url).host}` : "";
}
