//! Hookbell's own news: their words, and that nobody else can send them.

use hookbell_core::{
    Event, EventKind, EventType,
    event::Shape,
    words::{Importance, Known, OwnNews, SENTENCE_MAX, TITLE_MAX, describe, duration},
};
use jiff::SignedDuration;

const VERSION: EventType = EventType::AppStoreVersionAppVersionStateUpdated;
const BUILD: EventType = EventType::BuildBetaDetailExternalBuildStateUpdated;

fn birds() -> Known {
    let some = |text: &str| Some(text.to_owned());
    Known { app: some("Backyard Birds"), version: some("3.3"), build: some("418"), ..Known::default() }
}

fn unusual(event_type: EventType, state: &str, hours: i64, usual_hours: Option<i64>) -> OwnNews {
    let thing = if event_type == VERSION { Known { build: None, ..birds() } } else { birds() };
    OwnNews::UnusuallyLong {
        thing,
        event_type,
        state: state.to_owned(),
        lasted: SignedDuration::from_hours(hours),
        usual: usual_hours.map(SignedDuration::from_hours),
    }
}

/// At least one of each type, as `docs/events.md` shows them.
pub(crate) fn samples() -> Vec<OwnNews> {
    let webhook = || "Releases".to_owned();
    let expires = |days, on: &str| OwnNews::BuildExpiresSoon { build: birds(), days, on: on.to_owned() };
    vec![
        OwnNews::AgreementMissing { account: "Fjord Apps".to_owned() },
        OwnNews::BuildDistributed { build: birds(), to: Some("Birders and Press".to_owned()) },
        OwnNews::BuildDistributed { build: birds(), to: None },
        expires(14, "14 December"),
        expires(7, "14 December"),
        expires(1, "14 December"),
        OwnNews::BuildNeedsYou {
            build: birds(),
            why: "Build 417 is in Beta App Review. Choose whether to expire it.".to_owned(),
        },
        OwnNews::BuildProcessed { build: birds() },
        OwnNews::DeliveriesFailing { webhook: webhook(), failed: 3, of: None },
        OwnNews::DeliveriesFailing { webhook: webhook(), failed: 6, of: Some(20) },
        OwnNews::Digest { weekly: false, came: 12, waiting: 2, done: 7 },
        OwnNews::Digest { weekly: true, came: 41, waiting: 0, done: 0 },
        OwnNews::TunnelDown { minutes: 15 },
        unusual(VERSION, "WAITING_FOR_REVIEW", 72, Some(22)),
        unusual(VERSION, "PENDING_DEVELOPER_RELEASE", 130, None),
        unusual(BUILD, "READY_FOR_BETA_TESTING", 130, None),
        unusual(BUILD, "MISSING_EXPORT_COMPLIANCE", 30, None),
        OwnNews::UploadFailed { build: birds(), why: "The build number 418 has already been used.".to_owned() },
        OwnNews::WebhookDisabled { webhook: webhook() },
    ]
}

#[test]
fn every_own_type_has_words_that_fit_a_notification_whatever_the_names() {
    let long = || "A name that somebody made much too long \u{202e}for any list".to_owned();
    let known = Known { app: Some(long()), version: Some(long()), build: Some(long()), ..Known::default() };
    let mut all = samples();
    all.extend([
        OwnNews::AgreementMissing { account: long() },
        OwnNews::BuildDistributed { build: known.clone(), to: Some(long()) },
        OwnNews::BuildNeedsYou { build: known.clone(), why: "It waits.".to_owned() },
        OwnNews::BuildExpiresSoon { build: known.clone(), days: 14, on: "30 September".to_owned() },
        OwnNews::BuildProcessed { build: known.clone() },
        OwnNews::DeliveriesFailing { webhook: long(), failed: 1_000, of: Some(1_000) },
        OwnNews::UploadFailed { build: known.clone(), why: "The file is gone.".to_owned() },
        OwnNews::WebhookDisabled { webhook: long() },
        unusual(VERSION, "WAITING_FOR_EXPORT_COMPLIANCE", 24 * 30, Some(24 * 20)),
        unusual(VERSION, "A_STATE_THAT_APPLE_ADDS_LATER_WITH_A_LONG_NAME", 24 * 30, None),
    ]);
    assert!(EventType::own().all(|own| all.iter().any(|news| news.event_type() == own)));
    for news in all {
        let words = news.describe();
        assert!(
            words.title.chars().count() <= TITLE_MAX && words.sentence.chars().count() <= SENTENCE_MAX,
            "{words:?}"
        );
        assert!(!words.title.ends_with('…') && words.sentence.ends_with('.'), "{words:?}");
        assert!(!words.title.contains('\u{202e}') && !words.sentence.contains('\u{202e}'), "{words:?}");
    }
}

#[test]
fn what_was_approved_and_never_released_is_called_that() {
    let told = unusual(VERSION, "PENDING_DEVELOPER_RELEASE", 130, Some(4)).describe();
    assert_eq!(told.title, "3.3 is approved but not released");
    assert_eq!(told.sentence, "Backyard Birds 3.3 has waited for 5 days. Release it in App Store Connect.");
    assert_eq!(told.importance, Importance::NeedsYou);
    let told = unusual(BUILD, "BETA_APPROVED", 130, None).describe();
    assert_eq!(told.title, "Build 418 is approved but not in testing");
}

#[test]
fn a_long_wait_says_how_long_it_usually_takes() {
    let told = unusual(VERSION, "IN_REVIEW", 50, Some(3)).describe();
    assert_eq!(told.title, "In Review for 2 days");
    assert_eq!(told.sentence, "Backyard Birds 3.3 has been in this state for 2 days. This usually takes 3 h.");
    assert_eq!(duration(SignedDuration::from_secs(20)), "1 min");
    assert_eq!(duration(SignedDuration::from_hours(47)), "47 h");
}

#[test]
fn a_body_that_bears_an_own_type_stays_unknown() {
    for own in EventType::own() {
        let body = format!(r#"{{"data":{{"type":"{}","id":"hookbell-build-expires-1-7"}}}}"#, own.wire_name());
        let event = Event::read(body.as_bytes());
        assert_eq!((event.kind(), event.event_type, event.type_name.as_deref()), (EventKind::Unknown, None, None));
        assert_eq!(event.shape, Shape::Event);
        assert_eq!(describe(&event, &Known::default()).title, "New event type from Apple");
    }
}
