// What is said about the tunnel: whether Apple can reach this computer, what is fixed, what was fetched.
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
  TunnelStatus,
} from "../bindings/api";
import type { Meaning } from "../components/shared/meaning";
import { ago, date, duration, secondsAgo, until } from "../text/time";
import { count, counted, sentence, title } from "../text/words";

export interface Headline {
  meaning: Meaning;
  /** The state in a word. */
  chip: string;
  title: string;
  text: string;
}

/** Minutes between two looks into the log of deliveries while the tunnel is up. */
export const MINUTES_WITH_TUNNEL = 15;

/** "this Mac", "this computer" */
export function hereWords(platform: Platform | undefined): string {
  return platform === "macos" ? "this Mac" : "this computer";
}

/** What the doctor's walk depends on; it is another walk when this changes. Trying again is one long state. */
export function chainOf({ tunnel, provider }: Tunnel, listener: Listener): string {
  const trying = tunnel.state === "starting" || tunnel.state === "retrying";
  const way = tunnel.state === "up" ? tunnel.url : trying ? "trying" : tunnel.state;
  return [listener.state, provider, way].join(" ");
}

/** Whether somebody wants a tunnel at all. */
export function isWanted({ provider, wanted }: Tunnel): boolean {
  return provider !== null && wanted;
}

/** The state as the page's headline: what it is, and what follows from it. */
export function headlineOf(tunnel: Tunnel, missed: CatchUp | null, here: string, now: Date): Headline {
  const { tunnel: state, proof } = tunnel;
  switch (state.state) {
    case "off":
      return offWords(tunnel, missed);
    case "starting":
      return {
        meaning: "waiting",
        chip: "Starting",
        title: "The tunnel is on its way",
        text: `${tunnel.name} was started. It counts as up once its address was verified to lead to this very app.`,
      };
    case "up":
      return {
        meaning: "good",
        chip: "Up",
        title: `Apple can reach ${here}`,
        text: [proof && proofWords(proof, now), `Up for ${duration(passed(state.since, now))}.`]
          .filter(Boolean)
          .join(" "),
      };
    case "retrying":
      return {
        meaning: "needsYou",
        chip: `Down for ${duration(passed(state.since, now))}`,
        title: `Apple can’t reach ${here}`,
        text: [whyWords(state.why), triedWords(state.nextAt, now), fetchedWords(missed)]
          .filter(Boolean)
          .join(" "),
      };
    case "failed":
      return {
        meaning: "bad",
        chip: "Failed",
        title: title(state.message),
        text: [sentence(state.hint), fetchedWords(missed)].filter(Boolean).join(" "),
      };
  }
}

function offWords(tunnel: Tunnel, missed: CatchUp | null): Headline {
  if (isWanted(tunnel))
    return {
      meaning: "waiting",
      chip: "Waiting",
      title: "The tunnel waits for the listener",
      text: `Hookbell does not listen now, so there is nothing to lead to. ${tunnel.name} starts as soon as it does.`,
    };
  const every = missed === null ? "" : ` every ${minuteWords(missed.minutes)}`;
  const fetches = missed === null || missed.webhooks.length > 0;
  const way = tunnel.provider === null ? "Choose a tunnel provider" : `Start ${tunnel.name}`;
  return {
    meaning: "info",
    chip: tunnel.provider === null ? "No tunnel" : "Stopped",
    title: fetches ? `Events are fetched${every}` : "No event can arrive from Apple",
    text: fetches
      ? `There is no tunnel, so Apple can’t deliver here. ${way}, and events arrive within seconds.`
      : `There is no tunnel, and no webhook of an account to ask about. ${way}, or add an account.`,
  };
}

/** "Verified 40 s ago: the public address led to this very app, in 118 ms." */
function proofWords(proof: TunnelProof, now: Date): string {
  if (proof.result !== "reached") return sentence(proof.message);
  const took = proof.milliseconds === null ? "" : `, in ${duration(proof.milliseconds)}`;
  return `Verified ${secondsAgo(new Date(proof.at), now)}: the public address led to this very app${took}.`;
}

/** What happens while Apple can't deliver, where there is anything to ask about. */
function fetchedWords(missed: CatchUp | null): string {
  if (missed === null || missed.webhooks.length === 0) return "";
  return `Until then events are fetched every ${minuteWords(missed.minutes)}.`;
}

/** A sentence that may end with a program's own words: “no recent network activity”. */
function whyWords(why: string): string {
  return sentence(why).replace(/([^.!?…])”$/, "$1”.");
}

function triedWords(nextAt: string | null, now: Date): string {
  if (nextAt === null) return "It is being tried again.";
  return `It is tried again ${until(new Date(nextAt), now)}.`;
}

function passed(since: string, now: Date): number {
  return Math.max(0, now.getTime() - new Date(since).getTime());
}

/** "minute", "2 minutes": what stands after "every". */
export function minuteWords(minutes: number): string {
  return minutes === 1 ? "minute" : counted(minutes, "minute");
}

/** What stands at the end of a tunnel provider: its program as it names itself, or that it needs none. */
export function programWords({ installed, program, version }: TunnelProvider): string {
  if (program === null) return "Nothing to install";
  if (!installed) return `${program} is not installed`;
  // Some go on with what they were built with: "OpenSSH_9.2p1 Debian-2, OpenSSL 3.0".
  const words = (version ?? program).replace("_", " ").split(/[\s,]+/);
  return words
    .filter((word) => word !== "version")
    .slice(0, 2)
    .join(" ");
}

/** The sidebar's foot, where nothing worse is to be told: "Reachable", "Verified 40 s ago". */
export function footWords(
  status: TunnelStatus,
  now: Date,
): { meaning: Meaning; title: string; text: string } {
  const { tunnel: state, proof } = status;
  switch (state.state) {
    case "off":
      return { meaning: "info", title: "Tunnel stopped", text: "Events are fetched" };
    case "starting":
      return { meaning: "waiting", title: "Tunnel is starting", text: status.name };
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
        text: state.nextAt === null ? "Trying again" : `Tries again ${until(new Date(state.nextAt), now)}`,
      };
    case "failed":
      return { meaning: "bad", title: "Not reachable", text: title(state.message) };
  }
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

/** When the log was last read, and when it is read next: "Looked 4 min ago, nothing missed. Next look in 11 min." */
export function missedWords(missed: CatchUp, tunnel: Tunnel | null, now: Date): string {
  if (missed.webhooks.length === 0)
    return "No webhook of an account arrives here, so there is no log to read.";
  if (missed.running) return "Reading Apple’s log of deliveries…";
  if (missed.lastAt === null) return "Apple’s log of deliveries was not read yet.";
  const last = new Date(missed.lastAt);
  const found =
    missed.fetched === 0 ? "nothing missed" : `${counted(missed.fetched, "missed event")} fetched`;
  const next = nextLook(missed, tunnel, last);
  const when = next > now ? `Next look ${until(next, now)}.` : "The next look is due.";
  return `Looked ${ago(last, now)}, ${found}. ${when}`;
}

function nextLook({ minutes }: CatchUp, tunnel: Tunnel | null, last: Date): Date {
  const every = tunnel?.tunnel.state === "up" ? MINUTES_WITH_TUNNEL : minutes;
  return new Date(last.getTime() + every * 60_000);
}

/** "1 November to 8 November" */
export function gapWords({ from, to }: Gap, now: Date): string {
  const [first, last] = [date(new Date(from), now), date(new Date(to), now)];
  return first === last ? first : `${first} to ${last}`;
}

/** "8 of 9 good"; what was skipped is neither good nor bad. */
export function doctorWords(steps: readonly DoctorStep[]): string {
  const of = (wanted: DoctorResult) => steps.filter(({ result }) => result === wanted).length;
  return `${count(of("good"))} of ${count(steps.length - of("skipped"))} good`;
}

const RESULTS: Record<DoctorResult, { meaning: Meaning; label: string }> = {
  good: { meaning: "good", label: "Good" },
  bad: { meaning: "needsYou", label: "Needs you" },
  skipped: { meaning: "waiting", label: "Skipped" },
};

export function resultOf({ result }: DoctorStep): { meaning: Meaning; label: string } {
  return RESULTS[result];
}
