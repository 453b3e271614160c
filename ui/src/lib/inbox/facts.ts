// The facts in an event's detail: which lines there are, and their words.
import type { Arrival, EventDetail, EventDetails } from "../bindings/api";
import { meanings } from "../components/meaning";
import { clock, clockAndDay, daysAgo, date, duration, exact } from "../text/time";
import { counted } from "../text/words";

export interface Fact {
  label: string;
  value: string;
  title?: string;
  code?: boolean;
  full?: boolean;
}

/** Facts that the headline and the track don't already show. */
export function factsOf(detail: EventDetail, now: Date): Fact[] {
  const { details, before, after, track } = detail;
  const facts: Fact[] = details ? detailFacts(details, after) : [];
  if (before !== null || after !== null) {
    facts.push({ label: "From", value: before ?? "Unknown" });
    // The track shows it already.
    if (track.length === 0) facts.push({ label: "To", value: after ?? "Unknown" });
  }
  const received = detail.event.receivedAt;
  if (isOwn(detail)) return [...facts, moment("Noticed", received, now)];
  return [
    ...facts,
    // Apple gives no time for an upload.
    ...(detail.happenedAt === null ? [] : [moment("Happened", detail.happenedAt, now)]),
    moment("Received", received, now),
    { label: "Webhook", value: detail.webhook },
  ];
}

/** Whether it is Hookbell's own news, which nobody sent. */
export function isOwn({ payload }: EventDetail): boolean {
  return payload === null;
}

/** Ids that only a machine or a support request needs; shown collapsed at the end. */
export function idsOf(detail: EventDetail): Fact[] {
  const { event, typeName, instance, webhookId } = detail;
  return [
    { label: "Event", value: event.id, code: true, full: true },
    ...(instance ? [{ label: instance.label, value: instance.id, code: true, full: true }] : []),
    { label: "Type", value: typeName ?? "Unknown", code: typeName !== null, full: true },
    ...(isOwn(detail) ? [] : [{ label: "Webhook", value: webhookId, code: true, full: true }]),
  ];
}

/** "Event ID, version ID, type, webhook ID" */
export function idsWords(detail: EventDetail): string {
  const about = detail.instance ? [`${lowered(detail.instance.label)} ID`] : [];
  return ["Event ID", ...about, "type", ...(isOwn(detail) ? [] : ["webhook ID"])].join(", ");
}

function lowered(label: string): string {
  return label.charAt(0).toLowerCase() + label.slice(1);
}

function detailFacts(details: EventDetails, after: string | null): Fact[] {
  const { version, build, platform, assetPack, state, internalState, tester, device } = details;
  const numbers = version && build ? `${version} (${build})` : (version ?? build);
  const known: [string, string | undefined][] = [
    [version ? "Version" : "Build", [numbers, platform].filter(Boolean).join(", ")],
    ["Asset pack", assetPack],
    // It may have changed since; the event's own state is shown already.
    ["Current status", state === after ? undefined : state],
    ["Internal testing", internalState],
    ["Tester", tester],
    ["Device", device],
  ];
  return [...known.flatMap(([label, value]) => (value ? [{ label, value }] : [])), ...(details.facts ?? [])];
}

/** The line under the app's name: "iOS · Halden Software AB". */
export function aboutWords({ details, account, webhook }: EventDetail): string {
  return [details?.platform, account ?? webhook].filter(Boolean).join(" · ");
}

function moment(label: string, at: string, now: Date): Fact {
  const time = new Date(at);
  return { label, value: clockAndDay(time, now), title: exact(time) };
}

/** Whether Apple failed to deliver it, so that it was fetched. */
export function isFetched(arrivals: readonly Arrival[]): boolean {
  return arrivals.length > 0 && arrivals.every(({ source }) => source === "fetched");
}

/** "2 deliveries" */
export function deliveriesTitle(arrivals: Arrival[]): string {
  return arrivals.length > 1 ? counted(arrivals.length, "delivery", "deliveries") : "";
}

export function arrivalWords(arrival: Arrival): string {
  return arrival.source === "delivered"
    ? "Received · signature verified · replied 200"
    : "Fetched from Apple’s delivery log";
}

/** A longer delay reflects a sample's old timestamp, not the time in transit. */
const TELLING_DELAY = 24 * 60 * 60 * 1000;

/** "14:38 · 1.9 s after Apple sent it" */
export function arrivalTime(arrival: Arrival, now: Date): string {
  const at = new Date(arrival.at);
  const when = daysAgo(at, now) === 0 ? clock(at) : `${date(at, now)}, ${clock(at)}`;
  if (arrival.delayMs === null || arrival.delayMs < 0 || arrival.delayMs > TELLING_DELAY) return when;
  return `${when} · ${duration(arrival.delayMs)} after Apple sent it`;
}

/** The chip next to the app: the new state, or that the event needs attention. */
export function stateWords(detail: EventDetail): string {
  const { importance } = detail.event;
  if (importance === "needsYou") return meanings.needsYou.label;
  return detail.after ?? meanings[importance].label;
}
