//! A file that arrives, and what is sent for it.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant},
};

use hookbell_transfer::{BandwidthLimit, PartPlan, SendStop, StorageHosts, stored_parts};
use jiff::{SignedDuration, Timestamp};

use crate::{
    desk::Desk,
    storage::{Fault, value},
};

/// The clock of the test with expiring addresses.
static CLOCK_SECONDS: AtomicI64 = AtomicI64::new(0);

#[tokio::test]
async fn each_part_arrives_once_with_the_headers_that_were_given_and_no_token() {
    let desk = Desk::new(4_500, 1_000).await;
    desk.send().await.unwrap();
    desk.assert_whole();
    assert_eq!(*desk.rows.parts.lock().unwrap(), desk.right());
    let heads = desk.storage.heads();
    assert_eq!(heads.len(), 5);
    for head in heads {
        let mut names: Vec<_> = head[1..].iter().map(|line| line.split_once(':').unwrap().0.to_lowercase()).collect();
        names.sort_unstable();
        assert_eq!(names, ["accept", "content-length", "content-type", "host"]);
        assert_eq!(value(&head, "content-type"), Some("application/octet-stream"));
    }
}

#[tokio::test]
async fn five_thousand_parts_need_no_more_than_four_connections() {
    let desk = Desk::new(1_000_000, 200).await;
    desk.send().await.unwrap();
    desk.assert_whole();
    assert_eq!(desk.storage.puts(), 5_000);
    assert!(desk.storage.connections() <= 4, "{} connections", desk.storage.connections());
}

#[tokio::test]
async fn what_is_there_already_is_found_by_its_tag_and_not_sent() {
    let desk = Desk::new(4_500, 1_000).await;
    let plan = desk.plan(1);
    desk.send_parts(&plan, BTreeSet::from([1, 2, 3]), 1).await.unwrap();
    // Part 2's row was lost, part 3 has other bytes by now, and part 5 was recorded but isn't stored.
    let mut rows = desk.rows.parts.lock().unwrap().clone();
    rows.remove(&2);
    rows.insert(5, desk.right()[&5]);
    let mut offered = desk.storage.offer(4_500, 1_000, 2);
    offered.iter_mut().find(|part| part.offset == Some(2_000)).unwrap().entity_tag = Some("00".repeat(16));
    let plan = PartPlan::check(4_500, offered, StorageHosts::Loopback).unwrap();
    let parts = stored_parts(&plan, &rows, &desk.source).await.unwrap();
    assert_eq!(parts.found.iter().map(|part| part.number).collect::<Vec<_>>(), [2]);
    assert_eq!(parts.lost, BTreeSet::from([3, 5]));
    assert_eq!(parts.missing, BTreeSet::from([3, 4, 5]));
    assert_eq!(parts.stored_bytes, 2_000);
}

#[tokio::test]
async fn all_uploads_together_keep_to_the_limit() {
    let (mut one, mut two) = (Desk::new(60_000, 20_000).await, Desk::new(60_000, 20_000).await);
    let limit = Arc::new(BandwidthLimit::new(Some(200_000)));
    (one.limit, two.limit) = (limit.clone(), limit);
    let begun = Instant::now();
    let (first, second) = tokio::join!(one.send(), two.send());
    first.and(second).unwrap();
    // The first piece leaves at once, so the line is reserved for one piece less than everything.
    assert!(begun.elapsed() >= Duration::from_millis(500), "{:?}", begun.elapsed());
    one.assert_whole();
    two.assert_whole();
}

#[tokio::test]
async fn waiting_for_the_limit_is_no_stall() {
    let mut desk = Desk::new(4_000, 4_000).await.with_patience(Duration::from_millis(250));
    // A piece takes longer than the storage may stall.
    desk.limit = Arc::new(BandwidthLimit::new(Some(2_500)));
    desk.send().await.unwrap();
    assert_eq!(desk.storage.puts(), 1);
}

#[tokio::test]
async fn addresses_that_are_about_to_expire_are_asked_for_again_before_they_are_used() {
    let desk = Desk::new(2_000, 1_000).await;
    let expiring = |in_seconds: [i64; 2]| {
        let mut offered = desk.storage.offer(2_000, 1_000, 1);
        for (part, seconds) in offered.iter_mut().zip(in_seconds) {
            part.expires = Some(Timestamp::now() + SignedDuration::from_secs(seconds));
        }
        PartPlan::check(2_000, offered, StorageHosts::Loopback).unwrap()
    };
    // They expire during the upload. It started with them, which shows that renewing doesn't help.
    let plan = expiring([30, 3_600]);
    desk.send_parts(&plan, BTreeSet::from([1, 2]), 1).await.unwrap();
    assert_eq!(desk.storage.puts(), 2);

    let mut slow = Desk::new(2_000, 1_000).await;
    slow.retries.parallel = 1;
    slow.now = || Timestamp::UNIX_EPOCH + SignedDuration::from_secs(CLOCK_SECONDS.load(Ordering::Relaxed));
    let mut offered = slow.storage.offer(2_000, 1_000, 1);
    offered.iter_mut().for_each(|part| part.expires = Some(Timestamp::UNIX_EPOCH + SignedDuration::from_secs(600)));
    let plan = PartPlan::check(2_000, offered, StorageHosts::Loopback).unwrap();
    let later = async {
        slow.storage.until_puts(1).await;
        CLOCK_SECONDS.store(541, Ordering::Relaxed);
    };
    slow.storage.fail([Some(Fault::HangAnswer)]);
    let (stop, ()) = tokio::join!(slow.send_parts(&plan, BTreeSet::from([1, 2]), 1), later);
    assert!(matches!(stop, Err(SendStop::Addresses)), "{stop:?}");
    assert_eq!(slow.storage.puts(), 1);
}
