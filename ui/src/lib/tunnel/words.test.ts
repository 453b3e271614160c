// The texts about the tunnel, missed events and the doctor's checks.
import { expect, test } from "vitest";
import type { CatchUp, DoctorStep, Tunnel, TunnelProvider, TunnelState } from "../bindings/api";
import { footWords } from "./foot";
import { gapWords, headlineOf, hereWords, missedWords, passedWords, programWords } from "./words";

const NOW = new Date(2026, 10, 20, 14, 40);
const before = (seconds: number) => new Date(NOW.getTime() - seconds * 1000).toISOString();
const plain = (words: string) => words.replaceAll("\u00a0", " ");
const HOUR = 3600;

const missed: CatchUp = {
  minutes: 2,
  running: false,
  lastAt: before(60),
  fetched: 0,
  webhooks: [{ local: "l1", name: "Studio Mac", readAt: before(60), fetched: 0, gap: null, trouble: null }],
};
function tunnel(state: TunnelState, parts: Partial<Tunnel> = {}): Tunnel {
  return {
    provider: "bore",
    name: "bore",
    fields: {},
    wanted: true,
    tunnel: state,
    proof: null,
    elsewhere: null,
    heal: true,
    strays: [],
    news: [],
    ...parts,
  };
}
const up = tunnel(
  { state: "up", url: "https://a.example", since: before(6 * HOUR + 12 * 60) },
  { proof: { at: before(40), result: "reached", milliseconds: 118, message: "" } },
);
const none = tunnel({ state: "off" }, { provider: null, name: "No tunnel", wanted: false });
const retrying = (nextIn: number | null) =>
  tunnel({
    state: "retrying",
    why: "cloudflared ended with “no recent network activity”",
    since: before(120),
    nextAt: nextIn === null ? null : before(-nextIn),
  });
const told = (of: Tunnel, looks: CatchUp | null = missed) => {
  const { meaning, chip, title, text, moving } = headlineOf(of, looks, "this computer", NOW);
  return [meaning, ...[chip, title, text, moving].map(plain)];
};

test("up says when it was verified, how long that took, and since when it is up", () => {
  expect(told(up)).toEqual([
    "good",
    "Up",
    "Apple can reach this computer",
    "",
    "Up for 6h 12m · verified 40s ago (118 ms round trip)",
  ]);
});
test("retrying tells why, when next, and that events are fetched until then", () => {
  expect(told(retrying(8))).toEqual([
    "needsYou",
    "Down",
    "Apple can’t reach this computer",
    "Cloudflared ended with “no recent network activity”. Until then, Hookbell fetches events every 2 minutes.",
    "Down for 2 min. Retrying in 8s.",
  ]);
  expect(told(retrying(null), null)[4]).toBe("Down for 2 min. Retrying now.");
});
test("failed tells what is wrong and what to do", () => {
  const failed = tunnel({ state: "failed", message: "the token is not accepted", hint: "copy it again" });
  expect(told(failed, null)).toEqual(["bad", "Failed", "The token is not accepted", "Copy it again.", ""]);
});
test("without a tunnel events are fetched, if there is a webhook to ask about", () => {
  expect(told(none).slice(0, 3)).toEqual(["info", "No tunnel", "Hookbell fetches events every 2 minutes"]);
  expect(told(none, { ...missed, webhooks: [] })[2]).toBe("Apple can’t send events");
  const stopped = told(tunnel({ state: "off" }, { wanted: false }));
  expect(stopped[1]).toBe("Stopped");
  expect(stopped[3]).toContain("Start the tunnel to receive events");
});
test("a tunnel that is wanted waits for the listener", () => {
  const waiting = told(tunnel({ state: "off" }));
  expect(waiting.slice(0, 3)).toEqual(["waiting", "Waiting", "Waiting for the listener"]);
  expect(waiting[3]).toContain("The tunnel starts as soon as it is");
});
test("the foot tells the same in two short lines", () => {
  const of = (one: Tunnel) => Object.values(footWords(one, NOW)).map(plain);
  expect(of(up)).toEqual(["good", "Reachable", "Verified 40s ago"]);
  expect(of(retrying(8))).toEqual(["needsYou", "Not reachable", "Retrying in 8s"]);
  expect(of(tunnel({ state: "starting" }))).toEqual(["waiting", "Starting tunnel", "bore"]);
});
test("missed events tell the last look and the next, which comes sooner without a tunnel", () => {
  const of = (...[looks, way]: [CatchUp, Tunnel]) => plain(missedWords(looks, way, NOW).join(" "));
  expect(of(missed, up)).toBe("Checked 1 min ago, nothing missed. Next check in 14 min.");
  expect(of({ ...missed, fetched: 3 }, none)).toBe(
    "Checked 1 min ago, 3 missed events fetched. Next check in 1 min.",
  );
  expect(of({ ...missed, lastAt: before(600) }, none)).toContain("The next check is due.");
  expect(of({ ...missed, lastAt: null }, up)).toBe(
    "App Store Connect’s log of deliveries hasn’t been checked yet.",
  );
  expect(of({ ...missed, running: true }, up)).toBe("Checking App Store Connect’s log of deliveries…");
  expect(of({ ...missed, webhooks: [] }, up)).toContain("No webhook of an account");
});
test("a gap tells its dates", () => {
  const at = (day: number) => new Date(2026, 10, day, 12).toISOString();
  expect(gapWords({ from: at(1), to: at(8) }, NOW)).toBe("1 November to 8 November");
  expect(gapWords({ from: at(1), to: at(1) }, NOW)).toBe("1 November");
});
test("passed checks fold to one line, which says all only when none is left", () => {
  const step = (result: DoctorStep["result"]): DoctorStep => ({
    subject: "tunnel",
    title: "Tunnel",
    result,
    detail: "",
    hint: "",
    remedy: null,
    route: null,
  });
  expect(passedWords([step("good"), step("good")])).toBe("All checks passed");
  expect(passedWords([step("good"), step("bad")])).toBe("1 check passed");
  expect(passedWords([step("good"), step("good"), step("skipped")])).toBe("2 checks passed");
});
test("a program stands at its tunnel provider as it names itself", () => {
  const ssh = {
    program: "ssh",
    installed: true,
    version: "OpenSSH_10.2p1 Debian-2, OpenSSL 3.5",
  } as TunnelProvider;
  expect(programWords(ssh)).toBe("OpenSSH 10.2p1");
  expect(programWords({ ...ssh, version: "ngrok version 3.24.0" })).toBe("ngrok 3.24.0");
  expect(programWords({ ...ssh, version: null })).toBe("ssh");
  expect(programWords({ ...ssh, installed: false })).toBe("ssh is not installed");
  expect(programWords({ ...ssh, program: null })).toBe("Nothing to install");
});
test("a Mac is called a Mac", () => {
  expect(hereWords("macos")).toBe("this Mac");
  expect(hereWords("linux")).toBe("this computer");
});
