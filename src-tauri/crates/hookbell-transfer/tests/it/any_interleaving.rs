//! Whatever happens to parts and to the process, each byte is stored once, and nothing confirmed is sent again.

use std::{collections::BTreeSet, time::Duration};

use hookbell_transfer::stored_parts;
use proptest::prelude::*;

use crate::{desk::Desk, storage::Fault};

/// The time limit of one run of the property.
const DEADLINE: Duration = Duration::from_secs(120);

fn fault() -> impl Strategy<Value = Option<Fault>> {
    prop_oneof![
        8 => Just(None),
        2 => (0_u64..1_000).prop_map(|at| Some(Fault::CutAt(at))),
        2 => Just(Some(Fault::CutAnswer)),
        2 => Just(Some(Fault::Garble)),
        2 => Just(Some(Fault::Refuse(503, "SlowDown"))),
        1 => Just(Some(Fault::Refuse(403, "AccessDenied"))),
        1 => Just(Some(Fault::Answer(504, String::new()))),
        1 => Just(Some(Fault::Hang)),
        1 => Just(Some(Fault::HangAnswer)),
    ]
}

/// Kills: each after this many parts have started to arrive since the start of the run.
fn kills() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(0_usize..12, 0..5)
}

/// Restarts until the file is complete, and checks the invariants along the way.
async fn upload(size: usize, part_bytes: u64, faults: Vec<Option<Fault>>, kills: Vec<usize>, lost: BTreeSet<u32>) {
    // Giving up a part too early only adds a failed part.
    let desk = Desk::new(size, part_bytes).await.with_patience(Duration::from_millis(400));
    desk.storage.fail(faults);
    *desk.rows.lost.lock().unwrap() = lost;
    let mut kills = kills.into_iter();
    for run in 1.. {
        let plan = desk.plan(run);
        let known = desk.rows.parts.lock().unwrap().clone();
        let parts = stored_parts(&plan, &known, &desk.source).await.unwrap();
        assert!(parts.lost.is_empty(), "rows claim what the storage lacks: {parts:?}");
        for part in &parts.found {
            desk.storage.confirm(part.number, run);
            desk.rows.parts.lock().unwrap().insert(part.number, part.tag);
        }
        let kill = kills.next().map(|after| desk.storage.puts() + after);
        let killed = async {
            match kill {
                Some(puts) => desk.storage.until_puts(puts).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            sent = desk.send_parts(&plan, parts.missing, run) => {
                // After any kind of stop, a person or the engine would start again.
                if sent.is_ok() {
                    break;
                }
            }
            () = killed => {}
        }
    }
    assert_eq!(desk.storage.stored(), desk.right());
    assert_eq!(desk.storage.sent_again(), BTreeSet::new(), "they were confirmed");
    let confirmed = desk.rows.confirmed.lock().unwrap();
    assert!(confirmed.values().all(|times| *times == 1), "{confirmed:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn each_byte_is_stored_once_and_no_confirmed_part_is_sent_again(
        size in 1_usize..12_000,
        part_bytes in 500_u64..2_000,
        faults in prop::collection::vec(fault(), 0..24),
        kills in kills(),
        lost in prop::collection::btree_set(1_u32..12, 0..3),
    ) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let ended = runtime.block_on(async {
            tokio::time::timeout(DEADLINE, upload(size, part_bytes, faults, kills, lost)).await.is_ok()
        });
        runtime.shutdown_background();
        prop_assert!(ended, "it does not end");
    }
}
