// The window's only connection to the host: calling commands and receiving pushes. Everything else is written against
// this interface, so the same pages run in the desktop shell and in a plain browser.
import type { ApiError, Commands, DemoPush, Push as EnginePush } from "../bindings/api";

export type Command = keyof Commands;

/** What the host pushes: news from the engine in front, or that another engine has come to the front. */
export type Push = EnginePush | DemoPush;

/** What a file is chosen for: an API key, a build to upload, or a list of testers. */
export type FileKind = "key" | "build" | "testers";

export type PictureVariant = "full" | "thumb";

export interface Backend {
  /** Rejects only with an `ApiError`. */
  call<C extends Command>(command: C, request: Commands[C][0]): Promise<Commands[C][1]>;
  /** Subscribes to pushes. The returned function unsubscribes. */
  onPush(heard: (push: Push) => void): () => void;
  /** The URL of a screenshot or of its thumbnail. It works only in an `<img>`; scripts can't read it. */
  pictureUrl(id: number, variant: PictureVariant): string;
  /** Closes the window; Hookbell stays in the tray. */
  closeWindow(): void;
  /** Quits Hookbell. */
  quit(): void;
  /** Opens a file dialog. Resolves with the path, or null if it was cancelled; the window never reads the file. */
  chooseFile(kind: FileKind): Promise<string | null>;
  /** Calls back with the paths of files dropped together on the window. The returned function unsubscribes. */
  onFilesDropped(dropped: (paths: string[]) => void): () => void;
}

/** Converts anything thrown into an `ApiError`, so that every failure can be shown the same way. */
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
