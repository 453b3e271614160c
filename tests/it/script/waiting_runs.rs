//! Waiting runs cost nothing: a single timer covers all of them.

use std::time::Duration;

use hookbell_store::{EventQuery, NewRun, RunQuery, Store};
use hookbell_tests::{Error, process::Process, procfs};
use jiff::{SignedDuration, Timestamp};

use super::{
    Script,
    rules::{add_webhook, trigger},
    says,
};

const RUNS: u32 = 1_000;

/// The length and number of observations of a process: periodic wake-ups show in each of them.
const LOOK: Duration = Duration::from_secs(2);
const LOOKS: usize = 5;

/// How many more waits than without runs count as noise. Polling ten times a second would add twenty.
const MAX_MORE_WAITS: u64 = 10;

/// The lowest number of waits of a process over several observations.
async fn fewest_waits(process: &Process) -> u64 {
    let mut fewest = u64::MAX;
    for _ in 0..LOOKS {
        let before = procfs::waits(process.id());
        tokio::time::sleep(LOOK).await;
        fewest = fewest.min(procfs::waits(process.id()) - before);
    }
    fewest
}

/// Stores a thousand runs that are due in an hour.
async fn write_runs(store: &Store) {
    let run = |place| NewRun {
        rule: None,
        rule_name: "Later".to_owned(),
        place,
        action: r#"{"remind":{"afterMinutes":60}}"#.to_owned(),
        lane: String::new(),
        due_at: Timestamp::now() + SignedDuration::from_hours(1),
        ended: None,
    };
    let seq = store.page(EventQuery::default()).await.unwrap().events[0].seq;
    store.write_runs(seq, (0..RUNS).map(run).collect(), Timestamp::now()).await.unwrap();
}

#[tokio::test]
async fn a_thousand_runs_that_wait_wake_nothing() -> Result<(), Error> {
    let Some(script) = Script::start().await? else { return Ok(()) };
    let webhook = add_webhook(&script);
    let serving = script.serve().await?;
    trigger(&script, &serving, &webhook);
    says(&serving, "BUILD_UPLOAD_STATE_UPDATED").await?;
    let without = fewest_waits(&serving).await;
    drop(serving);

    let store = Store::open(&script.desktop.root().join("hookbell"), Timestamp::now()).unwrap().store;
    write_runs(&store).await;
    let serving = script.serve().await?;
    let with = fewest_waits(&serving).await;
    assert!(with <= without + MAX_MORE_WAITS, "{with} waits in {LOOK:?}, and {without} without runs");
    let waiting = store.runs(RunQuery { limit: 2 * RUNS, ..RunQuery::default() }).await.unwrap();
    assert!(waiting.len() == RUNS as usize && waiting.iter().all(|run| run.attempts == 0));
    Ok(())
}
