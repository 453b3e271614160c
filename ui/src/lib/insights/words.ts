// The charts in words: next to them, in their tooltips, and for screen readers.
import type {
  AppTimeline,
  Delay,
  HealthCount,
  HealthOfWebhook,
  ReviewPace,
  TimelineSpan,
  TypicalTime,
  WebhookHealth,
} from "../bindings/api";
import { clock, date, daysAgo, duration, shortDate } from "../text/time";
import { count, counted, decimal, opening } from "../text/words";

const DAY = 86_400_000;
/** Below this many reviews, they are listed instead of summarised as usual. */
const ENOUGH = 3;

/** How long something stayed: "3h 40m", "2d 19h", "27 days". */
export function stay(milliseconds: number): string {
  return milliseconds >= 10 * DAY ? `${Math.floor(milliseconds / DAY)}\u00a0days` : duration(milliseconds);
}

/** How reviews went: "Usually waits 2 d 2 h, then 3 h 40 min in review. 2 of 5 were rejected once." */
export function paceWords(pace: ReviewPace): string {
  return [timesWords(pace), rejectionWords(pace)].filter((words) => words !== "").join(" ");
}

function timesWords({ waiting, review }: ReviewPace): string {
  const known = [waiting, review].filter((time) => time !== null);
  if (known.length === 0) return "";
  const fewest = Math.min(...known.map(({ samples }) => samples));
  const usual = fewest >= ENOUGH;
  const times = (time: TypicalTime) => stay(time.milliseconds);
  const waits = waiting ? `${usual ? "waits" : "waited"} ${times(waiting)}` : "";
  const looks = review ? `${times(review)} in review` : "";
  const both = waits && looks ? `${waits}, then ${looks}` : waits || looks;
  if (usual) return `Usually ${both}.`;
  const seen =
    fewest === 1 ? "seen once so far" : `seen ${fewest === 2 ? "twice" : `${fewest} times`} so far`;
  return `${both.charAt(0).toUpperCase()}${both.slice(1)}, ${seen}.`;
}

function rejectionWords({ reviewed, rejected, mostRejections }: ReviewPace): string {
  if (reviewed === 0) return "";
  if (rejected === 0) return reviewed === 1 ? "" : `None of ${reviewed} were rejected.`;
  const often = mostRejections === 1 ? "once" : "at least once";
  if (reviewed === 1)
    return mostRejections === 1 ? "It was rejected once." : `It was rejected ${mostRejections} times.`;
  return `${rejected} of ${reviewed} ${rejected === 1 ? "was" : "were"} rejected ${often}.`;
}

/** "248 delivered, 11 fetched, 8 failed"; failures only if known. */
export function countWords({ delivered, fetched, failed }: HealthCount, failuresKnown: boolean): string {
  const failures = failuresKnown ? `${count(failed)} failed` : "failures unknown";
  return `${count(delivered)} delivered, ${count(fetched)} fetched, ${failures}`;
}

/** Whether failures are known for any webhook. */
export function areFailuresKnown({ webhooks, total }: WebhookHealth): boolean {
  return total.failed > 0 || webhooks.some(({ failuresSince }) => failuresSince !== null);
}

/** "Median 0.9s, p95 1.9s" */
export function delayWords({ delay }: WebhookHealth): string {
  if (delay === null) return "";
  if (delay.samples === 1) return `${delayTime(delay.medianMs)}, one delivery`;
  return delayWordsOf(delay);
}

/** The same for one day. */
export function delayWordsOf(delay: Delay | null): string {
  if (delay === null) return "Delay unknown";
  const { medianMs, p95Ms, samples } = delay;
  return samples === 1 ? delayTime(medianMs) : `Median ${delayTime(medianMs)}, p95 ${delayTime(p95Ms)}`;
}

/** A delay: "12 ms", "0.9s". */
export function delayTime(milliseconds: number): string {
  if (milliseconds >= 100 && milliseconds < 1000) return `${decimal(milliseconds / 1000, 1)}s`;
  return duration(milliseconds);
}

/** When a stage was: "16 Nov, 14:05 to 19 Nov, 09:12", "Since 8 Nov, 10:00". */
export function whenWords({ from, to }: TimelineSpan, now: Date): string {
  if (from === null && to === null) return "Start and end unknown";
  if (from === null) return `Until ${atWords(new Date(to ?? 0), now)}; start unknown`;
  if (to === null) return `Since ${atWords(new Date(from), now)}`;
  return `${atWords(new Date(from), now)} to ${atWords(new Date(to), now)}`;
}

/** How long it lasted, if known. */
export function tookWords({ from, to, exact }: TimelineSpan, now: Date): string {
  if (from === null) return "Unknown";
  const took = stay(
    Math.max(0, (to === null ? now.getTime() : new Date(to).getTime()) - new Date(from).getTime()),
  );
  if (to === null) return `Ongoing, ${took}`;
  return exact ? took : `At most ${took}`;
}

/** "16 Nov, 14:05", with the year unless it is the current one. */
export function atWords(at: Date, now: Date): string {
  return `${shortDate(at, now)}, ${clock(at)}`;
}

/** The day of a date like "2026-11-21", in the reader's calendar. */
export function dayOf(text: string): Date {
  const [year = 0, month = 1, day = 1] = text.split("-").map(Number);
  return new Date(year, month - 1, day);
}

/** "today", "yesterday", "on 12 November": the day of the last failure. */
export function failureDay(at: Date, now: Date): string {
  const days = daysAgo(at, now);
  return days <= 0 ? "today" : days === 1 ? "yesterday" : date(at, now);
}

/** A one-sentence description of a versions or builds chart, for screen readers. */
export function timelineSummary(of: string, tracks: number, { from, to }: AppTimeline, now: Date): string {
  return `${of} from ${date(new Date(from), now)} to ${date(new Date(to), now)}: ${counted(tracks, "line")}, the newest first. The arrow keys move between stages.`;
}

/** What is unknown about the webhooks' health, one sentence each. Webhooks with the same name share a sentence. */
export function unknownWords({ webhooks, days, early }: WebhookHealth, now: Date): string[] {
  const there = webhooks.filter(({ removed }) => !removed);
  const first = dayOf(days[0]?.date ?? "").getTime();
  const blind = there.filter(({ failuresSince }) => failuresSince === null);
  const later = unique(
    there.flatMap(({ name, failuresSince }) =>
      failuresSince !== null && new Date(failuresSince).getTime() >= first + DAY
        ? [`Failures of ${name} are known since ${date(new Date(failuresSince), now)}.`]
        : [],
    ),
  );
  return unique([
    ...(blind.length > 0
      ? [
          `Failures come from App Store Connect’s log, which needs an account. For ${listed(blind)}, only arrivals are known.`,
        ]
      : []),
    ...(later.length > 3 ? ["Some webhooks have no record of failures in the earlier days."] : later),
    ...there.flatMap(({ name, gap }) =>
      gap
        ? [
            `Events for ${name} that failed between ${date(new Date(gap.from), now)} and ${date(new Date(gap.to), now)} were lost: App Store Connect keeps deliveries for 10 days.`,
          ]
        : [],
    ),
    ...(early > 0
      ? [
          `${opening(early)} arrived before Apple’s own timestamp and ${early === 1 ? "counts" : "count"} as no delay: one of the clocks is wrong.`,
        ]
      : []),
  ]);
}

function unique(sentences: string[]): string[] {
  return [...new Set(sentences)];
}

function listed(webhooks: readonly HealthOfWebhook[]): string {
  const names = webhooks.map(({ name }) => name);
  if (names.length > 3) return counted(names.length, "webhook");
  const last = names.pop() ?? "";
  return names.length === 0 ? last : `${names.join(", ")} and ${last}`;
}
