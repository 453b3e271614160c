// Chooses the backend once: the desktop shell if the page runs inside it, otherwise the server that delivered the page.
// The shell never loads the latter's code.
import type { Backend, PictureVariant } from "./backend";
import { tauriBackend } from "./tauri";

export let backend: Backend;

/** Must run before anything is mounted. */
export async function chooseBackend(): Promise<void> {
  if ("__TAURI_INTERNALS__" in window) backend = tauriBackend();
  else backend = (await import("./http")).httpBackend();
}

export function pictureUrl(id: number, variant: PictureVariant): string {
  return backend.pictureUrl(id, variant);
}
export { asApiError } from "./backend";
export type { PictureVariant } from "./backend";
