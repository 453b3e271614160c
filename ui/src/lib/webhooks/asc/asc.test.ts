// What the webhook form rejects before asking, and the texts about webhooks, types and pings.
import { expect, test } from "vitest";
import type { AppWebhook } from "../../bindings/api";
import { chipOf, chipsOf, inOrder, PRESETS, presetOf, TYPES } from "./eventTypes";
import { fullError, nameError, typesError, urlError } from "./validation";
import { deletionWords, failuresWords, lastWords, matterOf, matterWords, underWords } from "./words";

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
  means: "the server failed",
  hint: "fix it",
  signature: null,
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
  expect(lastWords({ ...webhook, enabled: false, last: failed }, now).words).toBe("Disabled");
  expect(lastWords({ ...webhook, last: failed }, now)).toEqual({
    meaning: "bad",
    words: "The server failed · just now",
    hint: "Fix it.",
  });
});
test("a failure is told once, and leads to the log", () => {
  const hook = { ...webhook, last: failed, failed: 2 };
  expect(lastWords(hook, now, true)).toEqual({ meaning: "bad", words: "Replied 500 · just now", hint: "" });
  expect(failuresWords(hook)).toBe("2 failed");
  expect(failuresWords({ ...hook, failed: 0 })).toBe("Deliveries");
  expect(failuresWords(webhook)).toBe("");
});
test("a log that nobody has looked at is not called empty", () => {
  expect(lastWords(webhook, now).words).toBe("No deliveries in the last 10 days");
  expect(lastWords({ ...webhook, failed: null }, now)).toMatchObject({
    meaning: "waiting",
    words: "Checking deliveries…",
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
  expect(deletionWords(webhook)).toContain("removed from your keychain");
  expect(deletionWords({ ...webhook, local: null })).not.toContain("your keychain");
});

test("a wrong secret that was rotated since is no longer bad, and waits for a delivery", () => {
  const rotated = { ...failed, means: "secret rotated", hint: "send a test", signature: "rotated" } as const;
  expect(lastWords({ ...webhook, last: rotated }, now)).toEqual({
    meaning: "waiting",
    words: "Secret rotated",
    hint: "Send a test.",
  });
  const of = {
    account: "x",
    app: { id: "a1", name: "", bundleId: "" },
    most: 10,
    readAt: null,
    trouble: null,
  };
  expect(matterOf({ ...of, webhooks: [{ ...webhook, last: rotated }] })).toBeNull();
  expect(matterWords({ ...of, webhooks: [{ ...webhook, last: failed }] })).toBe("1 webhook failing");
});
test("a preset is known by its types, and every type of one exists", () => {
  for (const { name, types } of PRESETS) {
    expect(presetOf([...types].reverse())).toBe(name);
    expect(types.every((type) => TYPES.some((known) => known.type === type))).toBe(true);
  }
  expect(presetOf(["PING"])).toBeNull();
});
