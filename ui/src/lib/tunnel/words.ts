// The texts about the tunnel: whether Apple can reach this computer, what was done about it, what was fetched.
import type {
  CatchUp,
  DoctorResult,
  DoctorStep,
  Gap,
  Listener,
  Platform,
  Tunnel,
  TunnelNewsKind,
  TunnelProof,
  TunnelProvider,
} from "../bindings/api";
import type { Meaning } from "../components/meaning";
import { ago, date, duration, secondsAgo, until } from "../text/time";
import { counted, sentence, title } from "../text/words";
import { retryWords } from "./foot";

export interface Headline {
  meaning: Meaning;
  /** The state in one word. */
  chip: string;
  title: string;
  text: string;
  /** Text that changes over time, in short lines: "Retrying in 8s." */
  moving: string;
}

/** Minutes between reads of the delivery log while the tunnel is up. */
export const MINUTES_WITH_TUNNEL = 15;

/** "this Mac", "this computer" */
export function hereWords(platform: Platform | undefined): string {
  return platform === "macos" ? "this Mac" : "this computer";
}

/** The state that the doctor's checks depend on; a change runs them again. All retries count as one state. */
export function chainOf({ tunnel, provider }: Tunnel, listener: Listener): string {
  const trying = tunnel.state === "starting" || tunnel.state === "retrying";
  const way = tunnel.state === "up" ? tunnel.url : trying ? "trying" : tunnel.state;
  return [listener.state, provider, way].join(" ");
}

/** Whether a tunnel is wanted at all. */
export function isWanted({ provider, wanted }: Tunnel): boolean {
  return provider !== null && wanted;
}

/** The page's headline: the state and its consequences. */
export function headlineOf(tunnel: Tunnel, missed: CatchUp | null, here: string, now: Date): Headline {
  const { tunnel: state, proof } = tunnel;
  switch (state.state) {
    case "off":
      return offWords(tunnel, missed);
    case "starting":
      return {
        meaning: "waiting",
        chip: "Starting",
        title: "Starting tunnel",
        text: `Waiting for ${tunnel.name} to get an address and pass a check.`,
        moving: "",
      };
    case "up":
      return {
        meaning: "good",
        chip: "Up",
        title: `Apple can reach ${here}`,
        text: proof && proof.result !== "reached" ? sentence(proof.message) : "",
        moving: [
          `Up for ${duration(passed(state.since, now))}`,
          ...(proof?.result === "reached" ? [verifiedWords(proof, now)] : []),
        ].join(" · "),
      };
    case "retrying":
      return {
        meaning: "needsYou",
        chip: "Down",
        title: `Apple can’t reach ${here}`,
        text: [whyWords(state.why), fetchedWords(missed)].filter(Boolean).join(" "),
        moving: `Down for ${duration(passed(state.since, now))}. ${retryWords(state.nextAt, now)}`,
      };
    case "failed":
      return {
        meaning: "bad",
        chip: "Failed",
        title: title(state.message),
        text: [sentence(state.hint), fetchedWords(missed)].filter(Boolean).join(" "),
        moving: "",
      };
  }
}

/** A headline in one piece, for places that show nothing below it. */
export function allWords({ text, moving }: Headline): string {
  return [text, moving].filter(Boolean).join(" ");
}

function offWords(tunnel: Tunnel, missed: CatchUp | null): Headline {
  if (isWanted(tunnel))
    return {
      meaning: "waiting",
      chip: "Waiting",
      title: "Waiting for the listener",
      text: `Hookbell isn’t listening yet. The tunnel starts as soon as it is.`,
      moving: "",
    };
  const fetches = missed === null || missed.webhooks.length > 0;
  const next = tunnel.provider === null ? "Choose a tunnel provider" : "Start the tunnel";
  const every = missed === null ? "" : ` every ${minuteWords(missed.minutes)}`;
  return {
    meaning: "info",
    chip: tunnel.provider === null ? "No tunnel" : "Stopped",
    title: fetches ? `Hookbell fetches events${every}` : "Apple can’t send events",
    text: fetches
      ? `Apple can’t deliver without a tunnel. ${next} to receive events within seconds.`
      : `There’s no tunnel, and no account to fetch events from. ${next}, or add an account.`,
    moving: "",
  };
}

/** "verified 40s ago (118 ms round trip)" */
function verifiedWords(proof: TunnelProof, now: Date): string {
  const took = proof.milliseconds === null ? "" : ` (${duration(proof.milliseconds)} round trip)`;
  return `verified ${secondsAgo(new Date(proof.at), now)}${took}`;
}

/** What happens to events while Apple can't deliver, if there is any account to ask. */
function fetchedWords(missed: CatchUp | null): string {
  if (missed === null || missed.webhooks.length === 0) return "";
  return `Until then, Hookbell fetches events every ${minuteWords(missed.minutes)}.`;
}

/** A sentence that may end with a program's own words: “no recent network activity”. */
function whyWords(why: string): string {
  return sentence(why).replace(/([^.!?…])”$/, "$1”.");
}

function passed(since: string, now: Date): number {
  return Math.max(0, now.getTime() - new Date(since).getTime());
}

/** "minute", "2 minutes": the words after "every". */
export function minuteWords(minutes: number): string {
  return minutes === 1 ? "minute" : counted(minutes, "minute");
}

/** The end of a provider's line: its program and version, or that it needs none. */
export function programWords({ installed, program, version }: TunnelProvider): string {
  if (program === null) return "Nothing to install";
  if (!installed) return `${program} is not installed`;
  // Some append their build dependencies: "OpenSSH_9.2p1 Debian-2, OpenSSL 3.0".
  const words = (version ?? program).replace("_", " ").split(/[\s,]+/);
  return words
    .filter((word) => word !== "version")
    .slice(0, 2)
    .join(" ");
}

const NEWS: Record<TunnelNewsKind, Meaning> = {
  up: "good",
  down: "info",
  addressChanged: "info",
  moved: "good",
  notMoved: "needsYou",
  fetched: "good",
  gap: "bad",
};

export function newsMeaning(kind: TunnelNewsKind): Meaning {
  return NEWS[kind];
}

/**
 * When the log was last read, and when it will be read next: "Checked 4 min ago, nothing missed.", "Next check in 11
 * min."
 */
export function missedWords(missed: CatchUp, tunnel: Tunnel | null, now: Date): string[] {
  if (missed.webhooks.length === 0)
    return ["No webhook of an account sends to this computer, so there is nothing to check."];
  if (missed.running) return ["Checking App Store Connect’s log of deliveries…"];
  if (missed.lastAt === null) return ["App Store Connect’s log of deliveries hasn’t been checked yet."];
  const last = new Date(missed.lastAt);
  const found =
    missed.fetched === 0 ? "nothing missed" : `${counted(missed.fetched, "missed event")} fetched`;
  const next = nextCheck(missed, tunnel, last);
  const when = next > now ? `Next check ${until(next, now)}.` : "The next check is due.";
  return [`Checked ${ago(last, now)}, ${found}.`, when];
}

function nextCheck({ minutes }: CatchUp, tunnel: Tunnel | null, last: Date): Date {
  const every = tunnel?.tunnel.state === "up" ? MINUTES_WITH_TUNNEL : minutes;
  return new Date(last.getTime() + every * 60_000);
}

/** "1 November to 8 November" */
export function gapWords({ from, to }: Gap, now: Date): string {
  const [first, last] = [date(new Date(from), now), date(new Date(to), now)];
  return first === last ? first : `${first} to ${last}`;
}

/** "All checks passed", "8 checks passed": the line that passed checks collapse to. */
export function passedWords(steps: readonly DoctorStep[]): string {
  const passed = steps.filter(({ result }) => result === "good").length;
  return passed === steps.length ? "All checks passed" : `${counted(passed, "check")} passed`;
}

const RESULTS: Record<DoctorResult, { meaning: Meaning; label: string }> = {
  good: { meaning: "good", label: "Passed" },
  bad: { meaning: "needsYou", label: "Needs attention" },
  skipped: { meaning: "waiting", label: "Skipped" },
};

export function resultOf({ result }: DoctorStep): { meaning: Meaning; label: string } {
  return RESULTS[result];
}
