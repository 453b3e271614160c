// What the window can say about a form before it asks the engine. The engine has the last word.
import type { ApiError } from "../../bindings/api";

function at(field: string, message: string, hint: string): ApiError {
  return { code: "invalidInput", message, hint, field };
}

export function nameError(name: string): ApiError | null {
  return name.trim() === ""
    ? at("name", "a webhook needs a name", "name it after the app, or where its events come from")
    : null;
}
