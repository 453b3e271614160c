//! The ready-made rules: each is a valid document, applies to the events it is meant for, and describes them.

use std::collections::BTreeSet;

use hookbell_core::{
    EventType,
    rules::{Action, Facts, Forward, ReadyMade, Rule, check, decide, ready_made, render},
    words::{Known, describe},
};

use crate::read::event_of;

const CRASH: EventType = EventType::BetaFeedbackCrashSubmissionCreated;
const SCREENSHOT: EventType = EventType::BetaFeedbackScreenshotSubmissionCreated;
const UPLOAD: EventType = EventType::BuildUploadStateUpdated;
const VERSION: EventType = EventType::AppStoreVersionAppVersionStateUpdated;

/// The rule of this name, enabled.
fn named(id: &str) -> Rule {
    let all = ready_made();
    let ReadyMade { rule, .. } = all.into_iter().find(|one| one.id == id).unwrap();
    Rule { enabled: true, ..rule }
}

/// The sample event of a type in a state, with everything that App Store Connect says about it.
fn facts(event_type: EventType, state: &str) -> Facts {
    let state = format!("/data/attributes={{\"newState\":\"{state}\"}}");
    let event = event_of(event_type, &[&state]);
    let words = describe(&event, &Known::default());
    let mut facts = Facts::sample();
    facts.event.event_type = Some(event_type.name().to_owned());
    facts.event.to = event.to;
    facts.event.importance = words.importance.to_string();
    facts.event.title = words.title;
    facts.event.body = words.sentence;
    facts
}

fn applies(id: &str, facts: &Facts) -> bool {
    decide(&[check(named(id)).unwrap()], facts)[0].is_ok()
}

/// What the first template of the first action renders to.
fn says(id: &str, facts: &Facts) -> String {
    let rule = named(id);
    let templates = rule.then[0].templates();
    render(templates.first().unwrap().1, facts).unwrap()
}

#[test]
fn there_are_eleven_each_with_an_id_a_title_and_a_summary_of_its_own() {
    let all = ready_made();
    assert_eq!(all.len(), 11);
    let ids: BTreeSet<_> = all.iter().map(|one| one.id).collect();
    assert_eq!(ids.len(), 11);
    for ReadyMade { id, title, summary, rule } in &all {
        assert!(id.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{id}");
        assert!(title.chars().count() <= 40 && summary.chars().count() <= 200, "{id}");
        assert!(summary.ends_with('.') && !summary.contains("  "), "{id}: {summary}");
        assert_eq!(rule.name, *title);
    }
}

#[test]
fn each_is_accepted_as_it_is_and_renders_with_much_known_and_with_little() {
    for ReadyMade { id, rule, .. } in ready_made() {
        let rule = check(rule).unwrap_or_else(|error| panic!("{id}: {error}"));
        for facts in [Facts::sample(), Facts::default()] {
            for (field, template) in rule.rule().then.iter().flat_map(Action::templates) {
                render(template, &facts).unwrap_or_else(|error| panic!("{id}: {field}: {error}"));
            }
        }
    }
}

#[test]
fn each_is_for_the_events_that_it_is_meant_for_and_no_other() {
    let crash = facts(CRASH, "");
    let silent = Facts { feedback: Facts::default().feedback, ..crash.clone() };
    let (processing, complete, failed) =
        (facts(UPLOAD, "PROCESSING"), facts(UPLOAD, "COMPLETE"), facts(UPLOAD, "FAILED"));
    let (approved, rejected) = (facts(VERSION, "PENDING_DEVELOPER_RELEASE"), facts(VERSION, "REJECTED"));
    for (id, yes, no) in [
        ("crashes-to-slack", [&crash, &silent], [&facts(SCREENSHOT, ""), &failed]),
        ("rejections-break-through", [&rejected, &failed], [&complete, &crash]),
        ("remind-to-release", [&approved, &approved], [&rejected, &facts(VERSION, "IN_REVIEW")]),
        ("run-script-for-builds", [&complete, &complete], [&processing, &failed]),
        ("comments-to-discord", [&crash, &facts(SCREENSHOT, "")], [&silent, &complete]),
        ("problems-to-phone", [&failed, &approved], [&processing, &complete]),
        ("forward-to-ci", [&complete, &processing], [&crash, &approved]),
        ("hush-processing", [&processing, &facts(UPLOAD, "AWAITING_UPLOAD")], [&complete, &failed]),
        ("archive-finished-uploads", [&complete, &complete], [&processing, &failed]),
        ("remind-of-feedback", [&crash, &facts(SCREENSHOT, "")], [&complete, &approved]),
        ("file-crashes-in-github", [&crash, &silent], [&facts(SCREENSHOT, ""), &failed]),
    ] {
        assert!(yes.into_iter().all(|facts| applies(id, facts)), "{id} leaves out what it is for");
        assert!(no.into_iter().all(|facts| !applies(id, facts)), "{id} takes what it is not for");
    }
}

#[test]
fn what_they_say_names_the_app_the_version_and_the_testers_words() {
    let crash = facts(CRASH, "");
    let words = "Opened my life list right after deleting a bird.";
    assert_eq!(says("crashes-to-slack", &crash), format!("{words}\nBackyard Birds 3.3 (418), iPhone 17 Pro"));
    assert_eq!(says("comments-to-discord", &crash), format!("{words}\n— Ana Silva, Backyard Birds 3.3 (418)"));
    assert_eq!(says("remind-of-feedback", &crash), "Unread feedback for Backyard Birds");
    let approved = facts(VERSION, "PENDING_DEVELOPER_RELEASE");
    assert_eq!(says("remind-to-release", &approved), "Backyard Birds 3.3 is approved");
}

#[test]
fn one_that_needs_a_command_or_a_tracker_is_off_and_one_that_sends_keeps_its_address_in_the_keychain() {
    for ReadyMade { id, rule, .. } in ready_made() {
        for action in &rule.then {
            match action {
                Action::Run(_) => assert!(!rule.enabled, "{id} would run a path that is a placeholder"),
                Action::Issue(_) => assert!(!rule.enabled, "{id} would file before somebody wants it"),
                Action::Forward(Forward { url, destination, .. }) => {
                    assert!(url.is_none() && destination.is_some(), "{id} has somebody's address in it");
                }
                _ => assert!(rule.enabled, "{id}"),
            }
        }
    }
}
