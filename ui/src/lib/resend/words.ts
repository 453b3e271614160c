// The texts about a server's reply to a resent event.
import type { ResendForm, ResendReply } from "../bindings/api";
import { statusWords } from "../text/status";
import { duration } from "../text/time";

/** Whether the server accepted it. */
export function isTaken({ status }: ResendReply): boolean {
  return status >= 200 && status < 300;
}

/** "200 OK in 84 ms" */
export function answerWords({ status, milliseconds }: ResendReply): string {
  return `${statusWords(status)} in ${duration(milliseconds)}`;
}

/** The hint about signatures when there is no choice. */
export function signatureHint({ signed, webhook }: ResendForm): string {
  if (signed && webhook === null)
    return "Its webhook’s secret isn’t in this keychain, so it can only be sent with its original signature.";
  if (!signed && webhook === null)
    return "It has no original signature, and its webhook’s secret isn’t in this keychain, so it’s sent unsigned.";
  if (!signed) return "It has no original signature: it was fetched, or stored by an older version.";
  return "";
}
