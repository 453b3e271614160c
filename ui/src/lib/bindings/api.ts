// Generated from src-tauri/crates/hookbell-engine/src/api by `make bindings`. Do not edit.

/**
 * What kind of refusal it is. A code is here because the window or a script acts on it.
 */
export type ErrorCode = "invalidInput" | "notFound" | "keychainLocked" | "keychainAbsent" | "keychainRefused" | "keychainTimedOut" | "storeUnwritable" | "clipboard" | "notListening" | "internal";

/**
 * A refusal: what is wrong, and how to mend it.
 */
export type ApiError = { 
/**
 * The kind.
 */
code: ErrorCode, 
/**
 * What is wrong.
 */
message: string, 
/**
 * How to mend it.
 */
hint: string, 
/**
 * The field of the request at fault.
 */
field: string | null, };

/**
 * Which events of the inbox to list.
 */
export type Filter = "all" | "unread" | "needsYou" | "archived";

/**
 * What an event means to the developer.
 */
export type Importance = "good" | "needsYou" | "bad" | "info";

/**
 * What sort of thing an event is about; one icon each.
 */
export type EventKind = "version" | "build" | "upload" | "screenshot" | "crash" | "asset" | "distribution" | "ping" | "unknown";

/**
 * How an event came.
 */
export type Source = "delivered" | "fetched";

/**
 * A page of the inbox.
 */
export type EventsRequest = { 
/**
 * Which events.
 */
filter: Filter, 
/**
 * Words to look for in title, sentence and payload; empty for no search.
 */
search: string, 
/**
 * The cursor: only events that arrived before this one.
 */
before: number | null, 
/**
 * At most this many, 1 to 500.
 */
limit: number, };

/**
 * A page of the inbox, newest first.
 */
export type EventsReply = { 
/**
 * The events.
 */
events: Array<EventRow>, 
/**
 * The cursor of the next page; none at the end.
 */
next: number | null, 
/**
 * How many events of the whole inbox are unread.
 */
unread: number, };

/**
 * One line of the inbox.
 */
export type EventRow = { 
/**
 * The event's number in the order of arrival.
 */
seq: number, 
/**
 * Apple's id, or the digest of a body without one.
 */
id: string, 
/**
 * What sort of thing it is about.
 */
kind: EventKind, 
/**
 * What it means.
 */
importance: Importance, 
/**
 * What happened.
 */
title: string, 
/**
 * Where: at least the webhook's name.
 */
subtitle: string, 
/**
 * When it first arrived, RFC 3339 in UTC.
 */
receivedAt: string, 
/**
 * Whether it was read.
 */
read: boolean, 
/**
 * Whether it was put away.
 */
archived: boolean, };

/**
 * One event.
 */
export type EventRequest = { 
/**
 * Its number.
 */
seq: number, };

/**
 * All there is to know about one event.
 */
export type EventDetail = { 
/**
 * Its line in the inbox.
 */
event: EventRow, 
/**
 * "App version", "Crash feedback".
 */
kindLabel: string, 
/**
 * What happened and what to do, in a sentence.
 */
sentence: string, 
/**
 * Apple's `data.type` as written.
 */
typeName: string | null, 
/**
 * The state before, in words.
 */
before: string | null, 
/**
 * The state after, in words.
 */
after: string | null, 
/**
 * The resource it is about.
 */
instance: InstanceRef | null, 
/**
 * When it happened by Apple's clock, RFC 3339 in UTC.
 */
happenedAt: string | null, 
/**
 * The name of the webhook it came through.
 */
webhook: string, 
/**
 * Every time it arrived, first to last.
 */
arrivals: Array<Arrival>, 
/**
 * What Apple sent.
 */
payload: Payload, };

/**
 * A resource of App Store Connect.
 */
export type InstanceRef = { 
/**
 * Its type, for instance `appStoreVersions`.
 */
type: string, 
/**
 * Its id.
 */
id: string, };

/**
 * One time an event arrived.
 */
export type Arrival = { 
/**
 * When, RFC 3339 in UTC.
 */
at: string, 
/**
 * How.
 */
source: Source, 
/**
 * Milliseconds after Apple's timestamp, where the event has one.
 */
delayMs: number | null, };

/**
 * A body as the window shows it.
 */
export type Payload = { 
/**
 * Pretty-printed if it is JSON, as it came if not; what is no UTF-8 is shown as U+FFFD.
 */
text: string, 
/**
 * As it came.
 */
raw: string, 
/**
 * Whether it is JSON.
 */
isJson: boolean, 
/**
 * The length of the body in bytes.
 */
bytes: number, 
/**
 * Whether only the beginning is here. Copying copies all of it.
 */
cut: boolean, };

/**
 * Events to mark.
 */
export type MarkReadRequest = { 
/**
 * Their numbers.
 */
seqs: Array<number>, 
/**
 * Read, or unread again.
 */
read: boolean, };

/**
 * Events to put away.
 */
export type ArchiveRequest = { 
/**
 * Their numbers.
 */
seqs: Array<number>, 
/**
 * Away, or back into the inbox.
 */
archived: boolean, };

/**
 * Who made a webhook.
 */
export type Origin = "local" | "command";

/**
 * A webhook without an account: a payload URL to paste into App Store Connect.
 */
export type Webhook = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Who made it.
 */
origin: Origin, 
/**
 * Where it listens, while the listener runs.
 */
payloadUrl: string | null, 
/**
 * When it was added, RFC 3339 in UTC.
 */
createdAt: string, 
/**
 * How many events it has brought.
 */
events: number, 
/**
 * The newest of them.
 */
last: LastEvent | null, 
/**
 * What was turned away.
 */
refused: Refused | null, 
/**
 * While its secret is being rotated: until when the old one is good, RFC 3339 in UTC.
 */
previousSecretUntil: string | null, 
/**
 * What keeps it from verifying now.
 */
trouble: ApiError | null, };

/**
 * The newest event of a webhook.
 */
export type LastEvent = { 
/**
 * Its number.
 */
seq: number, 
/**
 * What happened.
 */
title: string, 
/**
 * When it arrived, RFC 3339 in UTC.
 */
at: string, };

/**
 * Requests that were turned away because of their signature.
 */
export type Refused = { 
/**
 * How many so far.
 */
count: number, 
/**
 * The last one, RFC 3339 in UTC.
 */
lastAt: string, 
/**
 * Why the last one was turned away.
 */
reason: string, };

/**
 * A webhook to add.
 */
export type AddWebhookRequest = { 
/**
 * Its name, 1 to 100 characters.
 */
name: string, 
/**
 * Its secret; generated if there is none.
 */
secret: string | null, };

/**
 * One webhook.
 */
export type WebhookRequest = { 
/**
 * Its id.
 */
id: string, };

/**
 * A new name.
 */
export type RenameWebhookRequest = { 
/**
 * The webhook's id.
 */
id: string, 
/**
 * The name, 1 to 100 characters.
 */
name: string, };

/**
 * A new secret; the one before stays good for 24 hours.
 */
export type RotateSecretRequest = { 
/**
 * The webhook's id.
 */
id: string, 
/**
 * The secret; generated if there is none.
 */
secret: string | null, };

/**
 * The secret is on the clipboard.
 */
export type CopySecretReply = { 
/**
 * When it will be taken off again.
 */
clearsAfterSeconds: number, };

/**
 * What became of a test.
 */
export type TestReply = { 
/**
 * The HTTP status of the listener's answer.
 */
status: number, 
/**
 * From sending to the answer.
 */
milliseconds: number, 
/**
 * The event it became.
 */
seq: number | null, };

/**
 * The tray icon's five states; the first that holds, from the bottom up, wins.
 */
export type TrayState = "idle" | "unread" | "paused" | "offline" | "attention";

/**
 * The system it runs on, for the words that differ.
 */
export type Platform = "linux" | "macos" | "windows";

/**
 * What the listener does.
 */
export type Listener = { "state": "starting" } | { "state": "listening", 
/**
 * `http://127.0.0.1:PORT`
 */
url: string, 
/**
 * The port.
 */
port: number, } | { "state": "portTaken", 
/**
 * The port that was asked for.
 */
port: number, 
/**
 * The other program, as far as it can be told: `node (pid 4127)`.
 */
holder: string | null, 
/**
 * A port that is free.
 */
free: number | null, } | { "state": "elsewhere", 
/**
 * Where.
 */
url: string, 
/**
 * Its process id.
 */
pid: number, } | { "state": "failed", 
/**
 * What is wrong.
 */
message: string, 
/**
 * How to mend it.
 */
hint: string, };

/**
 * What a lasting trouble is about.
 */
export type TroubleKind = "store" | "listener" | "keychain" | "notifications" | "setAside";

/**
 * A lasting condition that somebody has to know of.
 */
export type Trouble = { 
/**
 * What it is about.
 */
kind: TroubleKind, 
/**
 * What is wrong.
 */
title: string, 
/**
 * Why, and what still works.
 */
detail: string, 
/**
 * How to mend it.
 */
hint: string, 
/**
 * A file it is about.
 */
path: string | null, };

/**
 * The state of the whole.
 */
export type Status = { 
/**
 * Hookbell's version.
 */
version: string, 
/**
 * What the tray icon shows.
 */
tray: TrayState, 
/**
 * One line: "Listening on port 8377".
 */
headline: string, 
/**
 * A second, quieter line, or nothing.
 */
detail: string, 
/**
 * What the listener does.
 */
listener: Listener, 
/**
 * The worst lasting condition.
 */
trouble: Trouble | null, 
/**
 * Until when notifications are paused, RFC 3339 in UTC.
 */
pausedUntil: string | null, 
/**
 * How many events are unread.
 */
unread: number, 
/**
 * Where everything is kept.
 */
dataDir: string, 
/**
 * The system.
 */
platform: Platform, };

/**
 * How long to pause.
 */
export type PauseRequest = { 
/**
 * 1 to 1440 minutes.
 */
minutes: number, };

/**
 * Where to listen.
 */
export type PortRequest = { 
/**
 * The port.
 */
port: number, };

/**
 * What the engine tells an open window of its own accord.
 */
export type Push = { "kind": "stored" } | { "kind": "status", 
/**
 * The new one.
 */
status: Status, } | { "kind": "open", 
/**
 * The place.
 */
route: string, };

/** The one closed list of commands: request and reply. */
export interface Commands {
  status: [null, Status];
  events: [EventsRequest, EventsReply];
  event: [EventRequest, EventDetail];
  copyPayload: [EventRequest, null];
  markRead: [MarkReadRequest, null];
  markAllRead: [null, null];
  archive: [ArchiveRequest, null];
  webhooks: [null, Array<Webhook>];
  addWebhook: [AddWebhookRequest, Webhook];
  renameWebhook: [RenameWebhookRequest, Webhook];
  removeWebhook: [WebhookRequest, null];
  rotateSecret: [RotateSecretRequest, Webhook];
  copySecret: [WebhookRequest, CopySecretReply];
  copyPayloadUrl: [WebhookRequest, null];
  sendTest: [WebhookRequest, TestReply];
  pause: [PauseRequest, Status];
  resume: [null, Status];
  usePort: [PortRequest, Status];
  retryListener: [null, Status];
  dismissTrouble: [null, Status];
}
