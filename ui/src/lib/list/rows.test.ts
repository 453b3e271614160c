// Rows stay in order and unique, whatever arrives when, and a refused change is reverted.
import { expect, test } from "vitest";
import type { ApiError } from "../bindings/api";
import { newestFirst } from "./places";
import { PAGE, type Page } from "./reading.svelte";
import { Undo } from "../state/undo.svelte";
import { Rows } from "./rows.svelte";

interface Note {
  id: number;
  words: string;
  read: boolean;
  archived: boolean;
}
const note = (id: number, parts: Partial<Note> = {}): Note => ({
  id,
  words: `note ${id}`,
  read: false,
  archived: false,
  ...parts,
});
const { order } = newestFirst<Note, number>({ row: 52, at: () => "" }, ({ id }) => id);
const refusal: ApiError = { code: "storeUnwritable", message: "the disk is full", hint: "", field: null };

interface Filters {
  search: string;
  archived: boolean;
  unread: boolean;
}
const EVERYTHING: Filters = { search: "", archived: false, unread: false };

const WORDS = {
  place: "the list",
  titleOf: ({ words }: Note) => words,
  counted: (n: number) => `${n} notes`,
};

/** Notes kept by an in-memory store. It can refuse changes, and its replies can be held back. */
class Notes extends Rows<Note, number, Filters> {
  store: Note[];
  readonly steps: Undo;
  refusing = false;
  asked: (number | null)[] = [];
  kept: string[] = [];
  depth = PAGE;
  /** Replies being held back, in request order; null if replies aren't held. */
  held: (() => void)[] | null = null;

  constructor(store: Note[]) {
    const undo = new Undo();
    super(EVERYTHING, ({ id }) => id, order, WORDS, undo);
    this.store = store;
    this.steps = undo;
  }
  protected async ask({ search, archived, unread }: Filters, before: number | null, limit: number) {
    this.asked.push(before);
    const left = this.store.filter(
      (note) =>
        note.words.includes(search) &&
        note.archived === archived &&
        !(unread && note.read) &&
        note.id < (before ?? Infinity),
    );
    const rows = left.slice(0, limit);
    const next = left.length > limit ? (rows.at(-1)?.id ?? null) : null;
    const reply = { rows, next, unread: this.store.filter((note) => !note.read && !note.archived).length };
    await this.#holdBack();
    return reply satisfies Page<Note, number>;
  }
  protected keepRead = (ids: number[], read: boolean) => this.#keep(ids, { read });
  protected keepArchived = (ids: number[], archived: boolean) => this.#keep(ids, { archived });
  protected keepAllRead = async () => {
    const ids = this.store.filter(({ read, archived }) => !read && !archived).map(({ id }) => id);
    await this.#keep(ids, { read: true });
    return ids;
  };
  protected anew = () => this.depth;
  protected shows = (filters: Filters, archived: boolean) => filters.archived === archived;
  protected showsUnreadOnly = ({ unread }: Filters) => unread;
  protected belongs = ({ archived, read }: Note, filters: Filters) =>
    filters.search === "" ? archived === filters.archived && !(filters.unread && read) : null;

  /** Releases the first `count` held replies, all of them by default. */
  async release(count = this.held?.length ?? 0): Promise<void> {
    this.held?.splice(0, count).forEach((go) => go());
    await settled();
  }
  async #keep(ids: number[], change: Partial<Note>): Promise<void> {
    const { refusing } = this;
    this.kept.push(`${ids.join()} ${JSON.stringify(change)}`);
    if (!refusing)
      this.store = this.store.map((note) => (ids.includes(note.id) ? { ...note, ...change } : note));
    await this.#holdBack();
    if (refusing) throw refusal;
  }
  async #holdBack(): Promise<void> {
    if (this.held) await new Promise<void>((go) => this.held?.push(go));
  }
}
const settled = () => new Promise((done) => setTimeout(done));
const down = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, at) => note(from - at));
const idsOf = ({ rows }: Notes) => rows.map(({ id }) => id);

test("pages come together, each row once, in whatever order they come", async () => {
  const notes = new Notes([note(5), note(6), ...down(4, 1)]);
  await notes.load();
  notes.next = 5;
  await notes.more();
  expect(idsOf(notes)).toEqual([6, 5, 4, 3, 2, 1]);
  expect(notes.next).toBeNull();
});
test("what has changed comes in, and what has not stays the same object", async () => {
  const notes = new Notes([note(2), note(1)]);
  await notes.load();
  const [, second] = notes.rows;
  notes.store = [note(2, { words: "edited" }), note(1)];
  await notes.refresh();
  expect(notes.rows[0]?.words).toBe("edited");
  expect(notes.rows[1]).toBe(second);
});
test("what the engine tells comes in without asking, in its place and by the filters", async () => {
  const notes = new Notes(down(3, 1));
  await notes.load();
  const asked = notes.asked.length;
  expect(notes.toldRows([note(5), note(4, { archived: true }), note(2, { words: "edited" })], [3])).toBe(
    true,
  );
  expect([idsOf(notes), notes.rows[1]?.words, notes.asked.length]).toEqual([[5, 2, 1], "edited", asked]);
  await notes.look({ search: "note" });
  expect(notes.toldRows([note(6)], [])).toBe(false);
});
test("a page that was asked for before the engine told of a row does not take it away", async () => {
  const notes = new Notes(down(3, 1));
  await notes.load();
  notes.held = [];
  const refreshing = notes.refresh();
  await settled();
  expect(notes.toldRows([note(4), note(2, { read: true })], [1])).toBe(true);
  await notes.release();
  await refreshing;
  expect(idsOf(notes)).toEqual([4, 3, 2]);
  expect(notes.rows.at(-1)?.read).toBe(true);
});
test("what is being done to a row is not taken back by what the engine tells meanwhile", async () => {
  const notes = new Notes(down(3, 1));
  await notes.load();
  notes.held = [];
  const archiving = notes.archive(notes.rows.slice(1, 2), true);
  await settled();
  notes.toldRows([note(2, { words: "edited" })], []);
  expect(idsOf(notes)).toEqual([3, 1]);
  await notes.release();
  await archiving;
  expect(idsOf(notes)).toEqual([3, 1]);
});
test("no row is missing between many that have come and those that are known", async () => {
  const notes = new Notes(down(150, 1));
  await notes.load();
  notes.store = down(400, 1);
  await notes.refresh();
  expect(idsOf(notes)).toEqual(down(400, 51).map(({ id }) => id));
  expect(notes.next).toBe(51);
  await notes.more();
  expect(notes.rows).toHaveLength(400);
});
test("the end is known anew only where all rows were read anew", async () => {
  const notes = new Notes(down(250, 1));
  await notes.load();
  await notes.more();
  expect(notes.next).toBe(51);
  await notes.refresh();
  expect(notes.next).toBe(51);
  notes.depth = 220;
  await notes.refresh();
  expect(notes.next).toBe(31);
  notes.store = down(250, 200);
  await notes.refresh();
  expect(notes.next).toBeNull();
});
test("a mark and an archiving that were refused are taken back", async () => {
  const notes = new Notes([note(2), note(1)]);
  await notes.load();
  notes.refusing = true;
  await notes.markRead([note(2)], true);
  expect([notes.unread, notes.rows[0]?.read]).toEqual([2, false]);
  await notes.archive(notes.rows, true);
  expect(idsOf(notes)).toEqual([2, 1]);
  expect([notes.refused, notes.done, notes.unread]).toEqual([refusal, null, 2]);
  expect(notes.steps.last, "what was refused is no step").toBeNull();
});
test("several are archived with one request, and come back to their places", async () => {
  const notes = new Notes(down(5, 1));
  await notes.load();
  await notes.archive([note(4), note(2)], true);
  expect(idsOf(notes)).toEqual([5, 3, 1]);
  expect(notes.kept).toEqual(['4,2 {"archived":true}']);
  expect(notes.steps.last?.done).toBe("Archived 2 notes.");
  void notes.steps.take();
  expect(notes.done?.rows.map(({ id }) => id)).toEqual([4, 2]);
  expect(idsOf(notes)).toEqual([5, 4, 3, 2, 1]);
  await settled();
  expect(notes.store.some(({ archived }) => archived)).toBe(false);
});
test("only what was changed is changed back", async () => {
  const notes = new Notes([note(3), note(2, { read: true }), note(1)]);
  await notes.load();
  await notes.markRead(notes.rows, true);
  void notes.steps.take();
  await settled();
  expect(notes.rows.map(({ read }) => read)).toEqual([false, true, false]);
  expect(notes.store).toEqual(notes.rows);
});
test("steps are taken back one after another, the last one first", async () => {
  const notes = new Notes(down(3, 1));
  await notes.load();
  await notes.archive([note(3)], true);
  await notes.markRead([note(2)], true);
  await notes.archive([note(2)], true);
  void notes.steps.take();
  expect(notes.rows[0]).toEqual(note(2, { read: true }));
  void notes.steps.take();
  void notes.steps.take();
  expect(notes.rows).toEqual(down(3, 1));
  expect(notes.steps.last).toBeNull();
});
test("opening a row is no step of its own", async () => {
  const notes = new Notes(down(2, 1));
  await notes.load();
  await notes.markOpened(note(2));
  expect([notes.unread, notes.done, notes.steps.last]).toEqual([1, null, null]);
});
test("other filters bring other rows, and a new generation of them", async () => {
  const notes = new Notes(down(3, 1));
  await notes.load();
  await notes.look({ search: "note 2" });
  expect(idsOf(notes)).toEqual([2]);
  expect(notes.shown).toEqual({ filters: { ...EVERYTHING, search: "note 2" }, generation: 2 });
});
test("an archived row does not come back with a page that was read before", async () => {
  const notes = new Notes(down(3, 1));
  await notes.load();
  notes.held = [];
  void notes.refresh();
  await settled();
  void notes.archive([note(2)], true);
  await notes.release();
  expect(idsOf(notes)).toEqual([3, 1]);
  await notes.release();
  await notes.release();
  expect(idsOf(notes)).toEqual([3, 1]);
});
test("a row that is archived while a second page is read does not come back with the first", async () => {
  const notes = new Notes(down(150, 1));
  await notes.load();
  notes.store = down(400, 1);
  notes.held = [];
  void notes.refresh();
  await settled();
  await notes.release(1);
  void notes.archive([note(140)], true);
  for (let turn = 0; turn < 10; turn += 1) await notes.release();
  expect(notes.rowOf(140)).toBeUndefined();
  expect(notes.rows).toHaveLength(349);
});
test("a row that is brought back stays when a page comes that was read before", async () => {
  const notes = new Notes(down(3, 1));
  await notes.load();
  await notes.archive([note(2)], true);
  await settled();
  notes.held = [];
  void notes.refresh();
  await settled();
  void notes.steps.take();
  await notes.release(1);
  expect(idsOf(notes)).toEqual([3, 2, 1]);
});
test("what another process archives or deletes leaves the list", async () => {
  const notes = new Notes(down(3, 1));
  await notes.load();
  notes.store = [note(3), note(1)];
  await notes.refresh();
  expect(idsOf(notes)).toEqual([3, 1]);
});
test("what was just read keeps its place among the unread", async () => {
  const notes = new Notes(down(3, 1));
  await notes.look({ unread: true });
  await notes.markOpened(note(2));
  await notes.refresh();
  expect(idsOf(notes)).toEqual([3, 2, 1]);
});
test("undone after switching to the archive, a row leaves that list", async () => {
  const notes = new Notes(down(3, 1));
  await notes.load();
  await notes.archive([note(2)], true);
  await notes.look({ archived: true });
  expect(idsOf(notes)).toEqual([2]);
  void notes.steps.take();
  expect(idsOf(notes)).toEqual([]);
  await settled();
  await notes.look({ archived: false });
  expect(idsOf(notes)).toEqual([3, 2, 1]);
});
test("undone under other filters, a row stands where the engine says", async () => {
  const notes = new Notes(down(3, 1));
  await notes.load();
  await notes.archive([note(2)], true);
  await notes.look({ search: "note 1" });
  void notes.steps.take();
  await settled();
  await settled();
  expect(idsOf(notes)).toEqual([1]);
  await notes.look({ search: "note" });
  expect(idsOf(notes)).toEqual([3, 2, 1]);
});
test("everything marked as read stays so, whatever comes late, and can be undone", async () => {
  const notes = new Notes([...down(150, 4), note(3, { read: true }), ...down(2, 1)]);
  await notes.load();
  notes.held = [];
  void notes.more();
  void notes.refresh();
  await settled();
  void notes.markAllRead();
  expect(notes.unread).toBe(0);
  for (let turn = 0; turn < 10; turn += 1) {
    await notes.release(1);
    expect(notes.rows.filter(({ read }) => !read)).toEqual([]);
    expect(notes.unread).toBe(0);
  }
  expect(notes.rows).toHaveLength(150);
  notes.held = null;
  expect(notes.done?.count).toBe(149);
  void notes.steps.take();
  await settled();
  expect(notes.unread).toBe(149);
  expect(notes.store.filter(({ read }) => read).map(({ id }) => id)).toEqual([3]);
});
test("two answers about one row come in the order of what was done", async () => {
  const notes = new Notes(down(2, 1));
  await notes.load();
  notes.held = [];
  void notes.markRead([note(2)], true);
  void notes.markRead(notes.rows.slice(0, 1), false);
  expect(notes.kept).toEqual(['2 {"read":true}']);
  await notes.release();
  expect(notes.kept).toEqual(['2 {"read":true}', '2 {"read":false}']);
  expect(notes.unread).toBe(2);
});
test("a count from before what was done does not replace what is shown", async () => {
  const notes = new Notes(down(3, 1));
  await notes.load();
  notes.held = [];
  void notes.markRead([note(3), note(2)], true);
  notes.countUnread(2);
  expect(notes.unread).toBe(1);
  notes.countUnread(1);
  await notes.release();
  expect(notes.unread).toBe(1);
});
test("rows of other filters do not come among those that are shown", async () => {
  const notes = new Notes(down(3, 1));
  await notes.load();
  notes.held = [];
  void notes.refresh();
  void notes.look({ search: "note 1" });
  await settled();
  await notes.release(2);
  expect(idsOf(notes)).toEqual([1]);
});
test("where all rows that were read are archived, the next ones are read", async () => {
  const notes = new Notes(down(150, 1));
  await notes.load();
  await notes.archive(notes.rows, true);
  await settled();
  expect(notes.rows).toHaveLength(50);
});
test("a deleted row does not come back late, and no step brings it back", async () => {
  const notes = new Notes(down(3, 1));
  await notes.load();
  await notes.archive([note(3)], true);
  notes.held = [];
  void notes.refresh();
  await settled();
  notes.store = [note(1)];
  notes.forget([3, 2]);
  await notes.release();
  expect(idsOf(notes)).toEqual([1]);
  expect(notes.steps.last).toBeNull();
});

test("reading again what has not changed leaves the rows as they are, so that nothing is laid out anew", async () => {
  const notes = new Notes([note(3), note(2), note(1)]);
  await notes.load();
  const { rows } = notes;
  await notes.refresh();
  expect(notes.rows).toBe(rows);
});
