// What is said about an account: its key, what is left of its limit, what a check found.
import type { Account, AccountCheck, ApiError } from "../bindings/api";
import type { Meaning } from "../components/meaning";
import { count, counted } from "../text/words";

const APPLE = "https://api.appstoreconnect.apple.com";

/** "Team key 2X9R4HXF34", and where its API is if that is not Apple's. */
export function keyWords(account: Account): string {
  const kind = account.issuerId === null ? "Individual key" : "Team key";
  const host = hostOf(account.baseUrl);
  return `${kind} ${account.keyId}${host === null ? "" : `, at ${host}`}`;
}

function hostOf(baseUrl: string): string | null {
  if (baseUrl.replace(/\/$/, "") === APPLE) return null;
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl;
}

/** "2,150 of 3,600 API requests left", or nothing as long as App Store Connect has not said. */
export function limitWords({ rateLimit }: Account): string {
  return rateLimit === null
    ? ""
    : `${count(rateLimit.remaining)} of ${count(rateLimit.limit)} API requests left`;
}

/** What a check found, where it found nothing wrong. */
export function checkWords({ apps }: AccountCheck): string {
  return apps === null ? "The key works." : `The key works. It has access to ${counted(apps, "app")}.`;
}

/** With less than a tenth of the hour left, details of events are not read any more. */
const NEARLY_USED_UP = 0.1;

/** What an account's mark means. What passes without anybody's help needs no attention. */
export function markOf({ rateLimit }: Account, wrong: ApiError | null): { meaning: Meaning; label: string } {
  const passes = wrong?.code === "appleUnreachable" || wrong?.code === "rateLimited";
  if (wrong && !passes) return { meaning: "needsYou", label: "Needs attention" };
  if (wrong) return { meaning: "waiting", label: "Unknown" };
  const left = rateLimit === null ? 1 : rateLimit.remaining / Math.max(rateLimit.limit, 1);
  return left > NEARLY_USED_UP
    ? { meaning: "good", label: "In use" }
    : { meaning: "waiting", label: "Limit nearly used" };
}
