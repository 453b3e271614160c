// The sidebar foot's texts about the tunnel. Loaded at the start, unlike the texts of the tunnel's room.
import type { TunnelStatus } from "../bindings/api";
import type { Meaning } from "../components/meaning";
import { secondsAgo, until } from "../text/time";
import { title } from "../text/words";

/** "Retrying in 8s." */
export function retryWords(nextAt: string | null, now: Date): string {
  return nextAt === null ? "Retrying now." : `Retrying ${until(new Date(nextAt), now)}.`;
}

/** The sidebar's foot, unless something is wrong: "Reachable", "Verified 40s ago". */
export function footWords(
  status: TunnelStatus,
  now: Date,
): { meaning: Meaning; title: string; text: string } {
  const { tunnel: state, proof } = status;
  switch (state.state) {
    case "off":
      return { meaning: "info", title: "Tunnel stopped", text: "Fetching events" };
    case "starting":
      return { meaning: "waiting", title: "Starting tunnel", text: status.name };
    case "up":
      return {
        meaning: "good",
        title: "Reachable",
        text: proof ? `Verified ${secondsAgo(new Date(proof.at), now)}` : status.name,
      };
    case "retrying":
      return {
        meaning: "needsYou",
        title: "Not reachable",
        text: retryWords(state.nextAt, now).replace(".", ""),
      };
    case "failed":
      return { meaning: "bad", title: "Not reachable", text: title(state.message) };
  }
}
