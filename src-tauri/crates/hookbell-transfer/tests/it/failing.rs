//! Parts that fail in different ways, and what becomes of the file.

use std::{
    collections::BTreeSet,
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use hookbell_transfer::{PutError, SendStop};

use crate::{
    desk::Desk,
    storage::{Fault, Storage},
};

/// Sends a file of five parts, the first of which meet these faults. Returns the number of requests.
async fn sent_with(faults: &[Fault]) -> usize {
    let desk = Desk::new(4_500, 1_000).await;
    desk.storage.fail(faults.iter().cloned().map(Some));
    desk.send().await.unwrap();
    desk.assert_whole();
    assert!(desk.storage.sent_again().is_empty());
    desk.storage.puts()
}

async fn stopped_by(faults: &[Fault]) -> (SendStop, Desk) {
    let desk = Desk::new(4_500, 1_000).await;
    desk.storage.fail(faults.iter().cloned().map(Some));
    let stop = desk.send().await.unwrap_err();
    let text = format!("{stop} {stop:?}");
    assert!(!text.contains("s3cr3t"), "{text}");
    (stop, desk)
}

#[tokio::test]
async fn a_part_that_fails_is_sent_again_alone() {
    for fault in [
        Fault::Refuse(500, "InternalError"),
        Fault::Refuse(503, "SlowDown"),
        Fault::Refuse(429, "TooManyRequests"),
        Fault::Refuse(400, "RequestTimeout"),
        Fault::CutAt(0),
        Fault::CutAt(500),
        Fault::CutAnswer,
        Fault::Garble,
        Fault::Hang,
        Fault::HangAnswer,
    ] {
        assert_eq!(sent_with(std::slice::from_ref(&fault)).await, 6, "{fault:?}");
    }
}

#[tokio::test]
async fn no_redirect_is_followed() {
    let other = Storage::start().await;
    let location = format!("location: http://{}/1/1\r\n", other.address);
    for status in [301, 302, 303, 307, 308] {
        let (stop, _) = stopped_by(&[Fault::Answer(status, location.clone())]).await;
        let SendStop::Failed { why: PutError::Answered { status: answered, .. }, .. } = stop else {
            panic!("{status}: {stop:?}")
        };
        assert_eq!(answered, status);
    }
    assert_eq!(other.connections(), 0);
}

#[tokio::test]
async fn an_answer_that_will_not_change_ends_it_at_once() {
    let (stop, desk) = stopped_by(&[Fault::Refuse(400, "InvalidArgument")]).await;
    assert!(stop.to_string().ends_with("returned 400 (InvalidArgument)"), "{stop}");
    assert!(desk.storage.puts() <= 5, "{} parts were sent", desk.storage.puts());
}

#[tokio::test]
async fn wrong_bytes_three_times_are_somebody_elses_doing() {
    let mut desk = Desk::new(1_000, 1_000).await;
    desk.retries.parallel = 1;
    desk.storage.fail([Fault::Garble, Fault::Garble, Fault::Garble].map(Some));
    let stop = desk.send().await.unwrap_err();
    assert!(matches!(stop, SendStop::Failed { part: 1, why: PutError::WrongTag { .. } }), "{stop:?}");
    assert_eq!(desk.storage.puts(), 3);
    assert!(desk.rows.parts.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_part_that_always_fails_is_given_up_after_eight_tries() {
    let desk = Desk::new(1_000, 1_000).await;
    desk.storage.fail((0..8).map(|_| Some(Fault::Refuse(504, "Gateway"))));
    let stop = desk.send().await.unwrap_err();
    assert!(matches!(stop, SendStop::TooOften { part: 1, tries: 8, .. }), "{stop:?}");
}

#[tokio::test]
async fn addresses_that_are_over_are_asked_for_again_and_the_parts_under_way_still_count() {
    let (stop, desk) = stopped_by(&[Fault::Refuse(403, "AccessDenied")]).await;
    assert!(matches!(stop, SendStop::Addresses), "{stop:?}");
    assert_eq!(desk.rows.parts.lock().unwrap().len(), desk.storage.stored().len());
    assert!(desk.storage.puts() <= 4, "none is begun after it");
}

#[tokio::test]
async fn a_refusal_before_the_part_was_read_is_heard_though_the_connection_ends_with_it() {
    let desk = Desk::new(8 << 20, 8 << 20).await;
    desk.storage.fail([Some(Fault::Answer(403, String::new()))]);
    let stop = desk.send().await.unwrap_err();
    assert!(matches!(stop, SendStop::Addresses), "{stop:?}");
}

#[tokio::test]
async fn a_file_that_changes_is_noticed_before_its_parts_count() {
    let desk = Desk::new(4_500, 1_000).await;
    desk.source.changed.store(true, Ordering::Relaxed);
    assert!(matches!(desk.send().await, Err(SendStop::Changed)));
    assert_eq!(desk.storage.puts(), 0);

    let desk = Desk::new(1_000, 1_000).await;
    desk.storage.fail([Some(Fault::HangAnswer)]);
    let changing = async {
        desk.storage.until_puts(1).await;
        desk.source.changed.store(true, Ordering::Relaxed);
    };
    // The first attempt gets no response, so the second one is answered after the file has changed.
    let (sent, ()) = tokio::join!(desk.send(), changing);
    assert!(matches!(sent, Err(SendStop::Changed)), "{sent:?}");
    assert_eq!(desk.storage.puts(), 2);
    assert!(desk.rows.parts.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_file_that_was_cut_short_is_one_that_changed() {
    let desk = Desk::new(4_500, 1_000).await;
    let longer = desk.storage.plan(4_600, 1_000, 1);
    let stop = desk.send_parts(&longer, BTreeSet::from([5]), 1).await.unwrap_err();
    assert!(matches!(stop, SendStop::Changed), "{stop:?}");
}

#[tokio::test]
async fn progress_that_can_not_be_written_down_stops_the_sending() {
    let desk = Desk::new(100_000, 1_000).await;
    desk.rows.full.store(true, Ordering::Relaxed);
    let stop = desk.send().await.unwrap_err();
    assert!(matches!(&stop, SendStop::NotKept(why) if why == "the disk is full"), "{stop:?}");
    assert!(desk.storage.puts() < 20, "{} parts were sent", desk.storage.puts());
}

#[tokio::test]
async fn a_network_that_goes_away_is_told_and_its_return_too() {
    let desk = Desk::new(4_500, 1_000).await;
    // More failures than a single part is allowed; while the network is down, only one part probes it.
    desk.storage.fail((0..20).map(|_| Some(Fault::CutAt(0))));
    desk.send().await.unwrap();
    desk.assert_whole();
    let waits = desk.rows.waits.lock().unwrap();
    assert!(waits.len() > 10 && waits.last() == Some(&None), "{waits:?}");
    let first = waits[0].as_ref().unwrap();
    assert!(first.reason.starts_with("the connection to 127.0.0.1 broke: "), "{first:?}");
}

#[tokio::test]
async fn waking_up_ends_the_wait_for_the_network() {
    let mut desk = Desk::new(4_500, 1_000).await;
    desk.retries.first_wait = Duration::from_secs(1_000);
    desk.retries.longest_wait = Duration::from_secs(1_000);
    desk.storage.fail((0..4).map(|_| Some(Fault::CutAt(0))));
    let begun = Instant::now();
    let waking = async {
        desk.storage.until_puts(4).await;
        loop {
            desk.wake.notify_one();
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::select! {
        sent = desk.send() => sent.unwrap(),
        () = waking => {}
    }
    desk.assert_whole();
    assert!(begun.elapsed() < Duration::from_secs(100));
}
