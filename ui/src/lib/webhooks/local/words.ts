// The texts about a webhook that is set up only here: its last event, rejections, tests, what removing it deletes.
import type { TestReply, Webhook } from "../../bindings/api";
import type { Meaning } from "../../components/meaning";
import { ago, duration } from "../../text/time";
import { apart, count, counted, title } from "../../text/words";

/** The second line of its row: "Rejected: 3.2 needs changes, 4 min ago". */
export function lastWords(webhook: Webhook, now: Date): string {
  if (!webhook.last) return "No events yet";
  return `${apart(webhook.last.title)}, ${ago(new Date(webhook.last.at), now)}`;
}

/** Its worst problem, or null. */
export function matter(webhook: Webhook): Meaning | null {
  if (webhook.trouble) return "needsYou";
  if (!webhook.refused) return null;
  return webhook.refused.mismatch && webhook.previousSecretUntil !== null ? "waiting" : "bad";
}

/** Its problem, for its row; empty if there is none. */
export function matterWords({ trouble, refused, previousSecretUntil }: Webhook): string {
  if (trouble) return title(trouble.message);
  if (!refused) return "";
  if (refused.mismatch && previousSecretUntil !== null) return "Waiting for a verified delivery";
  return refused.mismatch ? "Secret mismatch" : "Rejecting requests";
}

/** "3 rejected: wrong signature · 4 min ago" */
export function refusedWords(
  { count: refused, reason, lastAt }: NonNullable<Webhook["refused"]>,
  now: Date,
): string {
  return `${count(refused)} rejected: ${reason} · ${ago(new Date(lastAt), now)}`;
}

/** What to do about rejected requests. */
export function refusedHint({ refused, previousSecretUntil }: Webhook): string {
  if (!refused) return "";
  if (!refused.mismatch)
    return "Rejected requests aren’t stored. If they came from Apple, check the tunnel or proxy.";
  return previousSecretUntil === null
    ? "Rejected requests aren’t stored. If they came from Apple, the secret in App Store Connect doesn’t match this one."
    : "Secret rotated. Copy it to App Store Connect; this clears once a delivery is verified.";
}

export interface TestWords {
  meaning: "good" | "bad";
  /** The text before the number, the number, and the text after it. */
  before: string;
  figure: string;
  after: string;
}

export function testWords(reply: TestReply): TestWords {
  const figure = duration(reply.milliseconds);
  return reply.status === 200
    ? { meaning: "good", before: "Ping arrived in ", figure, after: ", signature verified." }
    : {
        meaning: "bad",
        before: `Hookbell’s own listener replied ${reply.status} after `,
        figure,
        after: ". The ping wasn’t stored.",
      };
}

/** What removing it deletes and what stays. */
export function removalWords(webhook: Webhook): string {
  const secret =
    webhook.origin === "local"
      ? "Its secret is removed from your keychain and can’t be recovered."
      : "The command that created it keeps its secret.";
  const events =
    webhook.events === 0
      ? "It has no events."
      : webhook.events === 1
        ? "Its one stored event stays."
        : `Its ${counted(webhook.events, "stored event")} stay.`;
  return `Hookbell will reject everything sent to its payload URL. ${secret} ${events}`;
}

/** Whether only this computer can reach the address, so that Apple needs a tunnel. */
export function isLocalOnly(payloadUrl: string): boolean {
  return /^https?:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?(\/|$)/i.test(payloadUrl);
}
