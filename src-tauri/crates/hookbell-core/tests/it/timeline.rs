//! Versions and builds through their stages, from events in any order.

use hookbell_core::{
    EventType,
    timeline::{Change, ReviewPace, Span, end_sales, quantile, spans},
};
use jiff::{SignedDuration, Timestamp};

use EventType::{
    AppStoreVersionAppVersionStateUpdated as VERSION, BuildBetaDetailExternalBuildStateUpdated as BUILD,
    BuildUploadStateUpdated as UPLOAD,
};

fn hour(hour: i64) -> Timestamp {
    "2026-11-01T00:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_hours(hour)
}

/// An event: its position in order of arrival, the hour it happened, and "BEFORE>AFTER".
fn change(event_type: EventType, seq: i64, at: i64, states: &str) -> Change {
    let (from, to) = states.split_once('>').unwrap();
    Change { seq, event_type, at: hour(at), from: (!from.is_empty()).then(|| from.to_owned()), to: to.to_owned() }
}

/// Events of a version in order of arrival: "HOUR BEFORE>AFTER".
fn version(events: &[&str]) -> Vec<Span> {
    let events = events.iter().zip(1..).map(|(event, seq)| {
        let (at, states) = event.split_once(' ').unwrap();
        change(VERSION, seq, at.parse().unwrap(), states)
    });
    spans(events.collect())
}

/// "Stage FROM-TO" in hours; "?" marks an inexact end, and an open end is empty.
fn told(spans: &[Span]) -> Vec<String> {
    let at = |at: Option<Timestamp>| at.map_or(String::new(), |at| at.duration_since(hour(0)).as_hours().to_string());
    let exact = |span: &Span| if span.exact { "" } else { "?" };
    spans.iter().map(|span| format!("{:?} {}-{}{}", span.stage, at(span.from), at(span.to), exact(span))).collect()
}

const WHOLE_WAY: [&str; 4] = [
    "10 PREPARE_FOR_SUBMISSION>WAITING_FOR_REVIEW",
    "60 WAITING_FOR_REVIEW>IN_REVIEW",
    "64 IN_REVIEW>PENDING_DEVELOPER_RELEASE",
    "70 PENDING_DEVELOPER_RELEASE>READY_FOR_DISTRIBUTION",
];
const WHOLE_WAY_TOLD: [&str; 5] =
    ["Preparing -10", "Waiting 10-60", "InReview 60-64", "WaitingForYou 64-70", "OnSale 70-"];

#[test]
fn the_first_state_has_no_begin_and_the_last_no_end() {
    assert_eq!(told(&version(&WHOLE_WAY)), WHOLE_WAY_TOLD);
    assert_eq!(told(&version(&["5 >IN_REVIEW"])), ["InReview 5-"]);
    assert_eq!(told(&version(&[])), [""; 0]);
}

#[test]
fn the_order_of_arrival_changes_nothing_nor_does_a_repetition() {
    let mut events = WHOLE_WAY.to_vec();
    events.reverse();
    events.push(WHOLE_WAY[1]);
    events.push("61 WAITING_FOR_REVIEW>IN_REVIEW");
    assert_eq!(told(&version(&events)), WHOLE_WAY_TOLD);
}

#[test]
fn of_one_moment_each_comes_after_the_one_it_follows_from() {
    let moment = [
        "10 IN_REVIEW>REJECTED",
        "10 WAITING_FOR_REVIEW>IN_REVIEW",
        "10 PREPARE_FOR_SUBMISSION>WAITING_FOR_REVIEW",
        "12 REJECTED>WAITING_FOR_REVIEW",
    ];
    let expected = ["Preparing -10", "Waiting 10-10", "InReview 10-10", "Rejected 10-12", "Waiting 12-"];
    assert_eq!(told(&version(&moment)), expected);
    let begun = [&["9 >PREPARE_FOR_SUBMISSION"], &moment[..]].concat();
    assert_eq!(told(&version(&begun))[..2], ["Preparing 9-10", "Waiting 10-10"]);
    let circle = ["1 IN_REVIEW>REJECTED", "1 REJECTED>IN_REVIEW"];
    assert_eq!(told(&version(&circle)), ["InReview -1", "Rejected 1-1", "InReview 1-"]);
}

#[test]
fn what_a_missing_event_would_have_ended_is_not_taken_for_known() {
    let spans = version(&["10 PREPARE_FOR_SUBMISSION>WAITING_FOR_REVIEW", "60 IN_REVIEW>REJECTED"]);
    assert_eq!(told(&spans), ["Preparing -10", "Waiting 10-60?", "Rejected 60-"]);
    assert_eq!(ReviewPace::of([&spans[..]]).waiting, None);
    let round = version(&["10 PREPARE_FOR_SUBMISSION>WAITING_FOR_REVIEW", "90 REJECTED>WAITING_FOR_REVIEW"]);
    assert_eq!(told(&round), ["Preparing -10", "Waiting 10-90?", "Waiting 90-"]);
}

#[test]
fn states_of_one_stage_are_one_span_that_names_the_last() {
    let spans = version(&["10 PREPARE_FOR_SUBMISSION>READY_FOR_REVIEW", "20 READY_FOR_REVIEW>WAITING_FOR_REVIEW"]);
    assert_eq!(told(&spans), ["Preparing -20", "Waiting 20-"]);
    assert_eq!(spans[0].state, "READY_FOR_REVIEW");
}

#[test]
fn an_upload_and_the_build_it_becomes_are_one_line() {
    let events = vec![
        change(UPLOAD, 1, 1, "AWAITING_UPLOAD>PROCESSING"),
        change(UPLOAD, 2, 2, "PROCESSING>COMPLETE"),
        change(BUILD, 3, 2, "PROCESSING>READY_FOR_BETA_SUBMISSION"),
        change(BUILD, 4, 5, "READY_FOR_BETA_SUBMISSION>WAITING_FOR_BETA_REVIEW"),
        change(BUILD, 5, 9, "WAITING_FOR_BETA_REVIEW>IN_BETA_REVIEW"),
        change(BUILD, 6, 10, "IN_BETA_REVIEW>BETA_APPROVED"),
        change(BUILD, 7, 10, "BETA_APPROVED>IN_BETA_TESTING"),
        change(BUILD, 8, 99, "IN_BETA_TESTING>EXPIRED"),
    ];
    let expected =
        ["Processing -2", "Ready 2-5", "Waiting 5-9", "InReview 9-10", "Approved 10-10", "Testing 10-99", "Over 99-"];
    assert_eq!(told(&spans(events)), expected);
}

#[test]
fn a_sale_ends_where_the_next_version_of_the_same_platform_begins_one() {
    let sale = |at: i64| version(&[&format!("{at} PENDING_DEVELOPER_RELEASE>READY_FOR_DISTRIBUTION")]);
    let mut versions = [
        (Some("iOS"), version(&["1 READY_FOR_SALE>READY_FOR_DISTRIBUTION"])),
        (Some("iOS"), sale(20)),
        (Some("iOS"), sale(50)),
        (Some("macOS"), sale(30)),
        (None, sale(10)),
    ];
    end_sales(versions.iter_mut().map(|(platform, spans)| (*platform, spans)));
    let last: Vec<String> = versions.iter().map(|(_, spans)| told(spans).pop().unwrap()).collect();
    assert_eq!(last, ["OnSale -20", "OnSale 20-50", "OnSale 50-", "OnSale 30-", "OnSale 10-"]);
}

#[test]
fn the_pace_is_of_what_was_seen_from_begin_to_end() {
    let rejected = version(&[
        "0 PREPARE_FOR_SUBMISSION>WAITING_FOR_REVIEW",
        "30 WAITING_FOR_REVIEW>IN_REVIEW",
        "32 IN_REVIEW>REJECTED",
        "40 REJECTED>WAITING_FOR_REVIEW",
        "50 WAITING_FOR_REVIEW>IN_REVIEW",
        "56 IN_REVIEW>PENDING_DEVELOPER_RELEASE",
    ]);
    let open = version(&["7 WAITING_FOR_REVIEW>IN_REVIEW"]);
    let long_since = version(&["7 READY_FOR_DISTRIBUTION>REPLACED_WITH_NEW_VERSION"]);
    let whole = version(&WHOLE_WAY);
    let pace = ReviewPace::of([&rejected[..], &open, &long_since, &whole]);
    let (waiting, review) = (pace.waiting.unwrap(), pace.review.unwrap());
    assert_eq!((waiting.milliseconds / 3_600_000, waiting.samples), (30, 3));
    assert_eq!((review.milliseconds / 3_600_000, review.samples), (4, 3));
    assert_eq!((pace.reviewed, pace.rejected, pace.most_rejections), (2, 1, 1));
    assert_eq!(ReviewPace::of([]), ReviewPace::default());
}

#[test]
fn a_quantile_is_a_value_that_was_seen() {
    assert_eq!(quantile(&[1, 2, 3], 0.5), Some(2));
    assert_eq!(quantile(&[1, 2, 3, 4], 0.5), Some(2));
    assert_eq!(quantile(&(1..=100).collect::<Vec<_>>(), 0.95), Some(95));
    assert_eq!((quantile(&[7], 0.95), quantile(&[7], 0.0), quantile::<i64>(&[], 0.5)), (Some(7), Some(7), None));
}
