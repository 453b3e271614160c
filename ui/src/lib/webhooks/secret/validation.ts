// What the window can say about a secret before it asks the engine. The engine has the last word.
import type { ApiError } from "../../bindings/api";

/** `secret` is null when Hookbell is to generate it. */
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
