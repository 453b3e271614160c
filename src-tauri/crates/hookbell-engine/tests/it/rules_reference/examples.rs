//! The worked examples of `docs/rules.md`, each with the event that it is tried on.

use hookbell_core::{
    Event, EventType as T,
    fixture::{Change, body, edit},
    rules::Facts,
    words::{Known, describe},
};

/// A rule, and an event that it applies to.
pub struct Example {
    pub title: &'static str,
    pub words: &'static str,
    pub document: &'static str,
    pub event: Facts,
}

/// All facts about a sample event of this type that leads to this state.
fn sample(event_type: T, state: &str) -> Facts {
    let change = Change::parse(&format!("/data/attributes={{\"newState\":\"{state}\"}}")).unwrap();
    let event = Event::read(&edit(body(event_type), &[change]).unwrap());
    let mut facts = Facts::sample();
    let known = Known {
        app: facts.app.name.clone(),
        version: facts.version.string.clone(),
        build: facts.build.number.clone(),
        ..Known::default()
    };
    let words = describe(&event, &known);
    facts.event.event_type = Some(event_type.name().to_owned());
    facts.event.to = Some(state.to_owned()).filter(|state| !state.is_empty());
    facts.event.importance = words.importance.to_string();
    facts.event.title = words.title;
    facts.event.body = words.sentence;
    facts.event.timestamp = Some("2026-11-30T22:41:07Z".to_owned());
    facts.now = "2026-11-30T22:41:09Z".to_owned();
    if state != "FAILED" {
        (facts.build.errors, facts.build.warnings) = (Vec::new(), Vec::new());
    }
    facts
}

pub fn examples() -> Vec<Example> {
    vec![
        Example {
            title: "Crashes of new builds, in your own words",
            words: "Notifies you even in quiet hours, and posts to Slack. Build numbers are text, so `int` comes \
                    before the comparison. The address is the destination “slack”.",
            document: r#"{
  "name": "Crashes of the beta",
  "when": {
    "types": ["BETA_FEEDBACK_CRASH_SUBMISSION_CREATED"],
    "if": "build.number | int > 400"
  },
  "then": [
    {
      "notify": {
        "title": "{{ app.name }} crashed",
        "body": "“{{ feedback.comment | truncate(40) }}” Build {{ build.number }}",
        "breakThroughQuietHours": true
      }
    },
    { "forward": { "as": "slack", "destination": "slack", "text": "{{ feedback.comment }}" } }
  ]
}"#,
            event: sample(T::BetaFeedbackCrashSubmissionCreated, ""),
        },
        Example {
            title: "Rejections break through quiet hours",
            words: "Only this rule has sound and ignores quiet hours. Everything else follows the settings.",
            document: r#"{
  "name": "Rejections",
  "when": { "states": ["REJECTED", "METADATA_REJECTED", "BETA_REJECTED"] },
  "then": [{ "notify": { "sound": true, "breakThroughQuietHours": true } }]
}"#,
            event: sample(T::AppStoreVersionAppVersionStateUpdated, "REJECTED"),
        },
        Example {
            title: "Keep a test app out of the way",
            words: "Silences and archives everything about one app. With `stop`, no later rule sees its events, so put \
                    this rule first.",
            document: r#"{
  "name": "Hush the sandbox app",
  "when": { "apps": ["6479283016"] },
  "then": [{ "silence": {} }, { "archive": {} }],
  "stop": true
}"#,
            event: sample(T::BuildUploadStateUpdated, "PROCESSING"),
        },
        Example {
            title: "Run a script when a build is processed",
            words: "Each entry is one argument. A version with a space in it stays one argument too.",
            document: r#"{
  "name": "Release notes for each build",
  "when": { "types": ["BUILD_UPLOAD_STATE_UPDATED"], "states": ["COMPLETE"] },
  "then": [
    {
      "run": {
        "command": ["/usr/local/bin/make-notes", "--version", "{{ version.string }}", "--build={{ build.number }}"],
        "cwd": "/Users/ana/Backyard Birds",
        "timeoutSeconds": 300
      }
    }
  ]
}"#,
            event: sample(T::BuildUploadStateUpdated, "COMPLETE"),
        },
        Example {
            title: "Remind me to release what was approved",
            words: "Two hours after approval, unless you have read the event.",
            document: r#"{
  "name": "Nudge me to release",
  "when": { "states": ["PENDING_DEVELOPER_RELEASE"] },
  "then": [
    { "remind": { "afterMinutes": 120, "title": "Release {{ app.name }} {{ version.string }}" } }
  ]
}"#,
            event: sample(T::AppStoreVersionAppVersionStateUpdated, "PENDING_DEVELOPER_RELEASE"),
        },
        Example {
            title: "Feedback with a comment to Discord",
            words: "`if` is true if there is a comment. `or` gives a word for a tester without a name. `screenshots` adds \
                    the tester’s screenshots.",
            document: r#"{
  "name": "Comments to Discord",
  "when": {
    "types": ["BETA_FEEDBACK_SCREENSHOT_SUBMISSION_CREATED", "BETA_FEEDBACK_CRASH_SUBMISSION_CREATED"],
    "if": "feedback.comment"
  },
  "then": [
    {
      "forward": {
        "as": "discord",
        "destination": "discord",
        "text": "{{ feedback.comment }}\n— {{ feedback.tester or 'A tester' }}, build {{ build.number }}",
        "screenshots": true
      }
    }
  ]
}"#,
            event: sample(T::BetaFeedbackScreenshotSubmissionCreated, ""),
        },
        Example {
            title: "Forward to a server in your own network",
            words: "The body goes out byte for byte with App Store Connect’s signature, so your server can verify it \
                    with the webhook’s secret. A private address needs `allowPrivateNetwork`.",
            document: r#"{
  "name": "Forward to CI",
  "when": { "types": ["BUILD_UPLOAD_STATE_UPDATED"], "late": false },
  "then": [
    { "forward": { "as": "raw", "url": "https://192.168.1.20:8443/asc", "allowPrivateNetwork": true } }
  ]
}"#,
            event: sample(T::BuildUploadStateUpdated, "COMPLETE"),
        },
        Example {
            title: "Problems at night to my phone",
            words: "`[11:13]` takes the hour out of a time. Times are in UTC.",
            document: r#"{
  "name": "Problems at night",
  "when": {
    "importance": ["bad", "needsYou"],
    "if": "now[11:13] | int >= 21 or now[11:13] | int < 6"
  },
  "then": [{ "forward": { "as": "ntfy", "destination": "phone" } }]
}"#,
            event: sample(T::AppStoreVersionAppVersionStateUpdated, "METADATA_REJECTED"),
        },
        Example {
            title: "A body of your own for any service",
            words: "`tojson` quotes a text as JSON, whatever a tester wrote. Headers can have values from the event; \
                    keep tokens out of them and use a destination whose address is the secret.",
            document: r#"{
  "name": "Tickets for crashes",
  "when": { "types": ["BETA_FEEDBACK_CRASH_SUBMISSION_CREATED"] },
  "then": [
    {
      "forward": {
        "as": "template",
        "destination": "tickets",
        "headers": { "X-Build": "{{ build.number }}" },
        "text": "{\"summary\": {{ event.title | tojson }}, \"comment\": {{ feedback.comment | tojson }}}"
      }
    }
  ]
}"#,
            event: sample(T::BetaFeedbackCrashSubmissionCreated, ""),
        },
        Example {
            title: "Failed uploads to Microsoft Teams, with every error",
            words: "`build.errors` is a list. `join` puts each error on a line of its own.",
            document: r#"{
  "name": "Failed uploads to the team",
  "when": { "types": ["BUILD_UPLOAD_STATE_UPDATED"], "states": ["FAILED"] },
  "then": [
    {
      "forward": {
        "as": "teams",
        "destination": "teams",
        "text": "Build {{ build.number }} failed:\n{{ build.errors | join('\n') }}"
      }
    }
  ]
}"#,
            event: sample(T::BuildUploadStateUpdated, "FAILED"),
        },
        Example {
            title: "An issue for each crash of new builds",
            words: "Files the crash once, with its log, at the only GitHub repository among your trackers. Crashes of \
                    older builds stay out of it.",
            document: r#"{
  "name": "File crashes of the beta",
  "when": {
    "types": ["BETA_FEEDBACK_CRASH_SUBMISSION_CREATED"],
    "if": "build.number | int > 400"
  },
  "then": [
    { "issue": { "tracker": "github", "title": "Crash in {{ version.string }} ({{ build.number }})", "labels": ["crash"] } }
  ]
}"#,
            event: sample(T::BetaFeedbackCrashSubmissionCreated, ""),
        },
    ]
}
