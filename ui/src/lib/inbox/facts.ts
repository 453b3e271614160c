// The facts of an event as the detail tells them: which lines there are, and in which words.
import type { Arrival, EventDetail, EventDetails } from "../bindings/api";
import { meanings } from "../components/shared/meaning";
import { clock, clockAndDay, daysAgo, date, duration, exact } from "../text/time";
import { opening } from "../text/words";

export interface Fact {
  label: string;
  value: string;
  title?: string;
  code?: boolean;
  full?: boolean;
}

export function factsOf(detail: EventDetail, now: Date): Fact[] {
  const facts: Fact[] = detail.details ? detailFacts(detail.details) : [];
  if (detail.before !== null || detail.after !== null) {
    facts.push(
      { label: "Before", value: detail.before ?? "Not told" },
      { label: "Now", value: detail.after ?? "Not told" },
    );
  }
  facts.push(
    moment("Happened", detail.happenedAt, now),
    moment("Arrived", detail.event.receivedAt, now),
    { label: "Webhook", value: detail.webhook },
    { label: "Type", value: detail.typeName ?? "Not told", code: detail.typeName !== null, full: true },
  );
  if (detail.instance) {
    facts.push({
      label: "Instance",
      value: `${detail.instance.type} ${detail.instance.id}`,
      code: true,
      full: true,
    });
  }
  facts.push({ label: "Event", value: detail.event.id, code: true, full: true });
  return facts;
}

/** What App Store Connect says; the headline and the sentence have told the rest. */
function detailFacts(details: EventDetails): Fact[] {
  const { app, version, build, platform, assetPack, state, internalState, tester, device } = details;
  const numbers = version && build ? `${version} (${build})` : (version ?? build);
  const known: [string, string | undefined][] = [
    ["App", app?.name],
    [version ? "Version" : "Build", [numbers, platform].filter(Boolean).join(", ")],
    ["Asset pack", assetPack],
    ["By now", state],
    ["Internally", internalState],
    ["Tester", tester],
    ["Device", device],
  ];
  return known.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

function moment(label: string, at: string | null, now: Date): Fact {
  if (at === null) return { label, value: "Not told" };
  const time = new Date(at);
  return { label, value: clockAndDay(time, now), title: exact(time) };
}

/** Whether Apple could not deliver it: it is here because it was fetched. */
export function isFetched(arrivals: readonly Arrival[]): boolean {
  return arrivals.length > 0 && arrivals.every(({ source }) => source === "fetched");
}

/** "Two deliveries, one event" */
export function deliveriesTitle(arrivals: Arrival[]): string {
  return arrivals.length > 1 ? `${opening(arrivals.length)} deliveries, one event` : "";
}

export function arrivalWords(arrival: Arrival): string {
  return arrival.source === "delivered"
    ? "Arrived, answered 200, signature good"
    : "Fetched from Apple’s delivery log";
}

/** A delay past this says more about a sample's old timestamp than about the way here. */
const TELLING_DELAY = 24 * 60 * 60 * 1000;

/** "14:38 · 1.9 s after Apple sent it" */
export function arrivalTime(arrival: Arrival, now: Date): string {
  const at = new Date(arrival.at);
  const when = daysAgo(at, now) === 0 ? clock(at) : `${date(at, now)}, ${clock(at)}`;
  if (arrival.delayMs === null || arrival.delayMs < 0 || arrival.delayMs > TELLING_DELAY) return when;
  return `${when} · ${duration(arrival.delayMs)} after Apple sent it`;
}

/** What the chip over the headline says: the new state, or that the event needs you. */
export function stateWords(detail: EventDetail): string {
  const { importance } = detail.event;
  if (importance === "needsYou") return meanings.needsYou.label;
  return detail.after ?? meanings[importance].label;
}
