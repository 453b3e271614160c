// Choosing a tunnel provider: what is offered, what the form rejects, what is sent.
import { expect, test } from "vitest";
import type { Tunnel, TunnelProvider } from "../bindings/api";
import {
  aboutWords,
  draftError,
  draftOf,
  foremost,
  hasForm,
  isChanged,
  missing,
  requestOf,
  usable,
} from "./choice";

function provider(parts: Partial<TunnelProvider>): TunnelProvider {
  return {
    id: "bore",
    name: "bore",
    about: "A port of your own server.",
    keepsAddress: false,
    program: "bore",
    installed: true,
    path: null,
    version: null,
    install: "",
    fields: [
      { id: "server", label: "Server", example: "bore.example", hint: "", required: true },
      { id: "url", label: "Public address", example: "https://a.example", hint: "", required: false },
    ],
    token: "optional",
    tokenHint: "",
    tokenKept: false,
    ...parts,
  };
}
const tunnel: Tunnel = {
  provider: "bore",
  name: "bore",
  fields: { server: "bore.halden.example" },
  wanted: true,
  tunnel: { state: "up", url: "https://a.example", since: "2026-11-20T14:00:00Z" },
  proof: null,
  elsewhere: null,
  heal: true,
  strays: [],
  news: [],
};
const bore = provider({});

test("what is not installed is offered apart, but the one in use is not taken away", () => {
  const all = [provider({ id: "a" }), provider({ id: "b", installed: false })];
  const ids = (some: TunnelProvider[]) => some.map(({ id }) => id);
  expect([ids(usable(all, null)), ids(missing(all, null))]).toEqual([["a"], ["b"]]);
  expect([ids(usable(all, "b")), ids(missing(all, "b"))]).toEqual([["a", "b"], []]);
});
test("a few are shown at first, and what is in use always", () => {
  const all = ["a", "b", "c", "d", "e"].map((id) => provider({ id }));
  const ids = (kept: string[]) => foremost(all, 3, kept).map(({ id }) => id);
  expect(ids([])).toEqual(["a", "b", "c"]);
  expect(ids(["e"])).toEqual(["a", "b", "e"]);
  expect(ids(["b", "e"])).toEqual(["a", "b", "e"]);
  expect(ids(["e", "unknown", "d", "c", "b"])).toEqual(["b", "c", "d", "e"]);
});
test("a form opens with what was filled in, and never with a token", () => {
  expect(draftOf(bore, tunnel)).toEqual({
    provider: "bore",
    fields: { server: "bore.halden.example", url: "" },
    token: "",
  });
  expect(draftOf(provider({ id: "ssh" }), tunnel).fields["server"]).toBe("");
  expect(draftOf(null, tunnel)).toEqual({ provider: null, fields: {}, token: "" });
});
test("what has to be filled in is told at its field", () => {
  const empty = draftOf(bore, null);
  expect(draftError(empty, bore)).toMatchObject({ field: "server", hint: "it looks like bore.example" });
  const filled = { ...empty, fields: { server: " bore.example " } };
  expect(draftError(filled, bore)).toBeNull();
  expect(draftError(filled, provider({ token: "required" }))?.field).toBe("token");
  expect(draftError(filled, provider({ token: "required", tokenKept: true }))).toBeNull();
  expect(draftError(draftOf(null, null), null)).toBeNull();
});
test("only what differs can be saved", () => {
  const draft = draftOf(bore, tunnel);
  expect(isChanged(draft, tunnel)).toBe(false);
  expect(isChanged({ ...draft, fields: { server: "bore.halden.example " } }, tunnel)).toBe(false);
  expect(isChanged({ ...draft, token: "t" }, tunnel)).toBe(true);
  expect(isChanged({ ...draft, fields: { server: "other" } }, tunnel)).toBe(true);
  expect(isChanged({ ...draft, provider: null }, tunnel)).toBe(true);
});
test("empty fields and an empty token are left out, so that a kept token stays", () => {
  expect(requestOf({ provider: "bore", fields: { server: " a ", url: " " }, token: " " })).toEqual({
    provider: "bore",
    fields: { server: "a" },
    token: null,
    forgetToken: false,
    stopped: false,
  });
});
test("a tunnel provider in use tells what was filled in, unless the address says it already", () => {
  expect(aboutWords(bore, tunnel)).toBe("bore.halden.example");
  const named = provider({ about: "Keeps its address.", tokenKept: true });
  expect(aboutWords(named, { ...tunnel, fields: { url: "https://a.example/" } })).toBe(
    "Keeps its address. Token saved in keychain.",
  );
  expect(aboutWords(bore, { ...tunnel, provider: null })).toBe("A port of your own server.");
  expect(hasForm(provider({ fields: [], token: "none" }))).toBe(false);
});
