// The one way to the host: ask a command, hear what it pushes. Everything else in the window is written
// against this interface, so the same pages run in the desktop shell and in a plain browser.
import type { ApiError, Commands, DemoPush, Push as EnginePush } from "../bindings/api";

export type Command = keyof Commands;

/** What the host tells of its own accord: the engine in front, or that another one has come there. */
export type Push = EnginePush | DemoPush;

export type PictureVariant = "full" | "thumb";

export interface Backend {
  /** Rejects with an `ApiError`, never with anything else. */
  call<C extends Command>(command: C, request: Commands[C][0]): Promise<Commands[C][1]>;
  /** Calls back for every push until the returned function is called. */
  onPush(heard: (push: Push) => void): () => void;
  /** Where a screenshot is: whole, or as its thumbnail. Only for an `<img>`; it can't be read by a script. */
  pictureUrl(id: number, variant: PictureVariant): string;
  /** Closes the window; Hookbell stays in the tray. */
  closeWindow(): void;
  /** Quits Hookbell. */
  quit(): void;
  /** Lets the person choose a key file. Gives its path, or null if none was chosen; nobody here reads it. */
  chooseKeyFile(): Promise<string | null>;
  /** Calls back with the paths of the key files dropped on the window together, until the returned function is called. */
  onKeyFilesDropped(dropped: (paths: string[]) => void): () => void;
}

/** Turns whatever was thrown into an `ApiError`, so that every failure can be shown in the same way. */
export function asApiError(thrown: unknown): ApiError {
  if (isApiError(thrown)) return thrown;
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    code: "internal",
    message: "Hookbell's engine did not answer",
    hint: `Quit Hookbell and start it again. The reason given was: ${reason}`,
    field: null,
  };
}

function isApiError(thrown: unknown): thrown is ApiError {
  return (
    typeof thrown === "object" &&
    thrown !== null &&
    "code" in thrown &&
    "message" in thrown &&
    "hint" in thrown
  );
}
