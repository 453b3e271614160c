// A plain web server as a backend, for running the window in a browser: requests are POSTed, pushes arrive as
// server-sent events. The desktop shell never uses it.
import { asApiError, type Backend, type FileKind, type Push } from "./backend";

const ENDINGS: Record<FileKind, string> = { key: ".p8", build: ".ipa or .pkg", testers: ".csv" };

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
    // A page in a browser gets no paths, so they are typed, or dragged here as text, one per line.
    async chooseFile(kind) {
      return window.prompt(`Path of the ${ENDINGS[kind]} file`)?.trim() || null;
    },
    onFilesDropped(dropped) {
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
