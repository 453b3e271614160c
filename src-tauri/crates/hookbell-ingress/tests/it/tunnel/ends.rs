//! A tunnel leaves nothing behind, neither after a stop nor after a crash.

use std::{process::Command, thread};

use hookbell_ingress::tunnel::reap;

use super::stage::{Answering, NONCE, Stage, Way, eventually, runs};

/// A program with a child, and one that left the group and resists SIGTERM.
const FAMILY: &str = "until [ -f $DIR/address ]; do sleep 0.01; done; cat $DIR/address; \
    sleep 600 & echo $! > $DIR/child; \
    setsid sh -c 'trap \"\" TERM; echo $$ > $DIR/stranger; while :; do sleep 0.1; done' & \
    echo $$ > $DIR/pid; wait";

async fn family() -> (Answering, Way, Stage, [u32; 3]) {
    let listener = Answering::with(NONCE).await;
    let way = Way::to(listener.address).await;
    let mut stage = Stage::of(FAMILY, None);
    stage.write("address", &format!("{}\n", way.url));
    stage.up_at(&way.url).await;
    let pids = [stage.number("pid").await, stage.number("child").await, stage.number("stranger").await];
    (listener, way, stage, pids)
}

#[tokio::test]
async fn stopping_ends_the_whole_group() {
    let (_listener, _way, stage, [pid, child, stranger]) = family().await;
    let folder = std::sync::Arc::clone(&stage.folder);
    stage.end().await;
    eventually(|| (!runs(pid) && !runs(child)).then_some(())).await;
    assert!(!folder.path().join("tunnel.json").exists(), "the note is taken back");
    Command::new("kill").args(["-9", &stranger.to_string()]).status().unwrap();
}

#[tokio::test]
async fn a_program_that_does_not_listen_is_killed() {
    let listener = Answering::with(NONCE).await;
    let way = Way::to(listener.address).await;
    let command = "trap '' TERM; until [ -f $DIR/address ]; do sleep 0.01; done; cat $DIR/address; \
                   echo $$ > $DIR/pid; while :; do sleep 0.1; done";
    let mut stage = Stage::of(command, None);
    stage.write("address", &format!("{}\n", way.url));
    stage.up_at(&way.url).await;
    let pid = stage.number("pid").await;
    stage.end().await;
    assert!(!runs(pid));
}

#[tokio::test]
async fn what_a_crash_left_behind_is_ended_by_the_next_run_and_nothing_else() {
    let (_listener, _way, stage, pids) = family().await;
    // An unrelated process, which must survive.
    let mut other = Command::new("sleep").arg("600").spawn().unwrap();
    // What a crash leaves: the note and the processes. Reaps a copy of the note while they run.
    let note = stage.folder.path().join("tunnel.json");
    let elsewhere = tempfile::tempdir().unwrap();
    std::fs::copy(&note, elsewhere.path().join("tunnel.json")).unwrap();
    let text = std::fs::read_to_string(&note).unwrap();
    let mark = serde_json::from_str::<serde_json::Value>(&text).unwrap()["mark"].as_str().unwrap().to_owned();
    assert!(mark.len() >= 32, "{mark}");

    let dir = elsewhere.path().to_owned();
    let ended = tokio::task::spawn_blocking(move || reap(&dir)).await.unwrap();
    assert!(ended >= 3, "{ended}");
    for pid in pids {
        eventually(|| (!runs(pid)).then_some(())).await;
    }
    assert!(other.try_wait().unwrap().is_none(), "a stranger was ended");
    assert!(!elsewhere.path().join("tunnel.json").exists());
    other.kill().unwrap();
    other.wait().unwrap();
    stage.end().await;
}

#[test]
fn a_note_whose_process_id_belongs_to_somebody_else_now_ends_nobody() {
    let mut other = Command::new("sleep").arg("600").spawn().unwrap();
    let dir = tempfile::tempdir().unwrap();
    let note = serde_json::json!({ "mark": "0".repeat(32), "pid": other.id(), "started": 1 });
    std::fs::write(dir.path().join("tunnel.json"), note.to_string()).unwrap();
    assert_eq!(reap(dir.path()), 0);
    assert!(other.try_wait().unwrap().is_none());
    for broken in ["", "{", "null", r#"{"pid":1}"#] {
        std::fs::write(dir.path().join("tunnel.json"), broken).unwrap();
        assert_eq!(reap(dir.path()), 0, "{broken}");
    }
    assert_eq!(thread::spawn(move || reap(dir.path())).join().unwrap(), 0);
    other.kill().unwrap();
    other.wait().unwrap();
}
