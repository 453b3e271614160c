// Checks of a form before asking the engine. The engine has the last word.
import type { ApiError } from "../../bindings/api";

function at(field: string, message: string, hint: string): ApiError {
  return { code: "invalidInput", message, hint, field };
}

export function nameError(name: string): ApiError | null {
  return name.trim() === "" ? at("name", "enter a name", "for example the app it is for") : null;
}
