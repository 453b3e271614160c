// Checks of a webhook's form while typing. The engine and App Store Connect have the last word.
import type { ApiError } from "../../bindings/api";
import { isLocalOnly } from "../local/words";

/** The maximum length of a name, in characters. */
const LONGEST_NAME = 100;

function at(field: string, message: string, hint: string): ApiError {
  return { code: "invalidInput", message, hint, field };
}

/** `places` are the chosen apps. */
export function appsError(places: readonly string[]): ApiError | null {
  return places.length === 0 ? at("app", "no app is selected", "select at least one") : null;
}

export function nameError(name: string): ApiError | null {
  const length = [...name.trim()].length;
  if (length === 0) return at("name", "enter a name", "for example the server that receives the events");
  return length > LONGEST_NAME
    ? at("name", `the name has ${length} characters`, `use at most ${LONGEST_NAME}`)
    : null;
}

/** `url` is null for this computer. */
export function urlError(url: string | null): ApiError | null {
  if (url === null) return null;
  const given = url.trim();
  if (given === "") return at("url", "enter a payload URL", "App Store Connect sends the events there");
  if (!URL.canParse(given)) return at("url", "not a valid URL", "it starts with https:// and has no spaces");
  const { protocol, username, password } = new URL(given);
  if (username !== "" || password !== "")
    return at(
      "url",
      "the URL contains a user name or password",
      "remove it; the signature proves the sender",
    );
  if (protocol === "https:" || (protocol === "http:" && isLocalOnly(given))) return null;
  return at("url", "App Store Connect sends only to https addresses", "start the URL with https://");
}

export function typesError(types: readonly string[]): ApiError | null {
  return types.length === 0 ? at("eventTypes", "no event types are selected", "select at least one") : null;
}

/** The error when an app has its maximum number of webhooks. */
export function fullError(used: number, most: number): ApiError | null {
  return used >= most
    ? at("app", `this app already has ${used} of ${most} webhooks`, "delete one first, or choose another app")
    : null;
}
