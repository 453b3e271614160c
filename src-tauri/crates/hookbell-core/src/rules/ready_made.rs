//! Ready-made rules for the most common wishes, as shown in the window's gallery, `hookbell rules ready-made` and
//! `docs/rules.md`.
//!
//! A rule that sends something names a destination, because the address is secret and personal. A rule that runs a
//! command is disabled, because its path is a placeholder; so is one that files issues, because it needs a tracker.

use super::{Action, Archive, FileIssue, Forward, ForwardFormat, Notify, Remind, Rule, RunCommand, Silence, When};
use crate::{TrackerKind, words::Importance};

const CRASH: &str = "BETA_FEEDBACK_CRASH_SUBMISSION_CREATED";
const SCREENSHOT: &str = "BETA_FEEDBACK_SCREENSHOT_SUBMISSION_CREATED";
const UPLOAD: &str = "BUILD_UPLOAD_STATE_UPDATED";
const BETA_BUILD: &str = "BUILD_BETA_DETAIL_EXTERNAL_BUILD_STATE_UPDATED";
const VERSION: &str = "APP_STORE_VERSION_APP_VERSION_STATE_UPDATED";

const DAY_MINUTES: u32 = 24 * 60;

/// The time limit for a script that handles a build.
const SCRIPT_TIMEOUT_SECONDS: u32 = 10 * 60;

/// A rule to start from.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadyMade {
    /// Its name in commands: lowercase words with hyphens.
    pub id: &'static str,
    /// What it does, in a few words.
    pub title: &'static str,
    /// What it does, and what to change before using it, in one or two sentences.
    pub summary: &'static str,
    /// The document.
    pub rule: Rule,
}

/// Every ready-made rule, in display order.
#[must_use]
pub fn ready_made() -> Vec<ReadyMade> {
    vec![
        crashes_to_slack(),
        rejections_break_through(),
        remind_to_release(),
        run_script_for_builds(),
        comments_to_discord(),
        problems_to_phone(),
        forward_to_ci(),
        hush_processing(),
        archive_finished_uploads(),
        remind_of_feedback(),
        file_crashes(),
    ]
}

fn crashes_to_slack() -> ReadyMade {
    let text = "{{ feedback.comment or event.body }}\n\
                {{ app.name }} {{ version.string }} ({{ build.number }}), {{ feedback.device }}";
    ReadyMade {
        id: "crashes-to-slack",
        title: "Crashes to Slack",
        summary: "Posts every crash from TestFlight to a Slack channel. Save the channel’s incoming webhook as the \
                  destination “slack”.",
        rule: rule("Crashes to Slack", of_types(&[CRASH]), vec![send(ForwardFormat::Slack, "slack", Some(text))]),
    }
}

fn rejections_break_through() -> ReadyMade {
    let notify = Notify { sound: Some(true), break_through_quiet_hours: true, ..Notify::default() };
    let when = When {
        types: texts(&[VERSION, BETA_BUILD, UPLOAD]),
        states: texts(&["REJECTED", "METADATA_REJECTED", "INVALID_BINARY", "BETA_REJECTED", "FAILED"]),
        ..When::default()
    };
    ReadyMade {
        id: "rejections-break-through",
        title: "Rejections break through quiet hours",
        summary: "Notifies you with a sound when App Review rejects a version or an upload fails, even in quiet hours \
                  or while notifications are paused.",
        rule: rule("Rejections break through quiet hours", when, vec![Action::Notify(notify)]),
    }
}

fn remind_to_release() -> ReadyMade {
    let remind = Remind {
        after_minutes: DAY_MINUTES,
        title: Some("{{ app.name }} {{ version.string }} is approved".to_owned()),
        body: Some("App Review approved it a day ago. Release it in App Store Connect.".to_owned()),
    };
    let when = When { types: texts(&[VERSION]), states: texts(&["PENDING_DEVELOPER_RELEASE"]), ..When::default() };
    ReadyMade {
        id: "remind-to-release",
        title: "Remind me to release",
        summary: "Reminds you a day after approval that a version waits for your release, unless you have read the \
                  event by then.",
        rule: rule("Remind me to release", when, vec![Action::Remind(remind)]),
    }
}

fn run_script_for_builds() -> ReadyMade {
    let run = RunCommand {
        command: texts(&["/usr/local/bin/build-ready", "{{ app.id }}", "{{ version.string }}", "{{ build.number }}"]),
        cwd: None,
        timeout_seconds: SCRIPT_TIMEOUT_SECONDS,
    };
    let when = When { types: texts(&[UPLOAD]), states: texts(&["COMPLETE"]), ..When::default() };
    let rule = rule("Run a script for each build", when, vec![Action::Run(run)]);
    ReadyMade {
        id: "run-script-for-builds",
        title: "Run a script for each build",
        summary: "Runs your script when App Store Connect has processed an upload. The script gets the app ID, version \
                  and build number as arguments. Enter its path before you enable the rule.",
        rule: Rule { enabled: false, ..rule },
    }
}

fn comments_to_discord() -> ReadyMade {
    let text = "{{ feedback.comment }}\n— {{ feedback.tester or 'A tester' }}, {{ app.name }} {{ version.string }} \
                ({{ build.number }})";
    let when = When { condition: "feedback.comment".to_owned(), ..of_types(&[SCREENSHOT, CRASH]) };
    ReadyMade {
        id: "comments-to-discord",
        title: "Comments to Discord",
        summary: "Posts feedback that has a comment to a Discord channel. Save the channel’s webhook as the \
                  destination “discord”.",
        rule: rule("Comments to Discord", when, vec![send(ForwardFormat::Discord, "discord", Some(text))]),
    }
}

fn problems_to_phone() -> ReadyMade {
    let when = When { importance: vec![Importance::Bad, Importance::NeedsYou], late: Some(false), ..When::default() };
    ReadyMade {
        id: "problems-to-phone",
        title: "Problems to my phone",
        summary: "Sends problems, and what needs your attention, to the ntfy app on your phone. Save your topic’s \
                  address as the destination “phone”.",
        rule: rule("Problems to my phone", when, vec![send(ForwardFormat::Ntfy, "phone", None)]),
    }
}

fn forward_to_ci() -> ReadyMade {
    ReadyMade {
        id: "forward-to-ci",
        title: "Forward builds to CI",
        summary: "Sends each upload event to your own server exactly as App Store Connect sent it, with its signature. \
                  Save the server’s address as the destination “ci”.",
        rule: rule("Forward builds to CI", of_types(&[UPLOAD]), vec![send(ForwardFormat::Raw, "ci", None)]),
    }
}

fn hush_processing() -> ReadyMade {
    let when = When { importance: vec![Importance::Info], ..of_types(&[UPLOAD, BETA_BUILD]) };
    ReadyMade {
        id: "hush-processing",
        title: "Hush processing",
        summary: "Shows no notification for the steps between upload and testing. They stay in the inbox.",
        rule: rule("Hush processing", when, vec![Action::Silence(Silence {})]),
    }
}

fn archive_finished_uploads() -> ReadyMade {
    let when = When { types: texts(&[UPLOAD]), importance: vec![Importance::Good], ..When::default() };
    ReadyMade {
        id: "archive-finished-uploads",
        title: "Archive finished uploads",
        summary: "Takes uploads that succeeded out of the inbox. You still get the notification.",
        rule: rule("Archive finished uploads", when, vec![Action::Archive(Archive {})]),
    }
}

fn remind_of_feedback() -> ReadyMade {
    let remind = Remind {
        after_minutes: 2 * DAY_MINUTES,
        title: Some("Unread feedback for {{ app.name or 'your app' }}".to_owned()),
        body: Some("{{ event.body }}".to_owned()),
    };
    ReadyMade {
        id: "remind-of-feedback",
        title: "Remind me of unread feedback",
        summary: "Reminds you of feedback that nobody has read for two days.",
        rule: rule("Remind me of unread feedback", of_types(&[SCREENSHOT, CRASH]), vec![Action::Remind(remind)]),
    }
}

fn file_crashes() -> ReadyMade {
    let issue = FileIssue { tracker: TrackerKind::GitHub.to_string(), title: None, labels: Vec::new() };
    let rule = rule("File each crash in GitHub", of_types(&[CRASH]), vec![Action::Issue(issue)]);
    ReadyMade {
        id: "file-crashes-in-github",
        title: "File each crash in GitHub",
        summary: "Makes an issue of every crash from TestFlight, with its log, in your GitHub repository. Add the \
                  repository as a tracker before you enable the rule.",
        rule: Rule { enabled: false, ..rule },
    }
}

fn rule(name: &str, when: When, then: Vec<Action>) -> Rule {
    Rule { name: name.to_owned(), enabled: true, when, then, stop: false }
}

fn of_types(types: &[&str]) -> When {
    When { types: texts(types), ..When::default() }
}

fn send(format: ForwardFormat, destination: &str, text: Option<&str>) -> Action {
    Action::Forward(Forward {
        format,
        url: None,
        destination: Some(destination.to_owned()),
        text: text.map(str::to_owned),
        headers: [].into(),
        screenshots: false,
        allow_private_network: false,
    })
}

fn texts(all: &[&str]) -> Vec<String> {
    all.iter().map(|one| (*one).to_owned()).collect()
}
