// Generated from the types of the commands in src-tauri/crates by `make bindings`. Do not edit.

/**
 * An App Store Connect API key with a name. Its private key is in the keychain.
 */
export type Account = { 
/**
 * Its id, Hookbell's own.
 */
id: string, 
/**
 * Its name; the key ID if none was given.
 */
name: string, 
/**
 * The key's id.
 */
keyId: string, 
/**
 * The team's issuer ID; null for an individual key.
 */
issuerId: string | null, 
/**
 * The address of its API.
 */
baseUrl: string, 
/**
 * When it was added, RFC 3339 in UTC.
 */
createdAt: string, 
/**
 * How many of its webhooks send here.
 */
webhooks: number, 
/**
 * What is left of the hourly limit, as App Store Connect last reported since the start.
 */
rateLimit: RateLimit | null, };

/**
 * The result of a check.
 */
export type AccountCheck = { 
/**
 * How many apps the key can see, if App Store Connect says so.
 */
apps: number | null, 
/**
 * Why the key doesn't work.
 */
trouble: ApiError | null, };

/**
 * What is removed along with an account; shown before removing it.
 */
export type AccountRemoval = { 
/**
 * The account's name.
 */
name: string, 
/**
 * The webhooks that deliver here. They stay in App Store Connect and keep delivering, but can't be managed from
 * here.
 */
webhooks: Array<string>, 
/**
 * What was received through it: kept, or deleted along with the account.
 */
received: Deletion, 
/**
 * A summary in words, without what was received.
 */
sentence: string, };

/**
 * Which account a command is for.
 */
export type AccountRequest = { 
/**
 * Hookbell's own id, as in [`Account::id`].
 */
id: string, };

/**
 * The webhooks of all apps.
 */
export type AccountWebhooksRequest = { 
/**
 * The account's id; optional if there is only one.
 */
account: string | null, };

/**
 * Something that a rule does.
 */
export type Action = { "notify": Notify } | { "silence": Silence } | { "archive": Archive } | { "remind": Remind } | { "run": RunCommand } | { "forward": Forward } | { "distribute": Distribute } | { "issue": FileIssue };

/**
 * An account to add.
 */
export type AddAccountRequest = { 
/**
 * Its name, 1 to 100 characters; derived from the key if omitted.
 */
name: string | null, 
/**
 * The path of the `.p8` file, or of a JSON file with the key in it.
 */
keyFile: string, 
/**
 * The key's id; taken from the file or its name if omitted.
 */
keyId: string | null, 
/**
 * The team's issuer ID; taken from the file if omitted. An individual key has none.
 */
issuerId: string | null, 
/**
 * The base URL of the API, if not Apple's: a simulator on this computer.
 */
baseUrl: string | null, };

/**
 * The result. A refused tester doesn't affect the others.
 */
export type AddTestersReply = { 
/**
 * How many were added.
 */
added: number, 
/**
 * How many were already in the group.
 */
known: number, 
/**
 * Those that couldn't be added.
 */
refused: Array<RefusedTester>, };

/**
 * Testers to add to a group.
 */
export type AddTestersRequest = { 
/**
 * The account's id; omit for the only one, or for the key of the command line.
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
 * What to choose for its issues.
 */
settings: TrackerSettings, 
/**
 * How to access it.
 */
access: TrackerAccess, 
/**
 * As in [`TrackerPlaces::places`]; for Linear, also the team's key.
 */
place: string, 
/**
 * Jira only: the id of an issue type.
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
 * Its secret; generated if omitted.
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
 * Free bytes.
 */
free: number, 
/**
 * Bytes in total.
 */
total: number, };

/**
 * Which events to show notifications for, by importance.
 */
export type Announce = { 
/**
 * Nothing continues until somebody acts.
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
 * An error: what is wrong, and how to fix it.
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
 * The request's field that is at fault.
 */
field: string | null, };

/**
 * An app that the key has access to.
 */
export type App = { 
/**
 * Its id in App Store Connect.
 */
id: string, 
/**
 * Its name in App Store Connect, in its primary language.
 */
name: string, 
/**
 * For example `com.example.backyardbirds`.
 */
bundleId: string, };

/**
 * How an app is drawn if its icon isn't known.
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
 * Versions that were in any state during that time, newest first.
 */
versions: Array<TimelineTrack>, 
/**
 * Whether older versions were omitted.
 */
moreVersions: boolean, 
/**
 * Builds that changed during that time, newest first.
 */
builds: Array<TimelineTrack>, 
/**
 * Whether older builds were omitted.
 */
moreBuilds: boolean, 
/**
 * How these versions fared in review.
 */
pace: ReviewPace, };

/**
 * The app whose versions and builds to show, and for how long.
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
 * The time zone that defines midnight, by its IANA name: `Europe/Stockholm`.
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
 * Its name in App Store Connect, 1 to 100 characters.
 */
name: string, 
/**
 * The payload URL that App Store Connect sends to.
 */
url: string, 
/**
 * Whether App Store Connect sends its events.
 */
enabled: boolean, 
/**
 * The event types it sends, in Apple's spelling.
 */
eventTypes: Array<string>, 
/**
 * The id of the local webhook that has its secret; null if it was made elsewhere.
 */
local: string | null, 
/**
 * Whether it sends to this computer.
 */
here: boolean, 
/**
 * Whether it belongs to this computer, but its payload URL is a former address.
 */
moved: boolean, 
/**
 * While its secret is being rotated: when the old one expires, RFC 3339 in UTC.
 */
previousSecretUntil: string | null, 
/**
 * How the last delivery went, if that was read and there was one within ten days.
 */
last: LastDelivery | null, 
/**
 * How many of its latest deliveries failed and haven't arrived since, if that was read.
 */
failed: number | null, 
/**
 * What keeps it from verifying here, or why its last delivery is unknown.
 */
trouble: ApiError | null, };

/**
 * One webhook in App Store Connect.
 */
export type AppWebhookRequest = { 
/**
 * The account's id; optional if there is only one.
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
 * The account's id; null if the key came from the command line.
 */
account: string | null, 
/**
 * The app that has them.
 */
app: App, 
/**
 * In App Store Connect's order; empty if they couldn't be read.
 */
webhooks: Array<AppWebhook>, 
/**
 * How many an app can have.
 */
most: number, 
/**
 * When App Store Connect reported this, RFC 3339 in UTC; null if they couldn't be read.
 */
readAt: string | null, 
/**
 * Why they couldn't be read; the list is empty then.
 */
trouble: ApiError | null, };

/**
 * An app and its webhooks.
 */
export type AppWebhooksRequest = { 
/**
 * The account's id; optional if there is only one.
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
 * The account's id; optional if there is only one.
 */
account: string | null, 
/**
 * Words that must occur in the name, the bundle ID or the id; empty for all.
 */
search: string, 
/**
 * Ask App Store Connect even if the list was read a moment ago.
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
 * Archive it, or put it back into the list.
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
 * Archive them, or put them back into the inbox.
 */
archived: boolean, };

/**
 * One arrival of an event.
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
 * Milliseconds after Apple's timestamp, if the event has one.
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
 * One of the known pages: the window can't choose a URL.
 */
page: AscPage, };

/**
 * The progress of reading existing feedback.
 */
export type BackfillProgress = { 
/**
 * How many apps there are to read; 0 until known.
 */
apps: number, 
/**
 * How many were read.
 */
appsDone: number, 
/**
 * How much feedback was read.
 */
found: number, 
/**
 * How much of it was new.
 */
added: number, 
/**
 * Whether it is over.
 */
done: boolean, 
/**
 * Whether it was stopped early.
 */
stopped: boolean, 
/**
 * App Store Connect's first error.
 */
trouble: ApiError | null, };

/**
 * Existing feedback to read from App Store Connect.
 */
export type BackfillRequest = { 
/**
 * Only for this account; all accounts if omitted.
 */
account: string | null, 
/**
 * Only for the app with this id.
 */
app: string | null, };

/**
 * Everything about a build.
 */
export type BuildDetail = { 
/**
 * As in the list.
 */
build: ListedBuild, 
/**
 * The states from events, oldest first.
 */
track: Array<BuildMoment>, 
/**
 * What to Test.
 */
texts: Array<WhatToTest>, 
/**
 * The maximum length of What to Test, in bytes.
 */
maxTextBytes: number, 
/**
 * What was fixed between the upload of the previous build and of the next one, newest first.
 */
fixed: Array<FixedLine>, 
/**
 * What each step would meet now.
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
 * The build's id in App Store Connect, which can differ from its beta details' id.
 */
build: string, 
/**
 * When, RFC 3339 in UTC.
 */
at: string, };

/**
 * The two formats of a build file.
 */
export type BuildFileForm = "ipa" | "pkg";

/**
 * Which file to inspect. Nothing is written or sent.
 */
export type BuildFileRequest = { 
/**
 * An `.ipa` or `.pkg`.
 */
path: string, };

/**
 * A build file's metadata, and where it would go.
 */
export type BuildFileSummary = { 
/**
 * As requested.
 */
path: string, 
/**
 * The file's name without its folder.
 */
fileName: string, 
/**
 * Its format.
 */
form: BuildFileForm, 
/**
 * Its length in bytes.
 */
sizeBytes: number, 
/**
 * `CFBundleIdentifier`.
 */
bundleId: string, 
/**
 * `CFBundleShortVersionString`.
 */
version: string, 
/**
 * `CFBundleVersion`.
 */
number: string, 
/**
 * App Store Connect's constant: `IOS`.
 */
platform: string, 
/**
 * The platform for people: "iOS".
 */
platformLabel: string, 
/**
 * The oldest system version that it runs on.
 */
minOsVersion: string | null, 
/**
 * The file's own answer about encryption.
 */
usesNonExemptEncryption: boolean | null, 
/**
 * `data:image/png;base64,…`, at most 1 MiB.
 */
icon: string | null, 
/**
 * The apps with exactly this bundle ID among the accounts: usually one.
 */
apps: Array<UploadTarget>, 
/**
 * What prevents the upload although the file can be read.
 */
trouble: UploadTrouble | null, 
/**
 * The existing upload of this build.
 */
existing: number | null, };

/**
 * A group that has a build.
 */
export type BuildGroup = { 
/**
 * Its id in App Store Connect.
 */
id: string, 
/**
 * The name that the team gave it.
 */
name: string, 
/**
 * Whether it is internal: for members of the team.
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
 * The event that reported it.
 */
seq: number | null, };

/**
 * Which build a command is for.
 */
export type BuildRequest = { 
/**
 * The account's id; omit for the only one, or for the key of the command line.
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
 * What a build's state means for the reader.
 */
export type BuildTone = "plain" | "good" | "attention" | "bad";

/**
 * How far a build is on its way to testers.
 */
export type BuildTrack = { 
/**
 * The step it reached or failed at.
 */
step: BuildTrackStep, 
/**
 * Whether it failed there.
 */
failed: boolean, };

/**
 * A step on a build's way, in order.
 */
export type BuildTrackStep = "processed" | "ready" | "review" | "testing";

/**
 * A page of builds.
 */
export type BuildsReply = { 
/**
 * Newest first.
 */
builds: Array<ListedBuild>, 
/**
 * When they were read; null if never.
 */
readAt: string | null, 
/**
 * The cursor of the next page.
 */
more: string | null, 
/**
 * Why App Store Connect couldn't be asked.
 */
trouble: BuildsTrouble | null, };

/**
 * Which builds to list, newest first.
 */
export type BuildsRequest = { 
/**
 * The account's id; omit for the only one, or for the key of the command line.
 */
account: string | null, 
/**
 * The app's id.
 */
app: string, 
/**
 * Whether to ask App Store Connect first.
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
 * Why a list couldn't be refreshed.
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
 * How missed events are fetched, and the results.
 */
export type CatchUp = { 
/**
 * The minutes between two checks while there is no tunnel.
 */
minutes: number, 
/**
 * Whether this process is checking now.
 */
running: boolean, 
/**
 * When the last check ended, RFC 3339 in UTC.
 */
lastAt: string | null, 
/**
 * How many missed events it found.
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
 * A patch: omitted fields stay as they are.
 */
export type ChangeSettingsRequest = { 
/**
 * Whether the system starts the app at login.
 */
startAtLogin?: boolean, hideFromDock?: boolean, announce?: Announce, ownNews?: OwnNewsChoice, sound?: SoundChoice, quietHours?: QuietHours, retention?: Retention, port?: number, logLevel?: LogLevel, textSize?: number, lookForUpdates?: boolean, uploads?: UploadSettings, };

/**
 * A tracker to change.
 */
export type ChangeTrackerRequest = { 
/**
 * As in [`Tracker::id`].
 */
id: number, 
/**
 * The person's settings, all of them.
 */
settings: TrackerSettings, };

/**
 * One of several deliveries.
 */
export type ChosenDelivery = { 
/**
 * The webhook's id in App Store Connect.
 */
webhook: string, 
/**
 * The delivery's id. If its event was redelivered since, the newest attempt is redelivered instead.
 */
delivery: string, };

/**
 * A rule that was compared with an event.
 */
export type ComparedRule = { 
/**
 * As in [`ListedRule::id`].
 */
id: number, 
/**
 * As in [`Rule::name`].
 */
name: string, 
/**
 * Whether it applies.
 */
applied: boolean, 
/**
 * Why it doesn't, in a sentence.
 */
reason: string | null, };

/**
 * Requests to copy as `curl` commands.
 */
export type CopyCurlRequest = { 
/**
 * One or more, in the order in which to send them.
 */
requests: Array<CurlRequest>, };

/**
 * The group whose public link to copy.
 */
export type CopyPublicLinkRequest = { 
/**
 * The account's id; omit for the only one, or for the key of the command line.
 */
account: string | null, 
/**
 * The group's id.
 */
group: string, };

/**
 * The secret was copied to the clipboard.
 */
export type CopySecretReply = { 
/**
 * When it will be cleared from the clipboard.
 */
clearsAfterSeconds: number, };

/**
 * A text to copy.
 */
export type CopyTextRequest = { 
/**
 * The text; never a secret, because the window has none.
 */
text: string, };

/**
 * A fact in a report, as written in the log.
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
 * A frame of the call stack.
 */
export type CrashFrame = { 
/**
 * Its number, 0 for the innermost.
 */
number: number, 
/**
 * The binary it belongs to.
 */
image: string, 
/**
 * Its address, as `0x104a2c8f0`.
 */
address: string | null, 
/**
 * The function; null if the log isn't symbolicated there.
 */
symbol: string | null, 
/**
 * The offset in bytes from the start of the function, or of the binary if there is no function.
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
 * A loaded binary.
 */
export type CrashImage = { 
/**
 * The binary's file name, such as `BackyardBirds` or `UIKitCore`.
 */
name: string, 
/**
 * Where the binary was on the device, as far as the report says.
 */
path: string | null, 
/**
 * The build's UUID, which identifies its symbols.
 */
uuid: string | null, 
/**
 * For example `arm64`; null if the log doesn't say.
 */
architecture: string | null, 
/**
 * Its load address, as `0x1048f0000`.
 */
base: string | null, 
/**
 * Its size in bytes.
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
 * The line after these; null at the end.
 */
next: number | null, 
/**
 * How many lines the log has.
 */
lines: number, 
/**
 * How many bytes the log has.
 */
bytes: number, };

/**
 * Part of a verbatim log.
 */
export type CrashLogRequest = { 
/**
 * The feedback's id in App Store Connect.
 */
id: string, 
/**
 * The first line to return, from 0.
 */
from: number, 
/**
 * At most this many lines, 1 to 5000; all of them if 0.
 */
lines: number, };

/**
 * A parsed crash log, or why it couldn't be parsed.
 */
export type CrashReply = { 
/**
 * The state of the log file; `report` and `trouble` are set only once it is kept.
 */
state: FeedbackFileState, 
/**
 * None if the log couldn't be parsed; `trouble` then says why.
 */
report: CrashReport | null, 
/**
 * Why there is no report; the raw log is shown instead.
 */
trouble: string | null, };

/**
 * A parsed crash report. What the log doesn't contain is missing.
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
 * The last messages of the app and its libraries, and the exception's own.
 */
messages: Array<string>, 
/**
 * Why it ended, as a sentence without its full stop; null if Apple documents no reason.
 */
ending: string | null, 
/**
 * The reason as the log has it: "Namespace SIGNAL, code 5, Trace/BPT trap: 5".
 */
termination: string | null, 
/**
 * Further details about that.
 */
terminationDetails: Array<string>, 
/**
 * What the log says about the app and the device, in display order.
 */
facts: Array<CrashFact>, 
/**
 * Where an uncaught exception was thrown; empty if there was none.
 */
thrown: Array<CrashFrame>, 
/**
 * The threads, starting with the crashed one.
 */
threads: Array<CrashThread>, 
/**
 * The loaded binaries.
 */
images: Array<CrashImage>, 
/**
 * Whether something was omitted because there was too much. The log contains all of it.
 */
shortened: boolean, };

/**
 * One thread at the time of the crash.
 */
export type CrashThread = { 
/**
 * Its number in the log.
 */
number: number, 
/**
 * Its name or that of its queue.
 */
name: string | null, 
/**
 * Whether this thread ended the process.
 */
crashed: boolean, 
/**
 * Whether one of its frames is in a binary of the app itself.
 */
own: boolean, 
/**
 * Its frames, innermost first.
 */
frames: Array<CrashFrame>, };

/**
 * A webhook to create in App Store Connect.
 */
export type CreateAppWebhookRequest = { 
/**
 * The account's id; optional if there is only one.
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
 * Its payload URL, `https`; this computer's if omitted.
 */
url: string | null, 
/**
 * Its secret; generated if omitted.
 */
secret: string | null, 
/**
 * The event types to subscribe to, in Apple's spelling; at least one.
 */
eventTypes: Array<string>, 
/**
 * Whether to enable it at once.
 */
enabled: boolean, };

/**
 * A group to create. Whether it is internal and automatic can't be changed later.
 */
export type CreateTesterGroupRequest = { 
/**
 * The account's id; omit for the only one, or for the key of the command line.
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
 * Whether it is internal: for members of the team.
 */
internal: boolean, 
/**
 * Whether it gets every build automatically. Only an internal one can.
 */
automatic: boolean, };

/**
 * A request to copy as a `curl` command.
 */
export type CurlRequest = { 
/**
 * What it sends.
 */
original: Original, 
/**
 * The URL to send it to; the payload URL of its webhook if omitted.
 */
url: string | null, };

/**
 * A day of the week.
 */
export type Day = "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";

/**
 * A person's decision.
 */
export type DecideDistributionRequest = { 
/**
 * As in [`Distribution::id`].
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
 * How much a deletion took.
 */
export type Deleted = { 
/**
 * How many events.
 */
events: number, 
/**
 * How many feedback items.
 */
feedback: number, 
/**
 * How many screenshots, thumbnails and logs.
 */
files: number, 
/**
 * Whether traces of them stay in the database's files until the next start, because it is large or being read.
 */
tracesUntilNextStart: boolean, };

/**
 * What would be deleted.
 */
export type Deletion = { 
/**
 * How many events.
 */
events: number, 
/**
 * How many feedback items.
 */
feedback: number, 
/**
 * When the oldest of them arrived, RFC 3339.
 */
oldest: string | null, 
/**
 * When the newest of them arrived, RFC 3339.
 */
newest: string | null, 
/**
 * The apps they are about, if known.
 */
apps: Array<NamedThing>, 
/**
 * The bytes of the events' payloads.
 */
payloadBytes: number, 
/**
 * How many screenshots and logs.
 */
files: number, 
/**
 * Their size in bytes.
 */
fileBytes: number, 
/**
 * Damaged databases that were set aside. Hookbell can't read them and leaves them alone, but they may contain
 * the same events.
 */
setAside: Array<string>, 
/**
 * A summary in words.
 */
sentence: string, };

/**
 * Bounds that must all match; at least one is required.
 */
export type DeletionBounds = { 
/**
 * What kind.
 */
what: Received, 
/**
 * Only what was received (events) or sent (feedback) before this time, in RFC 3339.
 */
before: string | null, 
/**
 * Only what arrived through this account's webhooks, or was read with its key.
 */
account: string | null, 
/**
 * Only what is about this app, or arrived through its webhooks.
 */
app: string | null, };

/**
 * What to delete.
 */
export type DeletionRequest = { 
/**
 * These events, by number.
 */
events: Array<number>, 
/**
 * These feedback items, by id, and their events.
 */
feedback: Array<string>, 
/**
 * Everything within these bounds.
 */
within: DeletionBounds | null, };

/**
 * Deliveries, newest first.
 */
export type DeliveriesReply = { 
/**
 * Those of the last ten days that match the request, newest first.
 */
deliveries: Array<Delivery>, 
/**
 * How many events failed at their newest attempt and haven't arrived since.
 */
failed: number, 
/**
 * Errors for webhooks and apps that couldn't be read.
 */
troubles: Array<ApiError>, };

/**
 * Which deliveries to list.
 */
export type DeliveriesRequest = { 
/**
 * The account's id; optional if there is only one.
 */
account: string | null, 
/**
 * Only for this webhook, by its id in App Store Connect.
 */
webhook: string | null, 
/**
 * Only those in one of these states; empty for all.
 */
state: Array<DeliveryState>, 
/**
 * Only of this type, as in subscriptions, or `PING`.
 */
eventType: string | null, 
/**
 * Only since this time, RFC 3339; the log goes back ten days.
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
 * Whether the same event arrived by another attempt.
 */
madeGood: boolean, 
/**
 * Whether it is its event's newest attempt, the only one that Apple redelivers.
 */
latest: boolean, 
/**
 * Whether this attempt is a redelivery.
 */
redelivery: boolean, 
/**
 * The event's id.
 */
event: string | null, 
/**
 * The event's type as in subscriptions; null for a ping.
 */
eventType: string | null, 
/**
 * What happened, in words.
 */
title: string, 
/**
 * The event's number in Hookbell, if it is stored.
 */
seq: number | null, 
/**
 * When it was created, RFC 3339 in UTC.
 */
createdAt: string | null, 
/**
 * When it was sent, RFC 3339 in UTC.
 */
sentAt: string | null, 
/**
 * The URL it was sent to.
 */
url: string | null, 
/**
 * The status of the response.
 */
status: number | null, 
/**
 * The body of the response.
 */
response: string | null, 
/**
 * Apple's error message.
 */
error: string | null, 
/**
 * What that means.
 */
means: string, 
/**
 * How to fix it; empty if nothing needs fixing.
 */
hint: string, 
/**
 * The payload, pretty-printed if it is JSON.
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
 * A secret address, stored in the keychain under a name.
 */
export type Destination = { 
/**
 * The name that rules refer to.
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
 * As in [`Destination::name`].
 */
name: string, };

/**
 * The report, as shown and copied.
 */
export type Diagnostics = { 
/**
 * Its lines, without secrets.
 */
text: string, };

/**
 * How often a digest is sent, at nine in the morning.
 */
export type DigestPeriod = "off" | "daily" | "weekly";

/**
 * A plan for the build that the event is about.
 */
export type Distribute = { 
/**
 * The names or ids of the groups that get the build.
 */
groups: Array<string>, 
/**
 * A template for the text for testers; without one, the text stays unchanged.
 */
whatToTest?: string, 
/**
 * The text's locale, such as `en-US`; the build's first one if left out.
 */
locale?: string, 
/**
 * Whether it is submitted to Beta App Review.
 */
submit: boolean, 
/**
 * Whether testers are notified once the build is available to them.
 */
notify: boolean, };

/**
 * A plan for a build, or for an upload that isn't a build yet.
 */
export type DistributeRequest = { 
/**
 * The account's id; omit for the only one, or for the key of the command line.
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
 * As in [`Upload::id`](super::Upload::id).
 */
upload: number | null, 
/**
 * What to do.
 */
plan: DistributionPlan, };

/**
 * A plan and its progress.
 */
export type Distribution = { 
/**
 * Its number, never reused.
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
 * How far it has come.
 */
state: DistributionState, 
/**
 * What the plan does, as far as App Store Connect allows it.
 */
plan: DistributionPlan, 
/**
 * All six steps, in order.
 */
steps: Array<DistributionStep>, 
/**
 * Who made the plan.
 */
by: DistributionPlanner, 
/**
 * When it was made, RFC 3339 in UTC.
 */
writtenAt: string, 
/**
 * When it was done or stopped.
 */
endedAt: string | null, };

/**
 * What a step would meet if it ran now.
 */
export type DistributionCheck = { 
/**
 * Which step.
 */
name: DistributionStepName, 
/**
 * How far it has come.
 */
state: DistributionStepState, 
/**
 * The state in words.
 */
message: string, 
/**
 * What to do about it.
 */
hint: string | null, 
/**
 * The choices, if a person has to decide.
 */
choices: Array<DistributionChoice>, };

/**
 * A choice. It changes the plan.
 */
export type DistributionChoice = { 
/**
 * What the plan then says about Beta App Review.
 */
review: ReviewChoice | null, 
/**
 * What the plan then says about encryption.
 */
usesNonExemptEncryption: boolean | null, 
/**
 * The text of its button.
 */
label: string, };

/**
 * The app whose form needs defaults.
 */
export type DistributionDefaultsRequest = { 
/**
 * The app's id.
 */
app: string, };

/**
 * What is planned for a build.
 */
export type DistributionPlan = { 
/**
 * The ids of the groups that get it.
 */
groups: Array<string>, 
/**
 * What to Test. Locales that are left out stay unchanged.
 */
texts: Array<WhatToTest>, 
/**
 * The answer about encryption; none to use the build's own or the one remembered for the app.
 */
usesNonExemptEncryption: boolean | null, 
/**
 * Whether to remember that answer for the app's next builds.
 */
rememberEncryption: boolean, 
/**
 * Whether to submit it to Beta App Review.
 */
review: ReviewChoice, 
/**
 * Whether to notify its testers.
 */
notify: NotifyChoice, };

/**
 * Who made a plan.
 */
export type DistributionPlanner = { "kind": "person" } | { "kind": "commandLine" } | { "kind": "rule", 
/**
 * Its number. The rule may no longer exist.
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
 * As in [`Distribution::id`].
 */
id: number, };

/**
 * The state of a plan.
 */
export type DistributionState = "waitsForBuild" | "running" | "waits" | "decide" | "refused" | "done" | "stopped";

/**
 * A step of a plan.
 */
export type DistributionStep = { 
/**
 * When it reached its state; none if it was never checked.
 */
at: string | null, 
/**
 * Which step.
 */
name: DistributionStepName, 
/**
 * How far it has come.
 */
state: DistributionStepState, 
/**
 * The state in words.
 */
message: string, 
/**
 * What to do about it.
 */
hint: string | null, 
/**
 * The choices, if a person has to decide.
 */
choices: Array<DistributionChoice>, };

/**
 * A step on a build's way to its testers, in order.
 */
export type DistributionStepName = "compliance" | "whatToTest" | "internalGroups" | "externalGroups" | "review" | "notify";

/**
 * The state of a step.
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
 * How many steps passed.
 */
good: number, 
/**
 * How many need fixing.
 */
bad: number, 
/**
 * Every step, in order.
 */
steps: Array<DoctorStep>, };

/**
 * What the window can do about a step.
 */
export type DoctorRemedy = "pointHere" | "startTunnel" | "restartTunnel" | "retryListener" | "showAccounts" | "showWebhooks" | "rotateSecret";

/**
 * The result of a step.
 */
export type DoctorResult = "good" | "bad" | "skipped";

/**
 * The result of one check.
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
 * What it found.
 */
detail: string, 
/**
 * What to do; empty if there is nothing to do.
 */
hint: string, 
/**
 * A fix that one button can do.
 */
remedy: DoctorRemedy | null, 
/**
 * The place in the window for the remedy, such as `#/webhooks/ACCOUNT/APP`, if it needs one.
 */
route: string | null, };

/**
 * The subject of a step, in order.
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
 * A rule to enable or disable. Enabling one that needs a review counts as the review.
 */
export type EnableRuleRequest = { 
/**
 * As in [`ListedRule::id`].
 */
id: number, 
/**
 * Enable or disable it.
 */
enabled: boolean, };

/**
 * The kind of an error. Each code exists because the window or a script acts on it.
 */
export type ErrorCode = "invalidInput" | "notFound" | "keychainLocked" | "keychainAbsent" | "keychainRefused" | "keychainTimedOut" | "storeUnwritable" | "clipboard" | "notListening" | "tunnelDown" | "keyRefused" | "agreementMissing" | "appleRefused" | "rateLimited" | "appleUnreachable" | "outcomeUnknown" | "noAnswer" | "madeByNewer" | "busy" | "internal";

/**
 * Events that are new, changed, or deleted.
 */
export type EventChanges = { 
/**
 * The existing ones, in their current state.
 */
rows: Array<EventRow>, 
/**
 * The numbers of the deleted ones.
 */
gone: Array<number>, };

/**
 * The values that events can be filtered by.
 */
export type EventChoices = { 
/**
 * The known apps, by name.
 */
apps: Array<KnownApp>, 
/**
 * The accounts, oldest first.
 */
accounts: Array<NamedThing>, 
/**
 * All event types, and the states that each can lead to.
 */
types: Array<TypeChoice>, };

/**
 * Everything about one event.
 */
export type EventDetail = { 
/**
 * Its row in the inbox.
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
 * What happened and what to do, as a sentence.
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
 * The name of the webhook it arrived through.
 */
webhook: string, 
/**
 * The id of that webhook.
 */
webhookId: string, 
/**
 * The name of the account that manages the webhook, if it still exists here.
 */
account: string | null, 
/**
 * The URL of the page in App Store Connect; `openEventPage` opens it.
 */
page: string | null, 
/**
 * The states of the version, build or upload so far, earliest first; empty for everything else.
 */
track: Array<TrackStep>, 
/**
 * The state it is heading for, in words; null once reached, or if unknown.
 */
nextState: string | null, 
/**
 * Every time it arrived, first to last.
 */
arrivals: Array<Arrival>, 
/**
 * What Apple sent; null for Hookbell's own news, which nobody sent.
 */
payload: Payload | null, 
/**
 * What App Store Connect says about it, once known.
 */
details: EventDetails | null, 
/**
 * Whether its details are still being read.
 */
enriching: boolean, };

/**
 * What App Store Connect says about an event. Unknown values are left out.
 */
export type EventDetails = { 
/**
 * The app it is about.
 */
app?: NamedThing, 
/**
 * The version that people see.
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
 * Its current state in words; it may have changed since the event.
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
 * The device's marketing name.
 */
device?: string, 
/**
 * The asset pack's identifier.
 */
assetPack?: string, 
/**
 * Apple's reasons why it failed.
 */
errors?: Array<string>, 
/**
 * What Apple wants fixed next time.
 */
warnings?: Array<string>, 
/**
 * Apple's further remarks.
 */
infos?: Array<string>, 
/**
 * The facts behind Hookbell's own news, in words.
 */
facts?: Array<NewsFact>, 
/**
 * When which build expires.
 */
expiry?: BuildExpiry, 
/**
 * The id of the feedback it is about: `#/feedback/ID`.
 */
feedback?: string, 
/**
 * Why nothing more is known: it was deleted, or the key has no access.
 */
trouble?: string, };

/**
 * Conditions that must all hold; of a condition with several values, any one. Unset conditions restrict nothing.
 */
export type EventFilter = { 
/**
 * Where to look.
 */
place: EventPlace, 
/**
 * Only what is unread.
 */
unread: boolean, 
/**
 * Only about the apps with these ids: the one App Store Connect names, otherwise the webhook's.
 */
app?: Array<string>, 
/**
 * Only what arrived through webhooks of the accounts with these ids.
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
 * Only changes to one of these states, in Apple's spelling: `REJECTED`.
 */
state?: Array<string>, 
/**
 * Only what arrived at or after this time, RFC 3339.
 */
since?: string, 
/**
 * Only what arrived before this time, RFC 3339.
 */
until?: string, 
/**
 * Only what arrived within the last N days of 24 hours. In a saved view, the range moves with time.
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
 * One row of the inbox.
 */
export type EventRow = { 
/**
 * The event's number, in order of arrival.
 */
seq: number, 
/**
 * Apple's id, or the digest of a body without one.
 */
id: string, 
/**
 * What kind of thing it is about.
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
 * Where: the version and the build once known, otherwise the webhook's name. Begins with the app if several are
 * known.
 */
subtitle: string, 
/**
 * The app: the one in the event's details, otherwise the webhook's.
 */
app: KnownApp | null, 
/**
 * When it first arrived, RFC 3339 in UTC.
 */
receivedAt: string, 
/**
 * How it first arrived: events that Apple couldn't deliver were fetched.
 */
source: Source, 
/**
 * Whether the person has opened it or marked it as read.
 */
read: boolean, 
/**
 * Whether it has left the inbox.
 */
archived: boolean, };

/**
 * Why an event was announced or not.
 */
export type EventRules = { 
/**
 * Each current rule, compared with the event.
 */
rules: Array<ComparedRule>, 
/**
 * What decided about its notification, as a sentence.
 */
told: string, 
/**
 * What rules did about it, newest first.
 */
runs: Array<Run>, };

/**
 * Which event to explain.
 */
export type EventRulesRequest = { 
/**
 * Its number.
 */
seq: number, };

/**
 * A type of event known today. In JSON it is [`EventType::name`].
 */
export type EventType = "ALTERNATIVE_DISTRIBUTION_PACKAGE_AVAILABLE_UPDATED" | "ALTERNATIVE_DISTRIBUTION_PACKAGE_VERSION_CREATED" | "ALTERNATIVE_DISTRIBUTION_TERRITORY_AVAILABILITY_UPDATED" | "APP_STORE_VERSION_APP_VERSION_STATE_UPDATED" | "BACKGROUND_ASSET_VERSION_APP_STORE_RELEASE_STATE_UPDATED" | "BACKGROUND_ASSET_VERSION_EXTERNAL_BETA_RELEASE_STATE_UPDATED" | "BACKGROUND_ASSET_VERSION_INTERNAL_BETA_RELEASE_CREATED" | "BACKGROUND_ASSET_VERSION_STATE_UPDATED" | "BETA_FEEDBACK_CRASH_SUBMISSION_CREATED" | "BETA_FEEDBACK_SCREENSHOT_SUBMISSION_CREATED" | "BUILD_BETA_DETAIL_EXTERNAL_BUILD_STATE_UPDATED" | "BUILD_UPLOAD_STATE_UPDATED" | "PING" | "HOOKBELL_AGREEMENT_MISSING" | "HOOKBELL_BUILD_DISTRIBUTED" | "HOOKBELL_BUILD_EXPIRES_SOON" | "HOOKBELL_BUILD_NEEDS_YOU" | "HOOKBELL_BUILD_PROCESSED" | "HOOKBELL_DELIVERIES_FAILING" | "HOOKBELL_DIGEST" | "HOOKBELL_TUNNEL_DOWN" | "HOOKBELL_UNUSUALLY_LONG" | "HOOKBELL_UPLOAD_FAILED" | "HOOKBELL_WEBHOOK_DISABLED";

/**
 * A page of the inbox, newest first.
 */
export type EventsReply = { 
/**
 * Those that match the request, at most `limit`.
 */
events: Array<EventRow>, 
/**
 * The cursor of the next page; null at the end.
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
 * The result.
 */
export type ExpireOlderBuildsReply = { 
/**
 * Those that are now expired.
 */
expired: Array<string>, 
/**
 * Those that couldn't be.
 */
refused: Array<RefusedBuild>, };

/**
 * Builds to expire: all of an app except some.
 */
export type ExpireOlderBuildsRequest = { 
/**
 * The account's id; omit for the only one, or for the key of the command line.
 */
account: string | null, 
/**
 * The app's id.
 */
app: string, 
/**
 * The builds to keep.
 */
keep: Array<string>, };

/**
 * The result of an export.
 */
export type ExportFeedbackReply = { 
/**
 * The new folders, one for each feedback; empty if the dialog was closed.
 */
folders: Array<string>, 
/**
 * What couldn't be fetched, and why.
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
 * Rules in the form of a file.
 */
export type ExportRulesReply = { 
/**
 * Pretty-printed JSON: an object for one rule, otherwise an array.
 */
text: string, };

/**
 * Rules to export.
 */
export type ExportRulesRequest = { 
/**
 * As in [`ListedRule::id`].
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
 * Its label for people: "App open for".
 */
label: string, 
/**
 * The fact: "38.2 of 256 GB free".
 */
value: string, 
/**
 * The numbers in it, for locales that write numbers differently.
 */
amount?: Amount, };

/**
 * An app that has feedback.
 */
export type FeedbackApp = { 
/**
 * Its id; null if App Store Connect didn't name the app.
 */
id: string | null, 
/**
 * Its name in App Store Connect, or a note that it is unknown.
 */
name: string, 
/**
 * How many.
 */
all: number, 
/**
 * How many of them are unread.
 */
unread: number, 
/**
 * By build, starting with the one with the newest feedback.
 */
builds: Array<FeedbackBuild>, };

/**
 * A build that has feedback.
 */
export type FeedbackBuild = { 
/**
 * Its id; null if App Store Connect didn't name the build.
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
 * How many of them are unread.
 */
unread: number, };

/**
 * Feedback that is new or has changed.
 */
export type FeedbackChanges = { 
/**
 * In their current state.
 */
rows: Array<FeedbackRow>, 
/**
 * The counts for filters; null if nothing changed.
 */
counts: FeedbackCounts | null, };

/**
 * Counts for filters. Archived feedback isn't counted.
 */
export type FeedbackCounts = { 
/**
 * Everything.
 */
all: number, 
/**
 * Unread feedback.
 */
unread: number, 
/**
 * Screenshots with a comment.
 */
screenshots: number, 
/**
 * Crash reports.
 */
crashes: number, 
/**
 * By app, starting with the one with the newest feedback.
 */
apps: Array<FeedbackApp>, };

/**
 * Everything about one feedback.
 */
export type FeedbackDetail = { 
/**
 * Its row in the list.
 */
feedback: FeedbackRow, 
/**
 * The device and the app at that moment, in display order; unknown facts are left out.
 */
facts: Array<Fact>, 
/**
 * The tester's email address; `None` for a tester who joined through a public link.
 */
email: string | null, 
/**
 * Its page in App Store Connect.
 */
page: string | null, 
/**
 * The newest event about it.
 */
event: number | null, 
/**
 * The screenshots, in Apple's order.
 */
pictures: Array<Picture>, 
/**
 * The crash log; null for screenshots.
 */
log: LogFile | null, 
/**
 * Why it can no longer be read, for example because it was deleted.
 */
trouble: string | null, };

/**
 * The state of a screenshot or a log.
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
 * The issue filed for feedback, or why there is none although one was requested.
 */
export type FeedbackIssue = { 
/**
 * The feedback's id.
 */
feedback: string, 
/**
 * As in [`Tracker::id`].
 */
tracker: number, 
/**
 * The name of the tracker's place.
 */
trackerName: string, 
/**
 * The tracker's kind.
 */
service: TrackerKind, 
/**
 * None until it is known to exist.
 */
issue: Issue | null, 
/**
 * Whether a try may have made it, as its answer was lost. The next try looks first.
 */
unsure: boolean, 
/**
 * How many other feedback have the same issue.
 */
others: number, 
/**
 * What the issue is missing, one sentence each.
 */
notes: Array<string>, 
/**
 * Why the last attempt failed. Trying again never creates a second issue.
 */
error: ApiError | null, };

/**
 * Feedback whose issues to look up.
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
 * Those that match the request, at most `limit`.
 */
feedback: Array<FeedbackRow>, 
/**
 * The cursor of the next page; null at the end.
 */
next: string | null, 
/**
 * How many in total are unread.
 */
unread: number, };

/**
 * A page of the feedback of all apps.
 */
export type FeedbackRequest = { 
/**
 * Only for the apps with these ids; empty for all.
 */
app: Array<string>, 
/**
 * Only what was read with this account's key.
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
 * Only for the build with this id.
 */
build: string | null, 
/**
 * Only of this kind.
 */
kind: FeedbackKind | null, 
/**
 * Only what has such an issue at one of the trackers, or none at any.
 */
issue?: IssueFilter, 
/**
 * Only what was not read.
 */
unread: boolean, 
/**
 * Archived feedback, instead of what isn't archived.
 */
archived: boolean, 
/**
 * Words, or parts of words, in the comment, the tester, the device or the app; empty for no search.
 */
search: string, 
/**
 * The cursor: `next` of the previous page.
 */
before: string | null, 
/**
 * At most this many, 1 to 500.
 */
limit: number, };

/**
 * One row of the list.
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
 * The tester's words; "Crash: index out of range" for a crash; the kind of feedback if there are no words.
 */
title: string, 
/**
 * Who sent it about what: "Mira Okafor · Backyard Birds 3.3 (418)".
 */
subtitle: string, 
/**
 * More: "2 screenshots · iPhone 15 Pro", or why the screenshots are missing.
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
 * The app's icon.
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
 * Who sent it; "Anonymous" if App Store Connect doesn't say.
 */
tester: string, 
/**
 * The tester's words.
 */
comment: string | null, 
/**
 * The device's marketing name.
 */
device: string | null, 
/**
 * How many screenshots it has.
 */
pictures: number, 
/**
 * The first screenshot that has a thumbnail: `pictureUrl(thumbnail, "thumb")`.
 */
thumbnail: number | null, 
/**
 * The state of the first screenshot, or of the crash log.
 */
state: FeedbackFileState | null, 
/**
 * When it was sent, RFC 3339 in UTC.
 */
sentAt: string, 
/**
 * Whether it was read, like the events about it.
 */
read: boolean, 
/**
 * Whether it was taken out of the list.
 */
archived: boolean, };

/**
 * How much space feedback takes and may take.
 */
export type FeedbackStorage = { 
/**
 * How many pictures and logs are kept.
 */
files: number, 
/**
 * Their total size in bytes.
 */
bytes: number, 
/**
 * How many days pictures and logs are kept.
 */
days: number, 
/**
 * How many bytes they may take; the oldest are deleted first.
 */
maxBytes: number, 
/**
 * The path of their folder.
 */
folder: string, 
/**
 * Why nothing can be stored at the moment, for example a full disk.
 */
trouble: string | null, };

/**
 * An issue in a tracker. Fields that are left out follow the tracker's settings.
 */
export type FileIssue = { 
/**
 * The tracker's name, key or number; `github`, `linear` or `jira` where it is the only one of that kind.
 */
tracker: string, 
/**
 * A template of the title, on one line.
 */
title?: string, 
/**
 * The names of the labels; empty for the tracker's.
 */
labels?: Array<string>, };

/**
 * Feedback to file.
 */
export type FileIssuesRequest = { 
/**
 * The feedback's ids.
 */
feedback: Array<string>, 
/**
 * As in [`Tracker::id`].
 */
tracker: number, 
/**
 * The title, for a single issue only; null for the tracker's.
 */
title: string | null, 
/**
 * The labels; null for the tracker's.
 */
labels: Array<string> | null, 
/**
 * Whom it is assigned to, by the service's id; empty for nobody, none for the tracker's.
 */
assignee?: string, 
/**
 * What to include; null for everything but the tester's name and address, unless the tracker's settings include
 * them.
 */
parts: IssueParts | null, 
/**
 * All of them as one issue, that of the first; else one each. It has the words and files of the first twenty, and at
 * most twenty files.
 */
together: boolean, };

/**
 * What was fixed, ready for What to Test.
 */
export type FixedIssueLine = { 
/**
 * "Fixed: Save button is hidden behind the keyboard", or "Fixed in 3.5: …" where the tracker says a version.
 */
text: string, 
/**
 * As [`Issue::fixed_in`].
 */
fixedIn: string | null, 
/**
 * The feedback's id.
 */
feedback: string, 
/**
 * The issue's reference, such as `#12`.
 */
reference: string, 
/**
 * The URL of its page.
 */
url: string, 
/**
 * When it was first seen done, RFC 3339 in UTC.
 */
doneAt: string, };

/**
 * A fixed issue.
 */
export type FixedLine = { 
/**
 * The line for What to Test: "Fixed: Save is hidden".
 */
line: string, 
/**
 * The issue's URL.
 */
link: string | null, };

/**
 * Which fixes to list.
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
 * An address to no longer offer.
 */
export type ForgetAddressRequest = { 
/**
 * The address as offered.
 */
address: string, };

/**
 * The event, sent over HTTP.
 */
export type Forward = { 
/**
 * How the request is built.
 */
as: ForwardFormat, 
/**
 * The URL: https, or http to loopback. If left out, [`Self::destination`] says where.
 */
url?: string, 
/**
 * The name of a secret address in the keychain, such as a chat's.
 */
destination?: string, 
/**
 * A template for the message, or for the whole body if the format is `template`.
 */
text?: string, 
/**
 * Additional headers; the values are templates.
 */
headers?: { [key in string]: string }, 
/**
 * Whether the message includes the tester's screenshots, in chats that accept files.
 */
screenshots?: boolean, 
/**
 * Whether the address may be in a private network.
 */
allowPrivateNetwork: boolean, };

/**
 * The format in which an event is forwarded.
 */
export type ForwardFormat = "raw" | "signed" | "slack" | "teams" | "discord" | "ntfy" | "template";

/**
 * Events that are lost, because the log of deliveries goes back only ten days.
 */
export type Gap = { 
/**
 * Since when nothing is known, RFC 3339 in UTC.
 */
from: string, 
/**
 * Until when, RFC 3339 in UTC.
 */
to: string, };

/**
 * How many deliveries had which result.
 */
export type HealthCount = { 
/**
 * Delivered, repetitions included.
 */
delivered: number, 
/**
 * Not delivered, but fetched from App Store Connect's log later.
 */
fetched: number, 
/**
 * Failed, and not fetched later. Known only for webhooks with an account.
 */
failed: number, };

/**
 * What webhooks delivered between two midnights in the time zone of the request.
 */
export type HealthDay = { 
/**
 * The day: `2026-11-21`.
 */
date: string, 
/**
 * The counts for this day: fetched events count on the day they happened.
 */
count: HealthCount, 
/**
 * From Apple's timestamp to the arrival.
 */
delay: Delay | null, };

/**
 * How the deliveries to one webhook went over the days shown.
 */
export type HealthOfWebhook = { 
/**
 * Its id here.
 */
id: string, 
/**
 * Its name, or its last one.
 */
name: string, 
/**
 * Whether it was removed here.
 */
removed: boolean, 
/**
 * How many deliveries had which result.
 */
count: HealthCount, 
/**
 * From Apple's timestamp to the arrival.
 */
delay: Delay | null, 
/**
 * Since when its failures are known, RFC 3339 in UTC; null if they aren't, because it has no account.
 */
failuresSince: string | null, 
/**
 * A period about which nothing can be known any more.
 */
gap: Gap | null, 
/**
 * The last delivery that failed, even if its event arrived later.
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
 * Its id in App Store Connect; null if its events don't name the app.
 */
app: string | null, 
/**
 * The id of the local webhook that delivered those events.
 */
webhook: string | null, 
/**
 * The app's name, or the webhook's if the app is unknown.
 */
name: string, 
/**
 * Whether any event is about one of its versions or builds.
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
 * The versions and builds of the requested app, or of the first one; null if no event is about any.
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
 * Its type, for example `appStoreVersions`.
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
 * The account's id; omit for the only one, or for the key of the command line.
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
 * An existing issue.
 */
export type Issue = { 
/**
 * Its name for people: `#214`, `ENG-12`.
 */
reference: string, 
/**
 * The URL of its page.
 */
url: string, 
/**
 * Its current title at the tracker.
 */
title: string, 
/**
 * Whether it is open.
 */
progress: IssueProgress, 
/**
 * Its state in the tracker's own words: "In Review".
 */
state: string, 
/**
 * The person it is assigned to.
 */
assignee: string | null, 
/**
 * The version that it was fixed in, as the tracker has it: a milestone named after it, or Jira's fix versions. None
 * while it is not done, and where the tracker says none.
 */
fixedIn: string | null, 
/**
 * When it was filed, RFC 3339 in UTC.
 */
filedAt: string, 
/**
 * When it was first seen done, RFC 3339 in UTC.
 */
doneAt: string | null, };

/**
 * A file attached to an issue.
 */
export type IssueFile = { 
/**
 * Its file name in the issue.
 */
name: string, 
/**
 * Its size.
 */
bytes: number, };

/**
 * Which issue feedback is to have, where feedback is listed.
 */
export type IssueFilter = "with" | "without" | "open" | "fixed";

/**
 * What an issue includes in addition to the tester's words.
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
 * The tester's name and email address.
 */
tester: boolean, };

/**
 * A preview of what would be filed.
 */
export type IssuePreview = { 
/**
 * On one line.
 */
title: string, 
/**
 * The text as Markdown, without its files. Jira gets the same in its own format.
 */
markdown: string, 
/**
 * The labels' names in the tracker.
 */
labels: Array<string>, 
/**
 * The files to attach.
 */
files: Array<IssueFile>, 
/**
 * What is omitted, and why.
 */
notes: Array<string>, 
/**
 * The feedback's existing issue there; filing again creates none.
 */
existing: FeedbackIssue | null, 
/**
 * Other feedback with a crash in the same app that has the same innermost frames.
 */
similar: SimilarCrashes, };

/**
 * Whether an issue is open or done.
 */
export type IssueProgress = "open" | "done" | "dropped";

/**
 * An account's apps and webhooks as last read, by this process or an earlier one.
 */
export type KeptApps = { 
/**
 * The apps; empty if never read.
 */
apps: Array<App>, 
/**
 * When they were read, RFC 3339 in UTC; null if never.
 */
readAt: string | null, 
/**
 * The webhooks of those apps whose webhooks were read, with what is known about them here now.
 */
webhooks: Array<AppWebhooks>, };

/**
 * Which account's stored apps and webhooks to return.
 */
export type KeptAppsRequest = { 
/**
 * The account's id.
 */
account: string, };

/**
 * What is known about a key file. Its contents never leave the engine.
 */
export type KeyFileReply = { 
/**
 * The key's id, if the file or its name contains it.
 */
keyId: string | null, 
/**
 * The issuer ID, if the file contains it.
 */
issuerId: string | null, 
/**
 * Whether it is an individual key, which has no issuer ID.
 */
isIndividual: boolean, };

/**
 * A key file to inspect.
 */
export type KeyFileRequest = { 
/**
 * Its path. The window never reads it.
 */
path: string, };

/**
 * An app that at least one stored event or account names.
 */
export type KnownApp = { 
/**
 * Its id in App Store Connect.
 */
id: string, 
/**
 * Its name in App Store Connect.
 */
name: string, 
/**
 * The App Store icon, or what stands in for it.
 */
icon: AppIcon, };

/**
 * A webhook's last delivery.
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
 * The response.
 */
status: number | null, 
/**
 * What that means.
 */
means: string, 
/**
 * How to fix it; empty if nothing needs fixing.
 */
hint: string, 
/**
 * What is wrong with its signature, if the delivery failed here because of that.
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
 * The last failed delivery.
 */
export type LastFailure = { 
/**
 * When, RFC 3339 in UTC.
 */
at: string, 
/**
 * Why, as a sentence.
 */
reason: string, };

/**
 * A build in the list.
 */
export type ListedBuild = { 
/**
 * Its id in App Store Connect.
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
 * The platform for people: "iOS".
 */
platformLabel: string | null, 
/**
 * When it was made, RFC 3339 in UTC.
 */
uploadedAt: string | null, 
/**
 * When testers can no longer use it.
 */
expiresAt: string | null, 
/**
 * Whole days until then; null once it has expired.
 */
daysLeft: number | null, 
/**
 * Whether it has expired, or somebody expired it.
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
 * What that means for the reader.
 */
tone: BuildTone, 
/**
 * How far it has come.
 */
track: BuildTrack, 
/**
 * The groups that have it.
 */
groups: Array<BuildGroup>, 
/**
 * Stored feedback about it.
 */
crashes: number, 
/**
 * Stored feedback about it.
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
 * Its number, never reused.
 */
id: number, 
/**
 * The document.
 */
rule: Rule, 
/**
 * Whether it was imported with a command in it, and nobody has enabled it here.
 */
needsReview: boolean, 
/**
 * Why Hookbell disabled it, why its condition failed, or why it can't be read, in a sentence.
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
 * How many of its runs failed or were given up and haven't been retried since.
 */
failedRuns: number, };

/**
 * What the listener is doing.
 */
export type Listener = { "state": "starting" } | { "state": "listening", 
/**
 * `http://127.0.0.1:PORT`
 */
url: string, 
/**
 * The port in `url`.
 */
port: number, } | { "state": "portTaken", 
/**
 * The requested port.
 */
port: number, 
/**
 * The other program, if known: `node (PID 4127)`.
 */
holder: string | null, 
/**
 * A port that is free.
 */
free: number | null, } | { "state": "elsewhere", 
/**
 * Where its listener accepts events on this computer.
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
 * How far it has come.
 */
state: FeedbackFileState, 
/**
 * Why it is missing, in a sentence.
 */
reason: string | null, 
/**
 * Its size in bytes.
 */
bytes: number | null, 
/**
 * The next attempt after a failure, RFC 3339 in UTC.
 */
nextTry: string | null, };

/**
 * The log level, from least to most.
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
 * Mark it as read, or as unread.
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
 * Mark them as read, or as unread.
 */
read: boolean, };

/**
 * The events that were marked.
 */
export type MarkedEvents = { 
/**
 * The numbers of those that were unread, so that this can be undone.
 */
seqs: Array<number>, };

/**
 * The feedback that was marked.
 */
export type MarkedFeedback = { 
/**
 * The ids of those that were unread, so that this can be undone.
 */
ids: Array<string>, };

/**
 * A rule to move.
 */
export type MoveRuleRequest = { 
/**
 * As in [`ListedRule::id`].
 */
id: number, 
/**
 * The rule to move it before; omit for the end.
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
 * Its name in App Store Connect.
 */
name: string, };

/**
 * One of App Store Connect's constants and its label.
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
 * One line in Hookbell's own news: "Usually", "22 h".
 */
export type NewsFact = { 
/**
 * For example "Last failure".
 */
label: string, 
/**
 * At most 200 characters, on one line.
 */
value: string, };

/**
 * Whether the system lets Hookbell show notifications. Only macOS asks the person first.
 */
export type NotificationPermission = "allowed" | "notAsked" | "turnedOff";

/**
 * A notification with different words. Fields that are left out use the defaults.
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
 * A template for the URL that a click opens: `hookbell://` or `https://`.
 */
link?: string, 
/**
 * Whether its notification plays a sound.
 */
sound?: boolean, 
/**
 * Whether it is shown even in quiet hours and pauses.
 */
breakThroughQuietHours: boolean, };

/**
 * Whether to notify testers.
 */
export type NotifyChoice = "no" | "whenApproved" | "now";

/**
 * Which issue to open: one of [`FixedIssueLine`].
 */
export type OpenFixedIssueRequest = { 
/**
 * The app's id.
 */
app: string, 
/**
 * As [`FixedIssueLine::url`].
 */
url: string, };

/**
 * Which feedback's issue to open.
 */
export type OpenIssueRequest = { 
/**
 * The feedback's id.
 */
feedback: string, 
/**
 * As in [`Tracker::id`].
 */
tracker: number, };

/**
 * The order of saved views in the sidebar.
 */
export type OrderViewsRequest = { 
/**
 * Their ids from top to bottom. Omitted views follow.
 */
ids: Array<number>, };

/**
 * Who created a webhook.
 */
export type Origin = "local" | "command" | "account";

/**
 * What to resend.
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
 * Events that a rule doesn't match for the same reason.
 */
export type OtherEvents = { 
/**
 * Why, as it follows their number in a sentence: "has a different type", of several "have a different type".
 */
reason: string, 
/**
 * How many.
 */
count: number, };

/**
 * What the environment or the command line decides while this process runs.
 */
export type Overrides = { 
/**
 * The port from `HOOKBELL_PORT` or the command line; 0 picks a free one.
 */
port: number | null, 
/**
 * The log level from `HOOKBELL_LOG`.
 */
log: string | null, };

/**
 * Which of Hookbell's own news appear in the inbox.
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
 * The tunnel has been down for 15 minutes.
 */
tunnel: boolean, 
/**
 * The newest build of an app expires in 14, 7 and 1 days.
 */
expiry: boolean, 
/**
 * A version or a build has been in one state unusually long.
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
 * A body for the window.
 */
export type Payload = { 
/**
 * Pretty-printed if it is JSON, otherwise verbatim; invalid UTF-8 is shown as U+FFFD.
 */
text: string, 
/**
 * Verbatim.
 */
raw: string, 
/**
 * Whether the body is JSON, and `text` is pretty-printed.
 */
isJson: boolean, 
/**
 * The length of the body in bytes.
 */
bytes: number, 
/**
 * Whether only the beginning is included. Copying copies all of it.
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
 * Its position, from 1.
 */
number: number, 
/**
 * How far it has come.
 */
state: FeedbackFileState, 
/**
 * Why it is missing, in a sentence.
 */
reason: string | null, 
/**
 * "PNG", "JPEG" or "HEIC", once it is downloaded.
 */
format: string | null, 
/**
 * Width in pixels; Apple's value until it is downloaded.
 */
width: number | null, 
/**
 * Height in pixels; Apple's value until it is downloaded.
 */
height: number | null, 
/**
 * Its size in bytes.
 */
bytes: number | null, 
/**
 * Whether a window can show it. HEIC needs the system's viewer.
 */
showable: boolean, 
/**
 * Whether it has a thumbnail: `pictureUrl(id, "thumb")`.
 */
thumbnail: boolean, 
/**
 * The next attempt after a failure, RFC 3339 in UTC.
 */
nextTry: string | null, };

/**
 * Which screenshot a command is for.
 */
export type PictureRequest = { 
/**
 * As in [`Picture::id`].
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
 * What happened to a ping on its way from App Store Connect.
 */
export type PingReply = { 
/**
 * How it ended.
 */
outcome: PingOutcome, 
/**
 * From the request to its arrival here, or to the receiver's response if that is known.
 */
milliseconds: number | null, 
/**
 * The event that arrived here.
 */
seq: number | null, 
/**
 * What happened.
 */
headline: string, 
/**
 * How to fix it; empty if nothing needs fixing.
 */
hint: string, 
/**
 * App Store Connect's record of it.
 */
delivery: Delivery | null, };

/**
 * The operating system, for wording that differs.
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
 * The document. It need not be saved, and is treated as enabled.
 */
rule: Rule, 
/**
 * The saved rule whose position it takes; omit for the end.
 */
id: number | null, 
/**
 * How many days of events to compare, 1 to 365; at most the newest 10,000 events.
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
 * Why it doesn't, in a sentence.
 */
reason: string | null, 
/**
 * What each action would do.
 */
sends: Array<Sends>, };

/**
 * The outcome of a request to the public address.
 */
export type ProofResult = "reached" | "foreign" | "closed" | "inside" | "silent";

/**
 * A link that lets anybody become a tester.
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
 * How many testers can use it.
 */
limit: number | null, };

/**
 * What the engine pushes to an open window.
 */
export type Push = { "kind": "stored", 
/**
 * The changed rows, by kind.
 */
changes: StoredChanges, } | { "kind": "status", 
/**
 * The new one.
 */
status: Status, } | { "kind": "views", 
/**
 * All of them, in order.
 */
views: Array<SavedView>, } | { "kind": "rules", 
/**
 * All of them, in order.
 */
rules: Array<ListedRule>, } | { "kind": "runs" } | { "kind": "uploads", 
/**
 * Unfinished uploads, and those that ended since the last push; newest first.
 */
uploads: Array<Upload>, } | { "kind": "appWebhooks", 
/**
 * The app and its webhooks.
 */
webhooks: AppWebhooks, } | { "kind": "redelivery", 
/**
 * How many deliveries are done, of how many.
 */
progress: RedeliveryProgress, } | { "kind": "backfill", 
/**
 * How much feedback has been read so far.
 */
progress: BackfillProgress, } | { "kind": "builds", 
/**
 * The id of the app.
 */
app: string, } | { "kind": "update", 
/**
 * The result of the check for updates.
 */
status: UpdateStatus, } | { "kind": "open", 
/**
 * The place.
 */
route: string, };

/**
 * Hours of the week in which notifications wait. One summary follows afterwards.
 */
export type QuietHours = { 
/**
 * Whether they are on.
 */
on: boolean, 
/**
 * When they start.
 */
from: string, 
/**
 * When they end; on the next day if that isn't after the start. The same time means a whole day.
 */
to: string, 
/**
 * The days on which they start, each once, from Monday.
 */
days: Array<Day>, 
/**
 * The time zone's IANA name, such as `Europe/Stockholm`; none for the system's.
 */
timeZone: string | null, };

/**
 * The hourly limit of a key.
 */
export type RateLimit = { 
/**
 * Requests per hour.
 */
limit: number, 
/**
 * Requests left in this hour.
 */
remaining: number, 
/**
 * When App Store Connect reported it, RFC 3339 in UTC.
 */
at: string, };

/**
 * A rule to start from.
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
 * What it does, and what to change before using it.
 */
summary: string, 
/**
 * The document.
 */
rule: Rule, };

/**
 * What comes from App Store Connect and is stored here.
 */
export type Received = "everything" | "events" | "feedback";

/**
 * Selected deliveries to redeliver.
 */
export type RedeliverChosenRequest = { 
/**
 * The account's id; optional if there is only one.
 */
account: string | null, 
/**
 * The deliveries, in any order; at most 2000.
 */
deliveries: Array<ChosenDelivery>, };

/**
 * Which failed deliveries to redeliver.
 */
export type RedeliverFailedRequest = { 
/**
 * The account's id; optional if there is only one.
 */
account: string | null, 
/**
 * Only for this webhook, by its id in App Store Connect.
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
 * A delivery to redeliver.
 */
export type RedeliverRequest = { 
/**
 * The account's id; optional if there is only one.
 */
account: string | null, 
/**
 * The webhook's id in App Store Connect. Without it, we look for the event's newest attempt only after Apple has
 * refused to redeliver this one.
 */
webhook: string | null, 
/**
 * The delivery's id. If its event was redelivered since, the newest attempt is redelivered instead.
 */
delivery: string, };

/**
 * The state of a redelivery.
 */
export type RedeliveryOutcome = "accepted" | "refused" | "arrived" | "failed";

/**
 * The progress of redelivering.
 */
export type RedeliveryProgress = { 
/**
 * How many events there are to redeliver.
 */
total: number, 
/**
 * How many App Store Connect has accepted.
 */
accepted: number, 
/**
 * How many it rejected. They stay unchanged and can be tried again.
 */
refused: number, 
/**
 * How many of the accepted ones arrived: here with a valid signature, or at a receiver elsewhere that accepted
 * them.
 */
arrived: number, 
/**
 * How many of the accepted ones failed again.
 */
failed: number, 
/**
 * Whether it is over. The rest, neither arrived nor failed, is unknown.
 */
done: boolean, 
/**
 * Whether it was stopped before all were requested.
 */
stopped: boolean, 
/**
 * Why the last one was rejected or failed.
 */
trouble: ApiError | null, 
/**
 * What happened to each delivery: in a push, those that changed since the last push; in the reply, all.
 */
results: Array<RedeliveryResult>, };

/**
 * One delivery to redeliver.
 */
export type RedeliveryResult = { 
/**
 * The id of the selected delivery.
 */
delivery: string, 
/**
 * What happened to it.
 */
outcome: RedeliveryOutcome, 
/**
 * Why it was rejected or failed.
 */
trouble: ApiError | null, };

/**
 * Requests rejected because of their signature.
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
 * Why the last one was rejected.
 */
reason: string, 
/**
 * Whether App Store Connect's secret differs from the one here.
 */
mismatch: boolean, };

/**
 * A build that couldn't be expired.
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
 * A person who couldn't be added.
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
 * A later notification.
 */
export type Remind = { 
/**
 * How many minutes after the event arrived, 1 to 43,200 (30 days).
 */
afterMinutes: number, 
/**
 * A template of one line; the default title if left out.
 */
title?: string, 
/**
 * A template; the default text if left out.
 */
body?: string, };

/**
 * A tester of a group.
 */
export type RemoveTesterRequest = { 
/**
 * The account's id; omit for the only one, or for the key of the command line.
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
 * As in [`SavedView::id`].
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
 * A new token for a tracker.
 */
export type RenewTrackerTokenRequest = { 
/**
 * As in [`Tracker::id`].
 */
id: number, 
/**
 * The new token.
 */
token: string, };

/**
 * A new key for the same account.
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
 * The key's id; taken from the file or its name if omitted.
 */
keyId: string | null, 
/**
 * The team's issuer ID; taken from the file if omitted. An individual key has none.
 */
issuerId: string | null, };

/**
 * The result of repointing webhooks.
 */
export type RepointReply = { 
/**
 * How many were updated.
 */
moved: number, 
/**
 * Those that couldn't be updated, and why.
 */
strays: Array<StaleWebhook>, };

/**
 * Whether webhooks are repointed automatically when the address changes.
 */
export type RepointRequest = { 
/**
 * Whether they are.
 */
on: boolean, };

/**
 * The options for resending something.
 */
export type ResendForm = { 
/**
 * Whether its original signature is known.
 */
signed: boolean, 
/**
 * The webhook whose secret can sign it again; null if its secret isn't in this keychain.
 */
webhook: string | null, 
/**
 * Addresses used before, latest first; at most eight.
 */
addresses: Array<string>, };

/**
 * What a form for resending is for.
 */
export type ResendFormRequest = { 
/**
 * What to resend.
 */
original: Original, };

/**
 * A server's response.
 */
export type ResendReply = { 
/**
 * The HTTP status.
 */
status: number, 
/**
 * The milliseconds from sending to the status.
 */
milliseconds: number, 
/**
 * Where the server redirects to. Redirects aren't followed.
 */
redirect: string | null, 
/**
 * The response body, at most 16 KiB.
 */
response: string, 
/**
 * Whether the body is longer than that.
 */
cut: boolean, };

/**
 * Something to resend.
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
 * Sign it with the webhook's current secret, instead of sending the original signature.
 */
signAnew: boolean, };

/**
 * How long received data is kept, and how many screenshots and logs. The oldest are deleted first.
 */
export type Retention = { 
/**
 * How long screenshots and logs are kept: 1 to 3650 days.
 */
days: number, 
/**
 * 50 MB to 1.1 TB, in bytes.
 */
maxBytes: number, 
/**
 * How long events are kept: 1 to 3650 days, or forever.
 */
eventDays: number | null, 
/**
 * How long feedback is kept: 1 to 3650 days, or forever.
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
 * Whether to submit a build to Beta App Review.
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
 * A new secret; the previous one stays valid for 24 hours.
 */
export type RotateSecretRequest = { 
/**
 * The webhook's id.
 */
id: string, 
/**
 * The secret; generated if omitted.
 */
secret: string | null, };

/**
 * When something happens, do something.
 */
export type Rule = { 
/**
 * Its name, one line.
 */
name: string, 
/**
 * Whether it applies to events.
 */
enabled: boolean, 
/**
 * The events it applies to.
 */
when: When, 
/**
 * What it does with them, in order.
 */
then: Array<Action>, 
/**
 * Whether the rules after this one are skipped for its events.
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
 * Its name in App Store Connect.
 */
name: string, };

/**
 * The choices in a rule's form.
 */
export type RuleChoices = { 
/**
 * The known apps, by name.
 */
apps: Array<RuleApp>, 
/**
 * All event types.
 */
types: Array<NamedWord>, 
/**
 * All states that an event can lead to.
 */
states: Array<NamedWord>, 
/**
 * The names available in conditions and templates.
 */
names: Array<RuleName>, 
/**
 * Rules to start from.
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
 * The field's path in the document: `then[0].notify.title`.
 */
field: string, 
/**
 * What is wrong with it.
 */
message: string, };

/**
 * A name that conditions and templates can use.
 */
export type RuleName = { 
/**
 * How to write it: `build.number`.
 */
path: string, 
/**
 * What it means.
 */
meaning: string, 
/**
 * An example value.
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
 * The number of events it was tested against.
 */
compared: number, 
/**
 * The newest events it applies to; with `seq`, that event, whether it applies or not.
 */
events: Array<PreviewedEvent>, 
/**
 * Why it doesn't apply to the others, most frequent reason first.
 */
others: Array<OtherEvents>, 
/**
 * What is wrong with the rule; then nothing was tested.
 */
error: RuleFault | null, };

/**
 * Which rule a command is for.
 */
export type RuleRequest = { 
/**
 * As in [`ListedRule::id`].
 */
id: number, };

/**
 * One action of one rule on one event.
 */
export type Run = { 
/**
 * Its number; later runs have higher numbers.
 */
id: number, 
/**
 * The rule's number. The rule may no longer exist. Null if somebody only tried a rule.
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
 * Its name for people: "Slack".
 */
label: string, 
/**
 * The event it is for; none once that was deleted.
 */
event: RunEvent | null, 
/**
 * How far it is.
 */
state: RunState, 
/**
 * The number of attempts.
 */
attempts: number, 
/**
 * When it was created, RFC 3339 in UTC.
 */
writtenAt: string, 
/**
 * When the next attempt starts; none once it ended.
 */
dueAt: string | null, 
/**
 * When it ended, RFC 3339 in UTC; none while it waits or is in progress.
 */
endedAt: string | null, 
/**
 * The response, or why it was skipped.
 */
answer: string | null, 
/**
 * What to do about it.
 */
hint: string | null, 
/**
 * A command's output, its last 64 kB. Only in replies to `run` and `tryRule`.
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
 * The working directory, an absolute path; the home folder if left out.
 */
cwd?: string, 
/**
 * The time limit in seconds, 1 to 3,600; then it and everything it started is stopped.
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
 * As in [`Run::id`].
 */
id: number, };

/**
 * The state of a run.
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
 * Which runs to list, newest first.
 */
export type RunsRequest = { 
/**
 * Only those of a rule.
 */
rule: number | null, 
/**
 * Only those about an event.
 */
seq: number | null, 
/**
 * Only those in a state.
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
 * An address to store in the keychain, replacing one of the same name.
 */
export type SaveDestinationRequest = { 
/**
 * 1 to 100 characters on one line.
 */
name: string, 
/**
 * The URL, a secret: https, or http on this computer.
 */
url: string, 
/**
 * The secret to sign with, if a rule forwards events signed.
 */
secret: string | null, };

/**
 * The result of saving.
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
 * The rule to change; omit for a new one, which is added at the end.
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
 * The view to change; omit for a new one.
 */
id: number | null, 
/**
 * Its name, 1 to 100 characters on one line. Unique, ignoring case.
 */
name: string, 
/**
 * Which events it shows from now on.
 */
filter: EventFilter, };

/**
 * A named filter.
 */
export type SavedView = { 
/**
 * Its id, never reused.
 */
id: number, 
/**
 * Its name, 1 to 100 characters.
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
 * Why it shows nothing, in a sentence: its app or its account is gone.
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
 * Its name for people: "Slack".
 */
label: string, 
/**
 * Its title, if it has one.
 */
title: string | null, 
/**
 * The text, the command line, or what happens.
 */
text: string, 
/**
 * Whether it includes the tester's screenshots.
 */
withScreenshots: boolean, 
/**
 * Why it would fail.
 */
error: string | null, 
/**
 * Why it would be skipped, in a sentence: the event came late, or has no payload.
 */
notDone: string | null, };

/**
 * The tunnel provider to use from now on.
 */
export type SetTunnelRequest = { 
/**
 * The provider's id; null for no tunnel.
 */
provider: string | null, 
/**
 * The values of its fields, by their ids.
 */
fields: { [key in string]: string }, 
/**
 * The token, which goes to the keychain and never back. If omitted, the stored one stays.
 */
token: string | null, 
/**
 * Whether to remove a stored token from the keychain.
 */
forgetToken: boolean, 
/**
 * Whether to leave it stopped.
 */
stopped: boolean, };

/**
 * All settings, including defaults.
 */
export type Settings = { 
/**
 * Whether to hide the app's icon in the Dock (macOS only).
 */
hideFromDock: boolean, 
/**
 * What a notification is shown for. Everything still appears in the inbox.
 */
announce: Announce, 
/**
 * Which of Hookbell's own news appear in the inbox.
 */
ownNews: OwnNewsChoice, 
/**
 * Which notifications play a sound.
 */
sound: SoundChoice, 
/**
 * When to hold notifications back, every week.
 */
quietHours: QuietHours, 
/**
 * How long testers' screenshots and logs are kept.
 */
retention: Retention, 
/**
 * The listener's port, from 1 to 65535.
 */
port: number, 
/**
 * How much is logged.
 */
logLevel: LogLevel, 
/**
 * The size of the window's text in percent: 100, 110, 125 or 150.
 */
textSize: number, 
/**
 * Whether Hookbell checks for updates once a day; off until somebody turns it on.
 */
lookForUpdates: boolean, 
/**
 * How builds are uploaded.
 */
uploads: UploadSettings, };

/**
 * The file that settings were written to or read from.
 */
export type SettingsFileReply = { 
/**
 * The file; null if the dialog was closed and nothing was done.
 */
path: string | null, };

/**
 * The settings, and what affects them.
 */
export type SettingsReply = { 
/**
 * What is set.
 */
settings: Settings, 
/**
 * Whether the system starts the app at login.
 */
startAtLogin: StartAtLogin, 
/**
 * The system's time zone by its IANA name, if known.
 */
timeZone: string | null, 
/**
 * When the current quiet hours end, RFC 3339 in UTC.
 */
quietUntil: string | null, 
/**
 * What the environment or the command line overrides.
 */
overrides: Overrides, 
/**
 * Whether the system lets Hookbell show notifications.
 */
notifications: NotificationPermission, 
/**
 * Why nothing can be changed: the document is from a newer Hookbell, or can't be read. Then the defaults apply.
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
 * Why a signature didn't match here.
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
 * Their ids, newest first, without the feedback itself.
 */
ids: Array<string>, 
/**
 * The issue that one of them has in this tracker.
 */
issue: FeedbackIssue | null, };

/**
 * Which notifications play a sound.
 */
export type SoundChoice = "never" | "needsYou" | "everything";

/**
 * How an event came.
 */
export type Source = "delivered" | "fetched";

/**
 * One of our webhooks that still uses an old address.
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
 * The account that manages it.
 */
account: string, 
/**
 * The app it belongs to.
 */
app: string, 
/**
 * The webhook's name, 1 to 100 characters.
 */
name: string, 
/**
 * Its payload URL.
 */
url: string, 
/**
 * Why it couldn't be updated; none if that wasn't tried because automatic updates are off.
 */
trouble: ApiError | null, };

/**
 * Whether the system starts the app at login. Queried each time, because the system's own settings can change it.
 */
export type StartAtLogin = { "state": "on" } | { "state": "off" } | { "state": "unknown", 
/**
 * The system's error, for people.
 */
why: string, };

/**
 * A build to upload.
 */
export type StartUploadRequest = { 
/**
 * An `.ipa` or `.pkg`.
 */
path: string, 
/**
 * As in [`UploadTarget::account`]; omit for the only target.
 */
account: string | null, 
/**
 * As in [`UploadTarget::app`]; omit for the only target.
 */
app: string | null, 
/**
 * The plan for the build.
 */
plan: DistributionPlan | null, };

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
 * The overall state.
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
 * A second, less prominent line; may be empty.
 */
detail: string, 
/**
 * What the listener is doing.
 */
listener: Listener, 
/**
 * What the tunnel is doing; null if none is configured.
 */
tunnel: TunnelStatus | null, 
/**
 * The most serious lasting condition.
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
 * The data directory.
 */
dataDir: string, 
/**
 * The operating system.
 */
platform: Platform, };

/**
 * What was stored or changed since the last push of this kind. Anything not named here may have changed too.
 */
export type StoredChanges = { 
/**
 * Events; null if there are too many to list or another process changed them: read them again.
 */
events: EventChanges | null, 
/**
 * Feedback, likewise.
 */
feedback: FeedbackChanges | null, 
/**
 * How many events in the inbox are unread.
 */
unread: number, 
/**
 * How many feedback items that aren't archived are unread.
 */
unreadFeedback: number, };

/**
 * The result of a test.
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
 * A member of a group, invited or not yet.
 */
export type Tester = { 
/**
 * Their id.
 */
id: string, 
/**
 * Their name, if they gave one.
 */
name: string | null, 
/**
 * Their address; null for those who joined by the public link.
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
 * The state for people.
 */
label: string, 
/**
 * Their devices: "iPhone 16, iOS 26.1".
 */
devices: Array<string>, };

/**
 * The contents of a CSV file.
 */
export type TesterFileReply = { 
/**
 * In the file's order, each address once.
 */
testers: Array<NewTester>, 
/**
 * The lines without a valid tester.
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
 * How many testers it has, if App Store Connect says.
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
 * The link that lets anybody become a tester.
 */
publicLink: PublicLink | null, 
/**
 * Its id in App Store Connect.
 */
id: string, 
/**
 * The name that the team gave it.
 */
name: string, 
/**
 * Whether it is internal: for members of the team.
 */
internal: boolean, 
/**
 * Whether it gets every build automatically.
 */
automatic: boolean, };

/**
 * The app whose groups to list.
 */
export type TesterGroupsRequest = { 
/**
 * The account's id; omit for the only one, or for the key of the command line.
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
 * The group whose testers to list.
 */
export type TestersRequest = { 
/**
 * The account's id; omit for the only one, or for the key of the command line.
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
 * The stage that the version or build was in.
 */
stage: TimelineStage, 
/**
 * The last state in this stage, in words: "Metadata rejected".
 */
state: string, 
/**
 * When it began, RFC 3339 in UTC; null if that was before our first event.
 */
from: string | null, 
/**
 * When it ended, RFC 3339 in UTC; null while it lasts.
 */
to: string | null, 
/**
 * Whether that is exactly when it ended. If an event in between is missing, it ended then at the latest.
 */
exact: boolean, 
/**
 * The number of the event that began it; null for what came before the first one.
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
 * The version string; null while unknown.
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
 * Its stages, earliest first.
 */
spans: Array<TimelineSpan>, 
/**
 * Why App Store Connect says nothing about it: it was deleted, or the key can't see it.
 */
trouble: string | null, };

/**
 * Whether a tunnel provider takes a token.
 */
export type TokenNeed = "none" | "optional" | "required";

/**
 * A past or current state of a version, build or upload.
 */
export type TrackStep = { 
/**
 * The state in words. Earlier rounds are folded into one step: "Round 1, Rejected".
 */
state: string, 
/**
 * What the state means.
 */
importance: Importance, 
/**
 * When it began, RFC 3339 in UTC; null if that was before our first event.
 */
from: string | null, 
/**
 * When it ended, RFC 3339 in UTC; null while it lasts.
 */
to: string | null, 
/**
 * Whether it is the state that the event is about.
 */
here: boolean, };

/**
 * A place where issues are created. Its token is in the keychain.
 */
export type Tracker = { 
/**
 * Its number, never reused.
 */
id: number, 
/**
 * Its kind.
 */
service: TrackerKind, 
/**
 * The place's name for people: `halden/backyard-birds`, `ENG · Engineering`.
 */
name: string, 
/**
 * The names that rules and commands accept. The first is unique.
 */
names: Array<string>, 
/**
 * The service's identifier of the place: `owner/name`, a team's UUID, a project's key.
 */
place: string, 
/**
 * The API's or the site's URL; null for github.com and Linear.
 */
url: string | null, 
/**
 * The token's owner.
 */
owner: string, 
/**
 * What was chosen for its issues.
 */
settings: TrackerSettings, 
/**
 * What has to be changed before it works again.
 */
trouble: ApiError | null, 
/**
 * How many of its issues are open.
 */
open: number, 
/**
 * How many of its issues are done.
 */
done: number, };

/**
 * How to access a tracker, from a form.
 */
export type TrackerAccess = { 
/**
 * Its kind.
 */
service: TrackerKind, 
/**
 * The URL of GitHub Enterprise's API, of Jira's site, or of another Linear API. Required for Jira.
 */
url: string | null, 
/**
 * Jira's only: the email address that belongs to the token.
 */
email: string | null, 
/**
 * A personal access token or an API key.
 */
token: string, 
/**
 * Whether the address may be in a private network.
 */
allowPrivateNetwork: boolean, };

/**
 * The properties that an issue can have in a place.
 */
export type TrackerChoices = { 
/**
 * Labels. Jira accepts any word.
 */
labels: Array<NamedThing>, 
/**
 * People to assign.
 */
people: Array<NamedThing>, 
/**
 * Jira's issue types.
 */
issueTypes: Array<NamedThing>, 
/**
 * Fields that Jira requires and Hookbell doesn't fill in. If there are any, no issue can be made.
 */
demanded: Array<string>, };

/**
 * The service behind it.
 */
export type TrackerKind = "github" | "linear" | "jira";

/**
 * A place to inspect before adding its tracker.
 */
export type TrackerPlaceRequest = { 
/**
 * How to access it.
 */
access: TrackerAccess, 
/**
 * As in [`TrackerPlaces::places`]; for Linear, also the team's key.
 */
place: string, 
/**
 * Jira only: the id of an issue type.
 */
issueType: string | null, };

/**
 * What a token can access.
 */
export type TrackerPlaces = { 
/**
 * The token's owner.
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
 * As in [`Tracker::id`].
 */
id: number, };

/**
 * A tracker's settings.
 */
export type TrackerSettings = { 
/**
 * Feedback about the apps with these ids goes here by default; empty for all apps.
 */
apps: Array<string>, 
/**
 * Names of labels that every issue gets.
 */
labels: Array<string>, 
/**
 * The service's id of the person every issue is assigned to.
 */
assignee: NamedThing | null, 
/**
 * A template for the title, with the names from rules; none for the tester's words or what crashed.
 */
title: string | null, 
/**
 * A Markdown template for the text above the tester's words, if any.
 */
body: string | null, 
/**
 * Whether to include the tester's name and email address.
 */
includeTester: boolean, };

/**
 * The tray icon's five states; of those that apply, the last one wins.
 */
export type TrayState = "idle" | "unread" | "paused" | "offline" | "attention";

/**
 * A lasting condition that somebody should know about.
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
 * What a lasting condition is about.
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
 * The chosen tunnel provider; null means that App Store Connect is asked instead.
 */
provider: string | null, 
/**
 * Its name, or "No tunnel".
 */
name: string, 
/**
 * The values of its fields.
 */
fields: { [key in string]: string }, 
/**
 * Whether it should run.
 */
wanted: boolean, 
/**
 * What it is doing.
 */
tunnel: TunnelState, 
/**
 * The last probe.
 */
proof: TunnelProof | null, 
/**
 * The process that runs it, if it isn't this one.
 */
elsewhere: number | null, 
/**
 * Whether webhooks are repointed automatically when the address changes.
 */
heal: boolean, 
/**
 * Webhooks of ours that use an old address, as far as Hookbell knows without asking App Store Connect.
 */
strays: Array<StaleWebhook>, 
/**
 * What happened, newest first, at most 50.
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
 * Its label in a form.
 */
label: string, 
/**
 * A value as people enter it.
 */
example: string, 
/**
 * What it is for, as a sentence.
 */
hint: string, 
/**
 * Whether it must have a value.
 */
required: boolean, };

/**
 * One output line of the tunnel's program.
 */
export type TunnelLine = { 
/**
 * When, RFC 3339 in UTC.
 */
at: string, 
/**
 * The line, with secrets removed.
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
 * What it is about.
 */
kind: TunnelNewsKind, 
/**
 * What happened, as a sentence without a full stop.
 */
text: string, 
/**
 * How many webhooks or events it is about; 0 if that doesn't apply.
 */
count: number, };

/**
 * What happened to the tunnel and what was fixed.
 */
export type TunnelNewsKind = "up" | "down" | "addressChanged" | "moved" | "notMoved" | "fetched" | "gap";

/**
 * The output of the tunnel's program.
 */
export type TunnelOutput = { 
/**
 * The last 500 lines, oldest first. Empty if another process runs the tunnel.
 */
lines: Array<TunnelLine>, };

/**
 * The last probe of the public address.
 */
export type TunnelProof = { 
/**
 * When, RFC 3339 in UTC.
 */
at: string, 
/**
 * Its outcome.
 */
result: ProofResult, 
/**
 * The milliseconds from sending to the complete response.
 */
milliseconds: number | null, 
/**
 * The result as a sentence.
 */
message: string, };

/**
 * A tunnel provider, with what it needs on this computer.
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
 * What it is, as a sentence.
 */
about: string, 
/**
 * Whether its address stays the same on every start.
 */
keepsAddress: boolean, 
/**
 * The program it needs; null if it needs none.
 */
program: string | null, 
/**
 * Whether it can be used on this computer now.
 */
installed: boolean, 
/**
 * The program's path.
 */
path: string | null, 
/**
 * The program and its version: "cloudflared 2026.10.1".
 */
version: string | null, 
/**
 * How to install the program on this system; empty if there is nothing to install.
 */
install: string, 
/**
 * The fields to fill in.
 */
fields: Array<TunnelField>, 
/**
 * Whether it needs a token.
 */
token: TokenNeed, 
/**
 * What the token is and where to get it; empty if there is none.
 */
tokenHint: string, 
/**
 * Whether its token is in the keychain.
 */
tokenKept: boolean, };

/**
 * What the tunnel is doing.
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
 * What happened, in the tool's own words if there are any.
 */
why: string, 
/**
 * When it went down, RFC 3339 in UTC.
 */
since: string, 
/**
 * When the next attempt starts, RFC 3339 in UTC; none while one is in progress.
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
 * The state and its probe, as the sidebar needs it.
 */
export type TunnelStatus = { 
/**
 * The name of the tunnel provider.
 */
name: string, 
/**
 * What it is doing.
 */
tunnel: TunnelState, 
/**
 * The last probe.
 */
proof: TunnelProof | null, };

/**
 * An event type to filter by.
 */
export type TypeChoice = { 
/**
 * As in subscriptions, such as `BUILD_UPLOAD_STATE_UPDATED`.
 */
type: EventType, 
/**
 * "App version status".
 */
label: string, 
/**
 * Its states in their usual order.
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
 * Changes to a webhook; omitted fields stay as they are.
 */
export type UpdateAppWebhookRequest = { 
/**
 * The account's id; optional if there is only one.
 */
account: string | null, 
/**
 * The webhook's id in App Store Connect.
 */
id: string, 
/**
 * A new name.
 */
name: string | null, 
/**
 * A new payload URL.
 */
url: string | null, 
/**
 * Send to this computer from now on. Requires a new secret if the current one isn't known here.
 */
here: boolean, 
/**
 * The new event types, all of them.
 */
eventTypes: Array<string> | null, 
/**
 * Enable or disable it.
 */
enabled: boolean | null, 
/**
 * Set a new secret; the previous one stays valid here for 24 hours.
 */
newSecret: boolean, 
/**
 * The new secret; generated if omitted.
 */
secret: string | null, };

/**
 * What is known about newer versions. Nobody is asked unless `lookForUpdates` is set.
 */
export type UpdateStatus = { "state": "absent" } | { "state": "unknown" } | { "state": "looking" } | { "state": "newest", 
/**
 * When that was checked, RFC 3339 in UTC.
 */
lookedAt: string, } | { "state": "available", 
/**
 * Without a `v`: "0.2.0".
 */
version: string, 
/**
 * Its release notes.
 */
notes: string | null, } | { "state": "installing", 
/**
 * Without a `v`: "0.2.0".
 */
version: string, } | { "state": "failed", 
/**
 * What failed, and how to fix it.
 */
error: ApiError, };

/**
 * An upload of a build to App Store Connect.
 */
export type Upload = { 
/**
 * Its number, never reused.
 */
id: number, 
/**
 * The app's id.
 */
app: string, 
/**
 * The app's name, if known.
 */
appName: string | null, 
/**
 * The account's id; null for the key of the command line.
 */
account: string | null, 
/**
 * The file's name.
 */
fileName: string, 
/**
 * App Store Connect's constant: `IOS`.
 */
platform: string, 
/**
 * The platform for people: "iOS".
 */
platformLabel: string, 
/**
 * `CFBundleShortVersionString`.
 */
version: string, 
/**
 * The build number.
 */
number: string, 
/**
 * How far it has come.
 */
stage: UploadStage, 
/**
 * Whether a person paused it. Its stage stays the same.
 */
paused: boolean, 
/**
 * Why it isn't progressing, although it isn't paused.
 */
waits: UploadWait | null, 
/**
 * The file's length in bytes.
 */
sizeBytes: number, 
/**
 * The bytes that App Store Connect has confirmed. They are never sent again.
 */
confirmedBytes: number, 
/**
 * Those, plus what was sent of the parts in progress, if this process is sending.
 */
sentBytes: number, 
/**
 * How many parts there are, once App Store Connect has said.
 */
parts: number | null, 
/**
 * How many of them it has confirmed.
 */
confirmedParts: number, 
/**
 * Over the last ten seconds; none while it waits or another process sends.
 */
bytesPerSecond: number | null, 
/**
 * The seconds left at that speed.
 */
secondsLeft: number | null, 
/**
 * Whether a process is working on it now.
 */
active: boolean, 
/**
 * Its id in App Store Connect.
 */
ascId: string | null, 
/**
 * The build it became.
 */
build: string | null, 
/**
 * Why it failed.
 */
failure: UploadFailure | null, 
/**
 * App Store Connect's warnings about an otherwise valid build.
 */
warnings: Array<UploadFinding>, 
/**
 * The plan for the build.
 */
plan: DistributionPlan | null, 
/**
 * That plan's number, as in [`super::Distribution::id`].
 */
distribution: number | null, 
/**
 * Where the news came from that processing ended; none until then.
 */
toldBy: UploadTeller | null, 
/**
 * Its page in App Store Connect.
 */
page: string | null, 
/**
 * When it was made, RFC 3339 in UTC.
 */
startedAt: string, 
/**
 * When App Store Connect had all of it.
 */
committedAt: string | null, 
/**
 * When it was done, failed or was canceled.
 */
endedAt: string | null, };

/**
 * Why an upload failed.
 */
export type UploadFailure = { 
/**
 * What is wrong.
 */
message: string, 
/**
 * What to do about it.
 */
hint: string, 
/**
 * App Store Connect's findings.
 */
problems: Array<UploadFinding>, 
/**
 * The next free build number, if this one is taken.
 */
nextNumber: string | null, 
/**
 * Whether the same file can be tried again.
 */
canRetry: boolean, };

/**
 * One finding of App Store Connect about a build.
 */
export type UploadFinding = { 
/**
 * For machines: `90062`.
 */
code: string | null, 
/**
 * App Store Connect's wording.
 */
said: string, 
/**
 * Our wording, if the code is known.
 */
message: string | null, 
/**
 * What to do about it.
 */
hint: string | null, };

/**
 * Which upload a command is for.
 */
export type UploadRequest = { 
/**
 * As in [`Upload::id`].
 */
id: number, };

/**
 * How builds are uploaded.
 */
export type UploadSettings = { 
/**
 * The limit for all uploads together, 16 to 1,000,000 kB (1,000 bytes) per second; none for no limit.
 */
limitKilobytesPerSecond: number | null, };

/**
 * The stage of an upload.
 */
export type UploadStage = "reserving" | "sending" | "committing" | "processing" | "done" | "failed" | "canceling" | "canceled";

/**
 * An app that a build could be uploaded to.
 */
export type UploadTarget = { 
/**
 * The account's id; null for the key of the command line.
 */
account: string | null, 
/**
 * The account's name.
 */
accountName: string | null, 
/**
 * The app's id.
 */
app: string, 
/**
 * The app's name.
 */
appName: string, };

/**
 * Where the news came from that processing ended.
 */
export type UploadTeller = { 
/**
 * The event's number; null if Hookbell asked.
 */
seq: number | null, };

/**
 * What prevents an upload before it starts.
 */
export type UploadTrouble = { 
/**
 * What is wrong.
 */
message: string, 
/**
 * What to do about it.
 */
hint: string, 
/**
 * The next free number, if the number is the problem.
 */
nextNumber: string | null, };

/**
 * Why an upload isn't progressing.
 */
export type UploadWait = { 
/**
 * What it waits for.
 */
message: string, 
/**
 * What to do about it, or that it continues automatically.
 */
hint: string, 
/**
 * When it is retried, RFC 3339 in UTC.
 */
until: string | null, };

/**
 * Which uploads to list, newest first.
 */
export type UploadsRequest = { 
/**
 * Only those of an app.
 */
app: string | null, 
/**
 * Only unfinished ones.
 */
open: boolean, 
/**
 * At most this many, 1 to 200.
 */
limit: number, };

/**
 * Which saved view a command is for.
 */
export type ViewRequest = { 
/**
 * As in [`SavedView::id`].
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
 * Its name, 1 to 100 characters.
 */
name: string, 
/**
 * Who created it.
 */
origin: Origin, 
/**
 * Its payload URL on this computer, while the listener runs.
 */
payloadUrl: string | null, 
/**
 * When it was added, RFC 3339 in UTC.
 */
createdAt: string, 
/**
 * How many events arrived through it.
 */
events: number, 
/**
 * The newest of them.
 */
last: LastEvent | null, 
/**
 * The requests it rejected.
 */
refused: Refused | null, 
/**
 * While its secret is being rotated: when the old one expires, RFC 3339 in UTC.
 */
previousSecretUntil: string | null, 
/**
 * What currently keeps it from verifying.
 */
trouble: ApiError | null, };

/**
 * The result of the last check of a webhook's log.
 */
export type WebhookCatchUp = { 
/**
 * The webhook's id here.
 */
local: string, 
/**
 * The webhook's name in Hookbell.
 */
name: string, 
/**
 * When its log was last read completely, RFC 3339 in UTC.
 */
readAt: string | null, 
/**
 * How many missed events were found.
 */
fetched: number, 
/**
 * What is lost.
 */
gap: Gap | null, 
/**
 * Why the last check failed, if it did.
 */
trouble: ApiError | null, };

/**
 * The health of webhooks: in total, by day, and by webhook.
 */
export type WebhookHealth = { 
/**
 * Each day, earliest first; the last one is today.
 */
days: Array<HealthDay>, 
/**
 * The sums over all days.
 */
total: HealthCount, 
/**
 * From Apple's timestamp to the arrival, for what was delivered and not fetched.
 */
delay: Delay | null, 
/**
 * How many of those arrived before Apple's timestamp, because one of the clocks is wrong; they count as no
 * delay.
 */
early: number, 
/**
 * Webhooks that delivered anything, failed, or exist now; busiest first.
 */
webhooks: Array<HealthOfWebhook>, };

/**
 * Which webhook a command is for.
 */
export type WebhookRequest = { 
/**
 * As in [`Webhook::id`].
 */
id: string, };

/**
 * A build's What to Test in one locale.
 */
export type WhatToTest = { 
/**
 * App Store Connect's name for it: `en-US`.
 */
locale: string, 
/**
 * At most 4,000 bytes.
 */
text: string, };

/**
 * The events a rule applies to: those that meet every condition that is set.
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
 * New states in App Store Connect's spelling, such as `REJECTED`; empty for any.
 */
states?: Array<string>, 
/**
 * The event's importance; empty for any.
 */
importance?: Array<Importance>, 
/**
 * An expression that must be true; empty for none.
 */
if?: string, 
/**
 * Whether it acts on events that were fetched more than an hour after they happened. Without a word, each action
 * decides: a command is not run, everything else is done.
 */
late?: boolean, };

/**
 * A line without a valid tester.
 */
export type WrongLine = { 
/**
 * Its number, from 1.
 */
line: number, 
/**
 * Its text, shortened.
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
  choicesAtTracker: [TrackerRequest, TrackerChoices];
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
  openFixedIssue: [OpenFixedIssueRequest, null];
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
  buildFile: [BuildFileRequest, BuildFileSummary];
  uploads: [UploadsRequest, Array<Upload>];
  upload: [UploadRequest, Upload];
  startUpload: [StartUploadRequest, Upload];
  pauseUpload: [UploadRequest, Upload];
  resumeUpload: [UploadRequest, Upload];
  cancelUpload: [UploadRequest, Upload];
  forgetUpload: [UploadRequest, Array<Upload>];
  openUploadPage: [UploadRequest, null];
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
