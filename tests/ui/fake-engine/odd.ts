// Events that stress the window: very long names, right-to-left text, emoji, bodies that are not JSON or are truncated.
import { event, NOW } from "./events.ts";

const MINUTE = 60_000;
export const LONG =
  "Fieldnotes: Offline Maps, Tracks, Waypoints, Elevation Profiles and Avalanche Bulletins for Hikers, Skiers and Everyone Else Who Prefers a Very Long Name";

export const oddEvents = () => [
  event({
    seq: 9,
    importance: "needsYou",
    title: LONG,
    subtitle: LONG,
    at: +NOW - MINUTE,
    kind: "version",
  }),
  event({
    seq: 8,
    importance: "good",
    title: "تمت الموافقة على الإصدار 3.2",
    subtitle: "طيور الحديقة · iOS",
    at: +NOW - 5 * MINUTE,
    read: true,
  }),
  event({
    seq: 7,
    importance: "info",
    title: "🎉🐦 Backyard Birds 👩‍👩‍👧‍👦 3.3",
    subtitle: "🇸🇪 Kväll · 日本語の名前",
    at: +NOW - 9 * MINUTE,
  }),
  event({
    seq: 6,
    importance: "bad",
    title: "x".repeat(300),
    subtitle: "A word without end",
    at: +NOW - 12 * MINUTE,
    read: true,
  }),
  event({
    seq: 5,
    importance: "info",
    kind: "unknown",
    title: "A body that is not JSON",
    at: +NOW - 20 * MINUTE,
    typeName: null,
    payload: {
      text: "<xml>\u0000not json, café &amp; <b>tags</b></xml>",
      raw: "<xml>\u0000not json, café &amp; <b>tags</b></xml>",
      isJson: false,
      bytes: 44,
      cut: false,
    },
    arrivals: Array.from({ length: 12 }, (_, at) => ({
      at: new Date(+NOW - 20 * MINUTE + at * MINUTE).toISOString(),
      source: "delivered",
      delayMs: 412 * (at + 1),
    })),
  }),
  event({
    seq: 4,
    title: "A payload too large to show",
    at: +NOW - 50 * MINUTE,
    read: true,
    payload: {
      text: `{\n  "data": {\n    "note": "${"long ".repeat(2000)}`,
      raw: `{"data":{"note":"${"long ".repeat(2000)}`,
      isJson: true,
      bytes: 1_048_576,
      cut: true,
    },
  }),
];
