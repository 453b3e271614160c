// Checks of a key that need no request. The engine has the last word.
import type { ApiError } from "../bindings/api";

function at(field: string, message: string, hint: string): ApiError {
  return { code: "invalidInput", message, hint, field };
}

export function keyFileError(path: string): ApiError | null {
  return path.trim() === ""
    ? at(
        "keyFile",
        "choose a key file",
        "choose the AuthKey_….p8 file from App Store Connect, or drop it here",
      )
    : null;
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** `issuerId` is null for an individual key, which has none. */
export function issuerError(issuerId: string | null): ApiError | null {
  if (issuerId === null) return null;
  const given = issuerId.trim();
  if (given === "")
    return at("issuerId", "enter the issuer ID", "copy it from above the list of keys in App Store Connect");
  return UUID.test(given)
    ? null
    : at("issuerId", "not a valid issuer ID", "it looks like 57246542-96fe-1a63-e053-0824d011072a");
}

export function accountNameError(name: string): ApiError | null {
  return name.trim() === "" ? at("name", "enter a name", "for example your team’s name") : null;
}

/** Whether a typed path looks complete. A chosen or dropped file is read whatever its name. */
export function looksFinished(path: string): boolean {
  return /\.(p8|txt|json|pem|key|b64|base64)$/i.test(path.trim());
}
