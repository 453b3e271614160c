// A plain web server as a backend, for trying the window in a browser: requests are POSTed, pushes come
// as server-sent events. It is never used inside the desktop shell.
import type { Push } from "../bindings/api";
import { asApiError, type Backend } from "./backend";

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
  };
}
