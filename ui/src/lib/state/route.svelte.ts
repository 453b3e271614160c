// Where the window is, as its address says: `#/inbox`, `#/inbox/42`, `#/webhooks/ID`,
// `#/webhooks/ACCOUNT/APP`, `#/rules/ID`, `#/tunnel/doctor`, `#/insights/APP/DAYS`, `#/settings/SECTION`; `#/welcome` covers the rooms,
// `#/demo` opens the demo's controls above the inbox, and `#/demo/leave` asks about leaving it.
import { rooms, type RoomName } from "../shell/rooms";

/** What lies over the rooms. */
export type Over = "welcome" | "demo" | "leaveDemo";

const OVER: Record<Over, string> = { welcome: "#/welcome", demo: "#/demo", leaveDemo: "#/demo/leave" };

export interface Place {
  room: RoomName;
  /** The thing that is open in the room: an event's number, a webhook's id. */
  id: string | null;
  /** What is open within that thing: an app of an account. */
  part: string | null;
  /** What lies over the room, if anything does. */
  over?: Over;
}

/** Reads an address. One that leads nowhere leads to the inbox. */
export function placeOf(hash: string): Place {
  const [name = "", id = "", part = ""] = hash.replace(/^#?\/?/, "").split("/");
  if (name === "demo" && id === "leave") return { room: "inbox", id: null, part: null, over: "leaveDemo" };
  if (name === "welcome" || name === "demo") return { room: "inbox", id: null, part: null, over: name };
  const room = rooms.find((candidate) => candidate.name === name);
  if (!room) return { room: "inbox", id: null, part: null };
  // The accounts were in the room of webhooks once, and lead to their only place now.
  if (name === "webhooks" && id === "accounts" && part === "")
    return { room: "settings", id: "accounts", part: null };
  return { room: room.name, id: decoded(id), part: decoded(part) };
}

export function addressOf(
  room: RoomName,
  id: string | number | null = null,
  part: string | null = null,
): string {
  const parts = [room, id, part].filter((piece) => piece !== null);
  return `#/${parts.map(encodeURIComponent).join("/")}`;
}

function decoded(part: string): string | null {
  if (part === "") return null;
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export class Route {
  place = $state.raw<Place>(placeOf(location.hash));

  #hear: () => void = () => undefined;

  /** Follows the address, and calls back after every move, until the returned function is called. */
  start(hear: () => void): () => void {
    this.#hear = hear;
    const read = () => this.#show(placeOf(location.hash));
    window.addEventListener("hashchange", read);
    return () => window.removeEventListener("hashchange", read);
  }

  go(room: RoomName, id: string | number | null = null, part: string | null = null): void {
    this.follow(addressOf(room, id, part));
  }

  /** As `go`, but leaves no trace: going back leads to where one was before. */
  replace(room: RoomName, id: string | number | null): void {
    const address = addressOf(room, id);
    history.replaceState(history.state, "", address);
    this.place = placeOf(address);
  }

  /** Goes to an address the engine names, with or without its `#`. */
  follow(route: string): void {
    const place = placeOf(route);
    location.hash = place.over ? OVER[place.over] : addressOf(place.room, place.id, place.part);
    this.#show(place);
  }

  /** Going somewhere is told twice, here and by the address; whoever follows the place hears of it once. */
  #show(place: Place): void {
    const { room, id, part, over } = this.place;
    if (place.room === room && place.id === id && place.part === part && place.over === over) return;
    this.place = place;
    this.#hear();
  }
}
