// The window's current place, as encoded in its address: `#/inbox`, `#/inbox/42`, `#/webhooks/ID`,
// `#/builds/APP/BUILD`, `#/webhooks/ACCOUNT/APP`, `#/rules/ID`, `#/tunnel/doctor`, `#/insights/APP/DAYS`, `#/settings/SECTION`; `#/welcome` covers the rooms,
// `#/demo` opens the demo's controls above the inbox, and `#/demo/leave` asks about leaving it.
import { rooms, type RoomName } from "../shell/rooms";

/** What covers the rooms. */
export type Over = "welcome" | "demo" | "leaveDemo";

const OVER: Record<Over, string> = { welcome: "#/welcome", demo: "#/demo", leaveDemo: "#/demo/leave" };

export interface Place {
  room: RoomName;
  /** What is open in the room: an event's number, a webhook's id. */
  id: string | null;
  /** What is open within that: an app of an account. */
  part: string | null;
  /** What covers the room, if anything. */
  over?: Over;
}

/** Parses an address. An unknown one leads to the inbox. */
export function placeOf(hash: string): Place {
  const [name = "", id = "", part = ""] = hash.replace(/^#?\/?/, "").split("/");
  if (name === "demo" && id === "leave") return { room: "inbox", id: null, part: null, over: "leaveDemo" };
  if (name === "welcome" || name === "demo") return { room: "inbox", id: null, part: null, over: name };
  const room = rooms.find((candidate) => candidate.name === name);
  if (!room) return { room: "inbox", id: null, part: null };
  // The accounts used to be in the webhooks room; old addresses lead to the settings.
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

  /** Follows the address, and calls back after every navigation, until the returned function is called. */
  start(hear: () => void): () => void {
    this.#hear = hear;
    const read = () => this.#show(placeOf(location.hash));
    window.addEventListener("hashchange", read);
    return () => window.removeEventListener("hashchange", read);
  }

  go(room: RoomName, id: string | number | null = null, part: string | null = null): void {
    this.follow(addressOf(room, id, part));
  }

  /** Like `go`, but replaces the history entry. */
  replace(room: RoomName, id: string | number | null, part: string | null = null): void {
    const address = addressOf(room, id, part);
    history.replaceState(history.state, "", address);
    this.place = placeOf(address);
  }

  /** Goes to an address from the engine, with or without its `#`. */
  follow(route: string): void {
    const place = placeOf(route);
    location.hash = place.over ? OVER[place.over] : addressOf(place.room, place.id, place.part);
    this.#show(place);
  }

  /** A navigation is reported twice, here and by the address; subscribers are called once. */
  #show(place: Place): void {
    const { room, id, part, over } = this.place;
    if (place.room === room && place.id === id && place.part === part && place.over === over) return;
    this.place = place;
    this.#hear();
  }
}
