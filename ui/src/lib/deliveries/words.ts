// The texts about a delivery: its state, its response, its duration, the progress of a redelivery.
import type { Delivery, RedeliveryProgress, RedeliveryResult } from "../bindings/api";
import type { Meaning } from "../components/meaning";
import { statusWords } from "../text/status";
import { columnTime, duration } from "../text/time";
import { count, counted } from "../text/words";
import { isOpenFailure } from "./deliveries.svelte";

/** The events that were eventually delivered, by any attempt. */
export function deliveredEvents(all: readonly Delivery[]): ReadonlySet<string> {
  return new Set(all.flatMap(({ state, event }) => (state === "succeeded" && event !== null ? [event] : [])));
}

/** Whether it failed, no other attempt delivered its event either, and yet the event is here. */
export function isFetched({ state, seq, event }: Delivery, delivered: ReadonlySet<string>): boolean {
  return state === "failed" && seq !== null && event !== null && !delivered.has(event);
}

export function stateOf(
  delivery: Delivery,
  delivered: ReadonlySet<string>,
): { meaning: Meaning; words: string } {
  switch (delivery.state) {
    case "succeeded":
      return { meaning: "good", words: delivery.redelivery ? "Delivered again" : "Delivered" };
    case "pending":
      return { meaning: "waiting", words: delivery.redelivery ? "Redelivering" : "Pending" };
    case "failed":
      if (isOpenFailure(delivery)) return { meaning: "bad", words: "Failed" };
      if (!delivery.madeGood) return { meaning: "info", words: "Redelivered since" };
      return { meaning: "info", words: isFetched(delivery, delivered) ? "Fetched" : "Recovered" };
  }
}

export function answerWords({ state, status }: Delivery): string {
  if (status !== null) return statusWords(status);
  return state === "pending" ? "Not yet" : "No response";
}

/** The time from when it was due until it was sent. */
export function delayWords({ createdAt, sentAt }: Delivery): string {
  if (createdAt === null || sentAt === null) return "";
  const passed = new Date(sentAt).getTime() - new Date(createdAt).getTime();
  return passed < 0 ? "" : duration(passed);
}

/** When it was sent, or was due. */
export function sentWords({ sentAt, createdAt }: Delivery, now: Date): string {
  const at = sentAt ?? createdAt;
  return at === null ? "Unknown" : columnTime(new Date(at), now);
}

/** "Last 10 days · 103 deliveries, 3 failed" */
export function summary(range: string, all: number, failed: number): string {
  const of = counted(all, "delivery", "deliveries");
  return `${range} · ${of}${failed === 0 ? "" : `, ${count(failed)} failed`}`;
}

/** The outcome of one of several redeliveries. */
export function resultWords({ outcome }: RedeliveryResult): { meaning: Meaning; words: string } {
  switch (outcome) {
    case "accepted":
      return { meaning: "waiting", words: "Redelivering" };
    case "refused":
      return { meaning: "bad", words: "Not redelivered" };
    case "arrived":
      return { meaning: "good", words: "Arrived" };
    case "failed":
      return { meaning: "bad", words: "Failed again" };
  }
}

/** "2 of 3 deliveries arrived, 1 failed again" */
export function progressWords(progress: RedeliveryProgress): string {
  const { total, accepted, refused, arrived, failed, done, stopped } = progress;
  if (done && total === 0) return "Nothing to redeliver";
  const open = accepted - arrived - failed;
  const words = [
    `${count(arrived)} of ${counted(total, "delivery", "deliveries")} arrived`,
    failed === 0 ? "" : `${count(failed)} failed again`,
    refused === 0 ? "" : `${count(refused)} rejected by App Store Connect`,
    open === 0 ? "" : `${count(open)} ${done ? "still pending" : "on the way"}`,
    stopped ? "then stopped" : "",
  ];
  return words.filter((part) => part !== "").join(", ");
}
