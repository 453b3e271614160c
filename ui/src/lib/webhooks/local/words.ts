// What is said about a webhook: its last event, what was refused, how a test went, what removing it takes away.
import type { TestReply, Webhook } from "../../bindings/api";
import type { Meaning } from "../../components/shared/meaning";
import { ago, duration } from "../../text/time";
import { apart, count, counted } from "../../text/words";

/** The second line of its row: "Rejected: 3.2 needs changes, 4 min ago". */
export function lastWords(webhook: Webhook, now: Date): string {
  if (!webhook.last) return "No event yet";
  return `${apart(webhook.last.title)}, ${ago(new Date(webhook.last.at), now)}`;
}

/** The worst that is the matter with it, or null. */
export function matter(webhook: Webhook): Meaning | null {
  if (webhook.trouble) return "needsYou";
  return webhook.refused ? "bad" : null;
}

/** "3 refused: wrong signature · 4 min ago" */
export function refusedWords(
  { count: refused, reason, lastAt }: NonNullable<Webhook["refused"]>,
  now: Date,
): string {
  return `${count(refused)} refused: ${reason} · ${ago(new Date(lastAt), now)}`;
}

export interface TestWords {
  meaning: "good" | "bad";
  /** The words before the number, the number, and the words after it. */
  before: string;
  figure: string;
  after: string;
}

export function testWords(reply: TestReply): TestWords {
  const figure = duration(reply.milliseconds);
  return reply.status === 200
    ? { meaning: "good", before: "Ping arrived in ", figure, after: ", signature good." }
    : {
        meaning: "bad",
        before: `Hookbell’s own listener answered ${reply.status} after `,
        figure,
        after: ". The ping was not stored.",
      };
}

/** What goes and what stays when it is removed. */
export function removalWords(webhook: Webhook): string {
  const secret =
    webhook.origin === "local"
      ? "Its secret is removed from the keychain and can’t be brought back."
      : "The command that made it keeps its secret.";
  const events =
    webhook.events === 0
      ? "No event is lost."
      : webhook.events === 1
        ? "The one stored event stays."
        : `The ${counted(webhook.events, "stored event")} stay.`;
  return `Whatever is sent to its payload URL is refused from now on. ${secret} ${events}`;
}

/** Whether only this computer can reach the address, so that Apple needs a tunnel in front of it. */
export function isLocalOnly(payloadUrl: string): boolean {
  return /^https?:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?(\/|$)/i.test(payloadUrl);
}
