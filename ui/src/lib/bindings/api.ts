// Generated from the types of the commands in src-tauri/crates by `make bindings`. Do not edit.

/**
 * An App Store Connect API key under a name. Its private half is in the keychain.
 */
export type Account = { 
/**
 * Its id, Hookbell's own.
 */
id: string, 
/**
 * What the person calls it; the key ID if they chose nothing.
 */
name: string, 
/**
 * The key's id.
 */
keyId: string, 
/**
 * The team's issuer ID; none for an individual key.
 */
issuerId: string | null, 
/**
 * Where its API is.
 */
baseUrl: string, 
/**
 * When it was added, RFC 3339 in UTC.
 */
createdAt: string, 
/**
 * How many of its webhooks arrive here.
 */
webhooks: number, 
/**
 * What is left of the hourly limit, as App Store Connect last said since the start.
 */
rateLimit: RateLimit | null, };

/**
 * What became of a check.
 */
export type AccountCheck = { 
/**
 * How many apps the key sees, if App Store Connect says so.
 */
apps: number | null, 
/**
 * Why the key is no good.
 */
trouble: ApiError | null, };

/**
 * What goes with an account, said before it is removed.
 */
export type AccountRemoval = { 
/**
 * The account's name.
 */
name: string, 
/**
 * The webhooks that arrive here. They stay in App Store Connect and go on arriving, but can't be managed from here.
 */
webhooks: Array<string>, 
/**
 * What was received through it: it stays, or goes with the account.
 */
received: Deletion, 
/**
 * The whole of it in words, without what was received.
 */
sentence: string, };

/**
 * Which account a command is for.
 */
export type AccountRequest = { 
/**
 * Hookbell's own id, as [`Account::id`].
 */
id: string, };

/**
 * The webhooks of all apps.
 */
export type AccountWebhooksRequest = { 
/**
 * The account's id; may be left out if there is only one.
 */
account: string | null, };

/**
 * Something that a rule does.
 */
export type Action = { "notify": Notify } | { "silence": Silence } | { "archive": Archive } | { "remind": Remind } | { "run": RunCommand } | { "forward": Forward } | { "distribute": Distribute };

/**
 * An account to add.
 */
export type AddAccountRequest = { 
/**
 * Its name, 1 to 100 characters; after the key if there is none.
 */
name: string | null, 
/**
 * The path of the `.p8` file, or of a JSON file with the key in it.
 */
keyFile: string, 
/**
 * The key's id; taken from the file or its name if there is none.
 */
keyId: string | null, 
/**
 * The team's issuer ID; taken from the file if there is none. An individual key has none.
 */
issuerId: string | null, 
/**
 * Where the API is, if not at Apple: a simulator on this computer.
 */
baseUrl: string | null, };

/**
 * What became of them. One that is refused does not cost the others.
 */
export type AddTestersReply = { 
/**
 * How many were added.
 */
added: number, 
/**
 * How many were in the group already.
 */
known: number, 
/**
 * Those that could not be added.
 */
refused: Array<RefusedTester>, };

/**
 * Testers to add to a group.
 */
export type AddTestersRequest = { 
/**
 * The account's id; none for the only one, or the key of the command line.
 */
account: string | null, 
/**
 * The app's id.
 */
app: string, 
/**
 * The group's id.
 */
group: string, 
/**
 * The people to add.
 */
testers: Array<NewTester>, };

/**
 * A tracker to add.
 */
export type AddTrackerRequest = { 
/**
 * What the person set.
 */
settings: TrackerSettings, 
/**
 * How it is reached.
 */
access: TrackerAccess, 
/**
 * As in [`TrackerPlaces::places`]; for Linear, the team's key will do too.
 */
place: string, 
/**
 * Jira's only: the id of an issue type.
 */
issueType: string | null, };

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
 * The numbers of a fact.
 */
export type Amount = { "kind": "percent", 
/**
 * 0 to 100.
 */
percent: number, } | { "kind": "disk", 
/**
 * Bytes that are free.
 */
free: number, 
/**
 * Bytes of all of it.
 */
total: number, };

/**
 * What a notification is shown for, by what the event means.
 */
export type Announce = { 
/**
 * Nothing goes on until somebody acts.
 */
needsYou: boolean, 
/**
 * Something went wrong.
 */
bad: boolean, 
/**
 * Something went well.
 */
good: boolean, 
/**
 * Everything else.
 */
info: boolean, };

/**
 * A refusal: what is wrong, and how to fix it.
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
 * How to fix it.
 */
hint: string, 
/**
 * The field of the request at fault.
 */
field: string | null, };

/**
 * An app that the key may see.
 */
export type App = { 
/**
 * Its id in App Store Connect.
 */
id: string, 
/**
 * As App Store Connect shows it, in its primary language.
 */
name: string, 
/**
 * Such as `com.example.backyardbirds`.
 */
bundleId: string, };

/**
 * What an app is drawn as where its own icon is not known.
 */
export type AppIcon = { 
/**
 * The first letter or digit of the app's name, in upper case; "?" for a name without one.
 */
letter: string, 
/**
 * The tint, 1 to 6. It follows from the app's id alone, so a new name changes nothing.
 */
tint: number, };

/**
 * Versions and builds through their states.
 */
export type AppTimeline = { 
/**
 * The first moment of the first day, RFC 3339 in UTC.
 */
from: string, 
/**
 * Now, RFC 3339 in UTC.
 */
to: string, 
/**
 * Versions that were in any state within that time, the newest first.
 */
versions: Array<TimelineTrack>, 
/**
 * Whether there are older versions that were left out.
 */
moreVersions: boolean, 
/**
 * Builds that changed within that time, the newest first.
 */
builds: Array<TimelineTrack>, 
/**
 * Whether there are older builds that were left out.
 */
moreBuilds: boolean, 
/**
 * How these versions fared in review.
 */
pace: ReviewPace, };

/**
 * Whose versions and builds to show, and since when.
 */
export type AppTimelineRequest = { 
/**
 * The app's id in App Store Connect.
 */
app: string | null, 
/**
 * Or the id of a local webhook, for its events that name no app.
 */
webhook: string | null, 
/**
 * How many days, the current one included, 1 to 366.
 */
days: number, 
/**
 * Where days begin at midnight, as the IANA calls it: `Europe/Stockholm`.
 */
timeZone: string, };

/**
 * A webhook in App Store Connect.
 */
export type AppWebhook = { 
/**
 * Its id in App Store Connect.
 */
id: string, 
/**
 * The app's id.
 */
app: string, 
/**
 * As it was given in App Store Connect, 1 to 100 characters.
 */
name: string, 
/**
 * Where App Store Connect sends.
 */
url: string, 
/**
 * Whether it sends at all.
 */
enabled: boolean, 
/**
 * What it sends, in Apple's spelling.
 */
eventTypes: Array<string>, 
/**
 * The id of the local webhook that has its secret; none if it was made elsewhere.
 */
local: string | null, 
/**
 * Whether it arrives here.
 */
here: boolean, 
/**
 * Whether it is meant to arrive here, but its payload URL is not this computer's address any more.
 */
moved: boolean, 
/**
 * While its secret is being rotated: until when the old one is good, RFC 3339 in UTC.
 */
previousSecretUntil: string | null, 
/**
 * How the last delivery went, where that was asked and there was one within ten days.
 */
last: LastDelivery | null, 
/**
 * How many of its latest deliveries failed and did not arrive since, where that was asked.
 */
failed: number | null, 
/**
 * What keeps it from verifying here, or why its last delivery is not known.
 */
trouble: ApiError | null, };

/**
 * One webhook in App Store Connect.
 */
export type AppWebhookRequest = { 
/**
 * The account's id; may be left out if there is only one.
 */
account: string | null, 
/**
 * The webhook's id in App Store Connect.
 */
id: string, };

/**
 * An app with the webhooks that App Store Connect lists for it.
 */
export type AppWebhooks = { 
/**
 * The account's id; none where a command was given the key.
 */
account: string | null, 
/**
 * Which app has them.
 */
app: App, 
/**
 * In App Store Connect's order; empty if they could not be read.
 */
webhooks: Array<AppWebhook>, 
/**
 * How many an app can have.
 */
most: number, 
/**
 * When App Store Connect said so, RFC 3339 in UTC; none if they could not be read.
 */
readAt: string | null, 
/**
 * Why they could not be read; the list is then empty.
 */
trouble: ApiError | null, };

/**
 * An app and its webhooks.
 */
export type AppWebhooksRequest = { 
/**
 * The account's id; may be left out if there is only one.
 */
account: string | null, 
/**
 * The app's id.
 */
app: string, };

/**
 * The apps of an account.
 */
export type AppsRequest = { 
/**
 * The account's id; may be left out if there is only one.
 */
account: string | null, 
/**
 * Words that the name, the bundle ID or the id must have; empty for all.
 */
search: string, 
/**
 * Ask App Store Connect even if it was asked a moment ago.
 */
fresh: boolean, };

/**
 * Out of the inbox.
 */
export type Archive = Record<symbol, never>;

/**
 * Feedback to archive.
 */
export type ArchiveFeedbackRequest = { 
/**
 * Their ids.
 */
ids: Array<string>, 
/**
 * Away, or back into the list.
 */
archived: boolean, };

/**
 * Events to archive.
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
 * One time an event arrived.
 */
export type Arrival = { 
/**
 * When, RFC 3339 in UTC.
 */
at: string, 
/**
 * Whether it was delivered, redelivered or fetched.
 */
source: Source, 
/**
 * Milliseconds after Apple's timestamp, where the event has one.
 */
delayMs: number | null, };

/**
 * A page of App Store Connect that Hookbell opens in the browser. There are no others.
 */
export type AscPage = "integrations";

/**
 * Which page to open.
 */
export type AscPageRequest = { 
/**
 * One that Hookbell knows: the window names no address.
 */
page: AscPage, };

/**
 * How far reading existing feedback has come.
 */
export type BackfillProgress = { 
/**
 * How many apps there are to look through; 0 until that is known.
 */
apps: number, 
/**
 * How many were looked through.
 */
appsDone: number, 
/**
 * How much feedback was read.
 */
found: number, 
/**
 * How much of it was not here yet.
 */
added: number, 
/**
 * Whether it is over.
 */
done: boolean, 
/**
 * Whether it was stopped before its end.
 */
stopped: boolean, 
/**
 * The first thing that App Store Connect refused.
 */
trouble: ApiError | null, };

/**
 * Existing feedback to read from App Store Connect.
 */
export type BackfillRequest = { 
/**
 * Only this account's; all accounts' if it is left out.
 */
account: string | null, 
/**
 * Only of the app with this id.
 */
app: string | null, };

/**
 * All about a build.
 */
export type BuildDetail = { 
/**
 * As in the list.
 */
build: ListedBuild, 
/**
 * The states that events told, oldest first.
 */
track: Array<BuildMoment>, 
/**
 * What to Test.
 */
texts: Array<WhatToTest>, 
/**
 * The longest text of What to Test, in bytes.
 */
maxTextBytes: number, 
/**
 * What was fixed since the build before.
 */
fixed: Array<FixedLine>, 
/**
 * What stands against each step now.
 */
checks: Array<DistributionCheck>, 
/**
 * Its page in App Store Connect.
 */
page: string, };

/**
 * When a build expires.
 */
export type BuildExpiry = { 
/**
 * The build's id in App Store Connect, which need not be that of its beta details.
 */
build: string, 
/**
 * When, RFC 3339 in UTC.
 */
at: string, };

/**
 * A group that has a build.
 */
export type BuildGroup = { 
/**
 * As App Store Connect has it.
 */
id: string, 
/**
 * As the team named it.
 */
name: string, 
/**
 * Whether it is of the team's own people.
 */
internal: boolean, 
/**
 * Whether it gets every build automatically.
 */
automatic: boolean, };

/**
 * A state that a build reached.
 */
export type BuildMoment = { 
/**
 * The state for people.
 */
label: string, 
/**
 * When it reached it.
 */
at: string, 
/**
 * The event that told.
 */
seq: number | null, };

/**
 * Which build a command is for.
 */
export type BuildRequest = { 
/**
 * The account's id; none for the only one, or the key of the command line.
 */
account: string | null, 
/**
 * The app's id.
 */
app: string, 
/**
 * The build's id.
 */
build: string, };

/**
 * How good a build's state is.
 */
export type BuildTone = "plain" | "good" | "attention" | "bad";

/**
 * How far a build is on its way to testers.
 */
export type BuildTrack = { 
/**
 * The step it reached, or failed at.
 */
step: BuildTrackStep, 
/**
 * Whether it failed there.
 */
failed: boolean, };

/**
 * A step of a build's way, in their order.
 */
export type BuildTrackStep = "processed" | "ready" | "review" | "testing";

/**
 * A page of builds.
 */
export type BuildsReply = { 
/**
 * The newest first.
 */
builds: Array<ListedBuild>, 
/**
 * When they were read; none if they never were.
 */
readAt: string | null, 
/**
 * The cursor of the next page.
 */
more: string | null, 
/**
 * Why App Store Connect could not be asked.
 */
trouble: BuildsTrouble | null, };

/**
 * Which builds to list, the newest first.
 */
export type BuildsRequest = { 
/**
 * The account's id; none for the only one, or the key of the command line.
 */
account: string | null, 
/**
 * The app's id.
 */
app: string, 
/**
 * Whether App Store Connect is asked first.
 */
refresh: boolean, 
/**
 * The cursor: [`BuildsReply::more`].
 */
before: string | null, 
/**
 * At most this many, 1 to 200.
 */
limit: number, };

/**
 * Why a list could not be read anew.
 */
export type BuildsTrouble = { 
/**
 * What is wrong.
 */
message: string, 
/**
 * What to do about it.
 */
hint: string, };

/**
 * How missed events are fetched, and what that gave.
 */
export type CatchUp = { 
/**
 * Every how many minutes App Store Connect is asked while there is no tunnel.
 */
minutes: number, 
/**
 * Whether a look is under way in this process.
 */
running: boolean, 
/**
 * When the last one ended, RFC 3339 in UTC.
 */
lastAt: string | null, 
/**
 * How many missed events it gave.
 */
fetched: number, 
/**
 * Each webhook that is managed through an account.
 */
webhooks: Array<WebhookCatchUp>, };

/**
 * How often to ask while there is no tunnel.
 */
export type CatchUpRequest = { 
/**
 * 1 to 60 minutes.
 */
minutes: number, };

/**
 * A patch: what is left out stays as it is.
 */
export type ChangeSettingsRequest = { 
/**
 * Whether the system starts the app when its user logs in.
 */
startAtLogin?: boolean, hideFromDock?: boolean, announce?: Announce, ownNews?: OwnNewsChoice, sound?: SoundChoice, quietHours?: QuietHours, retention?: Retention, port?: number, logLevel?: LogLevel, textSize?: number, lookForUpdates?: boolean, };

/**
 * A tracker to change.
 */
export type ChangeTrackerRequest = { 
/**
 * As [`Tracker::id`].
 */
id: number, 
/**
 * What the person set; all of it.
 */
settings: TrackerSettings, };

/**
 * One delivery among others.
 */
export type ChosenDelivery = { 
/**
 * The webhook's id in App Store Connect.
 */
webhook: string, 
/**
 * The delivery's id. Where its event was sent again since, the newest attempt is sent again in its place.
 */
delivery: string, };

/**
 * A rule that was compared with an event.
 */
export type ComparedRule = { 
/**
 * As [`ListedRule::id`].
 */
id: number, 
/**
 * As [`Rule::name`].
 */
name: string, 
/**
 * Whether it applies.
 */
applied: boolean, 
/**
 * Why not, in a sentence.
 */
reason: string | null, };

/**
 * A request to copy as a `curl` command.
 */
export type CopyCurlRequest = { 
/**
 * What it sends.
 */
original: Original, 
/**
 * Where to; the payload URL of its webhook if there is none.
 */
url: string | null, };

/**
 * The group whose public link is copied.
 */
export type CopyPublicLinkRequest = { 
/**
 * The account's id; none for the only one, or the key of the command line.
 */
account: string | null, 
/**
 * The group's id.
 */
group: string, };

/**
 * The secret is on the clipboard.
 */
export type CopySecretReply = { 
/**
 * When it will be taken off again.
 */
clearsAfterSeconds: number, };

/**
 * A text to put on the clipboard.
 */
export type CopyTextRequest = { 
/**
 * The text; no secret, as the window has none.
 */
text: string, };

/**
 * A fact of a report, as the log writes it.
 */
export type CrashFact = { 
/**
 * "Process".
 */
label: string, 
/**
 * "BackyardBirds".
 */
value: string, };

/**
 * A call.
 */
export type CrashFrame = { 
/**
 * Its number, 0 for the innermost.
 */
number: number, 
/**
 * The binary it is in.
 */
image: string, 
/**
 * Its address, as `0x104a2c8f0`.
 */
address: string | null, 
/**
 * The function; none if the log is not symbolicated there.
 */
symbol: string | null, 
/**
 * Bytes from the function's beginning, or from the binary's where no function is named.
 */
offset: number | null, 
/**
 * The source file and line: "SightingStore.swift:212".
 */
source: string | null, 
/**
 * Whether the binary is the app's own.
 */
own: boolean, };

/**
 * A binary that was loaded.
 */
export type CrashImage = { 
/**
 * The binary's file name, such as `BackyardBirds` or `UIKitCore`.
 */
name: string, 
/**
 * Where it came from.
 */
path: string | null, 
/**
 * The build's UUID, by which its symbols are found.
 */
uuid: string | null, 
/**
 * Such as `arm64`; nothing if the log does not say.
 */
architecture: string | null, 
/**
 * Where it was loaded, as `0x1048f0000`.
 */
base: string | null, 
/**
 * How large it is, in bytes.
 */
size: number | null, 
/**
 * Whether it is the app's own.
 */
own: boolean, };

/**
 * Lines of a log.
 */
export type CrashLogPage = { 
/**
 * The lines, with line breaks between them.
 */
text: string, 
/**
 * The first line after these; none at the end.
 */
next: number | null, 
/**
 * How many lines the log has.
 */
lines: number, 
/**
 * How many bytes it has.
 */
bytes: number, };

/**
 * A part of a log as it is.
 */
export type CrashLogRequest = { 
/**
 * The feedback's id in App Store Connect.
 */
id: string, 
/**
 * The first line wanted, from 0.
 */
from: number, 
/**
 * At most so many lines, 1 to 5000; all of them if 0.
 */
lines: number, };

/**
 * A crash log, taken apart, or why it is not.
 */
export type CrashReply = { 
/**
 * How far the log is; `report` and `trouble` are only there once it is kept.
 */
state: FeedbackFileState, 
/**
 * Nothing if the log could not be parsed; `trouble` then says why.
 */
report: CrashReport | null, 
/**
 * Why there is no report: the log is shown as it is.
 */
trouble: string | null, };

/**
 * A crash report, taken apart. What the log does not say is missing.
 */
export type CrashReport = { 
/**
 * What went wrong: "Index out of range in SightingStore.sighting(at:)".
 */
headline: string, 
/**
 * The exception: "EXC_BREAKPOINT (SIGTRAP)".
 */
exception: string | null, 
/**
 * The exception's codes.
 */
codes: string | null, 
/**
 * What the app and its libraries said last, and what the exception says of itself.
 */
messages: Array<string>, 
/**
 * Why it ended, as a sentence without its full stop; none where Apple documents no reason.
 */
ending: string | null, 
/**
 * The same as the log has it: "Namespace SIGNAL, code 5, Trace/BPT trap: 5".
 */
termination: string | null, 
/**
 * What else is said about that.
 */
terminationDetails: Array<string>, 
/**
 * What the log says about the app and the device, in the order to show it.
 */
facts: Array<CrashFact>, 
/**
 * Where an uncaught exception was thrown; empty if there was none.
 */
thrown: Array<CrashFrame>, 
/**
 * The threads, the one that crashed first.
 */
threads: Array<CrashThread>, 
/**
 * What was loaded.
 */
images: Array<CrashImage>, 
/**
 * Whether something was left out because there was too much of it. The log has it.
 */
shortened: boolean, };

/**
 * One thread at the moment of the crash.
 */
export type CrashThread = { 
/**
 * Its number in the log.
 */
number: number, 
/**
 * Its name or its queue's.
 */
name: string | null, 
/**
 * Whether this thread ended the process.
 */
crashed: boolean, 
/**
 * Whether a call of it is in a binary of the app's own.
 */
own: boolean, 
/**
 * Its calls, the innermost first.
 */
frames: Array<CrashFrame>, };

/**
 * A webhook to create in App Store Connect.
 */
export type CreateAppWebhookRequest = { 
/**
 * The account's id; may be left out if there is only one.
 */
account: string | null, 
/**
 * The app's id.
 */
app: string, 
/**
 * Its name, 1 to 100 characters.
 */
name: string, 
/**
 * Where to send, `https`; to this computer if there is none.
 */
url: string | null, 
/**
 * Its secret; generated if there is none.
 */
secret: string | null, 
/**
 * What to send, in Apple's spelling; at least one.
 */
eventTypes: Array<string>, 
/**
 * Whether to begin at once.
 */
enabled: boolean, };

/**
 * A group to make. Whether it is internal and automatic can't be changed later.
 */
export type CreateTesterGroupRequest = { 
/**
 * The account's id; none for the only one, or the key of the command line.
 */
account: string | null, 
/**
 * The app's id.
 */
app: string, 
/**
 * What the team calls it.
 */
name: string, 
/**
 * Whether it is of the team's own people.
 */
internal: boolean, 
/**
 * Whether it gets every build automatically. Only an internal one can.
 */
automatic: boolean, };

/**
 * A day of the week.
 */
export type Day = "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";

/**
 * What a person decided.
 */
export type DecideDistributionRequest = { 
/**
 * As [`Distribution::id`].
 */
id: number, 
/**
 * About Beta App Review.
 */
review: ReviewChoice | null, 
/**
 * About encryption.
 */
usesNonExemptEncryption: boolean | null, };

/**
 * How long deliveries took.
 */
export type Delay = { 
/**
 * Half of them took no longer.
 */
medianMs: number, 
/**
 * 95 of 100 took no longer.
 */
p95Ms: number, 
/**
 * How many there were.
 */
samples: number, };

/**
 * What went.
 */
export type Deleted = { 
/**
 * How many events.
 */
events: number, 
/**
 * How many feedback.
 */
feedback: number, 
/**
 * How many pictures, thumbnails and logs.
 */
files: number, 
/**
 * Whether traces of them are in the database's files until the next start, as it is large or somebody reads it.
 */
tracesUntilNextStart: boolean, };

/**
 * What would go.
 */
export type Deletion = { 
/**
 * How many events.
 */
events: number, 
/**
 * How many feedback.
 */
feedback: number, 
/**
 * When the oldest of them came, in RFC 3339.
 */
oldest: string | null, 
/**
 * When the newest of them came, in RFC 3339.
 */
newest: string | null, 
/**
 * The apps that they are about, as far as those are known.
 */
apps: Array<NamedThing>, 
/**
 * The bytes of the events' payloads.
 */
payloadBytes: number, 
/**
 * How many pictures and logs.
 */
files: number, 
/**
 * The bytes of all of them.
 */
fileBytes: number, 
/**
 * Damaged databases that were set aside. Hookbell can't read them and leaves them alone, but they may have the
 * same events.
 */
setAside: Array<string>, 
/**
 * The whole of it in words.
 */
sentence: string, };

/**
 * Bounds that all hold; at least one has to be given.
 */
export type DeletionBounds = { 
/**
 * Of which kind.
 */
what: Received, 
/**
 * Only what came before this time, in RFC 3339: an event was received, a feedback was sent.
 */
before: string | null, 
/**
 * Only what came through this account's webhooks, or was read with its key.
 */
account: string | null, 
/**
 * Only what is about this app, or came through its webhooks.
 */
app: string | null, };

/**
 * What to delete.
 */
export type DeletionRequest = { 
/**
 * These events, by their numbers.
 */
events: Array<number>, 
/**
 * These feedback, by their ids, and the events that told of them.
 */
feedback: Array<string>, 
/**
 * Everything within bounds.
 */
within: DeletionBounds | null, };

/**
 * Deliveries, the newest first.
 */
export type DeliveriesReply = { 
/**
 * Those of the last ten days that match the request, newest first.
 */
deliveries: Array<Delivery>, 
/**
 * How many events failed at their newest attempt and did not arrive since.
 */
failed: number, 
/**
 * Webhooks and apps whose part could not be read, and why.
 */
troubles: Array<ApiError>, };

/**
 * Which deliveries to list.
 */
export type DeliveriesRequest = { 
/**
 * The account's id; may be left out if there is only one.
 */
account: string | null, 
/**
 * Only of this webhook, by its id in App Store Connect.
 */
webhook: string | null, 
/**
 * Only those that went like one of these; all where there are none.
 */
state: Array<DeliveryState>, 
/**
 * Only of this type, as it is subscribed to, or `PING`.
 */
eventType: string | null, 
/**
 * Only from this time on, RFC 3339; the log goes ten days back.
 */
since: string | null, };

/**
 * One attempt to deliver an event.
 */
export type Delivery = { 
/**
 * App Store Connect's id, for redelivering it.
 */
id: string, 
/**
 * The webhook's id in App Store Connect.
 */
webhook: string, 
/**
 * The webhook's name.
 */
webhookName: string, 
/**
 * The app's id.
 */
app: string, 
/**
 * The app's name.
 */
appName: string, 
/**
 * How it went.
 */
state: DeliveryState, 
/**
 * Whether the same event arrived all the same, by another attempt.
 */
madeGood: boolean, 
/**
 * Whether it is the newest attempt of its event. Apple sends only this one again.
 */
latest: boolean, 
/**
 * Whether somebody asked for this attempt, as an earlier one failed.
 */
redelivery: boolean, 
/**
 * The event's id.
 */
event: string | null, 
/**
 * The event's type, as it is subscribed to; none for a ping.
 */
eventType: string | null, 
/**
 * What happened, in words.
 */
title: string, 
/**
 * The event's number here, if it is stored.
 */
seq: number | null, 
/**
 * When it was to be sent, RFC 3339 in UTC.
 */
createdAt: string | null, 
/**
 * When it was sent, RFC 3339 in UTC.
 */
sentAt: string | null, 
/**
 * Where it was sent.
 */
url: string | null, 
/**
 * The status that was answered.
 */
status: number | null, 
/**
 * The body that was answered.
 */
response: string | null, 
/**
 * Why it failed, in Apple's words.
 */
error: string | null, 
/**
 * What that means.
 */
means: string, 
/**
 * How to fix it; empty if there is nothing to fix.
 */
hint: string, 
/**
 * The event's body, pretty-printed if it is JSON.
 */
payload: string | null, };

/**
 * How a delivery went.
 */
export type DeliveryState = "succeeded" | "failed" | "pending";

/**
 * What can happen at the simulated App Store Connect.
 */
export type Demo = { 
/**
 * Its apps.
 */
apps: Array<DemoApp>, };

/**
 * An app of the demo, and what can happen to it.
 */
export type DemoApp = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * The types of events that it can have. One that is not here has nothing to be about.
 */
events: Array<DemoEvent>, };

/**
 * A type of event that an app of the demo can have.
 */
export type DemoEvent = { 
/**
 * The type, in the subscription's spelling.
 */
eventType: string, 
/**
 * The state that what it is about has now; none for types without states.
 */
from: string | null, 
/**
 * The state that usually follows, one of `states`.
 */
to: string | null, 
/**
 * The states that it can come to; empty for types without states.
 */
states: Array<DemoState>, };

/**
 * Where the demo is. It changes only with a `front`, which loads the window's page anew.
 */
export type DemoPlace = "none" | "shown" | "behind";

/**
 * What an open window hears beside the engine's own pushes.
 */
export type DemoPush = { "kind": "front", 
/**
 * Whether the demo's engine is in front.
 */
demo: boolean, 
/**
 * The place to begin at, for instance `#/inbox`.
 */
route: string, };

/**
 * A state.
 */
export type DemoState = { 
/**
 * Apple's spelling.
 */
value: string, 
/**
 * Its name.
 */
name: string, };

/**
 * An address that is a secret, kept in the keychain under a name.
 */
export type Destination = { 
/**
 * Rules name it by this.
 */
name: string, 
/**
 * The host of its address.
 */
host: string, };

/**
 * Which destination a command is for.
 */
export type DestinationRequest = { 
/**
 * As [`Destination::name`].
 */
name: string, };

/**
 * The report, as it is shown and copied.
 */
export type Diagnostics = { 
/**
 * Its lines, without a secret.
 */
text: string, };

/**
 * How often a digest comes, at nine in the morning.
 */
export type DigestPeriod = "off" | "daily" | "weekly";

/**
 * A plan for the build that the event is about.
 */
export type Distribute = { 
/**
 * The names or ids of the groups that get it.
 */
groups: Array<string>, 
/**
 * A template of the text for testers; it stays as it is without one.
 */
whatToTest?: string, 
/**
 * The text's locale, such as `en-US`; without it, the first one that the build has.
 */
locale?: string, 
/**
 * Whether it is submitted to Beta App Review.
 */
submit: boolean, 
/**
 * Whether testers are notified once they can have it.
 */
notify: boolean, };

/**
 * A plan for a build, or for an upload that is no build yet.
 */
export type DistributeRequest = { 
/**
 * The account's id; none for the only one, or the key of the command line.
 */
account: string | null, 
/**
 * The app's id.
 */
app: string, 
/**
 * The build's id.
 */
build: string | null, 
/**
 * As [`Upload::id`](super::Upload::id).
 */
upload: number | null, 
/**
 * What is to happen.
 */
plan: DistributionPlan, };

/**
 * A plan and how far it is.
 */
export type Distribution = { 
/**
 * Its number, never given to another one.
 */
id: number, 
/**
 * The upload that will become the build.
 */
upload: number | null, 
/**
 * The build, once there is one.
 */
build: string | null, 
/**
 * The app's id.
 */
app: string, 
/**
 * How far it is.
 */
state: DistributionState, 
/**
 * What is done, as far as App Store Connect lets it.
 */
plan: DistributionPlan, 
/**
 * All six steps, in their order.
 */
steps: Array<DistributionStep>, 
/**
 * Who planned it.
 */
by: DistributionPlanner, 
/**
 * RFC 3339 in UTC, as all times here.
 */
writtenAt: string, 
/**
 * When it was done or stopped.
 */
endedAt: string | null, };

/**
 * What a step would meet now.
 */
export type DistributionCheck = { 
/**
 * Which step.
 */
name: DistributionStepName, 
/**
 * How far it is.
 */
state: DistributionStepState, 
/**
 * The same in words.
 */
message: string, 
/**
 * What to do about it.
 */
hint: string | null, 
/**
 * What a person may choose, where it is for them to decide.
 */
choices: Array<DistributionChoice>, };

/**
 * Something to choose. It changes the plan.
 */
export type DistributionChoice = { 
/**
 * What the plan says about Beta App Review then.
 */
review: ReviewChoice | null, 
/**
 * What the plan says about encryption then.
 */
usesNonExemptEncryption: boolean | null, 
/**
 * On the button.
 */
label: string, };

/**
 * Which app's form is asked for.
 */
export type DistributionDefaultsRequest = { 
/**
 * The app's id.
 */
app: string, };

/**
 * What is to happen with a build.
 */
export type DistributionPlan = { 
/**
 * The groups that get it, by id.
 */
groups: Array<string>, 
/**
 * What to Test. A locale that is left out stays as it is.
 */
texts: Array<WhatToTest>, 
/**
 * The answer about encryption; none for the build's own, or the one that is remembered for the app.
 */
usesNonExemptEncryption: boolean | null, 
/**
 * Whether that answer is remembered for the next builds of the app.
 */
rememberEncryption: boolean, 
/**
 * Whether it is submitted to Beta App Review.
 */
review: ReviewChoice, 
/**
 * Whether its testers are notified.
 */
notify: NotifyChoice, };

/**
 * Who planned a distribution.
 */
export type DistributionPlanner = { "kind": "person" } | { "kind": "commandLine" } | { "kind": "rule", 
/**
 * Its number. The rule may be gone.
 */
rule: number | null, 
/**
 * Its name at that time.
 */
name: string, 
/**
 * The run's number.
 */
run: number, };

/**
 * Which plan a command is for.
 */
export type DistributionRequest = { 
/**
 * As [`Distribution::id`].
 */
id: number, };

/**
 * How far a plan is.
 */
export type DistributionState = "waitsForBuild" | "running" | "waits" | "decide" | "refused" | "done" | "stopped";

/**
 * A step of a plan.
 */
export type DistributionStep = { 
/**
 * When it reached its state; none if it was never looked at.
 */
at: string | null, 
/**
 * Which step.
 */
name: DistributionStepName, 
/**
 * How far it is.
 */
state: DistributionStepState, 
/**
 * The same in words.
 */
message: string, 
/**
 * What to do about it.
 */
hint: string | null, 
/**
 * What a person may choose, where it is for them to decide.
 */
choices: Array<DistributionChoice>, };

/**
 * A step on a build's way to its testers, in their order.
 */
export type DistributionStepName = "compliance" | "whatToTest" | "internalGroups" | "externalGroups" | "review" | "notify";

/**
 * How far a step is.
 */
export type DistributionStepState = "done" | "now" | "later" | "waits" | "decide" | "refused" | "left";

/**
 * All steps.
 */
export type Doctor = { 
/**
 * When it ended, RFC 3339 in UTC.
 */
at: string, 
/**
 * How many steps are as they should be.
 */
good: number, 
/**
 * How many need something.
 */
bad: number, 
/**
 * Every step, in order.
 */
steps: Array<DoctorStep>, };

/**
 * What the window can do about a step at once.
 */
export type DoctorRemedy = "pointHere" | "startTunnel" | "restartTunnel" | "retryListener" | "showAccounts" | "showWebhooks" | "rotateSecret";

/**
 * How a step went.
 */
export type DoctorResult = "good" | "bad" | "skipped";

/**
 * What one check found.
 */
export type DoctorStep = { 
/**
 * What it checked.
 */
subject: DoctorSubject, 
/**
 * Its name.
 */
title: string, 
/**
 * How it went.
 */
result: DoctorResult, 
/**
 * What was found.
 */
detail: string, 
/**
 * What to do; empty if there is nothing to do.
 */
hint: string, 
/**
 * What can be done about it with one button.
 */
remedy: DoctorRemedy | null, 
/**
 * The place in the window where the remedy is, such as `#/webhooks/ACCOUNT/APP`, if the remedy needs one.
 */
route: string | null, };

/**
 * What a step checks, in order.
 */
export type DoctorSubject = "keychain" | "accounts" | "webhooks" | "eventTypes" | "listener" | "tunnel" | "address" | "signature" | "notifications";

/**
 * What is to happen.
 */
export type EmitDemoEventRequest = { 
/**
 * The app's id.
 */
app: string, 
/**
 * The type, in the subscription's spelling.
 */
eventType: string, 
/**
 * The state to come to; the one that usually follows if there is none.
 */
to: string | null, };

/**
 * What became of it.
 */
export type EmittedDemoEvent = { 
/**
 * The event's number in the inbox; none if it did not arrive.
 */
seq: number | null, 
/**
 * What happened, as the inbox says it; what went wrong if it did not arrive.
 */
title: string, 
/**
 * The HTTP status that the listener answered with.
 */
status: number | null, };

/**
 * A rule to switch on or off. Enabling one that needs a review is the review.
 */
export type EnableRuleRequest = { 
/**
 * As [`ListedRule::id`].
 */
id: number, 
/**
 * On or off.
 */
enabled: boolean, };

/**
 * What kind of refusal it is. A code is here because the window or a script acts on it.
 */
export type ErrorCode = "invalidInput" | "notFound" | "keychainLocked" | "keychainAbsent" | "keychainRefused" | "keychainTimedOut" | "storeUnwritable" | "clipboard" | "notListening" | "tunnelDown" | "keyRefused" | "agreementMissing" | "appleRefused" | "rateLimited" | "appleUnreachable" | "outcomeUnknown" | "noAnswer" | "madeByNewer" | "busy" | "internal";

/**
 * Events that are new, have changed, or are gone.
 */
export type EventChanges = { 
/**
 * Those that are here, as they are now.
 */
rows: Array<EventRow>, 
/**
 * The numbers of those that are gone.
 */
gone: Array<number>, };

/**
 * What events can be filtered by.
 */
export type EventChoices = { 
/**
 * The apps that are known here, by name.
 */
apps: Array<KnownApp>, 
/**
 * The accounts, the oldest first.
 */
accounts: Array<NamedThing>, 
/**
 * Every type of event, and the states that it can change to.
 */
types: Array<TypeChoice>, };

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
 * What happened as a sentence without the app and the full stop: "Version 3.2 was rejected".
 */
headline: string, 
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
 * The id of that webhook.
 */
webhookId: string, 
/**
 * The name of the account that the webhook is managed with, if it is still here.
 */
account: string | null, 
/**
 * The address of the page in App Store Connect; `openEventPage` opens it.
 */
page: string | null, 
/**
 * The states that a version, build or upload has been in, the earliest first; empty for everything else.
 */
track: Array<TrackStep>, 
/**
 * The state that it is on its way to, in words; none once it was there, or if that can't be told.
 */
nextState: string | null, 
/**
 * Every time it arrived, first to last.
 */
arrivals: Array<Arrival>, 
/**
 * What Apple sent; none for Hookbell's own news, which nobody sent.
 */
payload: Payload | null, 
/**
 * What App Store Connect says about it, once that is known.
 */
details: EventDetails | null, 
/**
 * Whether its details are still to be read.
 */
enriching: boolean, };

/**
 * What App Store Connect says about an event. What is not known is left out.
 */
export type EventDetails = { 
/**
 * The app it happened to.
 */
app?: NamedThing, 
/**
 * The version as people see it.
 */
version?: string, 
/**
 * The build number.
 */
build?: string, 
/**
 * The platform: "iOS".
 */
platform?: string, 
/**
 * The state it is in by now, in words; it may have gone on since the event.
 */
state?: string, 
/**
 * The state for internal testers, in words.
 */
internalState?: string, 
/**
 * The tester's name.
 */
tester?: string, 
/**
 * The tester's words.
 */
comment?: string, 
/**
 * The device as people call it.
 */
device?: string, 
/**
 * The asset pack's identifier.
 */
assetPack?: string, 
/**
 * Apple's words for why it failed.
 */
errors?: Array<string>, 
/**
 * Apple's words for what to fix before the next one.
 */
warnings?: Array<string>, 
/**
 * What else Apple says.
 */
infos?: Array<string>, 
/**
 * What Hookbell's own news are made of, in words.
 */
facts?: Array<NewsFact>, 
/**
 * When and as which build testers can no longer use it.
 */
expiry?: BuildExpiry, 
/**
 * The feedback it is about, by its id: `#/feedback/ID`.
 */
feedback?: string, 
/**
 * Why nothing more is known: it was deleted, or the key may not see it.
 */
trouble?: string, };

/**
 * Conditions that all hold. Of a condition with several values, one holds. What is not set restricts nothing.
 */
export type EventFilter = { 
/**
 * Where to look.
 */
place: EventPlace, 
/**
 * Only what was not read.
 */
unread: boolean, 
/**
 * Only about the apps with these ids: the app that App Store Connect names, or else the webhook's.
 */
app?: Array<string>, 
/**
 * Only what came through the webhooks of the accounts with these ids.
 */
account?: Array<string>, 
/**
 * Only of these types.
 */
type?: Array<EventType>, 
/**
 * Only of these importances.
 */
importance?: Array<Importance>, 
/**
 * Only a change to one of these states, in Apple's spelling: `REJECTED`.
 */
state?: Array<string>, 
/**
 * Only what arrived at this time or later, RFC 3339.
 */
since?: string, 
/**
 * Only what arrived before this time, RFC 3339.
 */
until?: string, 
/**
 * Only what arrived within the last so many days of 24 hours. A saved view moves along with it.
 */
days?: number, 
/**
 * Words that must all be in the title, the sentence or the payload. The last may be the beginning of one. Empty
 * for no search.
 */
search: string, };

/**
 * What sort of thing an event is about; one icon each.
 */
export type EventKind = "version" | "build" | "upload" | "screenshot" | "crash" | "asset" | "distribution" | "ping" | "alert" | "reminder" | "digest" | "unknown";

/**
 * Where to look for events.
 */
export type EventPlace = "inbox" | "archive" | "everywhere";

/**
 * Which event a command is for.
 */
export type EventRequest = { 
/**
 * Its number.
 */
seq: number, };

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
 * What happened, without the app.
 */
title: string, 
/**
 * Where: the version and the build once they are known, else the webhook's name. It begins with the app where
 * Hookbell knows of several.
 */
subtitle: string, 
/**
 * The app: the one that App Store Connect names, or else the webhook's.
 */
app: KnownApp | null, 
/**
 * When it first arrived, RFC 3339 in UTC.
 */
receivedAt: string, 
/**
 * How it came first: one that Apple could not deliver was fetched.
 */
source: Source, 
/**
 * Whether the person has opened it, or marked it as read.
 */
read: boolean, 
/**
 * Whether it was taken out of the inbox.
 */
archived: boolean, };

/**
 * Why an event was told, or not.
 */
export type EventRules = { 
/**
 * Each rule of today, compared with the event.
 */
rules: Array<ComparedRule>, 
/**
 * Who decided about its notification, in a sentence.
 */
told: string, 
/**
 * What rules did about it, the newest first.
 */
runs: Array<Run>, };

/**
 * Which event is asked about.
 */
export type EventRulesRequest = { 
/**
 * Its number.
 */
seq: number, };

/**
 * A type of event known today. In JSON it is [`EventType::name`].
 */
export type EventType = "ALTERNATIVE_DISTRIBUTION_PACKAGE_AVAILABLE_UPDATED" | "ALTERNATIVE_DISTRIBUTION_PACKAGE_VERSION_CREATED" | "ALTERNATIVE_DISTRIBUTION_TERRITORY_AVAILABILITY_UPDATED" | "APP_STORE_VERSION_APP_VERSION_STATE_UPDATED" | "BACKGROUND_ASSET_VERSION_APP_STORE_RELEASE_STATE_UPDATED" | "BACKGROUND_ASSET_VERSION_EXTERNAL_BETA_RELEASE_STATE_UPDATED" | "BACKGROUND_ASSET_VERSION_INTERNAL_BETA_RELEASE_CREATED" | "BACKGROUND_ASSET_VERSION_STATE_UPDATED" | "BETA_FEEDBACK_CRASH_SUBMISSION_CREATED" | "BETA_FEEDBACK_SCREENSHOT_SUBMISSION_CREATED" | "BUILD_BETA_DETAIL_EXTERNAL_BUILD_STATE_UPDATED" | "BUILD_UPLOAD_STATE_UPDATED" | "PING" | "HOOKBELL_AGREEMENT_MISSING" | "HOOKBELL_BUILD_DISTRIBUTED" | "HOOKBELL_BUILD_EXPIRES_SOON" | "HOOKBELL_BUILD_NEEDS_YOU" | "HOOKBELL_DELIVERIES_FAILING" | "HOOKBELL_DIGEST" | "HOOKBELL_TUNNEL_DOWN" | "HOOKBELL_UNUSUALLY_LONG" | "HOOKBELL_WEBHOOK_DISABLED";

/**
 * A page of the inbox, newest first.
 */
export type EventsReply = { 
/**
 * Those that match the request, at most `limit` of them.
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
 * A page of events.
 */
export type EventsRequest = { 
/**
 * Which events.
 */
filter: EventFilter, 
/**
 * The cursor: only events that arrived before this one.
 */
before: number | null, 
/**
 * At most this many, 1 to 500.
 */
limit: number, };

/**
 * What became of them.
 */
export type ExpireOlderBuildsReply = { 
/**
 * Those that are expired now.
 */
expired: Array<string>, 
/**
 * Those that are not.
 */
refused: Array<RefusedBuild>, };

/**
 * Builds to expire: all of an app but some.
 */
export type ExpireOlderBuildsRequest = { 
/**
 * The account's id; none for the only one, or the key of the command line.
 */
account: string | null, 
/**
 * The app's id.
 */
app: string, 
/**
 * The builds that stay.
 */
keep: Array<string>, };

/**
 * What an export wrote.
 */
export type ExportFeedbackReply = { 
/**
 * The new folders, one for each feedback; empty if the dialog was closed.
 */
folders: Array<string>, 
/**
 * What could not be fetched, and why.
 */
missing: Array<string>, };

/**
 * Feedback to export. The system's own dialog asks for the folder.
 */
export type ExportFeedbackRequest = { 
/**
 * Their ids in App Store Connect.
 */
ids: Array<string>, };

/**
 * Rules as a file holds them.
 */
export type ExportRulesReply = { 
/**
 * Pretty-printed JSON: an object for one rule, otherwise an array.
 */
text: string, };

/**
 * Rules for a file.
 */
export type ExportRulesRequest = { 
/**
 * As [`ListedRule::id`].
 */
ids: Array<number>, };

/**
 * One fact in words.
 */
export type Fact = { 
/**
 * What it is about, for scripts: `device`, `system`, `screen`, `language`, `connection`, `battery`, `disk`,
 * `uptime`, `timeZone`, `tester`, `architecture`, `watch`, `bundleId`.
 */
name: string, 
/**
 * The same for people: "App open for".
 */
label: string, 
/**
 * The fact: "38.2 of 256 GB free".
 */
value: string, 
/**
 * The numbers in it, for a reader whose system writes numbers otherwise.
 */
amount?: Amount, };

/**
 * An app that has feedback.
 */
export type FeedbackApp = { 
/**
 * Its id; none where App Store Connect did not name the app.
 */
id: string | null, 
/**
 * As App Store Connect shows it, or that it is not known.
 */
name: string, 
/**
 * How many.
 */
all: number, 
/**
 * How many of them were not read.
 */
unread: number, 
/**
 * By build, the one with the newest feedback first.
 */
builds: Array<FeedbackBuild>, };

/**
 * A build that has feedback.
 */
export type FeedbackBuild = { 
/**
 * Its id; none where App Store Connect did not name the build.
 */
id: string | null, 
/**
 * Version and build number: "3.3 (418)".
 */
name: string, 
/**
 * How many.
 */
all: number, 
/**
 * How many of them were not read.
 */
unread: number, };

/**
 * Feedback that is new or has changed.
 */
export type FeedbackChanges = { 
/**
 * As it is now.
 */
rows: Array<FeedbackRow>, 
/**
 * The numbers to filter by; none if nothing has changed.
 */
counts: FeedbackCounts | null, };

/**
 * How many there are of what, to be filtered by. Nothing that was archived is counted.
 */
export type FeedbackCounts = { 
/**
 * Everything.
 */
all: number, 
/**
 * What was not read.
 */
unread: number, 
/**
 * How many are screenshots with a comment.
 */
screenshots: number, 
/**
 * How many are crash reports.
 */
crashes: number, 
/**
 * By app, the one with the newest feedback first.
 */
apps: Array<FeedbackApp>, };

/**
 * All there is to know about one feedback.
 */
export type FeedbackDetail = { 
/**
 * Its line in the list.
 */
feedback: FeedbackRow, 
/**
 * The device and the app at that moment, in the order to show them; what is not known is left out.
 */
facts: Array<Fact>, 
/**
 * The tester's address.
 */
email: string | null, 
/**
 * The page of it on App Store Connect.
 */
page: string | null, 
/**
 * The newest event that told of it.
 */
event: number | null, 
/**
 * The screenshots, in Apple's order.
 */
pictures: Array<Picture>, 
/**
 * The crash's log; none with screenshots.
 */
log: LogFile | null, 
/**
 * Why it can't be read any more, such as that it was deleted.
 */
trouble: string | null, };

/**
 * How far a picture or a log is.
 */
export type FeedbackFileState = "waiting" | "kept" | "refused" | "gone" | "tooLarge" | "notAnImage" | "cleared";

/**
 * Which feedback a command is for.
 */
export type FeedbackIdRequest = { 
/**
 * Its id in App Store Connect.
 */
id: string, };

/**
 * The issue of a feedback, or why there is none although one was asked for.
 */
export type FeedbackIssue = { 
/**
 * The feedback's id.
 */
feedback: string, 
/**
 * As [`Tracker::id`].
 */
tracker: number, 
/**
 * What people call the place.
 */
trackerName: string, 
/**
 * Which kind the tracker is.
 */
service: TrackerKind, 
/**
 * None until it is known to be there.
 */
issue: Issue | null, 
/**
 * How many other feedback have the same issue.
 */
others: number, 
/**
 * What the issue lacks, a sentence each.
 */
notes: Array<string>, 
/**
 * Why the last try failed. Trying again never makes a second issue.
 */
error: ApiError | null, };

/**
 * Feedback to look up issues of.
 */
export type FeedbackIssuesRequest = { 
/**
 * The feedback's ids.
 */
ids: Array<string>, };

/**
 * What a tester sent.
 */
export type FeedbackKind = "screenshot" | "crash";

/**
 * A page of feedback, newest first.
 */
export type FeedbackReply = { 
/**
 * Those that match the request, at most `limit` of them.
 */
feedback: Array<FeedbackRow>, 
/**
 * The cursor of the next page; none at the end.
 */
next: string | null, 
/**
 * How many of all are unread.
 */
unread: number, };

/**
 * A page of feedback of all apps.
 */
export type FeedbackRequest = { 
/**
 * Only of the apps with these ids; of all where there are none.
 */
app: Array<string>, 
/**
 * Only what was read with the key of this account.
 */
account?: string, 
/**
 * Only what was sent at this time or later, RFC 3339.
 */
since?: string, 
/**
 * Only what was sent before this time, RFC 3339.
 */
until?: string, 
/**
 * Only of the build with this id.
 */
build: string | null, 
/**
 * Only of this kind.
 */
kind: FeedbackKind | null, 
/**
 * Only what was not read.
 */
unread: boolean, 
/**
 * What was archived, instead of what was not.
 */
archived: boolean, 
/**
 * Words, or parts of words, of the comment, the tester, the device or the app; empty for no search.
 */
search: string, 
/**
 * The cursor: `next` of the page before.
 */
before: string | null, 
/**
 * At most this many, 1 to 500.
 */
limit: number, };

/**
 * One line of the list.
 */
export type FeedbackRow = { 
/**
 * Its id in App Store Connect.
 */
id: string, 
/**
 * What was sent.
 */
kind: FeedbackKind, 
/**
 * The tester's words; "Crash: index out of range" for a crash; what it is where nobody said anything.
 */
title: string, 
/**
 * Who, about what: "Mira Okafor · Backyard Birds 3.3 (418)".
 */
subtitle: string, 
/**
 * What else: "2 pictures · iPhone 15 Pro", or why the pictures are not here.
 */
note: string, 
/**
 * The app's id.
 */
app: string | null, 
/**
 * The app's name.
 */
appName: string | null, 
/**
 * What the app is drawn as.
 */
icon: AppIcon | null, 
/**
 * The version of the app that the tester used, such as "3.3".
 */
version: string | null, 
/**
 * The build number.
 */
build: string | null, 
/**
 * Who sent it; "Anonymous" if App Store Connect does not say.
 */
tester: string, 
/**
 * The tester's words.
 */
comment: string | null, 
/**
 * The device as people call it.
 */
device: string | null, 
/**
 * How many pictures it has.
 */
pictures: number, 
/**
 * The first picture that has a thumbnail: `pictureUrl(thumbnail, "thumb")`.
 */
thumbnail: number | null, 
/**
 * How far the first picture, or the crash's log, is.
 */
state: FeedbackFileState | null, 
/**
 * When it was sent, RFC 3339 in UTC.
 */
sentAt: string, 
/**
 * Whether it was read, as the events that told of it.
 */
read: boolean, 
/**
 * Whether it was taken out of the list.
 */
archived: boolean, };

/**
 * How much room feedback takes, and how much it may.
 */
export type FeedbackStorage = { 
/**
 * How many pictures and logs are kept.
 */
files: number, 
/**
 * Bytes of all of them.
 */
bytes: number, 
/**
 * How many days pictures and logs are kept.
 */
days: number, 
/**
 * How many bytes they may take; the oldest go first.
 */
maxBytes: number, 
/**
 * Where they lie.
 */
folder: string, 
/**
 * Why nothing can be kept at the moment, such as a full disk.
 */
trouble: string | null, };

/**
 * Feedback to file.
 */
export type FileIssuesRequest = { 
/**
 * The feedback's ids.
 */
feedback: Array<string>, 
/**
 * As [`Tracker::id`].
 */
tracker: number, 
/**
 * The title, for one issue only; none for the tracker's.
 */
title: string | null, 
/**
 * The labels; none for the tracker's.
 */
labels: Array<string> | null, 
/**
 * What goes in; none for everything but the tester's name and address, unless the tracker says so.
 */
parts: IssueParts | null, 
/**
 * All of them as one issue, that of the first; else one each.
 */
together: boolean, };

/**
 * What was fixed, ready for What to Test.
 */
export type FixedIssueLine = { 
/**
 * "Fixed: Save button is hidden behind the keyboard".
 */
text: string, 
/**
 * The feedback's id.
 */
feedback: string, 
/**
 * What people call the issue.
 */
reference: string, 
/**
 * Where a browser opens it.
 */
url: string, 
/**
 * When it was first seen done, RFC 3339 in UTC.
 */
doneAt: string, };

/**
 * Something that was fixed.
 */
export type FixedLine = { 
/**
 * The line as it would stand in What to Test.
 */
line: string, 
/**
 * The issue's address.
 */
link: string | null, };

/**
 * Which fixes to gather.
 */
export type FixedLinesRequest = { 
/**
 * The app's id.
 */
app: string, 
/**
 * Only what was done at this time or later, RFC 3339.
 */
since: string | null, };

/**
 * An address that is not to be offered any more.
 */
export type ForgetAddressRequest = { 
/**
 * The address as it is offered.
 */
address: string, };

/**
 * The event, sent over HTTP.
 */
export type Forward = { 
/**
 * In which form.
 */
as: ForwardFormat, 
/**
 * Where to: https, or http towards loopback. Without it, [`Self::destination`] says where.
 */
url?: string, 
/**
 * The name under which an address that is a secret, as those of chats are, is kept in the keychain.
 */
destination?: string, 
/**
 * A template of the message, or of the whole body where the form is `template`.
 */
text?: string, 
/**
 * Headers besides those of the form; the values are templates.
 */
headers?: { [key in string]: string }, 
/**
 * Whether the address may lie in a private network.
 */
allowPrivateNetwork: boolean, };

/**
 * In which form an event is sent on.
 */
export type ForwardFormat = "raw" | "signed" | "slack" | "teams" | "discord" | "ntfy" | "template";

/**
 * Events that are lost, as the log of deliveries goes ten days back.
 */
export type Gap = { 
/**
 * From when nothing is known, RFC 3339 in UTC.
 */
from: string, 
/**
 * Until when, RFC 3339 in UTC.
 */
to: string, };

/**
 * How many deliveries went which way.
 */
export type HealthCount = { 
/**
 * Delivered, repetitions included.
 */
delivered: number, 
/**
 * Not delivered, and fetched from App Store Connect's log later.
 */
fetched: number, 
/**
 * Failed, and not fetched later. Known only of webhooks with an account.
 */
failed: number, };

/**
 * What a webhook delivered between two midnights, by the time zone of the request.
 */
export type HealthDay = { 
/**
 * The day: `2026-11-21`.
 */
date: string, 
/**
 * What was due on it: what was fetched counts for the day it happened.
 */
count: HealthCount, 
/**
 * From Apple's timestamp to the arrival.
 */
delay: Delay | null, };

/**
 * How one webhook fared.
 */
export type HealthOfWebhook = { 
/**
 * Its id here.
 */
id: string, 
/**
 * Its name, or the last one it had.
 */
name: string, 
/**
 * Whether it was removed here.
 */
removed: boolean, 
/**
 * How many deliveries went which way.
 */
count: HealthCount, 
/**
 * From Apple's timestamp to the arrival.
 */
delay: Delay | null, 
/**
 * From when on its failures are known, RFC 3339 in UTC; none if they are not, as it has no account.
 */
failuresSince: string | null, 
/**
 * A time of which nothing can be known any more.
 */
gap: Gap | null, 
/**
 * The last delivery that failed, whatever became of its event.
 */
lastFailure: LastFailure | null, };

/**
 * Rules from a file.
 */
export type ImportRulesRequest = { 
/**
 * JSON: a rule, or an array of rules; at most 1 MiB.
 */
text: string, };

/**
 * What a piece of news means for the person who reads it.
 */
export type Importance = "good" | "needsYou" | "bad" | "info";

/**
 * An app whose versions and builds can be shown.
 */
export type InsightsApp = { 
/**
 * Its id in App Store Connect; none where events don't say which app they are of.
 */
app: string | null, 
/**
 * The id of the local webhook that brought those events.
 */
webhook: string | null, 
/**
 * The app's name, or the webhook's where the app is not known.
 */
name: string, 
/**
 * Whether any event tells of a version or a build of it.
 */
changed: boolean, };

/**
 * Everything that insights show at once.
 */
export type InsightsReply = { 
/**
 * The apps to choose from.
 */
apps: Array<InsightsApp>, 
/**
 * The versions and builds of the app that was asked for, or else of the first one; none if no event tells of any.
 */
timeline: AppTimeline | null, 
/**
 * How deliveries to all webhooks went.
 */
health: WebhookHealth, };

/**
 * A resource of App Store Connect.
 */
export type InstanceRef = { 
/**
 * Its type, for instance `appStoreVersions`.
 */
type: string, 
/**
 * App Store Connect's id of the resource.
 */
id: string, 
/**
 * What it is: "Version", "Build upload".
 */
label: string, };

/**
 * A tester to invite again.
 */
export type InviteTesterRequest = { 
/**
 * The account's id; none for the only one, or the key of the command line.
 */
account: string | null, 
/**
 * The app's id.
 */
app: string, 
/**
 * The tester's id.
 */
tester: string, };

/**
 * An issue that is there.
 */
export type Issue = { 
/**
 * What people call it: `#214`, `ENG-12`.
 */
reference: string, 
/**
 * Where a browser opens it.
 */
url: string, 
/**
 * The title as it is at the tracker.
 */
title: string, 
/**
 * Whether it waits for somebody.
 */
progress: IssueProgress, 
/**
 * The state in the tracker's own word: "In Review".
 */
state: string, 
/**
 * Whom it is assigned to.
 */
assignee: string | null, 
/**
 * When it was filed, RFC 3339 in UTC.
 */
filedAt: string, 
/**
 * When it was first seen done, RFC 3339 in UTC.
 */
doneAt: string | null, };

/**
 * What goes along with an issue beside its text.
 */
export type IssueFile = { 
/**
 * What it is called.
 */
name: string, 
/**
 * Its size.
 */
bytes: number, };

/**
 * What goes into an issue besides the tester's words.
 */
export type IssueParts = { 
/**
 * The screenshots.
 */
pictures: boolean, 
/**
 * Device, system and build.
 */
facts: boolean, 
/**
 * The crash log, as a file.
 */
log: boolean, 
/**
 * The tester's name and e-mail address.
 */
tester: boolean, };

/**
 * What would be filed. Nothing was.
 */
export type IssuePreview = { 
/**
 * On one line.
 */
title: string, 
/**
 * The text as Markdown, without its files. Jira gets the same in its own form.
 */
markdown: string, 
/**
 * Names, as the tracker has them.
 */
labels: Array<string>, 
/**
 * The files that go along.
 */
files: Array<IssueFile>, 
/**
 * What is left out, and why.
 */
notes: Array<string>, 
/**
 * The issue that the feedback has there already; filing again makes none.
 */
existing: FeedbackIssue | null, 
/**
 * Other feedback whose crash has the same innermost calls, in the same app.
 */
similar: SimilarCrashes, };

/**
 * Whether an issue waits for somebody.
 */
export type IssueProgress = "open" | "done" | "dropped";

/**
 * An account's apps and webhooks as they were last read, by this process or an earlier one.
 */
export type KeptApps = { 
/**
 * The apps; empty if they were never read.
 */
apps: Array<App>, 
/**
 * When they were read, RFC 3339 in UTC; none if they never were.
 */
readAt: string | null, 
/**
 * The webhooks of those apps of which they were read, with what is known of them here now.
 */
webhooks: Array<AppWebhooks>, };

/**
 * What was read of an account before.
 */
export type KeptAppsRequest = { 
/**
 * The account's id.
 */
account: string, };

/**
 * What a key file tells without its contents leaving the engine.
 */
export type KeyFileReply = { 
/**
 * The key's id, if the file or its name tells it.
 */
keyId: string | null, 
/**
 * The issuer ID, if the file tells it.
 */
issuerId: string | null, 
/**
 * Whether the key is one person's, which has no issuer ID.
 */
isIndividual: boolean, };

/**
 * A key file to look at.
 */
export type KeyFileRequest = { 
/**
 * Its path. The window never reads it.
 */
path: string, };

/**
 * An app that is known here.
 */
export type KnownApp = { 
/**
 * Its id in App Store Connect.
 */
id: string, 
/**
 * As App Store Connect shows it.
 */
name: string, 
/**
 * What it is drawn as.
 */
icon: AppIcon, };

/**
 * How the last delivery of a webhook went.
 */
export type LastDelivery = { 
/**
 * How it went.
 */
state: DeliveryState, 
/**
 * When, RFC 3339 in UTC.
 */
at: string | null, 
/**
 * What was answered.
 */
status: number | null, 
/**
 * What that means.
 */
means: string, 
/**
 * How to fix it; empty if there is nothing to fix.
 */
hint: string, 
/**
 * What is wrong with its signature, if the delivery failed here because of it.
 */
signature: SignatureTrouble | null, };

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
 * The last time that something did not arrive.
 */
export type LastFailure = { 
/**
 * When, RFC 3339 in UTC.
 */
at: string, 
/**
 * Why, in a sentence.
 */
reason: string, };

/**
 * A build in the list.
 */
export type ListedBuild = { 
/**
 * As App Store Connect has it.
 */
id: string, 
/**
 * The app's id.
 */
app: string, 
/**
 * The version it belongs to.
 */
version: string | null, 
/**
 * The build number.
 */
number: string, 
/**
 * `IOS`.
 */
platform: string | null, 
/**
 * The same for people: "iOS".
 */
platformLabel: string | null, 
/**
 * RFC 3339 in UTC, as all times here.
 */
uploadedAt: string | null, 
/**
 * When testers can no longer use it.
 */
expiresAt: string | null, 
/**
 * Whole days until then; none once it expired.
 */
daysLeft: number | null, 
/**
 * Whether it expired, or somebody expired it.
 */
expired: boolean, 
/**
 * `VALID`.
 */
processing: string | null, 
/**
 * `IN_BETA_TESTING`.
 */
internal: string | null, 
/**
 * `WAITING_FOR_BETA_REVIEW`.
 */
external: string | null, 
/**
 * One state for people: "Waiting for Review".
 */
label: string, 
/**
 * How good that is.
 */
tone: BuildTone, 
/**
 * How far it is.
 */
track: BuildTrack, 
/**
 * The groups that have it.
 */
groups: Array<BuildGroup>, 
/**
 * Of the stored feedback about it.
 */
crashes: number, 
/**
 * Of the stored feedback about it.
 */
feedback: number, 
/**
 * The answer about encryption.
 */
usesNonExemptEncryption: boolean | null, 
/**
 * Whether App Store Connect notifies testers automatically.
 */
autoNotify: boolean | null, 
/**
 * `APP_STORE_ELIGIBLE`.
 */
audience: string | null, 
/**
 * The newest plan for it.
 */
distribution: Distribution | null, };

/**
 * A rule in the list.
 */
export type ListedRule = { 
/**
 * Its number. It is never given twice.
 */
id: number, 
/**
 * The document.
 */
rule: Rule, 
/**
 * It came from a file with a command in it, and nobody has enabled it here.
 */
needsReview: boolean, 
/**
 * Why Hookbell switched it off, why its condition failed, or why it can't be read, in a sentence.
 */
trouble: string | null, 
/**
 * When it was last changed, RFC 3339 in UTC.
 */
changedAt: string, 
/**
 * The newest run of any of its actions, without its output.
 */
lastRun: Run | null, 
/**
 * How many of its runs failed or were given up, and were not retried since.
 */
failedRuns: number, };

/**
 * What the listener does.
 */
export type Listener = { "state": "starting" } | { "state": "listening", 
/**
 * `http://127.0.0.1:PORT`
 */
url: string, 
/**
 * The one in `url`.
 */
port: number, } | { "state": "portTaken", 
/**
 * The port that was asked for.
 */
port: number, 
/**
 * The other program, as far as it can be told: `node (PID 4127)`.
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
 * How to fix it.
 */
hint: string, };

/**
 * The log of a crash.
 */
export type LogFile = { 
/**
 * How far it is.
 */
state: FeedbackFileState, 
/**
 * Why it is not here, in a sentence.
 */
reason: string | null, 
/**
 * Its size in bytes.
 */
bytes: number | null, 
/**
 * When it is tried next, RFC 3339 in UTC, while it waits after a failure.
 */
nextTry: string | null, };

/**
 * How much the log tells, from little to much.
 */
export type LogLevel = "error" | "warn" | "info" | "debug" | "trace";

/**
 * Feedback to mark.
 */
export type MarkFeedbackRequest = { 
/**
 * Their ids.
 */
ids: Array<string>, 
/**
 * Read, or unread again.
 */
read: boolean, };

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
 * The events that were marked.
 */
export type MarkedEvents = { 
/**
 * Their numbers: those that were unread, so that it can be undone.
 */
seqs: Array<number>, };

/**
 * The feedback that was marked.
 */
export type MarkedFeedback = { 
/**
 * Their ids: those that were unread, so that it can be undone.
 */
ids: Array<string>, };

/**
 * A rule to move.
 */
export type MoveRuleRequest = { 
/**
 * As [`ListedRule::id`].
 */
id: number, 
/**
 * The rule that follows it from now on; none for the end.
 */
before: number | null, };

/**
 * Something with a name.
 */
export type NamedThing = { 
/**
 * Its id in App Store Connect.
 */
id: string, 
/**
 * As App Store Connect shows it.
 */
name: string, };

/**
 * One of App Store Connect's constants and its words.
 */
export type NamedWord = { 
/**
 * In App Store Connect's spelling: `REJECTED`.
 */
name: string, 
/**
 * In words: "Rejected".
 */
label: string, };

/**
 * Somebody to invite.
 */
export type NewTester = { 
/**
 * Their address.
 */
email: string, 
/**
 * Their first name.
 */
firstName: string | null, 
/**
 * Their last name.
 */
lastName: string | null, };

/**
 * One line of Hookbell's own news: "Usually", "22 h".
 */
export type NewsFact = { 
/**
 * Such as "Last failure".
 */
label: string, 
/**
 * At most 200 characters on one line.
 */
value: string, };

/**
 * Whether the system lets Hookbell show notifications. Only macOS asks the person first.
 */
export type NotificationPermission = "allowed" | "notAsked" | "turnedOff";

/**
 * A notification in other words. What is left out is as usual.
 */
export type Notify = { 
/**
 * A template of one line.
 */
title?: string, 
/**
 * A template.
 */
body?: string, 
/**
 * A template of the address that a click opens: `hookbell://` or `https://`.
 */
link?: string, 
/**
 * Whether its notification plays a sound.
 */
sound?: boolean, 
/**
 * Whether it is shown in quiet hours and pauses too.
 */
breakThroughQuietHours: boolean, };

/**
 * Whether testers are notified.
 */
export type NotifyChoice = "no" | "whenApproved" | "now";

/**
 * Which feedback's issue to open.
 */
export type OpenIssueRequest = { 
/**
 * The feedback's id.
 */
feedback: string, 
/**
 * As [`Tracker::id`].
 */
tracker: number, };

/**
 * The saved views in the order of the sidebar.
 */
export type OrderViewsRequest = { 
/**
 * Their ids from top to bottom. Views that are not named follow.
 */
ids: Array<number>, };

/**
 * Who made a webhook.
 */
export type Origin = "local" | "command" | "account";

/**
 * What is sent again.
 */
export type Original = { "kind": "event", 
/**
 * Its number.
 */
seq: number, } | { "kind": "delivery", 
/**
 * The account's id.
 */
account: string, 
/**
 * The webhook's id in App Store Connect.
 */
webhook: string, 
/**
 * The delivery's id.
 */
delivery: string, };

/**
 * Events to which a rule doesn't apply for one reason.
 */
export type OtherEvents = { 
/**
 * Why, as it follows their number in a sentence: "has another type", of several "have another type".
 */
reason: string, 
/**
 * How many.
 */
count: number, };

/**
 * What is decided from outside for as long as this process runs.
 */
export type Overrides = { 
/**
 * The port of `HOOKBELL_PORT` or the command line; 0 is any free one.
 */
port: number | null, 
/**
 * What `HOOKBELL_LOG` says.
 */
log: string | null, };

/**
 * Which of Hookbell's own news come into the inbox.
 */
export type OwnNewsChoice = { 
/**
 * A webhook's deliveries fail.
 */
failing: boolean, 
/**
 * Somebody else disabled a webhook.
 */
disabled: boolean, 
/**
 * The tunnel is down for 15 minutes.
 */
tunnel: boolean, 
/**
 * The newest build of an app expires in 14, 7 and 1 days.
 */
expiry: boolean, 
/**
 * A version or a build is in one state for unusually long.
 */
unusuallyLong: boolean, 
/**
 * An agreement is missing.
 */
agreement: boolean, 
/**
 * A digest of a day or a week.
 */
digest: DigestPeriod, };

/**
 * How long to pause.
 */
export type PauseRequest = { 
/**
 * 1 to 1440 minutes.
 */
minutes: number, };

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
 * Whether the body could be parsed, and `text` is pretty-printed.
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
 * A screenshot.
 */
export type Picture = { 
/**
 * Its id: `pictureUrl(id, "full")`.
 */
id: number, 
/**
 * Its place, from 1.
 */
number: number, 
/**
 * How far it is.
 */
state: FeedbackFileState, 
/**
 * Why it is not here, in a sentence.
 */
reason: string | null, 
/**
 * "PNG", "JPEG" or "HEIC", once it is here.
 */
format: string | null, 
/**
 * Pixels from left to right; as Apple announced it until it is here.
 */
width: number | null, 
/**
 * Pixels from top to bottom; as Apple announced it until it is here.
 */
height: number | null, 
/**
 * Its size in bytes.
 */
bytes: number | null, 
/**
 * Whether a window can show it. HEIC is for the system's viewer.
 */
showable: boolean, 
/**
 * Whether it has a thumbnail: `pictureUrl(id, "thumb")`.
 */
thumbnail: boolean, 
/**
 * When it is tried next, RFC 3339 in UTC, while it waits after a failure.
 */
nextTry: string | null, };

/**
 * Which screenshot a command is for.
 */
export type PictureRequest = { 
/**
 * As [`Picture::id`].
 */
id: number, };

/**
 * Some pictures, in the order to use them.
 */
export type PicturesRequest = { 
/**
 * Their ids.
 */
ids: Array<number>, };

/**
 * How a ping ended.
 */
export type PingOutcome = "arrived" | "answered" | "failed" | "wentElsewhere" | "disabled" | "unknown";

/**
 * What became of a ping, from App Store Connect to here.
 */
export type PingReply = { 
/**
 * How it ended.
 */
outcome: PingOutcome, 
/**
 * From asking App Store Connect to its arrival here, or to the receiver's answer as far as that is known.
 */
milliseconds: number | null, 
/**
 * The event it became here.
 */
seq: number | null, 
/**
 * What happened.
 */
headline: string, 
/**
 * How to fix it; empty if there is nothing to fix.
 */
hint: string, 
/**
 * App Store Connect's record of it.
 */
delivery: Delivery | null, };

/**
 * The system it runs on, for the words that differ.
 */
export type Platform = "linux" | "macos" | "windows";

/**
 * Where to listen.
 */
export type PortRequest = { 
/**
 * The port, from 1024 to 65535.
 */
port: number, };

/**
 * A rule to compare with stored events. Nothing is done.
 */
export type PreviewRuleRequest = { 
/**
 * The document. It need not be saved, and counts as enabled.
 */
rule: Rule, 
/**
 * The saved rule whose place it has; none for the end.
 */
id: number | null, 
/**
 * Events of so many days, 1 to 365. Of many, the newest 10,000 are compared.
 */
days: number, 
/**
 * This event only, however old it is.
 */
seq: number | null, 
/**
 * The most events to return, 1 to 200.
 */
limit: number, };

/**
 * An event that was compared with a rule.
 */
export type PreviewedEvent = { 
/**
 * Its number.
 */
seq: number, 
/**
 * What happened.
 */
title: string, 
/**
 * The app's name.
 */
app: string | null, 
/**
 * When it arrived, RFC 3339 in UTC.
 */
receivedAt: string, 
/**
 * Whether the rule applies to it.
 */
matches: boolean, 
/**
 * Why not, in a sentence.
 */
reason: string | null, 
/**
 * What each action would do.
 */
sends: Array<Sends>, };

/**
 * What a request to the public address met.
 */
export type ProofResult = "reached" | "foreign" | "closed" | "inside" | "silent";

/**
 * A link by which anybody can become a tester.
 */
export type PublicLink = { 
/**
 * Its address.
 */
url: string, 
/**
 * Whether it works.
 */
enabled: boolean, 
/**
 * How many testers it takes.
 */
limit: number | null, };

/**
 * What the engine tells an open window of its own accord.
 */
export type Push = { "kind": "stored", 
/**
 * Which rows, by what they are about.
 */
changes: StoredChanges, } | { "kind": "status", 
/**
 * The new one.
 */
status: Status, } | { "kind": "views", 
/**
 * All of them, in their order.
 */
views: Array<SavedView>, } | { "kind": "rules", 
/**
 * All of them, in their order.
 */
rules: Array<ListedRule>, } | { "kind": "runs" } | { "kind": "appWebhooks", 
/**
 * The app and its webhooks.
 */
webhooks: AppWebhooks, } | { "kind": "redelivery", 
/**
 * How far.
 */
progress: RedeliveryProgress, } | { "kind": "backfill", 
/**
 * How far.
 */
progress: BackfillProgress, } | { "kind": "builds", 
/**
 * The id of the app.
 */
app: string, } | { "kind": "update", 
/**
 * What the check for updates found.
 */
status: UpdateStatus, } | { "kind": "open", 
/**
 * The place.
 */
route: string, };

/**
 * Hours of the week in which notifications wait. Afterwards one summary tells what came.
 */
export type QuietHours = { 
/**
 * Whether they hold.
 */
on: boolean, 
/**
 * When they begin.
 */
from: string, 
/**
 * When they end: on the next day, if that is not after they begin. The same time is a whole day.
 */
to: string, 
/**
 * The days on which they begin, each once, from Monday on.
 */
days: Array<Day>, 
/**
 * The time zone by its IANA name, such as `Europe/Stockholm`; the system's if there is none.
 */
timeZone: string | null, };

/**
 * The hourly limit of a key.
 */
export type RateLimit = { 
/**
 * Requests an hour.
 */
limit: number, 
/**
 * Requests left in this hour.
 */
remaining: number, 
/**
 * When App Store Connect said so, RFC 3339 in UTC.
 */
at: string, };

/**
 * A rule to begin from.
 */
export type ReadyMadeRule = { 
/**
 * Lower-case words with hyphens.
 */
id: string, 
/**
 * What it does, in a few words.
 */
title: string, 
/**
 * What it does, and what to change before it is used.
 */
summary: string, 
/**
 * The document.
 */
rule: Rule, };

/**
 * What comes from App Store Connect and is kept here.
 */
export type Received = "everything" | "events" | "feedback";

/**
 * Deliveries to send again that somebody chose.
 */
export type RedeliverChosenRequest = { 
/**
 * The account's id; may be left out if there is only one.
 */
account: string | null, 
/**
 * The deliveries, in any order; 200 at most.
 */
deliveries: Array<ChosenDelivery>, };

/**
 * Which failed deliveries to send again.
 */
export type RedeliverFailedRequest = { 
/**
 * The account's id; may be left out if there is only one.
 */
account: string | null, 
/**
 * Only of this webhook, by its id in App Store Connect.
 */
webhook: string | null, };

/**
 * App Store Connect has agreed to redeliver it.
 */
export type RedeliverReply = { 
/**
 * The id of the new delivery.
 */
delivery: string, };

/**
 * A delivery to send again.
 */
export type RedeliverRequest = { 
/**
 * The account's id; may be left out if there is only one.
 */
account: string | null, 
/**
 * The webhook's id in App Store Connect. Without it, the newest attempt of the event is looked for only
 * after Apple has refused to send this one again.
 */
webhook: string | null, 
/**
 * The delivery's id. Where its event was sent again since, the newest attempt is sent again in its place.
 */
delivery: string, };

/**
 * What has become of a redelivery.
 */
export type RedeliveryOutcome = "accepted" | "refused" | "arrived" | "failed";

/**
 * How far sending again has come.
 */
export type RedeliveryProgress = { 
/**
 * How many events there are to redeliver.
 */
total: number, 
/**
 * How many App Store Connect has agreed to send.
 */
accepted: number, 
/**
 * How many it refused to send. They stay as they are and can be tried again.
 */
refused: number, 
/**
 * How many of the accepted ones arrived: here and with a good signature, or at a receiver elsewhere that
 * took them.
 */
arrived: number, 
/**
 * How many of the accepted ones failed again.
 */
failed: number, 
/**
 * Whether it is over. What neither arrived nor failed until then is not known.
 */
done: boolean, 
/**
 * Whether it ended before all were asked for.
 */
stopped: boolean, 
/**
 * Why the last one was rejected or failed.
 */
trouble: ApiError | null, 
/**
 * What became of single deliveries: in a push what is new since the push before, in the reply of all.
 */
results: Array<RedeliveryResult>, };

/**
 * One delivery that was to be sent again.
 */
export type RedeliveryResult = { 
/**
 * The delivery's id, as it was chosen.
 */
delivery: string, 
/**
 * What has become of it.
 */
outcome: RedeliveryOutcome, 
/**
 * Why it was rejected or failed.
 */
trouble: ApiError | null, };

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
reason: string, 
/**
 * Whether the secret in App Store Connect is another than the one here.
 */
mismatch: boolean, };

/**
 * A build that could not be expired.
 */
export type RefusedBuild = { 
/**
 * The build's id.
 */
build: string, 
/**
 * What is wrong.
 */
message: string, 
/**
 * What to do about it.
 */
hint: string, };

/**
 * Somebody who could not be added.
 */
export type RefusedTester = { 
/**
 * Their address.
 */
email: string, 
/**
 * What is wrong.
 */
message: string, 
/**
 * What to do about it.
 */
hint: string, };

/**
 * A notification later.
 */
export type Remind = { 
/**
 * How many minutes after the event arrived, 1 to 43,200 (30 days).
 */
afterMinutes: number, 
/**
 * A template of one line; as usual without it.
 */
title?: string, 
/**
 * A template; as usual without it.
 */
body?: string, };

/**
 * A tester of a group.
 */
export type RemoveTesterRequest = { 
/**
 * The account's id; none for the only one, or the key of the command line.
 */
account: string | null, 
/**
 * The group's id.
 */
group: string, 
/**
 * The tester's id.
 */
tester: string, };

/**
 * A new name.
 */
export type RenameAccountRequest = { 
/**
 * The account's id.
 */
id: string, 
/**
 * The name, 1 to 100 characters.
 */
name: string, };

/**
 * A view to rename.
 */
export type RenameViewRequest = { 
/**
 * As [`SavedView::id`].
 */
id: number, 
/**
 * Its new name, as in [`SaveViewRequest`].
 */
name: string, };

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
 * Another token for a tracker.
 */
export type RenewTrackerTokenRequest = { 
/**
 * As [`Tracker::id`].
 */
id: number, 
/**
 * The new token.
 */
token: string, };

/**
 * Another key for the same account.
 */
export type ReplaceKeyRequest = { 
/**
 * The account's id.
 */
id: string, 
/**
 * The path of the `.p8` file, or of a JSON file with the key in it.
 */
keyFile: string, 
/**
 * The key's id; taken from the file or its name if there is none.
 */
keyId: string | null, 
/**
 * The team's issuer ID; taken from the file if there is none. An individual key has none.
 */
issuerId: string | null, };

/**
 * What became of pointing webhooks here.
 */
export type RepointReply = { 
/**
 * How many were moved.
 */
moved: number, 
/**
 * Those that could not be, and why.
 */
strays: Array<StaleWebhook>, };

/**
 * Whether webhooks are updated automatically when the address changes.
 */
export type RepointRequest = { 
/**
 * Whether they are.
 */
on: boolean, };

/**
 * What can be chosen about sending something again.
 */
export type ResendForm = { 
/**
 * Whether the signature it came with is known.
 */
signed: boolean, 
/**
 * The webhook whose secret can sign it anew; none if its secret is not in this keychain.
 */
webhook: string | null, 
/**
 * Where something was sent before, the latest first; eight at most.
 */
addresses: Array<string>, };

/**
 * What a form for sending something again begins with.
 */
export type ResendFormRequest = { 
/**
 * What is to be sent.
 */
original: Original, };

/**
 * What a server answered.
 */
export type ResendReply = { 
/**
 * The HTTP status.
 */
status: number, 
/**
 * From sending to the status.
 */
milliseconds: number, 
/**
 * Where the server redirects to. That is not followed.
 */
redirect: string | null, 
/**
 * The body it answered with, 16 KiB at most.
 */
response: string, 
/**
 * Whether the body goes on.
 */
cut: boolean, };

/**
 * Something to send again.
 */
export type ResendRequest = { 
/**
 * What to send.
 */
original: Original, 
/**
 * Where to: `http` or `https`.
 */
to: string, 
/**
 * Sign it with the webhook's secret of today, in place of the signature it came with.
 */
signAnew: boolean, };

/**
 * How long what was received is kept, and how much of testers' pictures and logs. The oldest go first.
 */
export type Retention = { 
/**
 * How long pictures and logs are kept: 1 to 3650 days.
 */
days: number, 
/**
 * 50 MB to 1.1 TB, in bytes.
 */
maxBytes: number, 
/**
 * How long events are kept: 1 to 3650 days, or for good.
 */
eventDays: number | null, 
/**
 * How long feedback with its words is kept: 1 to 3650 days, or for good.
 */
feedbackDays: number | null, };

/**
 * How long pictures and logs are kept.
 */
export type RetentionRequest = { 
/**
 * 1 to 3650 days.
 */
days: number, 
/**
 * 50 MB to 1.1 TB, in bytes.
 */
maxBytes: number, };

/**
 * Whether a build is submitted to Beta App Review.
 */
export type ReviewChoice = "no" | "submit" | "afterOther" | "expireOther";

/**
 * How versions fared in review. Only what was seen to begin and to end counts.
 */
export type ReviewPace = { 
/**
 * The time in the queue, each round by itself.
 */
waiting: TypicalTime | null, 
/**
 * The time in review, each round by itself.
 */
review: TypicalTime | null, 
/**
 * Versions that came out of a review.
 */
reviewed: number, 
/**
 * Those of them that were rejected.
 */
rejected: number, 
/**
 * How often the one was rejected that was most often.
 */
mostRejections: number, };

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
 * When something happens, then do something.
 */
export type Rule = { 
/**
 * For people, one line.
 */
name: string, 
/**
 * Whether it is applied at all.
 */
enabled: boolean, 
/**
 * Which events it is for.
 */
when: When, 
/**
 * What it does with them, in this order.
 */
then: Array<Action>, 
/**
 * Whether the rules after this one are left out for its events.
 */
stop: boolean, };

/**
 * An app that a rule can be for.
 */
export type RuleApp = { 
/**
 * Its id in App Store Connect.
 */
id: string, 
/**
 * As App Store Connect shows it.
 */
name: string, };

/**
 * What the form of a rule offers.
 */
export type RuleChoices = { 
/**
 * The apps that are known here, by name.
 */
apps: Array<RuleApp>, 
/**
 * Every type of event.
 */
types: Array<NamedWord>, 
/**
 * Every state that an event can lead to.
 */
states: Array<NamedWord>, 
/**
 * The names that conditions and templates may use.
 */
names: Array<RuleName>, 
/**
 * Rules to begin from.
 */
readyMade: Array<ReadyMadeRule>, 
/**
 * The addresses in the keychain.
 */
destinations: Array<Destination>, };

/**
 * What is wrong with a rule.
 */
export type RuleFault = { 
/**
 * The field, as the document has it: `then[0].notify.title`.
 */
field: string, 
/**
 * What is wrong with it.
 */
message: string, };

/**
 * A name that conditions and templates may use.
 */
export type RuleName = { 
/**
 * As it is written: `build.number`.
 */
path: string, 
/**
 * What it stands for.
 */
meaning: string, 
/**
 * A value it could have.
 */
example: string, };

/**
 * What a rule would have done.
 */
export type RulePreview = { 
/**
 * The events it applies to.
 */
matches: number, 
/**
 * The events that were compared with it.
 */
compared: number, 
/**
 * The newest events that it applies to; with `seq` that event, whether it applies or not.
 */
events: Array<PreviewedEvent>, 
/**
 * Why it doesn't apply to the others, the most frequent reason first.
 */
others: Array<OtherEvents>, 
/**
 * What is wrong with the rule; then nothing was compared.
 */
error: RuleFault | null, };

/**
 * Which rule a command is for.
 */
export type RuleRequest = { 
/**
 * As [`ListedRule::id`].
 */
id: number, };

/**
 * One action of one rule on one event.
 */
export type Run = { 
/**
 * Its number; a later one has a higher number.
 */
id: number, 
/**
 * The rule's number. The rule may be gone. None if somebody only tried a rule.
 */
rule: number | null, 
/**
 * The rule's name at that time.
 */
ruleName: string, 
/**
 * The action's name in the document: `forward`.
 */
action: string, 
/**
 * The same for people: "Slack".
 */
label: string, 
/**
 * What it is about; none once that was deleted.
 */
event: RunEvent | null, 
/**
 * How far it is.
 */
state: RunState, 
/**
 * How often it was begun.
 */
attempts: number, 
/**
 * When it was written, RFC 3339 in UTC.
 */
writtenAt: string, 
/**
 * When the next attempt begins; none once it ended.
 */
dueAt: string | null, 
/**
 * RFC 3339 in UTC; none while it waits or is being done.
 */
endedAt: string | null, 
/**
 * What came back, or why it was not done.
 */
answer: string | null, 
/**
 * What to do about it.
 */
hint: string | null, 
/**
 * What a command wrote, its last 64 kB. Only `run` and `tryRule` have it.
 */
output: string | null, };

/**
 * A command, run without a shell.
 */
export type RunCommand = { 
/**
 * The program and its arguments. Each argument is a template; none is split.
 */
command: Array<string>, 
/**
 * The folder to run in, an absolute path; the person's home without it.
 */
cwd?: string, 
/**
 * After so many seconds it is ended with all that it started, 1 to 3,600.
 */
timeoutSeconds: number, };

/**
 * What a run is about.
 */
export type RunEvent = { 
/**
 * Its number.
 */
seq: number, 
/**
 * What happened.
 */
title: string, 
/**
 * The app's name.
 */
app: string | null, };

/**
 * Which run a command is for.
 */
export type RunIdRequest = { 
/**
 * As [`Run::id`].
 */
id: number, };

/**
 * How far a run is.
 */
export type RunState = "waiting" | "running" | "done" | "failed" | "givenUp" | "skipped";

/**
 * A page of runs.
 */
export type RunsReply = { 
/**
 * The runs, without their output.
 */
runs: Array<Run>, 
/**
 * Whether there are more.
 */
more: boolean, };

/**
 * Which runs to list, the newest first.
 */
export type RunsRequest = { 
/**
 * Those of a rule.
 */
rule: number | null, 
/**
 * Those about an event.
 */
seq: number | null, 
/**
 * Those in a state.
 */
state: RunState | null, 
/**
 * The cursor: only those before this one.
 */
before: number | null, 
/**
 * At most this many, 1 to 200.
 */
limit: number, };

/**
 * An address to keep in the keychain. It replaces one of the same name.
 */
export type SaveDestinationRequest = { 
/**
 * 1 to 100 characters on one line.
 */
name: string, 
/**
 * The address, a secret: https, or http on this computer.
 */
url: string, 
/**
 * What is signed with where a rule sends events signed.
 */
secret: string | null, };

/**
 * What became of saving.
 */
export type SaveReply = { 
/**
 * The files that were written; empty if the dialog was closed.
 */
files: Array<string>, };

/**
 * A rule to save.
 */
export type SaveRuleRequest = { 
/**
 * The rule to change; none for a new one, which comes last.
 */
id: number | null, 
/**
 * The document.
 */
rule: Rule, };

/**
 * A view to save.
 */
export type SaveViewRequest = { 
/**
 * The view to change; none for a new one.
 */
id: number | null, 
/**
 * Its name, 1 to 100 characters on one line. No other view has it, in upper or lower case.
 */
name: string, 
/**
 * Which events it shows from now on.
 */
filter: EventFilter, };

/**
 * A name for a filter.
 */
export type SavedView = { 
/**
 * Its id. It is never given twice.
 */
id: number, 
/**
 * What the person calls it, 1 to 100 characters.
 */
name: string, 
/**
 * Which events it shows.
 */
filter: EventFilter, 
/**
 * How many of its events are unread, up to 1000.
 */
unread: number, 
/**
 * Why it shows nothing, in a sentence: its app or its account is not here any more.
 */
trouble: string | null, };

/**
 * What an action would do with an event.
 */
export type Sends = { 
/**
 * The action's name in the document: `notify`.
 */
action: string, 
/**
 * The same for people: "Slack".
 */
label: string, 
/**
 * A title, where there is one.
 */
title: string | null, 
/**
 * The text, the command line, or what happens.
 */
text: string, 
/**
 * Why it would fail.
 */
error: string | null, 
/**
 * Why it would not be done though nothing is wrong with it, in a sentence: the event came late, or has no payload.
 */
notDone: string | null, };

/**
 * The tunnel provider to use from now on.
 */
export type SetTunnelRequest = { 
/**
 * The provider's id; none for no tunnel.
 */
provider: string | null, 
/**
 * What was filled in, by the fields' ids.
 */
fields: { [key in string]: string }, 
/**
 * The token, which goes to the keychain and never back. Without one, the one that is kept stays.
 */
token: string | null, 
/**
 * Whether to take a token that is kept out of the keychain.
 */
forgetToken: boolean, 
/**
 * Whether to leave it stopped.
 */
stopped: boolean, };

/**
 * All settings, with the defaults where nobody chose.
 */
export type Settings = { 
/**
 * Whether the app has no icon in the Dock (macOS only).
 */
hideFromDock: boolean, 
/**
 * What a notification is shown for. What is not announced still waits in the inbox.
 */
announce: Announce, 
/**
 * Which of Hookbell's own news come into the inbox.
 */
ownNews: OwnNewsChoice, 
/**
 * What is heard.
 */
sound: SoundChoice, 
/**
 * When notifications are held back, every week.
 */
quietHours: QuietHours, 
/**
 * How long testers' pictures and logs are kept.
 */
retention: Retention, 
/**
 * The listener's port, from 1 to 65535.
 */
port: number, 
/**
 * How much the log tells.
 */
logLevel: LogLevel, 
/**
 * The size of the window's text in percent: 100, 110, 125 or 150.
 */
textSize: number, 
/**
 * Whether newer versions are looked for, once a day. Nobody is asked for them before.
 */
lookForUpdates: boolean, };

/**
 * Where settings were written to, or read from.
 */
export type SettingsFileReply = { 
/**
 * The file; none if the dialog was closed, and nothing was done.
 */
path: string | null, };

/**
 * What is set, and what bears on it.
 */
export type SettingsReply = { 
/**
 * What is set.
 */
settings: Settings, 
/**
 * What the system does when its user logs in.
 */
startAtLogin: StartAtLogin, 
/**
 * The system's time zone by its IANA name, where it is known.
 */
timeZone: string | null, 
/**
 * Until when it is quiet, if it is now; RFC 3339 in UTC.
 */
quietUntil: string | null, 
/**
 * What the environment or the command line decides, whatever is set.
 */
overrides: Overrides, 
/**
 * Whether the system lets Hookbell show notifications.
 */
notifications: NotificationPermission, 
/**
 * Why nothing can be changed: the document is a newer Hookbell's, or can't be read. The defaults apply then.
 */
trouble: ApiError | null, };

/**
 * Whether to show the demo.
 */
export type ShowDemoRequest = { 
/**
 * The demo; one's own events otherwise.
 */
demo: boolean, };

/**
 * Why a signature did not match here.
 */
export type SignatureTrouble = "mismatch" | "rotated";

/**
 * No notification.
 */
export type Silence = Record<symbol, never>;

/**
 * Feedback about the same crash.
 */
export type SimilarCrashes = { 
/**
 * Their ids, the newest first, without the feedback itself.
 */
ids: Array<string>, 
/**
 * The issue that one of them has at this tracker.
 */
issue: FeedbackIssue | null, };

/**
 * Which notifications are heard.
 */
export type SoundChoice = "never" | "needsYou" | "everything";

/**
 * How an event came.
 */
export type Source = "delivered" | "fetched";

/**
 * A webhook of ours that still uses an old address.
 */
export type StaleWebhook = { 
/**
 * Its id here.
 */
local: string, 
/**
 * Its id in App Store Connect.
 */
id: string, 
/**
 * The account it is managed with.
 */
account: string, 
/**
 * The app it belongs to.
 */
app: string, 
/**
 * What the webhook is called, 1 to 100 characters.
 */
name: string, 
/**
 * Where it points.
 */
url: string, 
/**
 * Why it could not be moved; none if it was not tried, as the switch is off.
 */
trouble: ApiError | null, };

/**
 * Whether the system starts the app when its user logs in. It is asked each time: the system's own settings may
 * have changed it.
 */
export type StartAtLogin = { "state": "on" } | { "state": "off" } | { "state": "unknown", 
/**
 * What the system answered, for people.
 */
why: string, };

/**
 * A state to filter by.
 */
export type StateChoice = { 
/**
 * In Apple's spelling.
 */
state: string, 
/**
 * In words.
 */
label: string, };

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
 * What the tunnel does; none if none is set up.
 */
tunnel: TunnelStatus | null, 
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
 * What was stored or has changed since the last push of this kind. Whatever is not named here may have changed too.
 */
export type StoredChanges = { 
/**
 * Events; none if they are too many to name or another process changed them: read them again.
 */
events: EventChanges | null, 
/**
 * Feedback, in the same way.
 */
feedback: FeedbackChanges | null, 
/**
 * How many events of the inbox are unread.
 */
unread: number, 
/**
 * How much feedback that is not archived is unread.
 */
unreadFeedback: number, };

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
 * Somebody who is in a group, invited or not yet.
 */
export type Tester = { 
/**
 * Their id.
 */
id: string, 
/**
 * Their name, where they gave one.
 */
name: string | null, 
/**
 * Their address; none of somebody who came by the public link.
 */
email: string | null, 
/**
 * `EMAIL`.
 */
invite: string | null, 
/**
 * `INSTALLED`.
 */
state: string | null, 
/**
 * The same for people.
 */
label: string, 
/**
 * What they test on: "iPhone 16, iOS 26.1".
 */
devices: Array<string>, };

/**
 * What a CSV file holds.
 */
export type TesterFileReply = { 
/**
 * As the file has them, each address once.
 */
testers: Array<NewTester>, 
/**
 * The lines that name none.
 */
wrong: Array<WrongLine>, };

/**
 * A CSV file to read. Nothing is sent.
 */
export type TesterFileRequest = { 
/**
 * The file that the person chose.
 */
path: string, };

/**
 * People who get the same builds.
 */
export type TesterGroup = { 
/**
 * How many testers it has, where App Store Connect says so.
 */
testers: number | null, 
/**
 * RFC 3339 in UTC.
 */
createdAt: string | null, 
/**
 * Whether its testers may send feedback.
 */
feedback: boolean | null, 
/**
 * The link by which anybody can become a tester.
 */
publicLink: PublicLink | null, 
/**
 * As App Store Connect has it.
 */
id: string, 
/**
 * As the team named it.
 */
name: string, 
/**
 * Whether it is of the team's own people.
 */
internal: boolean, 
/**
 * Whether it gets every build automatically.
 */
automatic: boolean, };

/**
 * Whose groups are asked for.
 */
export type TesterGroupsRequest = { 
/**
 * The account's id; none for the only one, or the key of the command line.
 */
account: string | null, 
/**
 * The app's id.
 */
app: string, };

/**
 * A page of testers.
 */
export type TestersReply = { 
/**
 * In App Store Connect’s order.
 */
testers: Array<Tester>, 
/**
 * The cursor of the next page.
 */
more: string | null, };

/**
 * Whose testers are asked for.
 */
export type TestersRequest = { 
/**
 * The account's id; none for the only one, or the key of the command line.
 */
account: string | null, 
/**
 * The group's id.
 */
group: string, 
/**
 * The cursor: [`TestersReply::more`].
 */
cursor: string | null, 
/**
 * At most this many, 1 to 200.
 */
limit: number, };

/**
 * One stage of a version or a build.
 */
export type TimelineSpan = { 
/**
 * Where the version or build was during it.
 */
stage: TimelineStage, 
/**
 * The last state of it in words: "Metadata rejected".
 */
state: string, 
/**
 * When it began, RFC 3339 in UTC; none if that was before anything is known.
 */
from: string | null, 
/**
 * When it ended, RFC 3339 in UTC; none while it lasts.
 */
to: string | null, 
/**
 * Whether it ended just then. Where an event in between is missing it ended then at the latest.
 */
exact: boolean, 
/**
 * The event that began it, by its number; none for what was before the first one.
 */
seq: number | null, };

/**
 * A stage, in the order in which a thing usually goes through them.
 */
export type TimelineStage = "preparing" | "processing" | "ready" | "waiting" | "inReview" | "rejected" | "failed" | "waitingForYou" | "approved" | "onSale" | "testing" | "offSale" | "over" | "other";

/**
 * A version, or a build with its upload.
 */
export type TimelineTrack = { 
/**
 * The resource's id in App Store Connect.
 */
id: string, 
/**
 * The version as people see it; none while it is not known.
 */
version: string | null, 
/**
 * The build number.
 */
build: string | null, 
/**
 * The platform: "iOS".
 */
platform: string | null, 
/**
 * What it went through, the earliest first.
 */
spans: Array<TimelineSpan>, 
/**
 * Why App Store Connect says nothing about it: it was deleted, or the key may not see it.
 */
trouble: string | null, };

/**
 * Whether a tunnel provider takes a token.
 */
export type TokenNeed = "none" | "optional" | "required";

/**
 * A state that a version, build or upload has been in.
 */
export type TrackStep = { 
/**
 * The state in words. Earlier rounds are one step: "Round 1, Rejected".
 */
state: string, 
/**
 * What the state means.
 */
importance: Importance, 
/**
 * When it began, RFC 3339 in UTC; none if that was before anything is known.
 */
from: string | null, 
/**
 * When it ended, RFC 3339 in UTC; none while it lasts.
 */
to: string | null, 
/**
 * Whether it is the state that the event is about.
 */
here: boolean, };

/**
 * A place where issues are made. Its token is in the keychain.
 */
export type Tracker = { 
/**
 * Its number. It is never given twice.
 */
id: number, 
/**
 * Which kind it is.
 */
service: TrackerKind, 
/**
 * What people call the place: `halden/backyard-birds`, `ENG · Engineering`.
 */
name: string, 
/**
 * What the service calls the place: `owner/name`, a team's UUID, a project's key.
 */
place: string, 
/**
 * The API's or the site's address; none for github.com and Linear.
 */
url: string | null, 
/**
 * Whose token it is.
 */
owner: string, 
/**
 * What the person set.
 */
settings: TrackerSettings, 
/**
 * Why nothing can be done there until a person changes something.
 */
trouble: ApiError | null, 
/**
 * How many of its issues of feedback wait for somebody.
 */
open: number, 
/**
 * How many of them were done.
 */
done: number, };

/**
 * How a tracker is reached, from a form.
 */
export type TrackerAccess = { 
/**
 * Which kind it is.
 */
service: TrackerKind, 
/**
 * GitHub Enterprise's API, Jira's site, or another address of Linear's API. Needed for Jira.
 */
url: string | null, 
/**
 * Jira's only: the e-mail address that belongs to the token.
 */
email: string | null, 
/**
 * A personal access token or an API key.
 */
token: string, 
/**
 * Whether the address may lie in a private network.
 */
allowPrivateNetwork: boolean, };

/**
 * What an issue of a place can have.
 */
export type TrackerChoices = { 
/**
 * Labels. Jira takes any word.
 */
labels: Array<NamedThing>, 
/**
 * People to assign.
 */
people: Array<NamedThing>, 
/**
 * Jira's types of issue.
 */
issueTypes: Array<NamedThing>, 
/**
 * Fields that Jira demands and Hookbell does not fill in. Where there are some, no issue can be made.
 */
demanded: Array<string>, };

/**
 * The service behind it.
 */
export type TrackerKind = "github" | "linear" | "jira";

/**
 * A place to look at before its tracker is added.
 */
export type TrackerPlaceRequest = { 
/**
 * How it is reached.
 */
access: TrackerAccess, 
/**
 * As in [`TrackerPlaces::places`]; for Linear, the team's key will do too.
 */
place: string, 
/**
 * Jira's only: the id of an issue type.
 */
issueType: string | null, };

/**
 * What a token reaches.
 */
export type TrackerPlaces = { 
/**
 * Whose token it is.
 */
owner: string, 
/**
 * Where issues can be made.
 */
places: Array<NamedThing>, };

/**
 * Which tracker a command is for.
 */
export type TrackerRequest = { 
/**
 * As [`Tracker::id`].
 */
id: number, };

/**
 * What a person sets for a tracker.
 */
export type TrackerSettings = { 
/**
 * Feedback of the apps with these ids goes here unless somebody chooses; of all apps where there are none.
 */
apps: Array<string>, 
/**
 * Names of labels that every issue gets.
 */
labels: Array<string>, 
/**
 * Whom every issue is assigned to, by the service's id.
 */
assignee: NamedThing | null, 
/**
 * A template for the title, with the names of rules; none for the tester's words or what crashed.
 */
title: string | null, 
/**
 * A template for Markdown above the tester's words; none for nothing.
 */
body: string | null, 
/**
 * Whether the tester's name and e-mail address go along.
 */
includeTester: boolean, };

/**
 * The tray icon's five states; the first that holds, from the bottom up, wins.
 */
export type TrayState = "idle" | "unread" | "paused" | "offline" | "attention";

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
 * How to fix it.
 */
hint: string, 
/**
 * A file it is about.
 */
path: string | null, };

/**
 * What a lasting trouble is about.
 */
export type TroubleKind = "store" | "listener" | "tunnel" | "keychain" | "keychainLocked" | "refused" | "notifications" | "notificationsNotAsked" | "feedback" | "rules" | "settings" | "setAside" | "tray";

/**
 * A rule to try now.
 */
export type TryRuleRequest = { 
/**
 * The document. It need not be saved.
 */
rule: Rule, 
/**
 * The event to try it on, whether it applies to it or not.
 */
seq: number, };

/**
 * Everything about the tunnel.
 */
export type Tunnel = { 
/**
 * The tunnel provider that is chosen; none means that App Store Connect is asked instead.
 */
provider: string | null, 
/**
 * Its name, or "No tunnel".
 */
name: string, 
/**
 * What was filled in.
 */
fields: { [key in string]: string }, 
/**
 * Whether it is to run.
 */
wanted: boolean, 
/**
 * What it does.
 */
tunnel: TunnelState, 
/**
 * The last look from outside.
 */
proof: TunnelProof | null, 
/**
 * The process that runs it, if that is another one than this.
 */
elsewhere: number | null, 
/**
 * Whether webhooks are updated automatically when the address changes.
 */
heal: boolean, 
/**
 * Webhooks of ours that use an old address, as far as is known without asking App Store Connect.
 */
strays: Array<StaleWebhook>, 
/**
 * What happened, the newest first, at most 50.
 */
news: Array<TunnelNews>, };

/**
 * A field that a tunnel provider needs.
 */
export type TunnelField = { 
/**
 * Its name in [`SetTunnelRequest::fields`].
 */
id: string, 
/**
 * The words beside it in a form.
 */
label: string, 
/**
 * What it looks like.
 */
example: string, 
/**
 * What it is for, in a sentence.
 */
hint: string, 
/**
 * Whether it has to be filled in.
 */
required: boolean, };

/**
 * One line that the tunnel's program wrote.
 */
export type TunnelLine = { 
/**
 * When, RFC 3339 in UTC.
 */
at: string, 
/**
 * The line; what is secret in it is left out.
 */
text: string, };

/**
 * One line of "what it fixed".
 */
export type TunnelNews = { 
/**
 * When, RFC 3339 in UTC.
 */
at: string, 
/**
 * What kind of thing.
 */
kind: TunnelNewsKind, 
/**
 * What happened, in a sentence without a full stop.
 */
text: string, 
/**
 * How many webhooks or events it is about; 0 where that makes no sense.
 */
count: number, };

/**
 * What happened to the tunnel and what was fixed.
 */
export type TunnelNewsKind = "up" | "down" | "addressChanged" | "moved" | "notMoved" | "fetched" | "gap";

/**
 * What the tunnel's program wrote.
 */
export type TunnelOutput = { 
/**
 * The last 500 lines, the oldest first. Empty where another process runs the tunnel.
 */
lines: Array<TunnelLine>, };

/**
 * The last look at the public address, from outside.
 */
export type TunnelProof = { 
/**
 * When, RFC 3339 in UTC.
 */
at: string, 
/**
 * What it met.
 */
result: ProofResult, 
/**
 * From sending to the whole answer.
 */
milliseconds: number | null, 
/**
 * The same in a sentence.
 */
message: string, };

/**
 * A kind of tunnel that can be chosen, with what it needs on this computer.
 */
export type TunnelProvider = { 
/**
 * For scripts: `cloudflare-quick`, `ngrok`, `custom`.
 */
id: string, 
/**
 * For people: "Cloudflare quick tunnel".
 */
name: string, 
/**
 * What it is, in a sentence.
 */
about: string, 
/**
 * Whether its address stays the same from start to start.
 */
keepsAddress: boolean, 
/**
 * The program it needs; none if it needs none.
 */
program: string | null, 
/**
 * Whether it can be used on this computer now.
 */
installed: boolean, 
/**
 * Where the program is.
 */
path: string | null, 
/**
 * The program and its version, as it says: "cloudflared 2026.10.1".
 */
version: string | null, 
/**
 * How to install the program on this system; empty if there is nothing to install.
 */
install: string, 
/**
 * What to fill in.
 */
fields: Array<TunnelField>, 
/**
 * Whether it takes a token.
 */
token: TokenNeed, 
/**
 * What the token is and where to get it; empty if there is none.
 */
tokenHint: string, 
/**
 * Whether a token for it is in the keychain.
 */
tokenKept: boolean, };

/**
 * What the tunnel does.
 */
export type TunnelState = { "state": "off" } | { "state": "starting" } | { "state": "up", 
/**
 * The public address, without a path.
 */
url: string, 
/**
 * Since when, RFC 3339 in UTC.
 */
since: string, } | { "state": "retrying", 
/**
 * What happened, in the tool's own words where it has any.
 */
why: string, 
/**
 * Since when nothing can arrive, RFC 3339 in UTC.
 */
since: string, 
/**
 * When the next try begins, RFC 3339 in UTC; none while one is under way.
 */
nextAt: string | null, } | { "state": "failed", 
/**
 * What is wrong.
 */
message: string, 
/**
 * How to fix it.
 */
hint: string, };

/**
 * The state and its proof, as the sidebar needs it.
 */
export type TunnelStatus = { 
/**
 * The name of the tunnel provider.
 */
name: string, 
/**
 * What it does.
 */
tunnel: TunnelState, 
/**
 * The last look from outside.
 */
proof: TunnelProof | null, };

/**
 * A type of event to filter by.
 */
export type TypeChoice = { 
/**
 * As it is subscribed to, such as `BUILD_UPLOAD_STATE_UPDATED`.
 */
type: EventType, 
/**
 * "App version status".
 */
label: string, 
/**
 * Its states in the order in which a thing usually goes through them.
 */
states: Array<StateChoice>, };

/**
 * A length of time that was seen so many times.
 */
export type TypicalTime = { 
/**
 * The median.
 */
milliseconds: number, 
/**
 * How many times.
 */
samples: number, };

/**
 * What to change about a webhook; what is left out stays as it is.
 */
export type UpdateAppWebhookRequest = { 
/**
 * The account's id; may be left out if there is only one.
 */
account: string | null, 
/**
 * The webhook's id in App Store Connect.
 */
id: string, 
/**
 * Another name.
 */
name: string | null, 
/**
 * Another payload URL.
 */
url: string | null, 
/**
 * Send to this computer from now on. Takes a new secret if the one in use is not known here.
 */
here: boolean, 
/**
 * Other types, all of them.
 */
eventTypes: Array<string> | null, 
/**
 * On or off.
 */
enabled: boolean | null, 
/**
 * A new secret; the one before stays good here for 24 hours.
 */
newSecret: boolean, 
/**
 * The new secret; generated if there is none.
 */
secret: string | null, };

/**
 * What is known of newer versions. Nobody is asked for them unless `lookForUpdates` is set.
 */
export type UpdateStatus = { "state": "absent" } | { "state": "unknown" } | { "state": "looking" } | { "state": "newest", 
/**
 * When that was found out, RFC 3339 in UTC.
 */
lookedAt: string, } | { "state": "available", 
/**
 * Without a `v`: "0.2.0".
 */
version: string, 
/**
 * What is new in it, in its makers' words.
 */
notes: string | null, } | { "state": "installing", 
/**
 * Without a `v`: "0.2.0".
 */
version: string, } | { "state": "failed", 
/**
 * What, and how to fix it.
 */
error: ApiError, };

/**
 * Which saved view a command is for.
 */
export type ViewRequest = { 
/**
 * As [`SavedView::id`].
 */
id: number, };

/**
 * A webhook without an account: a payload URL to paste into App Store Connect.
 */
export type Webhook = { 
/**
 * Hookbell's own id, not App Store Connect's.
 */
id: string, 
/**
 * What the person calls it, 1 to 100 characters.
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
 * What the last look into the log of a webhook gave.
 */
export type WebhookCatchUp = { 
/**
 * The webhook's id here.
 */
local: string, 
/**
 * What the webhook is called here.
 */
name: string, 
/**
 * When its log was last read to the end, RFC 3339 in UTC.
 */
readAt: string | null, 
/**
 * How many missed events that gave.
 */
fetched: number, 
/**
 * What is lost.
 */
gap: Gap | null, 
/**
 * Why the last look failed, if it did.
 */
trouble: ApiError | null, };

/**
 * How webhooks fared: all of them together, each day, and each by itself.
 */
export type WebhookHealth = { 
/**
 * Each day, the earliest first; the last one is today.
 */
days: Array<HealthDay>, 
/**
 * All of them together.
 */
total: HealthCount, 
/**
 * From Apple's timestamp to the arrival, of what was delivered and not fetched.
 */
delay: Delay | null, 
/**
 * How many of those arrived before Apple's timestamp, as one of the clocks is wrong; they count as no delay.
 */
early: number, 
/**
 * Webhooks that brought anything, failed, or are there now; the busiest first.
 */
webhooks: Array<HealthOfWebhook>, };

/**
 * Which webhook a command is for.
 */
export type WebhookRequest = { 
/**
 * As [`Webhook::id`].
 */
id: string, };

/**
 * What to Test of a build in one locale.
 */
export type WhatToTest = { 
/**
 * App Store Connect's name: `en-US`.
 */
locale: string, 
/**
 * At most 4,000 bytes.
 */
text: string, };

/**
 * Which events a rule is for: those for which each part that says something holds.
 */
export type When = { 
/**
 * Event types in the spelling of subscriptions, such as `BUILD_UPLOAD_STATE_UPDATED`; empty for any.
 */
types?: Array<string>, 
/**
 * Apps by their id in App Store Connect; empty for any.
 */
apps?: Array<string>, 
/**
 * States after the event in App Store Connect's spelling, such as `REJECTED`; empty for any.
 */
states?: Array<string>, 
/**
 * What the event means; empty for any.
 */
importance?: Array<Importance>, 
/**
 * An expression that must be true; empty for always.
 */
if?: string, 
/**
 * Whether it acts on events that were fetched more than an hour after they happened. Without a word, each action
 * decides: a command is not run, everything else is done.
 */
late?: boolean, };

/**
 * A line that names no tester.
 */
export type WrongLine = { 
/**
 * Its number, from 1.
 */
line: number, 
/**
 * What stands there, shortened.
 */
text: string, 
/**
 * What is wrong with it.
 */
message: string, };

/** The one closed list of commands: request and reply. */
export interface Commands {
  status: [null, Status];
  events: [EventsRequest, EventsReply];
  eventChoices: [null, EventChoices];
  event: [EventRequest, EventDetail];
  readDetails: [EventRequest, EventDetail];
  openEventPage: [EventRequest, null];
  resendForm: [ResendFormRequest, ResendForm];
  resend: [ResendRequest, ResendReply];
  forgetResendAddress: [ForgetAddressRequest, null];
  copyCurl: [CopyCurlRequest, null];
  copyPayload: [EventRequest, null];
  markRead: [MarkReadRequest, null];
  markAllRead: [null, MarkedEvents];
  archive: [ArchiveRequest, null];
  views: [null, Array<SavedView>];
  saveView: [SaveViewRequest, SavedView];
  renameView: [RenameViewRequest, SavedView];
  deleteView: [ViewRequest, null];
  orderViews: [OrderViewsRequest, Array<SavedView>];
  rules: [null, Array<ListedRule>];
  saveRule: [SaveRuleRequest, ListedRule];
  enableRule: [EnableRuleRequest, ListedRule];
  moveRule: [MoveRuleRequest, Array<ListedRule>];
  deleteRule: [RuleRequest, Array<ListedRule>];
  importRules: [ImportRulesRequest, Array<ListedRule>];
  exportRules: [ExportRulesRequest, ExportRulesReply];
  ruleChoices: [null, RuleChoices];
  saveDestination: [SaveDestinationRequest, Destination];
  deleteDestination: [DestinationRequest, Array<Destination>];
  previewRule: [PreviewRuleRequest, RulePreview];
  eventRules: [EventRulesRequest, EventRules];
  tryRule: [TryRuleRequest, Array<Run>];
  runs: [RunsRequest, RunsReply];
  run: [RunIdRequest, Run];
  retryRun: [RunIdRequest, Run];
  deletion: [DeletionRequest, Deletion];
  deleteReceived: [DeletionRequest, Deleted];
  webhooks: [null, Array<Webhook>];
  addWebhook: [AddWebhookRequest, Webhook];
  renameWebhook: [RenameWebhookRequest, Webhook];
  removeWebhook: [WebhookRequest, null];
  rotateSecret: [RotateSecretRequest, Webhook];
  copySecret: [WebhookRequest, CopySecretReply];
  copyPayloadUrl: [WebhookRequest, null];
  sendTest: [WebhookRequest, TestReply];
  accounts: [null, Array<Account>];
  keyFile: [KeyFileRequest, KeyFileReply];
  addAccount: [AddAccountRequest, Account];
  renameAccount: [RenameAccountRequest, Account];
  replaceKey: [ReplaceKeyRequest, Account];
  checkAccount: [AccountRequest, AccountCheck];
  accountRemoval: [AccountRequest, AccountRemoval];
  removeAccount: [AccountRequest, null];
  openAscPage: [AscPageRequest, null];
  removeAccountAndReceived: [AccountRequest, Deleted];
  apps: [AppsRequest, Array<App>];
  keptApps: [KeptAppsRequest, KeptApps];
  appWebhooks: [AppWebhooksRequest, AppWebhooks];
  accountWebhooks: [AccountWebhooksRequest, Array<AppWebhooks>];
  createAppWebhook: [CreateAppWebhookRequest, AppWebhook];
  updateAppWebhook: [UpdateAppWebhookRequest, AppWebhook];
  deleteAppWebhook: [AppWebhookRequest, null];
  pingAppWebhook: [AppWebhookRequest, PingReply];
  deliveries: [DeliveriesRequest, DeliveriesReply];
  redeliver: [RedeliverRequest, RedeliverReply];
  redeliverFailed: [RedeliverFailedRequest, RedeliveryProgress];
  redeliverChosen: [RedeliverChosenRequest, RedeliveryProgress];
  stopRedelivery: [null, null];
  tunnel: [null, Tunnel];
  tunnelProviders: [null, Array<TunnelProvider>];
  setTunnel: [SetTunnelRequest, Tunnel];
  startTunnel: [null, Tunnel];
  stopTunnel: [null, Tunnel];
  restartTunnel: [null, Tunnel];
  tunnelOutput: [null, TunnelOutput];
  healSwitch: [RepointRequest, Tunnel];
  healNow: [null, RepointReply];
  catchUp: [null, CatchUp];
  setCatchUp: [CatchUpRequest, CatchUp];
  catchUpNow: [null, CatchUp];
  doctor: [null, Doctor];
  copyText: [CopyTextRequest, null];
  builds: [BuildsRequest, BuildsReply];
  build: [BuildRequest, BuildDetail];
  openBuildPage: [BuildRequest, null];
  expireBuild: [BuildRequest, ListedBuild];
  expireOlderBuilds: [ExpireOlderBuildsRequest, ExpireOlderBuildsReply];
  checkDistribution: [DistributeRequest, Array<DistributionCheck>];
  distribute: [DistributeRequest, Distribution];
  distribution: [DistributionRequest, Distribution];
  decideDistribution: [DecideDistributionRequest, Distribution];
  retryDistribution: [DistributionRequest, Distribution];
  stopDistribution: [DistributionRequest, Distribution];
  distributionDefaults: [DistributionDefaultsRequest, DistributionPlan];
  testerGroups: [TesterGroupsRequest, Array<TesterGroup>];
  createTesterGroup: [CreateTesterGroupRequest, TesterGroup];
  testers: [TestersRequest, TestersReply];
  addTesters: [AddTestersRequest, AddTestersReply];
  readTesterFile: [TesterFileRequest, TesterFileReply];
  removeTester: [RemoveTesterRequest, null];
  inviteTester: [InviteTesterRequest, null];
  copyPublicLink: [CopyPublicLinkRequest, null];
  feedback: [FeedbackRequest, FeedbackReply];
  feedbackCounts: [null, FeedbackCounts];
  feedbackDetail: [FeedbackIdRequest, FeedbackDetail];
  markFeedbackRead: [MarkFeedbackRequest, null];
  markAllFeedbackRead: [null, MarkedFeedback];
  archiveFeedback: [ArchiveFeedbackRequest, null];
  crashReport: [FeedbackIdRequest, CrashReply];
  crashLog: [CrashLogRequest, CrashLogPage];
  copyCrashLog: [FeedbackIdRequest, null];
  copyFeedback: [FeedbackIdRequest, null];
  copyPicture: [PictureRequest, null];
  savePictures: [PicturesRequest, SaveReply];
  saveCrashLog: [FeedbackIdRequest, SaveReply];
  exportFeedback: [ExportFeedbackRequest, ExportFeedbackReply];
  revealSaved: [null, null];
  dragPictures: [PicturesRequest, null];
  previewPictures: [PicturesRequest, null];
  openPicture: [PictureRequest, null];
  revealPicture: [PictureRequest, null];
  openFeedbackPage: [FeedbackIdRequest, null];
  refreshFeedback: [FeedbackIdRequest, FeedbackDetail];
  backfill: [BackfillRequest, BackfillProgress];
  backfillProgress: [null, BackfillProgress | null];
  stopBackfill: [null, null];
  feedbackStorage: [null, FeedbackStorage];
  setFeedbackRetention: [RetentionRequest, FeedbackStorage];
  clearFeedbackFiles: [null, FeedbackStorage];
  trackers: [null, Array<Tracker>];
  trackerPlaces: [TrackerAccess, TrackerPlaces];
  trackerChoices: [TrackerPlaceRequest, TrackerChoices];
  addTracker: [AddTrackerRequest, Tracker];
  changeTracker: [ChangeTrackerRequest, Tracker];
  renewTrackerToken: [RenewTrackerTokenRequest, Tracker];
  checkTracker: [TrackerRequest, Tracker];
  removeTracker: [TrackerRequest, Array<Tracker>];
  issuePreview: [FileIssuesRequest, IssuePreview];
  fileIssues: [FileIssuesRequest, Array<FeedbackIssue>];
  feedbackIssues: [FeedbackIssuesRequest, Array<FeedbackIssue>];
  openIssue: [OpenIssueRequest, null];
  sweepIssues: [null, Array<Tracker>];
  fixedLines: [FixedLinesRequest, Array<FixedIssueLine>];
  settings: [null, SettingsReply];
  allowNotifications: [null, NotificationPermission];
  changeSettings: [ChangeSettingsRequest, SettingsReply];
  resetSettings: [null, SettingsReply];
  exportSettings: [null, SettingsFileReply];
  importSettings: [null, SettingsFileReply];
  timeZones: [null, Array<string>];
  diagnostics: [null, Diagnostics];
  copyDiagnostics: [null, null];
  openDataDir: [null, null];
  updateStatus: [null, UpdateStatus];
  checkForUpdate: [null, UpdateStatus];
  installUpdate: [null, null];
  insights: [AppTimelineRequest, InsightsReply];
  pause: [PauseRequest, Status];
  resume: [null, Status];
  usePort: [PortRequest, Status];
  retryListener: [null, Status];
  unlockKeychain: [null, Status];
  dismissTrouble: [null, Status];
  finishWelcome: [null, null];
  demo: [null, Demo];
  demoPlace: [null, DemoPlace];
  startDemo: [null, null];
  showDemo: [ShowDemoRequest, null];
  leaveDemo: [null, null];
  emitDemoEvent: [EmitDemoEventRequest, EmittedDemoEvent];
}
