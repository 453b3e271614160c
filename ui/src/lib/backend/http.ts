// A plain web server as a backend, for trying the window in a browser: requests are POSTed, pushes come
// as server-sent events. It is never used inside the desktop shell.
import { asApiError, type Backend, type Push } from "./backend";

export function httpBackend(): Backend {
  return {
    async call(command, request) {
      try {
        const response = await fetch("/api/call", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ command, request }),
        });
        const answer: unknown = await response.json();
        if (!response.ok) throw answer;
        return answer as never;
      } catch (thrown) {
        throw asApiError(thrown);
      }
    },
    onPush(heard) {
      const source = new EventSource("/api/pushes");
      source.onmessage = (message: MessageEvent<string>) => heard(JSON.parse(message.data) as Push);
      return () => source.close();
    },
    pictureUrl(id, variant) {
      return `/api/pictures/${id}/${variant}`;
    },
    closeWindow() {
      void fetch("/api/close", { method: "POST" });
    },
    quit() {
      void fetch("/api/quit", { method: "POST" });
    },
    // A page in a browser is told no paths, so a path is typed, or dragged here as text, a line each.
    async chooseKeyFile() {
      return window.prompt("Path of the .p8 file")?.trim() || null;
    },
    onKeyFilesDropped(dropped) {
      const over = (event: DragEvent) => event.preventDefault();
      const drop = (event: DragEvent) => {
        event.preventDefault();
        const paths = event.dataTransfer?.getData("text/plain").split("\n") ?? [];
        const named = paths.map((path) => path.trim()).filter((path) => path !== "");
        if (named.length > 0) dropped(named);
      };
      window.addEventListener("dragover", over);
      window.addEventListener("drop", drop);
      return () => {
        window.removeEventListener("dragover", over);
        window.removeEventListener("drop", drop);
      };
    },
  };
}
