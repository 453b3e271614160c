// Saved views: named event filters in the sidebar, each with its unread count.
import type { Backend } from "../backend/backend";
import type { EventFilter, SavedView } from "../bindings/api";
import { Resource } from "../state/resource.svelte";
import type { Undo } from "../state/undo.svelte";
import { isSame } from "./filters";

export class SavedViews {
  readonly known: Resource<SavedView[]>;

  #call: Backend["call"];
  #undo: Undo;

  constructor(call: Backend["call"], undo: Undo) {
    this.#call = call;
    this.#undo = undo;
    this.known = new Resource(() => call("views", null));
  }

  get all(): readonly SavedView[] {
    return this.known.value ?? [];
  }

  /** The view with exactly this filter. */
  of(filter: EventFilter): SavedView | undefined {
    return this.all.find((view) => isSame(view.filter, filter));
  }

  save(name: string, filter: EventFilter): Promise<SavedView> {
    return this.known.change(() => this.#call("saveView", { id: null, name, filter }));
  }
  rename(id: number, name: string): Promise<SavedView> {
    return this.known.change(() => this.#call("renameView", { id, name }));
  }

  /** Deletes a view. Undo restores the same filter under the same name and in the same place. */
  async remove(view: SavedView): Promise<void> {
    const order = this.all.map(({ id }) => id);
    await this.known.change(() => this.#call("deleteView", { id: view.id }), {
      shows: (all) => all.filter(({ id }) => id !== view.id),
    });
    this.#undo.offer({
      done: `Deleted the view “${view.name}”.`,
      undo: async () => {
        const { id } = await this.save(view.name, view.filter);
        await this.#order(order.map((other) => (other === view.id ? id : other)));
      },
    });
  }

  /** Moves a view by this many places, within bounds. Returns whether it moved. */
  async move(view: SavedView, by: number): Promise<boolean> {
    const ids = this.all.map(({ id }) => id);
    const at = ids.indexOf(view.id);
    const to = at + by;
    if (at < 0 || to < 0 || to >= ids.length) return false;
    ids.splice(to, 0, ...ids.splice(at, 1));
    await this.#order(ids);
    return true;
  }

  #order(ids: number[]): Promise<unknown> {
    const place = ({ id }: SavedView) => ids.indexOf(id);
    return this.known.change(() => this.#call("orderViews", { ids }), {
      shows: (all) => all.toSorted((a, b) => place(a) - place(b)),
      gives: (_, views) => views,
    });
  }
}
