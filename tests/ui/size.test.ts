// What the window loads stays small: its start, and each room with everything it needs.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

/** The limits for the start and for a room, in gzipped bytes. */
const MOST_AT_START = 123_000;
const MOST = 150_000;

const folder = new URL("../../ui/dist/assets/", import.meta.url);
const scripts = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith(".js"))
    .map((name) => [name, readFileSync(new URL(name, folder), "utf8")]),
);

/** A script and everything that it needs to start. */
function needed(name: string, found = new Set<string>()) {
  if (found.has(name)) return found;
  found.add(name);
  for (const [, other] of (scripts.get(name) ?? "").matchAll(/(?:from|import)\s*["`]\.\/([\w-]+\.js)["`]/g))
    needed(other, found);
  return found;
}

function size(names: Iterable<string>) {
  return [...names].reduce((sum, name) => sum + gzipSync(scripts.get(name) ?? "", { level: 9 }).length, 0);
}

const [entry] = [...scripts.keys()].filter((name) => name.startsWith("index-"));
const rooms = [...scripts.keys()].filter((name) => /^(\w+View|Welcome)-/.test(name));

test("the window starts with less than 123 kB of code", () => {
  assert.ok(needed(entry).size > 1, "what it imports was not found");
  assert.ok(size(needed(entry)) < MOST_AT_START, `${size(needed(entry))} bytes`);
});

test("every room is a part of its own", () => {
  const names = rooms.map((name) => name.split("-")[0]).sort();
  assert.deepEqual(names, [
    "BuildsView",
    "DeliveriesView",
    "FeedbackView",
    "InsightsView",
    "RulesView",
    "SettingsView",
    "TunnelView",
    "WebhooksView",
    "Welcome",
  ]);
});

for (const room of rooms) {
  test(`${room.split("-")[0]} and the window round it load less than 150 kB`, () => {
    const bytes = size(needed(room, needed(entry)));
    assert.ok(bytes < MOST, `${bytes} bytes`);
  });
}
