// Chooses the backend once: the desktop shell when the page runs inside it, else the server it came from.
import type { Backend } from "./backend";
import { httpBackend } from "./http";
import { tauriBackend } from "./tauri";

export const backend: Backend = "__TAURI_INTERNALS__" in window ? tauriBackend() : httpBackend();
export const pictureUrl = backend.pictureUrl;
export { asApiError } from "./backend";
export type { PictureVariant } from "./backend";
