// The ready-made rules, as the engine offers them.
import type { Rule, RuleChoices } from "../../../ui/src/lib/bindings/api.ts";

const CRASH = "BETA_FEEDBACK_CRASH_SUBMISSION_CREATED";
const UPLOAD = "BUILD_UPLOAD_STATE_UPDATED";
const VERSION = "APP_STORE_VERSION_APP_VERSION_STATE_UPDATED";
const private_ = { allowPrivateNetwork: false };

function made(id: string, title: string, summary: string, when: Rule["when"], then: Rule["then"]) {
  return { id, title, summary, rule: { name: title, enabled: true, when, then, stop: false } };
}

export const readyMade = (): RuleChoices["readyMade"] => [
  made(
    "crashes-to-slack",
    "Crashes to Slack",
    "Posts every crash from TestFlight to a Slack channel. Save the channel’s incoming webhook as the destination “slack”.",
    { types: [CRASH] },
    [{ forward: { as: "slack", destination: "slack", text: "{{ event.title }}", ...private_ } }],
  ),
  made(
    "rejections-break-through",
    "Rejections break through quiet hours",
    "Notifies you with a sound when App Review rejects a version, even in quiet hours.",
    { types: [VERSION], states: ["REJECTED"] },
    [{ notify: { sound: true, breakThroughQuietHours: true } }],
  ),
  made(
    "remind-to-release",
    "Remind me to release",
    "Reminds you a day after approval that a version waits for your release, unless you have read the event by then.",
    { types: [VERSION], states: ["PENDING_DEVELOPER_RELEASE"] },
    [{ remind: { afterMinutes: 1440, title: "{{ app.name }} is approved" } }],
  ),
  made(
    "run-script-for-builds",
    "Run a script for each build",
    "Runs your script when App Store Connect has processed an upload. Enter its path before you enable the rule.",
    { types: [UPLOAD] },
    [{ run: { command: ["/usr/local/bin/build-ready", "{{ build.number }}"], timeoutSeconds: 600 } }],
  ),
  made(
    "comments-to-discord",
    "Comments to Discord",
    "Posts feedback that has a comment to a Discord channel. Save the channel’s webhook as the destination “discord”.",
    { types: [CRASH], if: "feedback.comment" },
    [{ forward: { as: "discord", destination: "discord", text: "{{ feedback.comment }}", ...private_ } }],
  ),
  made(
    "problems-to-phone",
    "Problems to my phone",
    "Sends problems, and what needs your attention, to the ntfy app on your phone.",
    { importance: ["bad", "needsYou"], late: false },
    [{ forward: { as: "ntfy", destination: "phone", ...private_ } }],
  ),
  made(
    "forward-to-ci",
    "Forward builds to CI",
    "Sends each upload event to your own server exactly as App Store Connect sent it, with its signature.",
    { types: [UPLOAD] },
    [{ forward: { as: "raw", destination: "ci", ...private_ } }],
  ),
  made(
    "hush-processing",
    "Hush processing",
    "Shows no notification for the steps between upload and testing. They stay in the inbox.",
    { types: [UPLOAD], importance: ["info"] },
    [{ silence: {} }],
  ),
  made(
    "archive-finished-uploads",
    "Archive finished uploads",
    "Takes uploads that were processed out of the inbox.",
    { types: [UPLOAD], importance: ["good"] },
    [{ archive: {} }],
  ),
  made(
    "remind-of-feedback",
    "Don’t leave feedback unread",
    "Reminds you of feedback that you haven’t read after four hours.",
    { types: [CRASH] },
    [{ remind: { afterMinutes: 240 } }],
  ),
  made(
    "file-crashes-in-github",
    "File each crash in GitHub",
    "Makes an issue of every crash from TestFlight, with its log, in your GitHub repository. Add the repository as a tracker before you enable the rule.",
    { types: [CRASH] },
    [{ issue: { tracker: "github" } }],
  ),
];
