// Checks of a secret before asking the engine. The engine has the last word.
import type { ApiError } from "../../bindings/api";

/** `secret` is null if Hookbell generates it. */
export function secretError(secret: string | null): ApiError | null {
  return secret === ""
    ? {
        code: "invalidInput",
        message: "enter a secret",
        hint: "or let Hookbell generate one",
        field: "secret",
      }
    : null;
}
