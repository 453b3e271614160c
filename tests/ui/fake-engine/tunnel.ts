// The fake engine's tunnel: providers, the chosen one's state, fixed webhooks, missed events, the doctor.
import type {
  CatchUp,
  DoctorResult,
  DoctorStep,
  DoctorSubject,
  FeedbackStorage,
  StaleWebhook,
  Tunnel,
  TunnelNews,
  TunnelStatus,
} from "../../../ui/src/lib/bindings/api.ts";
import { type Answers, refusal } from "./answers.ts";
import type { FakeEngine, State } from "./engine.ts";
import { NOW } from "./events.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
export const before = (milliseconds: number) => new Date(+NOW - milliseconds).toISOString();
export const after = (milliseconds: number) => before(-milliseconds);
export const news = (): TunnelNews[] => [
  {
    at: before(6 * HOUR + 14 * MINUTE),
    kind: "moved",
    text: "Address changed, 14 webhooks updated in App Store Connect",
    count: 14,
  },
  {
    at: before(6 * HOUR + 14 * MINUTE),
    kind: "fetched",
    text: "Back after sleep, 3 missed events fetched",
    count: 3,
  },
  {
    at: before(6 * HOUR + 15 * MINUTE),
    kind: "notMoved",
    text: "1 webhook not updated: the key of Northwind Labs may only read",
    count: 1,
  },
  {
    at: before(40 * HOUR),
    kind: "down",
    text: "Cloudflared ended with “no recent network activity”",
    count: 0,
  },
];

const URL_HERE = "https://hooks.halden.example";
export const up = (parts: Partial<Tunnel> = {}): Tunnel => ({
  provider: "cloudflare-named",
  name: "Cloudflare, named tunnel",
  fields: { url: URL_HERE },
  wanted: true,
  tunnel: {
    state: "up",
    url: URL_HERE,
    since: before(6 * HOUR + 12 * MINUTE),
  },
  proof: {
    at: before(40 * SECOND),
    result: "reached",
    milliseconds: 118,
    message: "the public address works",
  },
  elsewhere: null,
  heal: true,
  strays: [],
  news: news(),
  ...parts,
});

/** Never set up. */
export const off = (parts: Partial<Tunnel> = {}): Tunnel => ({
  provider: null,
  name: "No tunnel",
  fields: {},
  wanted: false,
  tunnel: { state: "off" },
  proof: null,
  elsewhere: null,
  heal: true,
  strays: [],
  news: [],
  ...parts,
});

export const stray = (parts: Partial<StaleWebhook> = {}): StaleWebhook => ({
  local: "l-h3",
  id: "h3",
  account: "halden",
  app: "a1",
  name: "Ana’s MacBook",
  url: "https://calm-otter-19.trycloudflare.example/hooks/77Ql9aaB",
  trouble: null,
  ...parts,
});

export const caughtUp = (parts: Partial<CatchUp> = {}): CatchUp => ({
  minutes: 2,
  running: false,
  lastAt: before(MINUTE),
  fetched: 0,
  webhooks: ["h1", "h6", "h7"].map((id) => ({
    local: `l-${id}`,
    name: "Studio Mac",
    readAt: before(4 * MINUTE),
    fetched: 0,
    gap: null,
    trouble: null,
  })),
  ...parts,
});

/** The space that testers' pictures and logs take. */
export const storage = (parts: Partial<FeedbackStorage> = {}): FeedbackStorage => ({
  files: 318,
  bytes: 624 * 1024 ** 2,
  days: 90,
  maxBytes: 2_000_000_000,
  folder: "/home/mira/.local/share/hookbell/feedback",
  trouble: null,
  ...parts,
});

const step = (
  subject: DoctorSubject,
  title: string,
  detail: string,
  parts: Partial<DoctorStep> = {},
): DoctorStep => ({
  subject,
  title,
  result: "good",
  detail,
  hint: "",
  remedy: null,
  route: null,
  ...parts,
});
/** The doctor's steps; the given ones replace steps by subject. */
export const steps = (changed: Partial<Record<DoctorSubject, Partial<DoctorStep>>> = {}): DoctorStep[] =>
  [
    step("keychain", "Keychain", "Unlocked, 2 keys and 16 secrets"),
    step("accounts", "Accounts", "All 2 keys work, 2,150 of 3,600 API requests left"),
    step("webhooks", "Webhooks", "3 webhooks enabled and sending here"),
    step("eventTypes", "Event types", "Subscribed to all 12 event types"),
    step("listener", "Listener", "Listening at 127.0.0.1:8377"),
    step("tunnel", "Tunnel", "Cloudflare, up for 6h"),
    step("address", "Address", "Public address works (118 ms)"),
    step("signature", "Signature", "Last request 4 min ago, signature valid"),
    step("notifications", "Notifications", "Notifications are allowed"),
  ].map((one) => ({ ...one, ...changed[one.subject] }));

const SAID: [text: string, after?: number][] = [
  ["INF Starting tunnel tunnelID=5b1f7a52-0f1d-4b5e-9d3e-2f1a6c1b9ec2"],
  ["INF Registered tunnel connection connIndex=0 location=arn02 protocol=quic", 9],
  ["INF Registered tunnel connection connIndex=1 location=arn06 protocol=quic", 10],
  ["WRN Connection terminated, retrying in 1s connIndex=1", 11_640],
  ["INF Registered tunnel connection connIndex=1 location=arn02 protocol=quic", 11_641],
];
export const LINES = SAID.map(([text, at = 0]) => ({
  at: before(6 * HOUR + 12 * MINUTE - at * SECOND),
  text,
}));

const statusOf = ({ provider: id, name, tunnel, proof }: Tunnel): TunnelStatus | null =>
  id === null ? null : { name, tunnel, proof };

/** The engine's state with this tunnel, including the status. */
export function withTunnel(tunnel: Tunnel, parts: State = {}): State {
  return {
    tunnel,
    ...parts,
    status: { tunnel: statusOf(tunnel), ...parts.status },
  };
}

function chosen(engine: FakeEngine, id: string) {
  const found = engine.providers.find((one) => one.id === id);
  if (!found) throw refusal("invalidInput", "there is no such tunnel provider", "choose another", "provider");
  return found;
}

const starting = (tunnel: Tunnel): Tunnel => ({
  ...tunnel,
  wanted: true,
  tunnel: { state: "starting" },
  proof: null,
});

/** Each is called with the fake engine as `this`. */
export const tunnelCommands = {
  tunnel() {
    return this.tunnel;
  },
  tunnelProviders() {
    return this.providers;
  },
  setTunnel({ provider: id, fields, token, forgetToken, stopped }) {
    if (id === null) return this.becomeTunnel(off({ news: this.tunnel.news }));
    const of = chosen(this, id);
    if (fields.url?.startsWith("http:"))
      throw refusal(
        "invalidInput",
        "App Store Connect sends only to https addresses",
        "start it with https://",
        "url",
      );
    if (token !== null) of.tokenKept = true;
    if (forgetToken) of.tokenKept = false;
    return this.becomeTunnel({
      ...this.tunnel,
      provider: id,
      name: of.name,
      fields,
      wanted: !stopped,
      tunnel: { state: stopped ? "off" : "starting" },
      proof: null,
    });
  },
  startTunnel() {
    return this.becomeTunnel(starting(this.tunnel));
  },
  stopTunnel() {
    return this.becomeTunnel({
      ...this.tunnel,
      wanted: false,
      tunnel: { state: "off" },
      proof: null,
    });
  },
  restartTunnel() {
    return this.becomeTunnel(starting(this.tunnel));
  },
  tunnelOutput() {
    return { lines: this.lines };
  },
  healSwitch({ on }) {
    return this.becomeTunnel({ ...this.tunnel, heal: on });
  },
  healNow() {
    const strays = this.tunnel.strays.filter(({ trouble }) => trouble !== null);
    const moved = this.tunnel.strays.length - strays.length;
    this.becomeTunnel({ ...this.tunnel, strays });
    return { moved, strays };
  },
  catchUp() {
    return this.missed;
  },
  setCatchUp({ minutes }) {
    this.missed = { ...this.missed, minutes };
    return this.missed;
  },
  catchUpNow() {
    this.missed = { ...this.missed, lastAt: NOW.toISOString(), fetched: 3 };
    return this.missed;
  },
  doctor() {
    const of = (result: DoctorResult) => this.steps.filter((one) => one.result === result).length;
    return {
      at: NOW.toISOString(),
      good: of("good"),
      bad: of("bad"),
      steps: this.steps,
    };
  },
  feedbackStorage() {
    return this.storage;
  },
  setFeedbackRetention({ days, maxBytes }) {
    this.storage = { ...this.storage, days, maxBytes };
    return this.storage;
  },
  clearFeedbackFiles() {
    this.storage = { ...this.storage, files: 0, bytes: 0 };
    return this.storage;
  },
  copyText({ text }) {
    this.copied = text;
    return null;
  },
} satisfies Partial<Answers>;
export { statusOf as tunnelStatusOf };
