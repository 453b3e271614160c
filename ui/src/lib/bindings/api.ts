// Generated from src-tauri/crates/hookbell-engine/src/api by `make bindings`. Do not edit.

export type Importance = "good" | "needsYou" | "bad" | "info";
export type EventKind = "version" | "build" | "upload" | "screenshot" | "crash" | "asset" | "distribution" | "ping" | "unknown";
export type Filter = "all" | "unread" | "needsYou" | "archived";
export type TrayState = "idle" | "unread" | "paused" | "attention" | "offline";
export type Source = "delivered" | "fetched";

/** Why a request was refused: what is wrong, how to mend it, and the field at fault if there is one. */
export interface ApiError { code: ErrorCode; message: string; hint: string; field: string | null }
export type ErrorCode =
  | "invalidInput" | "notFound" | "keychainLocked" | "keychainAbsent" | "keychainRefused" | "keychainTimedOut"
  | "portTaken" | "storeUnwritable" | "clipboard" | "notListening" | "internal";

export interface EventsRequest { filter: Filter; search: string; before: number | null; limit: number }
export interface EventsReply { events: EventRow[]; next: number | null; unread: number }
/** One line of the inbox. Times are RFC 3339 in UTC. */
export interface EventRow {
  seq: number; id: string; kind: EventKind; importance: Importance;
  title: string;
  /** The second line: what is known about where it happened; the webhook's name at least. */
  subtitle: string;
  receivedAt: string; read: boolean; archived: boolean;
}
export interface EventRequest { seq: number }
export interface EventDetail {
  event: EventRow;
  /** "App version", "Crash feedback" */
  kindLabel: string;
  sentence: string;
  /** Apple's `data.type`, as written. */
  typeName: string | null;
  /** States in words: "In review". */
  before: string | null; after: string | null;
  instance: { type: string; id: string } | null;
  happenedAt: string | null;
  webhook: string;
  arrivals: Arrival[];
  payload: Payload;
}
export interface Arrival { at: string; source: Source; /** Milliseconds after Apple's timestamp, where it has one. */ delayMs: number | null }
export interface Payload { /** Pretty-printed if it is JSON, as it came if not. */ text: string; raw: string; isJson: boolean; bytes: number; /** Only the beginning is here; Copy has it all. */ cut: boolean }
export interface MarkReadRequest { seqs: number[]; read: boolean }
export interface ArchiveRequest { seqs: number[]; archived: boolean }

export interface Webhook {
  id: string; name: string;
  /** "local": added here. "command": made by `hookbell listen`, which keeps its secret. */
  origin: "local" | "command";
  payloadUrl: string | null;
  createdAt: string;
  events: number;
  last: { seq: number; title: string; at: string } | null;
  refused: { count: number; lastAt: string; reason: string } | null;
  /** While a secret is being rotated: until when the old one is still good. */
  previousSecretUntil: string | null;
  /** What keeps it from verifying now, for instance a locked keychain. */
  trouble: ApiError | null;
}
export interface AddWebhookRequest { name: string; /** Generated when null. */ secret: string | null }
export interface WebhookRequest { id: string }
export interface RenameWebhookRequest { id: string; name: string }
export interface RotateSecretRequest { id: string; secret: string | null }
export interface CopySecretReply { clearsAfterSeconds: number }
export interface TestReply { status: number; milliseconds: number; seq: number | null }

export interface Status {
  version: string;
  tray: TrayState;
  /** One line for the sidebar's foot and the tray menu: "Listening on port 8377". */
  headline: string;
  /** The second, quieter line, or empty. */
  detail: string;
  listener: Listener;
  /** The worst lasting condition, if any: one banner. */
  trouble: Trouble | null;
  pausedUntil: string | null;
  unread: number;
  dataDir: string;
  platform: "linux" | "macos" | "windows";
}
export type Listener =
  | { state: "starting" }
  | { state: "listening"; url: string; port: number }
  | { state: "portTaken"; port: number; holder: string | null; free: number | null }
  | { state: "elsewhere"; url: string; pid: number }
  | { state: "failed"; message: string; hint: string };
export interface Trouble { kind: "listener" | "keychain" | "notifications" | "store" | "setAside"; title: string; detail: string; hint: string; path: string | null }
export interface PauseRequest { minutes: number }
export interface PortRequest { port: number }

/** The one closed list of commands: request and reply. */
export interface Commands {
  status: [null, Status];
  events: [EventsRequest, EventsReply];
  event: [EventRequest, EventDetail];
  copyPayload: [EventRequest, null];
  markRead: [MarkReadRequest, null];
  markAllRead: [null, null];
  archive: [ArchiveRequest, null];
  webhooks: [null, Webhook[]];
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

/** What the engine pushes to an open window. */
export type Push =
  | { kind: "stored" }
  | { kind: "status"; status: Status }
  | { kind: "open"; route: string };
