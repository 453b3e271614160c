// The desktop shell as a backend. A single host command, `call`, carries every request of the command list.
import { convertFileSrc, invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { asApiError, type Backend, type Push } from "./backend";
import { isDemo } from "./front";

export function tauriBackend(): Backend {
  return {
    async call(command, request) {
      try {
        return await invoke("call", { command, request });
      } catch (thrown) {
        throw asApiError(thrown);
      }
    },
    onPush(heard) {
      const listening = listen<Push>("push", (event) => heard(event.payload));
      return () => void listening.then((unlisten) => unlisten());
    },
    // The form of a custom scheme's URL differs between systems.
    pictureUrl(id, variant) {
      return convertFileSrc(`${isDemo() ? "demo/" : ""}${id}/${variant}`, "picture");
    },
    closeWindow() {
      void invoke("close_window");
    },
    quit() {
      void invoke("quit");
    },
    async chooseFile(kind) {
      try {
        return await invoke<string | null>("choose_file", { kind });
      } catch (thrown) {
        throw asApiError(thrown);
      }
    },
    onFilesDropped(dropped) {
      const listening = listen<string[]>("files-dropped", (event) => dropped(event.payload));
      return () => void listening.then((unlisten) => unlisten());
    },
  };
}
