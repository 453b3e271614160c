//! The words: complete, readable, within their length limits, and the same as in the catalogue next to this file.

use std::collections::BTreeMap;

use expect_test::{expect, expect_file};
use hookbell_core::{
    Event, EventType, fixture,
    words::{
        Description, Importance, Known, SENTENCE_MAX, TITLE_MAX, describe, headline, one_line_headline, platform_name,
        state_name, states,
    },
};

use crate::read::event_of;

fn known() -> Known {
    let some = |text: &str| Some(text.to_owned());
    Known {
        app: some("Backyard Birds"),
        version: some("3.2"),
        build: some("42"),
        platform: some("IOS"),
        tester: some("Mira Okafor"),
        comment: some("Save button is hidden behind the keyboard"),
        device: some("iPhone 15 Pro"),
        problem: some("Missing purpose string in Info.plist"),
        asset_pack: some("songs-spring-2027"),
        webhook: some("Studio Mac"),
    }
}

/// Names of the maximum length that App Store Connect allows.
fn long() -> Known {
    let some = |text: String| Some(text);
    Known {
        app: some("Tidewater Charts for Old Boats".to_owned()),
        version: some("2026.11.3".to_owned()),
        build: some("20261120.4".to_owned()),
        platform: some("VISION_OS".to_owned()),
        tester: some("Aleksandra Konstantinopolskaya".to_owned()),
        comment: some("It is slow. ".repeat(500)),
        device: some("iPhone SE (3rd generation)".to_owned()),
        problem: some("ITMS-90683: Missing purpose string in Info.plist. ".repeat(20)),
        asset_pack: some("songs-of-the-northern-spring".to_owned()),
        webhook: some("Aleksandra’s MacBook Pro".to_owned()),
    }
}

/// Every distinguishable event: each type in each of its states, and without a state.
fn every_event() -> Vec<(EventType, String, Event)> {
    let mut events = Vec::new();
    for event_type in EventType::all() {
        let with = |change: &str| event_of(event_type, &[change]);
        if states(event_type).next().is_some() {
            let state = |state: &str| with(&format!("/data/attributes={{\"newState\":\"{state}\"}}"));
            events.extend(states(event_type).map(|name| (event_type, name.to_owned(), state(name))));
            events.push((event_type, "(none)".to_owned(), with("/data/attributes={}")));
            events.push((event_type, "IN_SOME_NEW_STATE".to_owned(), state("IN_SOME_NEW_STATE")));
        } else if fixture::body(event_type).windows(9).any(|bytes| bytes == b"available") {
            for value in ["true", "false", "null"] {
                let event = with(&format!("/data/attributes/available={value}"));
                events.push((event_type, format!("available: {value}"), event));
            }
        } else {
            events.push((event_type, "(none)".to_owned(), event_of(event_type, &[])));
        }
    }
    events
}

#[test]
fn the_catalogue_says_what_we_want_to_say() {
    let mut table = String::new();
    let mut last = None;
    for (event_type, state, event) in every_event() {
        if last.replace(event_type) != Some(event_type) {
            table += &format!("\n{}\n", event_type.name());
        }
        table += &format!("  {state}");
        if event.to.is_some() {
            table += &format!(" = {}", state_name(Some(event_type), &state));
        }
        for known in [Known::default(), known()] {
            let words = describe(&event, &known);
            table += &format!("\n    {:8} {} | {}", words.importance, words.title, words.sentence);
        }
        table.push('\n');
    }
    expect_file!["catalogue.txt"].assert_eq(&table);
}

fn check_text(text: &str, max: usize, whole: &str) {
    assert!(!text.is_empty(), "{whole}");
    assert!(text.chars().count() <= max, "{} characters: {whole}", text.chars().count());
    assert!(text.trim() == text && !text.contains("  "), "{whole}");
    assert!(!text.contains(['_', '!', '{', '}', '\n']) && !text.chars().any(char::is_control), "{whole}");
    assert!(text.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || c == '“'), "{whole}");
}

#[test]
fn every_text_is_one_readable_line_within_its_length() {
    for (_, _, event) in every_event() {
        for known in [Known::default(), known(), long()] {
            let words = describe(&event, &known);
            let whole = format!("{words:?}");
            check_text(&words.title, TITLE_MAX, &whole);
            check_text(&words.sentence, SENTENCE_MAX, &whole);
            check_text(&words.headline(&known), TITLE_MAX, &whole);
            assert!(!words.title.ends_with(['.', ',', ':', ' ']), "{whole}");
            assert!(words.sentence.ends_with(['.', '”']), "{whole}");
            // Apple's constants are in capitals; people write no capitalised words of more than four letters.
            let capitals = words.title.split(|c: char| !c.is_uppercase()).map(str::len).max();
            assert!(capitals <= Some(4), "{whole}");
        }
    }
}

#[test]
fn names_of_the_usual_length_are_never_cut() {
    for (event_type, state, event) in every_event() {
        let words = describe(&event, &Known { comment: None, problem: None, ..long() });
        assert!(!words.sentence.contains('…'), "{event_type:?} {state}: {}", words.sentence);
        let words = describe(&event, &known());
        assert!(!words.sentence.contains('…'), "{event_type:?} {state}: {}", words.sentence);
    }
}

#[test]
fn two_states_share_a_title_only_if_they_are_two_spellings_of_one() {
    let same = [
        ["PROCESSING_FOR_DISTRIBUTION", "PROCESSING_FOR_APP_STORE"],
        ["READY_FOR_DISTRIBUTION", "READY_FOR_SALE"],
        ["WAITING_FOR_BETA_REVIEW", "WAITING_FOR_REVIEW"],
        ["IN_BETA_REVIEW", "IN_REVIEW"],
        ["BETA_REJECTED", "REJECTED"],
        ["BETA_APPROVED", "APPROVED"],
        // A release is created in the ready state, so an event without a state means this one.
        ["READY_FOR_TESTING", "(none)"],
    ];
    let mut titles: BTreeMap<String, (EventType, String)> = BTreeMap::new();
    for (event_type, state, event) in every_event().into_iter().filter(|(_, state, _)| state != "IN_SOME_NEW_STATE") {
        let title = describe(&event, &Known::default()).title;
        let Some((other_type, other)) = titles.insert(title.clone(), (event_type, state.clone())) else { continue };
        let spellings = same.contains(&[other.as_str(), state.as_str()]);
        assert!(spellings && event_type == other_type, "{title}: {other_type:?} {other}, {event_type:?} {state}");
    }
}

#[test]
fn every_documented_state_has_words_of_its_own() {
    use EventType as T;

    // The enums of App Store Connect API 4.4.1 that can occur in an event.
    let check = |event_type, documented: &[&str]| {
        for state in documented {
            assert!(states(event_type).any(|known| known == *state), "{event_type:?} {state}");
        }
    };
    let version = T::AppStoreVersionAppVersionStateUpdated;
    check(version, &["ACCEPTED", "DEVELOPER_REJECTED", "IN_REVIEW", "INVALID_BINARY", "METADATA_REJECTED"]);
    check(version, &["PENDING_APPLE_RELEASE", "PENDING_DEVELOPER_RELEASE", "PREPARE_FOR_SUBMISSION"]);
    check(version, &["PROCESSING_FOR_DISTRIBUTION", "READY_FOR_DISTRIBUTION", "READY_FOR_REVIEW", "REJECTED"]);
    check(version, &["REPLACED_WITH_NEW_VERSION", "WAITING_FOR_EXPORT_COMPLIANCE", "WAITING_FOR_REVIEW"]);
    check(version, &["DEVELOPER_REMOVED_FROM_SALE", "PENDING_CONTRACT", "PREORDER_READY_FOR_SALE"]);
    check(version, &["PROCESSING_FOR_APP_STORE", "READY_FOR_SALE", "REMOVED_FROM_SALE", "NOT_APPLICABLE"]);
    let build = T::BuildBetaDetailExternalBuildStateUpdated;
    check(build, &["PROCESSING", "PROCESSING_EXCEPTION", "MISSING_EXPORT_COMPLIANCE", "READY_FOR_BETA_TESTING"]);
    check(build, &["IN_BETA_TESTING", "EXPIRED", "READY_FOR_BETA_SUBMISSION", "IN_EXPORT_COMPLIANCE_REVIEW"]);
    check(build, &["WAITING_FOR_BETA_REVIEW", "IN_BETA_REVIEW", "BETA_REJECTED", "BETA_APPROVED", "NOT_APPLICABLE"]);
    check(build, &["WAITING_FOR_REVIEW", "IN_REVIEW", "REJECTED", "APPROVED"]);
    check(T::BuildUploadStateUpdated, &["AWAITING_UPLOAD", "PROCESSING", "FAILED", "COMPLETE"]);
    check(T::BackgroundAssetVersionStateUpdated, &["AWAITING_UPLOAD", "PROCESSING", "FAILED", "COMPLETE"]);
    let external = T::BackgroundAssetVersionExternalBetaReleaseStateUpdated;
    check(external, &["READY_FOR_BETA_SUBMISSION", "WAITING_FOR_REVIEW", "IN_REVIEW", "REJECTED"]);
    check(external, &["PROCESSING_FOR_TESTING", "READY_FOR_TESTING", "SUPERSEDED"]);
    let store = T::BackgroundAssetVersionAppStoreReleaseStateUpdated;
    check(store, &["PREPARE_FOR_SUBMISSION", "READY_FOR_REVIEW", "WAITING_FOR_REVIEW", "IN_REVIEW", "ACCEPTED"]);
    check(store, &["REJECTED", "PROCESSING_FOR_DISTRIBUTION", "READY_FOR_DISTRIBUTION", "SUPERSEDED"]);
    check(T::BackgroundAssetVersionInternalBetaReleaseCreated, &["READY_FOR_TESTING", "SUPERSEDED"]);
    check(T::AlternativeDistributionPackageVersionCreated, &["COMPLETED", "REPLACED"]);
}

#[test]
fn a_build_is_named_when_it_is_known() {
    let rejected = event_of(
        EventType::BuildBetaDetailExternalBuildStateUpdated,
        &["/data/attributes/newExternalBuildState=BETA_REJECTED"],
    );
    let title = |known| describe(&rejected, &known).title;
    assert_eq!(title(Known { build: Some("42".to_owned()), ..Known::default() }), "Rejected: build 42 needs changes");
    assert_eq!(title(Known::default()), "Rejected: the build needs changes");
    assert_eq!(title(Known { build: Some(" \n".to_owned()), ..Known::default() }), "Rejected: the build needs changes");
}

#[test]
fn a_name_never_changes_its_first_letter() {
    let event = event_of(EventType::AppStoreVersionAppVersionStateUpdated, &["/data/attributes/newValue=ACCEPTED"]);
    let known = Known { app: Some("iNaturalist".to_owned()), ..Known::default() };
    assert!(describe(&event, &known).sentence.starts_with("iNaturalist was accepted"));
}

#[test]
fn a_headline_names_the_app_where_both_fit() {
    let headline = |title: &str, app: &str| {
        let words = Description { title: title.to_owned(), sentence: String::new(), importance: Importance::Info };
        words.headline(&Known { app: Some(app.to_owned()), ..Known::default() })
    };
    assert_eq!(headline("Screenshot feedback", "Backyard Birds"), "Screenshot feedback · Backyard Birds");
    assert_eq!(headline("In review", "Fieldnotes: Offline Maps & Tracks"), "In review · Fieldnotes: Offline Maps…");
    assert_eq!(headline("Rejected: build 42 needs changes", "Backyard Birds"), "Rejected: build 42 needs changes");
    assert_eq!(headline("Rejected: build 42 needs changes", "Kiosk"), "Rejected: build 42 needs changes · Kiosk");
    assert_eq!(headline("Ping", ""), "Ping");
}

#[test]
fn feedback_is_told_with_whatever_is_known() {
    let tell = |changes: fn(&mut Known)| {
        let mut known = Known::default();
        changes(&mut known);
        [EventType::BetaFeedbackScreenshotSubmissionCreated, EventType::BetaFeedbackCrashSubmissionCreated]
            .map(|event_type| describe(&event_of(event_type, &[]), &known))
            .map(|words| format!("{} | {}\n", words.title, words.sentence))
            .concat()
    };
    let told = [
        tell(|known| known.tester = Some("Mira Okafor".to_owned())),
        tell(|known| known.device = Some("iPhone 17".to_owned())),
        tell(|known| known.comment = Some("Love the\nnew colours.".to_owned())),
        tell(|known| (known.version, known.build) = (Some("3.3".to_owned()), Some("418".to_owned()))),
        tell(|known| (known.app, known.comment) = (Some("Kiosk".to_owned()), Some("Nice".to_owned()))),
        tell(|known| *known = long()),
    ];
    expect![[r#"
        Screenshot feedback from Mira Okafor | A tester sent a screenshot of the build.
        Crash feedback | The build crashed. Open it to see the crashed thread.
        Screenshot feedback | A tester sent a screenshot of the build on iPhone 17.
        Crash on iPhone 17 | The build crashed. Open it to see the crashed thread.
        Screenshot feedback | “Love the new colours.”
        Crash feedback | “Love the new colours.”
        Screenshot feedback | A tester sent a screenshot of version 3.3 (418).
        Crash in 3.3 | Version 3.3 (418) crashed. Open it to see the crashed thread.
        Screenshot feedback | “Nice” Kiosk.
        Crash feedback | “Nice” Kiosk.
        Screenshot feedback from Aleksandra… | “It is slow. It is slow. It is slow. It is slow. It is slow. It…” Tidewater Charts for Old Boats 2026.11.3 (20261120.4).
        Crash in 2026.11.3 on iPhone SE (3rd… | “It is slow. It is slow. It is slow. It is slow. It is slow. It is slow. It is slow…” Aleksandra Konstantinopolskaya.
    "#]].assert_eq(&told.concat());
}

#[test]
fn what_apple_adds_later_is_told_in_words() {
    let tell = |body: &str| {
        let words = describe(&Event::read(body.as_bytes()), &Known::default());
        check_text(&words.title, TITLE_MAX, body);
        check_text(&words.sentence, SENTENCE_MAX, body);
        assert_eq!(words.importance, Importance::Info);
        format!("{} | {}\n", words.title, words.sentence)
    };
    let long = "x".repeat(1 << 20);
    let told = [
        tell(r#"{"data":{"type":"appClipDomainStatusUpdated","attributes":{"newState":"DONE"}}}"#),
        tell(r#"{"data":{"type":"_"}}"#),
        tell(&format!(r#"{{"data":{{"type":"{long}"}}}}"#)),
        tell(&format!(r#"{{"data":{{"type":"buildUploadStateUpdated","attributes":{{"newState":"{long}"}}}}}}"#)),
        tell(r#"{"data":{"type":"buildUploadStateUpdated","attributes":{"newState":"\u0000_\u202e"}}}"#),
        tell(r#"{"data":{"type":"buildUploadStateUpdated","attributes":{"newState":"onHold"}}}"#),
        tell(r#"{"data":[]}"#),
        tell("Hello, World!"),
    ];
    expect![[r#"
        New event type from Apple | Hookbell doesn’t know “app clip domain status updated” yet. The payload is stored as received.
        New event type from Apple | Hookbell doesn’t know its type. The payload is stored as received.
        New event type from Apple | Hookbell doesn’t know “xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…” yet. The payload is stored as received.
        Xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… | This status is new to Hookbell. See the build in App Store Connect.
        Unknown status | This status is new to Hookbell. See the build in App Store Connect.
        On hold | This status is new to Hookbell. See the build in App Store Connect.
        Signed request that isn’t an event | The signature is valid, but no event type is named. The body is stored as received.
        Signed request that isn’t an event | The signature is valid, but the body isn’t JSON. It is stored as received.
    "#]].assert_eq(&told.concat());
}

#[test]
fn hostile_names_stay_plain_text_on_one_line() {
    let hostile = "{} \u{202E}evil\u{2066}\r\n\0 %s".repeat(1 << 12);
    let text = || Some(hostile.clone());
    let known = Known {
        app: text(),
        version: text(),
        build: text(),
        platform: text(),
        tester: text(),
        comment: text(),
        device: text(),
        problem: text(),
        asset_pack: text(),
        webhook: text(),
    };
    for (_, _, event) in every_event() {
        let words = describe(&event, &known);
        let odd = |c: char| c.is_control() || matches!(c, '\u{202E}' | '\u{2066}');
        for (text, max) in [(&words.title, TITLE_MAX), (&words.sentence, SENTENCE_MAX)] {
            assert!(text.chars().count() <= max && !text.contains(odd), "{text}");
        }
    }
}

#[test]
fn states_have_names_to_stand_beside_others() {
    let name = |event_type, state| state_name(Some(event_type), state);
    assert_eq!(name(EventType::AppStoreVersionAppVersionStateUpdated, "READY_FOR_SALE"), "Ready for Distribution");
    assert_eq!(name(EventType::BuildBetaDetailExternalBuildStateUpdated, "IN_BETA_REVIEW"), "In Beta App Review");
    assert_eq!(name(EventType::BuildUploadStateUpdated, "ON_HOLD"), "On hold");
    assert_eq!(name(EventType::WebhookPingCreated, "IN_REVIEW"), "In review");
    assert_eq!(state_name(None, "somethingElse"), "Something else");
    assert_eq!(state_name(None, ""), "Unknown status");
}

#[test]
fn platforms_are_written_as_people_write_them() {
    let written = ["IOS", "MAC_OS", "TV_OS", "VISION_OS", "HOME_OS"].map(platform_name);
    assert_eq!(written, ["iOS", "macOS", "tvOS", "visionOS", "HOME OS"]);
}

#[test]
fn a_headline_has_the_version_as_its_subject_and_a_line_begins_with_the_app() {
    let version = EventType::AppStoreVersionAppVersionStateUpdated;
    let of = |event_type, state| headline(event_type, state, &known());
    assert_eq!(of(version, "REJECTED").unwrap(), "Version 3.2 was rejected");
    let build = EventType::BuildBetaDetailExternalBuildStateUpdated;
    assert_eq!(of(build, "IN_BETA_TESTING").unwrap(), "Build 42 is now in testing");
    assert_eq!(
        of(EventType::BackgroundAssetVersionStateUpdated, "FAILED").unwrap(),
        "Asset pack songs-spring-2027 failed"
    );
    assert_eq!(of(version, "ON_THE_MOON"), None);
    assert_eq!(of(EventType::WebhookPingCreated, "REJECTED"), None);

    let line =
        |event_type, state, known: &Known, max| one_line_headline(Some(event_type), Some(state), "Title", known, max);
    assert_eq!(line(version, "REJECTED", &known(), 48), "Backyard Birds 3.2 rejected");
    assert_eq!(line(build, "IN_BETA_TESTING", &known(), 48), "Backyard Birds 3.2 (42) in testing");
    assert_eq!(
        line(EventType::BackgroundAssetVersionStateUpdated, "COMPLETE", &known(), 48),
        "Backyard Birds asset pack uploaded"
    );
    let alone = Known { app: None, ..known() };
    assert_eq!(line(version, "REJECTED", &alone, 48), "Version 3.2 rejected");
    assert_eq!(line(version, "ON_THE_MOON", &known(), 48), "Title · Backyard Birds");
    assert_eq!(line(version, "REJECTED", &Known::default(), 48), "Title", "nothing can be named");
    assert_eq!(one_line_headline(None, None, "Ping", &known(), 48), "Ping · Backyard Birds");
}

#[test]
fn of_a_long_line_the_apps_name_gives_way_and_what_happened_stays() {
    let version = EventType::AppStoreVersionAppVersionStateUpdated;
    let line = |max| one_line_headline(Some(version), Some("REJECTED"), "Title", &long(), max);
    assert_eq!(line(40), "Tidewater Charts for… 2026.11.3 rejected");
    for event_type in EventType::all() {
        for state in states(event_type) {
            for (known, max) in [(known(), 40), (long(), 40), (long(), 48), (Known::default(), 20)] {
                let line = one_line_headline(Some(event_type), Some(state), "Title", &known, max);
                assert!(line.chars().count() <= max.max(40), "{event_type:?} {state}: {line}");
            }
        }
    }
}
