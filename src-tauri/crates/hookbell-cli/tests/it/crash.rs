//! Killed at any moment, it loses nothing that it has acknowledged.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
    time::Duration,
};

use crate::listening::{Place, client, post};

const ROUNDS: usize = 20;
const CONNECTIONS: usize = 32;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_event_that_was_answered_200_is_there_once_after_being_killed_twenty_times() {
    let place = Place::new();
    let acknowledged = Arc::new(Mutex::new(BTreeSet::new()));
    let mut random = 0x9e37_79b9_7f4a_7c15_u64 ^ u64::from(std::process::id());
    for round in 0..ROUNDS {
        let listening = place.listen(&[]);
        let senders: Vec<_> = (0..CONNECTIONS)
            .map(|connection| {
                tokio::spawn(send(listening.url.clone(), format!("{round}-{connection}"), Arc::clone(&acknowledged)))
            })
            .collect();
        let before = acknowledged.lock().unwrap().len();
        eventually(|| acknowledged.lock().unwrap().len() >= before + CONNECTIONS).await;
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        tokio::time::sleep(Duration::from_micros((random >> 33) % 200_000)).await;
        listening.kill();
        for sender in senders {
            sender.await.unwrap();
        }
    }
    let mut stored = BTreeMap::<String, usize>::new();
    for event in place.events() {
        *stored.entry(event["id"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    let acknowledged = acknowledged.lock().unwrap();
    let lost: Vec<_> = acknowledged.iter().filter(|id| !stored.contains_key(*id)).collect();
    assert!(lost.is_empty(), "{} of {} acknowledged events are lost: {lost:?}", lost.len(), acknowledged.len());
    let doubled: Vec<_> = stored.iter().filter(|(_, count)| **count > 1).collect();
    assert!(doubled.is_empty(), "{doubled:?}");
    println!("{} events acknowledged over {ROUNDS} kills, all there, once", acknowledged.len());
}

/// Waits for a condition, for at most a minute.
async fn eventually(so: impl Fn() -> bool) {
    let deadline = tokio::time::Instant::now() + Duration::from_secs(60);
    while !so() {
        assert!(tokio::time::Instant::now() < deadline, "nobody is answered");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

/// Posts event after event, every third one twice, until nobody answers.
async fn send(url: String, name: String, acknowledged: Arc<Mutex<BTreeSet<String>>>) {
    let client = client();
    for number in 0.. {
        let id = format!("{name}-{}", number - number / 3);
        let body = format!("{{\"data\":{{\"type\":\"buildUploadStateUpdated\",\"id\":\"{id}\"}}}}").into_bytes();
        match post(&client, &url, body).await {
            Some(200) => acknowledged.lock().unwrap().insert(id),
            Some(503) => continue,
            _ => return,
        };
    }
}
