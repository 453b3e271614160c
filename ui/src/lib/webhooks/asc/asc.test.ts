// What a webhook's form refuses before asking, and what is said about webhooks, types and pings.
import { expect, test } from "vitest";
import type { AppWebhook } from "../../bindings/api";
import { chipOf, chipsOf, inOrder, TYPES } from "./eventTypes";
import { fullError, nameError, typesError, urlError } from "./validation";
import { deletionWords, failuresWords, lastWords, matterOf, underWords } from "./words";

const now = new Date(2026, 10, 20, 14, 40);
const webhook: AppWebhook = {
  id: "h1",
  app: "a1",
  name: "Studio Mac",
  url: "https://hooks.halden.example/hooks/a",
  enabled: true,
  eventTypes: [],
  local: "l1",
  here: true,
  moved: false,
  previousSecretUntil: null,
  last: null,
  failed: 0,
  trouble: null,
};
const failed = {
  state: "failed",
  at: now.toISOString(),
  status: 500,
  means: "the receiver answered 500",
  hint: "look at its log",
} as const;

test("a payload URL is https, or http on this computer", () => {
  const good = [
    null,
    "https://ci.halden.example/apple",
    " https://a.example ",
    "http://127.0.0.1:8377/hooks/a",
  ];
  expect(good.map(urlError)).toEqual([null, null, null, null]);
  const bad = [
    "",
    "ci.halden.example",
    "http://ci.halden.example",
    "ftp://a.example",
    "https://me:pw@a.example/",
  ];
  for (const url of bad) expect(urlError(url), url).toMatchObject({ field: "url", code: "invalidInput" });
});
test("a name has 1 to 100 characters, counted as people count them", () => {
  expect(nameError("  ")?.field).toBe("name");
  expect(nameError("🐦".repeat(100))).toBeNull();
  expect(nameError("🐦".repeat(101))?.message).toContain("101 characters");
});
test("at least one type is needed, and ten webhooks are the most", () => {
  expect(typesError([])?.field).toBe("eventTypes");
  expect(typesError(["PING"])).toBeNull();
  expect(fullError(10, 10)?.field).toBe("app");
  expect(fullError(9, 10)).toBeNull();
});
test("twelve types are known, each once", () => {
  expect(TYPES).toHaveLength(12);
  expect(new Set(TYPES.map(({ type }) => type)).size).toBe(12);
});
test("chips fold what does not fit, and make a new type readable", () => {
  const all = TYPES.map(({ type }) => type);
  expect(chipsOf(all)).toEqual(["All 12 types"]);
  expect(chipsOf([...all, "BUILD_WAS_FROZEN"])).toEqual(["All 12 types", "Build was frozen"]);
  expect(chipsOf(all.slice(0, 4))).toHaveLength(4);
  expect(chipsOf(all.slice(0, 5)).at(-1)).toBe("2 more");
  expect(chipOf("PING")).toBe("Ping");
  expect(inOrder(["NEW", all[1] ?? "", all[0] ?? ""])).toEqual([all[0], all[1], "NEW"]);
});
test("trouble is told before anything else, and being off before the last delivery", () => {
  const trouble = {
    code: "keychainLocked",
    message: "it is locked",
    hint: "unlock it",
    field: null,
  } as const;
  expect(lastWords({ ...webhook, moved: true, trouble }, now)).toMatchObject({ words: "It is locked." });
  expect(lastWords({ ...webhook, moved: true }, now).meaning).toBe("needsYou");
  expect(lastWords({ ...webhook, enabled: false, last: failed }, now).words).toBe("Off, no deliveries");
  expect(lastWords({ ...webhook, last: failed }, now)).toEqual({
    meaning: "bad",
    words: "The receiver answered 500, just now",
    hint: "Look at its log.",
  });
});
test("a failure is told once, and leads to the log", () => {
  const hook = { ...webhook, last: failed, failed: 2 };
  expect(lastWords(hook, now, true)).toEqual({ meaning: "bad", words: "Answered 500, just now", hint: "" });
  expect(failuresWords(hook)).toBe("2 failed");
  expect(failuresWords({ ...hook, failed: 0 })).toBe("Its deliveries");
  expect(failuresWords(webhook)).toBe("");
});
test("a log that nobody has looked at is not called empty", () => {
  expect(lastWords(webhook, now).words).toBe("No delivery in the last 10 days");
  expect(lastWords({ ...webhook, failed: null }, now)).toMatchObject({
    meaning: "waiting",
    words: "Looking at its deliveries",
  });
});
test("an app is marked by the worst of its webhooks", () => {
  const of = (...webhooks: AppWebhook[]) => ({
    account: "x",
    app: { id: "a1", name: "", bundleId: "" },
    webhooks,
    most: 10,
    readAt: null,
    trouble: null,
  });
  expect(matterOf(undefined)).toBeNull();
  expect(matterOf(of(webhook))).toBeNull();
  expect(matterOf(of(webhook, { ...webhook, last: failed }))).toBe("bad");
  expect(matterOf(of({ ...webhook, last: failed, enabled: false }))).toBeNull();
  expect(matterOf(of({ ...webhook, last: failed }, { ...webhook, moved: true }))).toBe("needsYou");
});
test("a ping on its way tells how far it has come", () => {
  expect(new Set([0, 2_000, 20_000].map(underWords)).size).toBe(3);
});
test("deleting names what is lost", () => {
  expect(deletionWords(webhook)).toContain("removed from the keychain");
  expect(deletionWords({ ...webhook, local: null })).not.toContain("keychain");
});
