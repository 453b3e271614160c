// What is said about an answer to something that was sent again.
import type { ResendForm, ResendReply } from "../bindings/api";
import { statusWords } from "../text/status";
import { duration } from "../text/time";

/** Whether the server took it. */
export function isTaken({ status }: ResendReply): boolean {
  return status >= 200 && status < 300;
}

/** "200 OK in 84 ms" */
export function answerWords({ status, milliseconds }: ResendReply): string {
  return `${statusWords(status)} in ${duration(milliseconds)}`;
}

/** What can be said about signatures where there is no choice. */
export function signatureHint({ signed, webhook }: ResendForm): string {
  if (signed && webhook === null)
    return "The secret of its webhook isn’t in this keychain, so it can only be sent as it came.";
  if (!signed && webhook === null)
    return "It came without a signature that Hookbell has kept, and the secret of its webhook isn’t in this keychain.";
  if (!signed) return "Hookbell has no signature it came with: it was fetched, or is from an older version.";
  return "";
}
