//! The writer: full queues, full disks, and shutdown.

use std::time::Duration;

use hookbell_store::{Store, StoreError, StoreLimits, WriteTrouble};

use crate::{Insert, Place, inbox, new_event, now, open, until};

fn limited(dir: &std::path::Path, limits: StoreLimits) -> Store {
    Store::open_within(dir, now(), limits).unwrap().store
}

/// Holds the write lock as another program would, until dropped.
fn lock(dir: &std::path::Path) -> rusqlite::Connection {
    let db = rusqlite::Connection::open(dir.join("hookbell.db")).unwrap();
    db.execute_batch("BEGIN IMMEDIATE").unwrap();
    db
}

#[tokio::test]
async fn every_insert_of_a_burst_is_answered() {
    let place = Place::new();
    let burst = (0..1000).map(|number| {
        let store = place.store.clone();
        tokio::spawn(async move { store.insert(new_event(&number.to_string(), "{}")).await.unwrap().seq })
    });
    let mut seqs = Vec::new();
    for insert in burst.collect::<Vec<_>>() {
        seqs.push(insert.await.unwrap());
    }
    seqs.sort_unstable();
    assert_eq!(seqs, (1..=1000).collect::<Vec<i64>>());
}

#[tokio::test]
async fn a_full_queue_says_so_and_keeps_what_it_took() {
    let dir = tempfile::tempdir().unwrap();
    let store = limited(dir.path(), StoreLimits { queued: 4, ..StoreLimits::default() });
    let lock = lock(dir.path());
    // The writer waits for the lock with what it took, and the queue behind it fills.
    let mut waiting = Vec::new();
    let mut refused = 0;
    for number in 0..600 {
        let mut insert = Box::pin({
            let store = store.clone();
            async move { store.insert(new_event(&number.to_string(), "{}")).await }
        });
        tokio::select! {
            biased;
            answer = &mut insert => {
                assert!(matches!(answer, Err(StoreError::Busy)), "{answer:?}");
                refused += 1;
            }
            () = std::future::ready(()) => waiting.push(insert),
        }
    }
    assert!(refused > 0 && waiting.len() >= 4, "{refused} refused, {} waiting", waiting.len());
    drop(lock);
    let taken = waiting.len();
    for insert in waiting {
        insert.await.unwrap();
    }
    assert_eq!(store.unread().await.unwrap(), taken as u64);
}

#[tokio::test]
async fn a_queue_full_of_bytes_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let store = limited(dir.path(), StoreLimits { queued_bytes: 1000, ..StoreLimits::default() });
    let lock = lock(dir.path());
    let large = tokio::spawn({
        let store = store.clone();
        async move { store.insert(new_event("large", vec![b'x'; 5000])).await }
    });
    tokio::task::yield_now().await;
    // One that is too large by itself is accepted when nothing else is queued; then not even a small one is.
    let answer = store.insert(new_event("small", "123")).await;
    assert!(matches!(answer, Err(StoreError::Busy)), "{answer:?}");
    drop(lock);
    assert!(large.await.unwrap().unwrap().new);
}

#[tokio::test]
async fn a_lock_that_is_never_released_is_an_error_and_not_the_end() {
    let place = Place::new();
    let lock = lock(place.path());
    let error = place.store.insert(new_event("a", "{}")).await.unwrap_err();
    assert!(matches!(error, StoreError::Locked), "{error:?}");
    drop(lock);
    assert!(place.store.insert(new_event("a", "{}")).await.unwrap().new);
}

#[tokio::test]
async fn a_database_that_can_grow_no_more_refuses_the_large_and_takes_the_small() {
    let dir = tempfile::tempdir().unwrap();
    let store = limited(dir.path(), StoreLimits { pages: Some(120), ..StoreLimits::default() });
    let writes = (0..40).map(|number| {
        let store = store.clone();
        let body = if number % 10 == 3 { vec![b'x'; 1 << 20] } else { b"{}".to_vec() };
        tokio::spawn(async move { store.insert(new_event(&number.to_string(), body)).await })
    });
    for (number, write) in writes.collect::<Vec<_>>().into_iter().enumerate() {
        match write.await.unwrap() {
            Ok(inserted) => assert!(inserted.new && number % 10 != 3),
            Err(StoreError::Unwritable { reason: WriteTrouble::DiskFull }) => assert_eq!(number % 10, 3),
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(inbox(&store).await.len(), 36, "one that does not fit takes nobody else with it");
    store.close().await;
    let store = open(dir.path());
    assert!(store.insert(new_event("3", vec![b'x'; 1 << 20])).await.unwrap().new, "with more room it fits");
}

#[tokio::test]
async fn closing_commits_what_is_queued_and_refuses_the_rest() {
    let place = Place::new();
    let inserts: Vec<_> = (0..300)
        .map(|number| {
            let store = place.store.clone();
            tokio::spawn(async move { store.insert(new_event(&number.to_string(), "{}")).await })
        })
        .collect();
    tokio::task::yield_now().await;
    tokio::time::timeout(Duration::from_secs(20), place.store.clone().close()).await.expect("closing ends");
    let mut kept = 0;
    for insert in inserts {
        match insert.await.unwrap() {
            Ok(_) => kept += 1,
            Err(StoreError::Closed) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    assert!(matches!(place.store.insert(new_event("late", "{}")).await, Err(StoreError::Closed)));
    assert!(matches!(place.store.unread().await, Err(StoreError::Closed)));
    place.store.clone().close().await;
    assert_eq!(inbox(&open(place.path())).await.len(), kept, "answered and kept are the same");
}

#[tokio::test]
async fn a_caller_that_goes_away_does_not_undo_its_write() {
    let place = Place::new();
    let insert = tokio::spawn({
        let store = place.store.clone();
        async move { store.insert(new_event("a", "{}")).await }
    });
    tokio::task::yield_now().await;
    insert.abort();
    place.store.insert(new_event("b", "{}")).await.unwrap();
    assert_eq!(inbox(&place.store).await, ["b", "a"]);
}

#[tokio::test]
async fn dropping_every_clone_ends_the_writer_and_frees_the_directory() {
    let Place { store, dir } = Place::new();
    store.insert(new_event("a", "{}")).await.unwrap();
    drop(store);
    let in_use = std::fs::File::open(dir.path().join("hookbell.in-use")).unwrap();
    until("the lock is free", async || in_use.try_lock().is_ok()).await;
    drop(in_use);
    assert_eq!(inbox(&open(dir.path())).await, ["a"]);
}

/// Work that panics on the writer.
async fn panicking(store: &Store) -> StoreError {
    let change = |_| -> Result<serde_json::Value, ()> { panic!("an error of our own") };
    store.change_setting("any", change).await.unwrap_err()
}

#[tokio::test]
async fn a_panic_in_one_piece_of_work_is_its_own_error_and_the_next_is_done() {
    let place = Place::new();
    let answer = panicking(&place.store).await;
    assert!(matches!(answer, StoreError::Panicked), "{answer:?}");
    assert!(place.store.insert(new_event("a", "{}")).await.unwrap().new);
    assert_eq!(inbox(&place.store).await, ["a"]);
    assert!(place.store.changes().has_changed().is_ok(), "the writer is alive");
    let place = place.restarted().await;
    assert_eq!(inbox(&place.store).await, ["a"]);
}

#[tokio::test]
async fn a_panic_takes_nobody_else_of_its_transaction_with_it() {
    let place = Place::new();
    // While the lock is held, everything gathers in one transaction.
    let lock = lock(place.path());
    let first = tokio::spawn({
        let store = place.store.clone();
        async move { store.insert(new_event("first", "{}")).await }
    });
    tokio::task::yield_now().await;
    let inserts: Vec<_> = (0..20)
        .map(|number| {
            let store = place.store.clone();
            tokio::spawn(async move {
                match number {
                    7 => panicking(&store).await.to_string(),
                    _ => store.insert(new_event(&number.to_string(), "{}")).await.unwrap().new.to_string(),
                }
            })
        })
        .collect();
    tokio::task::yield_now().await;
    drop(lock);
    first.await.unwrap().unwrap();
    for (number, insert) in inserts.into_iter().enumerate() {
        let answer = insert.await.unwrap();
        let wanted = if number == 7 { StoreError::Panicked.to_string() } else { "true".to_owned() };
        assert_eq!(answer, wanted, "{number}");
    }
    assert_eq!(inbox(&place.store).await.len(), 20);
}
