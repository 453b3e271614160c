// The test decides when each reply arrives, and in which order.
import { describe, expect, test } from "vitest";
import type { ApiError } from "../bindings/api";
import { Resource } from "./resource.svelte";

const refusal: ApiError = { code: "internal", message: "the store is full", hint: "make room", field: null };

/** A command whose replies are held back. */
function held<T>() {
  const waiting: { give: (value: T) => void; refuse: (error: ApiError) => void }[] = [];
  let asked = 0;
  return {
    ask: () => {
      asked += 1;
      return new Promise<T>((give, refuse) => waiting.push({ give, refuse }));
    },
    /** Answers the oldest pending call, or the one at this index. */
    give: (value: T, at = 0) => waiting.splice(at, 1)[0]?.give(value),
    refuse: (at = 0) => waiting.splice(at, 1)[0]?.refuse(refusal),
    get asked() {
      return asked;
    },
    get waiting() {
      return waiting.length;
    },
  };
}

/** Lets everything run that doesn't wait for a reply. */
const settle = () => new Promise((done) => setTimeout(done));

async function known<T>(value: T) {
  const engine = held<T>();
  const resource = new Resource(engine.ask);
  const loading = resource.load();
  engine.give(value);
  await loading;
  return { engine, resource };
}

describe("reading", () => {
  test("two that ask at once are one command", async () => {
    const engine = held<number>();
    const resource = new Resource(engine.ask);
    expect(resource.phase).toBe("loading");
    const both = Promise.all([resource.load(), resource.load()]);
    engine.give(1);
    await both;
    await resource.ensure();
    expect([resource.value, resource.phase, engine.asked]).toEqual([1, "ready", 1]);
  });
  test("the last known value is shown while it is read again, and beside an error", async () => {
    const { engine, resource } = await known("old");
    const reading = resource.load();
    expect([resource.value, resource.reading]).toEqual(["old", true]);
    engine.refuse();
    await reading;
    expect([resource.value, resource.phase, resource.error]).toEqual(["old", "ready", refusal]);
    const again = resource.load();
    engine.give("new");
    await again;
    expect([resource.value, resource.error]).toEqual(["new", null]);
  });
  test("what could not be read at all has failed", async () => {
    const engine = held<string>();
    const resource = new Resource(engine.ask);
    const reading = resource.load();
    engine.refuse();
    await reading;
    expect([resource.value, resource.phase, resource.reading]).toEqual([null, "failed", false]);
  });
  test("many changes during a reading are one more reading", async () => {
    const engine = held<number>();
    const resource = new Resource(engine.ask);
    const reading = resource.load();
    for (let at = 0; at < 5; at += 1) void resource.refresh();
    engine.give(1);
    await settle();
    engine.give(2);
    await reading;
    expect([resource.value, engine.asked, engine.waiting]).toEqual([2, 2, 0]);
  });
  test("a reply to an older question is ignored, whenever it comes", async () => {
    const engine = held<string>();
    const resource = new Resource(engine.ask);
    void resource.load();
    const newer = resource.restart();
    engine.give("newer", 1);
    await newer;
    engine.give("older");
    await settle();
    expect([resource.value, resource.reading, engine.asked]).toEqual(["newer", false, 2]);
  });
  test("another question clears what is shown, unless it is kept", async () => {
    const { resource } = await known("one");
    void resource.restart({ keep: true });
    expect(resource.value).toBe("one");
    void resource.restart();
    expect([resource.value, resource.phase]).toEqual([null, "loading"]);
  });
});

describe("a push", () => {
  test("is newer than a reply that is on its way", async () => {
    const engine = held<string>();
    const resource = new Resource(engine.ask);
    const reading = resource.load();
    resource.told("pushed");
    engine.give("older");
    await reading;
    expect([resource.value, engine.asked]).toEqual(["pushed", 1]);
  });
  test("of a part has a reply that is on its way read once more", async () => {
    const { engine, resource } = await known([1, 2]);
    const reading = resource.load();
    resource.patch((all) => [...all, 3]);
    engine.give([1, 2]);
    await settle();
    expect(resource.value).toEqual([1, 2, 3]);
    engine.give([1, 2, 3, 4]);
    await reading;
    expect(resource.value).toEqual([1, 2, 3, 4]);
  });
});

describe("a change", () => {
  const without = (gone: number) => (all: number[]) => all.filter((one) => one !== gone);

  test("shows at once, and is taken back if it is refused", async () => {
    const { engine, resource } = await known([1, 2, 3]);
    const keep = held<null>();
    const changing = resource.change(keep.ask, { shows: without(2) });
    expect(resource.value).toEqual([1, 3]);
    keep.refuse();
    await expect(changing).rejects.toEqual(refusal);
    expect(resource.value).toEqual([1, 2, 3]);
    engine.give([1, 2, 3]);
    await settle();
    expect(resource.reading).toBe(false);
  });
  test("taken back leaves what was pushed meanwhile", async () => {
    const { resource } = await known([1, 2]);
    const keep = held<null>();
    const changing = resource.change(keep.ask, { shows: without(1) });
    resource.patch((all) => [...all, 3]);
    expect(resource.value).toEqual([2, 3]);
    keep.refuse();
    await changing.catch(() => undefined);
    expect(resource.value).toEqual([1, 2, 3]);
  });
  test("is not undone by a reply that was asked for before it", async () => {
    const { engine, resource } = await known([1, 2]);
    const keep = held<null>();
    const reading = resource.load();
    const changing = resource.change(keep.ask, { shows: without(2) });
    keep.give(null);
    await changing;
    engine.give([1, 2]);
    await settle();
    expect(resource.value).toEqual([1]);
    engine.give([1]);
    await reading;
    expect([resource.value, engine.asked]).toEqual([[1], 3]);
  });
  test("whose answer comes after a newer one's has the value read again", async () => {
    const { engine, resource } = await known("a");
    const keep = held<string>();
    const gives = (_: string, reply: string) => reply;
    const both = [resource.change(keep.ask, { gives }), resource.change(keep.ask, { gives })];
    keep.give("c", 1);
    keep.give("b");
    await Promise.all(both);
    engine.give("c");
    await settle();
    expect([resource.value, engine.asked]).toEqual(["c", 2]);
  });
  test("that says nothing of the value has it read again", async () => {
    const { engine, resource } = await known(1);
    await resource.change(() => Promise.resolve(null));
    engine.give(2);
    await settle();
    expect([resource.value, engine.asked]).toEqual([2, 2]);
  });
});
