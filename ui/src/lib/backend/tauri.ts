// The desktop shell as a backend. One host command, `call`, carries every request of the closed list.
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
    // Each system has its own form of address for a scheme of ours.
    pictureUrl(id, variant) {
      return convertFileSrc(`${isDemo() ? "demo/" : ""}${id}/${variant}`, "picture");
    },
    closeWindow() {
      void invoke("close_window");
    },
    quit() {
      void invoke("quit");
    },
    async chooseKeyFile() {
      try {
        return await invoke<string | null>("choose_key_file");
      } catch (thrown) {
        throw asApiError(thrown);
      }
    },
    onKeyFilesDropped(dropped) {
      const listening = listen<string[]>("key-files-dropped", (event) => dropped(event.payload));
      return () => void listening.then((unlisten) => unlisten());
    },
  };
}
