// Rows stay in order and each once, whatever comes when, and what was refused is taken back.
import { expect, test } from "vitest";
import type { ApiError } from "../bindings/api";
import { newestFirst } from "./places";
import { PAGE, Rows, type Page } from "./rows.svelte";

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

/** Notes that are kept by a store of memory, which can be told to refuse. */
class Notes extends Rows<Note, number, { search: string }> {
  store: Note[];
  refusing = false;
  asked: (number | null)[] = [];
  depth = PAGE;

  constructor(store: Note[]) {
    super({ search: "" }, ({ id }) => id, order);
    this.store = store;
  }
  protected async ask({ search }: { search: string }, before: number | null, limit: number) {
    this.asked.push(before);
    const left = this.store.filter(({ words, id }) => words.includes(search) && id < (before ?? Infinity));
    const rows = left.slice(0, limit);
    const next = left.length > limit ? (rows.at(-1)?.id ?? null) : null;
    return { rows, next, unread: this.store.filter(({ read }) => !read).length } satisfies Page<Note, number>;
  }
  protected keepRead = () => this.#kept();
  protected keepAllRead = () => this.#kept();
  protected keepArchived = () => this.#kept();
  protected anew = () => this.depth;

  async #kept(): Promise<void> {
    if (this.refusing) throw refusal;
  }
}
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
  await notes.markRead(2, true);
  expect([notes.unread, notes.rows[0]?.read]).toEqual([2, false]);
  await notes.archive(notes.rows[0] as Note, true);
  expect(idsOf(notes)).toEqual([2, 1]);
  expect(notes.refused).toEqual(refusal);
});
test("what was archived comes back to its place", async () => {
  const notes = new Notes(down(3, 1));
  await notes.load();
  notes.store = [note(3), note(1)];
  await notes.archive(notes.rows[1] as Note, true);
  expect(idsOf(notes)).toEqual([3, 1]);
  expect((await notes.undo())?.id).toBe(2);
  expect(idsOf(notes)).toEqual([3, 2, 1]);
});
test("other filters bring other rows, and a new generation of them", async () => {
  const notes = new Notes(down(3, 1));
  await notes.load();
  await notes.look({ search: "note 2" });
  expect(idsOf(notes)).toEqual([2]);
  expect(notes.shown).toEqual({ filters: { search: "note 2" }, generation: 2 });
});
