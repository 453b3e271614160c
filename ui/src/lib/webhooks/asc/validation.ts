// What the window can say about a webhook's form as one types. The engine and App Store Connect have the last word.
import type { ApiError } from "../../bindings/api";
import { isLocalOnly } from "../local/words";

/** Characters a name may have. */
const LONGEST_NAME = 100;

function at(field: string, message: string, hint: string): ApiError {
  return { code: "invalidInput", message, hint, field };
}

export function nameError(name: string): ApiError | null {
  const length = [...name.trim()].length;
  if (length === 0) return at("name", "a webhook needs a name", "name it after what receives its events");
  return length > LONGEST_NAME
    ? at("name", `the name has ${length} characters`, `use at most ${LONGEST_NAME}`)
    : null;
}

/** `url` is null for this computer. */
export function urlError(url: string | null): ApiError | null {
  if (url === null) return null;
  const given = url.trim();
  if (given === "") return at("url", "the payload URL is missing", "enter where the events are to go");
  if (!URL.canParse(given))
    return at("url", "this is no address", "it begins with https:// and has no spaces");
  const { protocol, username, password } = new URL(given);
  if (username !== "" || password !== "")
    return at(
      "url",
      "the address has a name or a password in it",
      "leave them out; the signature proves the sender",
    );
  if (protocol === "https:" || (protocol === "http:" && isLocalOnly(given))) return null;
  return at("url", "Apple sends to https only", "begin it with https://");
}

export function typesError(types: readonly string[]): ApiError | null {
  return types.length === 0 ? at("eventTypes", "no type is chosen", "choose at least one, or all") : null;
}

/** Says that no more webhook fits into the app. */
export function fullError(used: number, most: number): ApiError | null {
  return used >= most
    ? at(
        "app",
        `this app has ${used} webhooks, and Apple allows ${most}`,
        "delete one first, or choose another app",
      )
    : null;
}
