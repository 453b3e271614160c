// What the key form rejects before asking the engine, and the texts about accounts.
import { expect, test } from "vitest";
import type { Account, ApiError } from "../bindings/api";
import { accountNameError, issuerError, keyFileError, looksFinished } from "./validation";
import { checkWords, keyWords, limitWords, markOf } from "./words";

const account: Account = {
  id: "x",
  name: "Halden",
  keyId: "2X9R4HXF34",
  issuerId: "57246542-96fe-1a63-e053-0824d011072a",
  baseUrl: "https://api.appstoreconnect.apple.com/",
  createdAt: "2026-10-03T09:12:00Z",
  webhooks: 0,
  rateLimit: null,
};

test("a team key needs an issuer ID, an individual key none", () => {
  expect(issuerError(null)).toBeNull();
  expect(issuerError(` ${account.issuerId} `)).toBeNull();
  expect(issuerError("")?.field).toBe("issuerId");
  expect(issuerError("2X9R4HXF34")?.message).toBe("not a valid issuer ID");
});
test("a key file and a name are needed", () => {
  expect(keyFileError(" ")?.field).toBe("keyFile");
  expect(keyFileError("/a.p8")).toBeNull();
  expect(accountNameError(" ")?.field).toBe("name");
});
test("a path that is being typed is looked at once it may be finished", () => {
  for (const path of [
    "AuthKey_2X9R4HXF34.p8",
    "C:\\Keys\\ApiKey_2X9R4HXF34.P8",
    "key.p8.txt ",
    "api_key.json",
  ])
    expect(looksFinished(path)).toBe(true);
  for (const path of ["", "/keys/", "AuthKey_2X9R4HXF34", "AuthKey_2X9R4HXF34.p"])
    expect(looksFinished(path)).toBe(false);
});
test("an account tells its key, and where it is if not at Apple", () => {
  expect(keyWords(account)).toBe("Team key 2X9R4HXF34");
  expect(keyWords({ ...account, issuerId: null, baseUrl: "http://127.0.0.1:8399/" })).toBe(
    "Individual key 2X9R4HXF34, at 127.0.0.1:8399",
  );
});
test("the limit is told once it is known", () => {
  expect(limitWords(account)).toBe("");
  const rateLimit = { limit: 3600, remaining: 2150, at: account.createdAt };
  expect(limitWords({ ...account, rateLimit })).toBe("2,150 of 3,600 API requests left");
  expect(checkWords({ apps: null, trouble: null })).toBe("The key works.");
  expect(checkWords({ apps: 1, trouble: null })).toBe("The key works. It has access to 1 app.");
});
test("a mark asks for nobody where it passes by itself, and is no tick where the hour is nearly used up", () => {
  const said = (code: ApiError["code"]) =>
    markOf(account, { code, message: "", hint: "", field: null }).meaning;
  expect([said("keyRefused"), said("agreementMissing")]).toEqual(["needsYou", "needsYou"]);
  expect([said("appleUnreachable"), said("rateLimited")]).toEqual(["waiting", "waiting"]);
  const left = (remaining: number) =>
    markOf({ ...account, rateLimit: { limit: 3600, remaining, at: account.createdAt } }, null).label;
  expect([left(3464), left(360), left(0)]).toEqual(["In use", "Limit nearly used", "Limit nearly used"]);
});
