// After a burst too large for the engine to push row by row, no row is missing, even if the list is reloaded much
// later.
import { expect, test } from "vitest";
import { newestFirst } from "./places";
import { PAGE, Reading } from "./reading.svelte";

interface Note {
  id: number;
  read: boolean;
  archived: boolean;
}
const down = (from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_, at) => ({ id: from - at, read: false, archived: false }));
const { order } = newestFirst<Note, number>({ row: 52, at: () => "" }, ({ id }) => id);

class Notes extends Reading<Note, number, null> {
  store: Note[];
  failing = false;
  /** Called while a page is being read. */
  meanwhile: () => void = () => undefined;

  constructor(store: Note[]) {
    super(null, ({ id }) => id, order);
    this.store = store;
  }
  protected ask(_: null, before: number | null, limit: number) {
    if (this.failing) return Promise.reject(new Error("the engine is busy"));
    const left = this.store.filter(({ id }) => id < (before ?? Infinity));
    const rows = left.slice(0, limit);
    const next = left.length > limit ? (rows.at(-1)?.id ?? null) : null;
    this.meanwhile();
    return Promise.resolve({ rows, next, unread: left.length });
  }
  protected anew = () => PAGE;
  protected shows = () => true;
  protected showsUnreadOnly = () => false;
  protected belongs = () => true;
}
const idsOf = ({ rows }: Notes) => rows.map(({ id }) => id);
const idsDown = (from: number, to: number) => down(from, to).map(({ id }) => id);

test("rows told after a burst don’t hide the burst", async () => {
  const notes = new Notes(down(2, 1));
  await notes.load();
  notes.store = down(500, 1);
  notes.missRows();
  notes.toldRows(down(500, 499), []);
  await notes.refresh();
  expect(idsOf(notes)).toEqual(idsDown(500, 1));
});
test("a burst that comes into an empty list is there down to its end", async () => {
  const notes = new Notes([]);
  await notes.load();
  notes.store = down(500, 1);
  notes.missRows();
  notes.toldRows(down(500, 350), []);
  await notes.refresh();
  while (notes.next !== null) await notes.more();
  expect(idsOf(notes)).toEqual(idsDown(500, 1));
});
test("a second burst, while the first is being read, is read as well", async () => {
  const notes = new Notes(down(2, 1));
  await notes.load();
  notes.store = down(300, 1);
  notes.missRows();
  notes.meanwhile = () => {
    notes.meanwhile = () => undefined;
    notes.store = down(900, 1);
    notes.missRows();
    notes.toldRows(down(900, 900), []);
    void notes.refresh();
  };
  await notes.refresh();
  expect(idsOf(notes)).toEqual(idsDown(900, 1));
});
test("a burst that could not be read is read the next time", async () => {
  const notes = new Notes(down(2, 1));
  await notes.load();
  notes.store = down(500, 1);
  notes.missRows();
  notes.failing = true;
  await notes.refresh();
  notes.failing = false;
  notes.toldRows(down(500, 500), []);
  await notes.refresh();
  expect(idsOf(notes)).toEqual(idsDown(500, 1));
});
