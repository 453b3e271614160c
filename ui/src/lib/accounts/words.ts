// The texts about an account: its key, its remaining requests, the result of a check.
import type { Account, AccountCheck, ApiError } from "../bindings/api";
import type { Meaning } from "../components/meaning";
import { count, counted } from "../text/words";

const APPLE = "https://api.appstoreconnect.apple.com";

/** "Team key 2X9R4HXF34", plus the API's address if it isn't Apple's. */
export function keyWords(account: Account): string {
  const kind = account.issuerId === null ? "Individual key" : "Team key";
  const host = hostOf(account.baseUrl);
  return `${kind} ${account.keyId}${host === null ? "" : `, at ${host}`}`;
}

function hostOf(baseUrl: string): string | null {
  if (baseUrl.replace(/\/$/, "") === APPLE) return null;
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl;
}

/** "2,150 of 3,600 API requests left", or empty until App Store Connect reports a limit. */
export function limitWords({ rateLimit }: Account): string {
  return rateLimit === null
    ? ""
    : `${count(rateLimit.remaining)} of ${count(rateLimit.limit)} API requests left`;
}

/** The result of a check that found no problem. */
export function checkWords({ apps }: AccountCheck): string {
  return apps === null ? "The key works." : `The key works. It has access to ${counted(apps, "app")}.`;
}

/** Below a tenth of the hourly limit, event details are no longer read. */
const NEARLY_USED_UP = 0.1;

/** The meaning of an account's mark. A problem that resolves itself needs no attention. */
export function markOf({ rateLimit }: Account, wrong: ApiError | null): { meaning: Meaning; label: string } {
  const passes = wrong?.code === "appleUnreachable" || wrong?.code === "rateLimited";
  if (wrong && !passes) return { meaning: "needsYou", label: "Needs attention" };
  if (wrong) return { meaning: "waiting", label: "Unknown" };
  const left = rateLimit === null ? 1 : rateLimit.remaining / Math.max(rateLimit.limit, 1);
  return left > NEARLY_USED_UP
    ? { meaning: "good", label: "In use" }
    : { meaning: "waiting", label: "Limit nearly used" };
}
