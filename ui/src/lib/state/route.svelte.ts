// Where the window is, as its address says: `#/inbox`, `#/inbox/42`, `#/webhooks`, `#/webhooks/ID`.
import { rooms, type RoomName } from "../shell/rooms";

export interface Place {
  room: RoomName;
  /** The thing that is open in the room: an event's number, a webhook's id. */
  id: string | null;
}

/** Reads an address. One that leads nowhere leads to the inbox. */
export function placeOf(hash: string): Place {
  const [name = "", id = ""] = hash.replace(/^#?\/?/, "").split("/");
  const room = rooms.find((candidate) => candidate.name === name);
  if (!room) return { room: "inbox", id: null };
  return { room: room.name, id: id === "" ? null : decoded(id) };
}

export function addressOf(room: RoomName, id: string | number | null = null): string {
  return id === null ? `#/${room}` : `#/${room}/${encodeURIComponent(id)}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export class Route {
  place = $state.raw<Place>(placeOf(location.hash));

  start(): () => void {
    const read = () => (this.place = placeOf(location.hash));
    window.addEventListener("hashchange", read);
    return () => window.removeEventListener("hashchange", read);
  }

  go(room: RoomName, id: string | number | null = null): void {
    this.follow(addressOf(room, id));
  }

  /** Goes to an address the engine names, with or without its `#`. */
  follow(route: string): void {
    const { room, id } = placeOf(route);
    location.hash = addressOf(room, id);
    this.place = { room, id };
  }
}
