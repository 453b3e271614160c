// State read from the engine in each room, with replies that are late or out of order: newer state wins.
import { expect, test } from "vitest";
import type { Backend } from "../backend/backend";
import type {
  Account,
  ApiError,
  CatchUp,
  DeliveriesReply,
  FeedbackStorage,
  InsightsReply,
  SettingsReply,
  Tunnel,
} from "../bindings/api";
import { Deliveries } from "../deliveries/deliveries.svelte";
import { Insights } from "../insights/insights.svelte";
import { Kept } from "../settings/kept.svelte";
import { Preferences } from "../settings/preferences.svelte";
import { Updates } from "../settings/updates.svelte";
import { Missed } from "../tunnel/missed.svelte";
import { Output } from "../tunnel/output.svelte";
import { WayThrough } from "../tunnel/way.svelte";

const refusal: ApiError = { code: "internal", message: "the store is full", hint: "make room", field: null };

/** An engine whose replies wait until the test releases them. */
function held() {
  const waiting: { command: string; give: (reply: unknown) => void; refuse: (error: ApiError) => void }[] =
    [];
  const take = (command: string, at: number) => {
    const one = waiting.filter((each) => each.command === command)[at];
    if (!one) throw new Error(`no reply to ${command} waits there`);
    waiting.splice(waiting.indexOf(one), 1);
    return one;
  };
  const call = (command: string) => new Promise((give, refuse) => waiting.push({ command, give, refuse }));
  return {
    call: call as Backend["call"],
    /** Answers the oldest pending call of this command, or the one at this index. */
    give: async (command: string, reply: unknown, at = 0) => {
      take(command, at).give(reply);
      await settle();
    },
    refuse: async (command: string, at = 0) => {
      take(command, at).refuse(refusal);
      await settle();
    },
    count: (command: string) => waiting.filter((each) => each.command === command).length,
  };
}
/** Lets everything run that doesn't wait for a reply. */
const settle = () => new Promise((done) => setTimeout(done));

const settings = (textSize: number) => ({ settings: { textSize } }) as SettingsReply;
const storage = (days: number) => ({ days, maxBytes: 1, bytes: 0, files: 0 }) as FeedbackStorage;
const tunnel = (name: string) => ({ name, strays: [] }) as unknown as Tunnel;
const log = (id: string) =>
  ({ deliveries: [{ id, state: "succeeded" }], troubles: [] }) as unknown as DeliveriesReply;
const worked = (failed: number) =>
  ({ apps: [], timeline: null, health: { total: { failed } } }) as unknown as InsightsReply;
const caughtUp = (lastAt: string) => ({ lastAt, webhooks: [] }) as unknown as CatchUp;
const halden = { id: "halden" } as Account;

test("a setting that was just changed is not taken back by what was read before", async () => {
  const engine = held();
  const preferences = new Preferences(engine.call);
  void preferences.load();
  await engine.give("settings", settings(100));
  void preferences.refresh();
  void preferences.change({ textSize: 125 });
  await settle();
  await engine.give("changeSettings", settings(125));
  await engine.give("settings", settings(100));
  expect(preferences.now?.settings.textSize).toBe(125);
});
test("settings are changed one after another, and each shows at once", async () => {
  const engine = held();
  const preferences = new Preferences(engine.call);
  void preferences.load();
  await engine.give("settings", settings(100));
  void preferences.change({ textSize: 110 });
  void preferences.change({ textSize: 125 });
  await settle();
  expect([preferences.now?.settings.textSize, engine.count("changeSettings")]).toEqual([125, 1]);
  await engine.give("changeSettings", settings(110));
  expect([preferences.now?.settings.textSize, engine.count("changeSettings")]).toEqual([125, 1]);
  await engine.refuse("changeSettings");
  expect(preferences.now?.settings.textSize).toBe(110);
  expect(preferences.refusal("textSize")).toEqual(refusal);
});
test("how long screenshots are kept shows at once, and is taken back where it is refused", async () => {
  const engine = held();
  const kept = new Kept(engine.call);
  void kept.load();
  await engine.give("feedbackStorage", storage(30));
  void kept.load();
  void kept.keep(90, 1);
  expect(kept.now?.days).toBe(90);
  await engine.give("setFeedbackRetention", storage(90));
  await engine.give("feedbackStorage", storage(30));
  expect(kept.now?.days).toBe(90);
  await engine.give("feedbackStorage", storage(90));
  void kept.keep(7, 1);
  await engine.refuse("setFeedbackRetention");
  expect([kept.now?.days, kept.error]).toEqual([90, refusal]);
});
test("an update that is pushed is not forgotten for a reply from before", async () => {
  const engine = held();
  const updates = new Updates(engine.call);
  void updates.load();
  updates.told({ state: "available", version: "0.3.0", notes: null } as never);
  await engine.give("updateStatus", { state: "newest", lookedAt: "" });
  expect(updates.status?.state).toBe("available");
});
test("a tunnel that was read before it changed is read once more, and not shown", async () => {
  const engine = held();
  const way = new WayThrough(engine.call);
  void way.load();
  void way.refresh();
  await engine.give("tunnel", tunnel("older"));
  void way.start();
  await engine.give("startTunnel", tunnel("started"));
  await engine.give("tunnel", tunnel("older"));
  expect(way.now?.name).toBe("started");
  await engine.give("tunnel", tunnel("newer"));
  expect(way.now?.name).toBe("newer");
});
test("the output of the tunnel stays in sight while it can’t be read, and is asked for once at a time", async () => {
  const engine = held();
  const output = new Output(engine.call);
  void output.load();
  void output.load();
  expect(engine.count("tunnelOutput")).toBe(1);
  await engine.give("tunnelOutput", { lines: [{ at: "", text: "up" }] });
  void output.load();
  await engine.refuse("tunnelOutput");
  expect([output.lines?.length, output.error]).toEqual([1, refusal]);
});
test("why missed events could not be read is forgotten once they were", async () => {
  const engine = held();
  const missed = new Missed(engine.call);
  void missed.load();
  await engine.give("catchUp", caughtUp("10:00"));
  void missed.fetch();
  await engine.refuse("catchUpNow");
  await engine.give("catchUp", caughtUp("10:00"));
  expect(missed.error).toEqual(refusal);
  void missed.refresh();
  await engine.give("catchUp", caughtUp("10:05"));
  expect(missed.error).toBeNull();
});
test("the log of another webhook is not shown under this one’s name", async () => {
  const engine = held();
  const deliveries = new Deliveries(engine.call, () => undefined);
  void deliveries.look({ account: null, webhook: null }, [halden]);
  void deliveries.look({ account: "halden", webhook: "h1" }, [halden]);
  await engine.give("deliveries", log("of h1"), 1);
  await engine.give("deliveries", log("of all"));
  expect(deliveries.all.map(({ delivery }) => delivery.id)).toEqual(["of h1"]);
});
test("the log stays in sight while it can’t be read, beside why", async () => {
  const engine = held();
  const failures: (string | number)[] = [];
  const deliveries = new Deliveries(engine.call, (account, failed) => failures.push(account, failed.size));
  void deliveries.load([halden]);
  await engine.give("deliveries", log("d1"));
  void deliveries.load([halden]);
  await engine.refuse("deliveries");
  expect([deliveries.phase, deliveries.all.length, deliveries.troubles]).toEqual(["ready", 1, [refusal]]);
  expect(failures).toEqual(["halden", 0]);
});
test("what was worked out stays in sight while it can’t be worked out again, but not for another choice", async () => {
  const engine = held();
  const insights = new Insights(engine.call);
  void insights.look({ key: null, days: 30 });
  void insights.look({ key: null, days: 7 });
  await engine.give("insights", worked(7), 1);
  await engine.give("insights", worked(30));
  expect([insights.phase, insights.health?.total.failed]).toEqual(["ready", 7]);
  void insights.look({ key: null, days: 7 });
  await engine.refuse("insights");
  expect([insights.phase, insights.error, insights.health?.total.failed]).toEqual(["ready", refusal, 7]);
  void insights.look({ key: null, days: 90 });
  await engine.refuse("insights");
  expect(insights.phase).toBe("failed");
});
