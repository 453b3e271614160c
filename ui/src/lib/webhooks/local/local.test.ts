// What a form rejects before asking, and the texts about a webhook.
import { expect, test } from "vitest";
import type { Webhook } from "../../bindings/api";
import { secretError } from "../secret/validation";
import { nameError } from "./validation";
import {
  isLocalOnly,
  lastWords,
  matter,
  matterWords,
  refusedHint,
  refusedWords,
  removalWords,
  testWords,
} from "./words";

const now = new Date(2026, 10, 20, 14, 40);
const webhook: Webhook = {
  id: "w1",
  name: "Studio Mac",
  origin: "local",
  payloadUrl: null,
  createdAt: now.toISOString(),
  events: 41,
  last: null,
  refused: null,
  previousSecretUntil: null,
  trouble: null,
};

test("a name is needed", () => {
  expect(nameError("  \t")?.field).toBe("name");
  expect(nameError("Studio Mac")).toBeNull();
});
test("a secret of one's own is needed once it is chosen", () => {
  expect(secretError("")?.field).toBe("secret");
  expect(secretError(null)).toBeNull();
  expect(secretError(" ")).toBeNull();
});
test("an address of this computer is told from a public one", () => {
  const local = [
    "http://127.0.0.1:8377/hooks/a",
    "http://localhost:1/",
    "http://[::1]:8377/",
    "http://127.9.9.9/",
  ];
  const other = ["https://hooks.halden.example/hooks/a", "https://127.0.0.1.example/", "not an address"];
  expect(local.map(isLocalOnly)).toEqual([true, true, true, true]);
  expect(other.map(isLocalOnly)).toEqual([false, false, false]);
});
test("the worst that is the matter wins", () => {
  const refused = { count: 3, lastAt: now.toISOString(), reason: "wrong signature", mismatch: true };
  const trouble = { code: "keychainLocked", message: "", hint: "", field: null } as const;
  expect(matter(webhook)).toBeNull();
  expect(matter({ ...webhook, refused })).toBe("bad");
  expect(matter({ ...webhook, refused, trouble })).toBe("needsYou");
  expect(refusedWords(refused, now)).toBe("3 rejected: wrong signature · just now");
});
test("what is said of a rejected secret changes once it was rotated", () => {
  const refused = { count: 3, lastAt: now.toISOString(), reason: "wrong signature", mismatch: true };
  expect(matterWords({ ...webhook, refused })).toBe("Secret mismatch");
  expect(refusedHint({ ...webhook, refused })).toContain("doesn’t match this one");
  const rotated = { ...webhook, refused, previousSecretUntil: now.toISOString() };
  expect([matter(rotated), matterWords(rotated)]).toEqual(["waiting", "Waiting for a verified delivery"]);
  expect(refusedHint(rotated)).toContain("once a delivery is verified");
});
test("a row tells of the last event", () => {
  expect(lastWords(webhook, now)).toBe("No events yet");
  const last = { seq: 1, title: "Ping", at: new Date(2026, 10, 20, 14, 36).toISOString() };
  expect(lastWords({ ...webhook, last }, now)).toBe("Ping, 4\u00a0min ago");
});
test("removing names what goes and what stays", () => {
  expect(removalWords(webhook)).toContain("Its secret is removed");
  expect(removalWords(webhook)).toContain("Its 41 stored events stay.");
  expect(removalWords({ ...webhook, events: 1 })).toContain("Its one stored event stays.");
  expect(removalWords({ ...webhook, origin: "command" })).not.toContain("keychain");
});
test("a test tells its time, or what was answered", () => {
  expect(testWords({ status: 200, milliseconds: 12, seq: 4 })).toMatchObject({
    meaning: "good",
    figure: "12\u00a0ms",
  });
  expect(testWords({ status: 503, milliseconds: 12, seq: null })).toMatchObject({ meaning: "bad" });
});
