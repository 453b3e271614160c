//! What a simulator with a data directory remembers after a restart.

use hookbell_core::EventType;
use hookbell_sim::{AttemptState, Config, Emit, Simulator, SimulatorError};
use tempfile::TempDir;

use crate::{
    client::{Client, start_with},
    receiver::{Receiver, SECRET},
};

fn config(dir: &TempDir) -> Config {
    Config { data_dir: Some(dir.path().join("apple")), ..Config::default() }
}

#[tokio::test]
async fn keys_webhooks_deliveries_and_states_come_back() {
    let dir = TempDir::new().unwrap();
    let receiver = Receiver::start().await;
    let (simulator, client) = start_with(config(&dir)).await;
    let types = ["APP_STORE_VERSION_APP_VERSION_STATE_UPDATED"];
    let webhook = client.webhook(&receiver.url, SECRET, &types).await;
    let emit = Emit::of(EventType::AppStoreVersionAppVersionStateUpdated).through(&webhook);
    simulator.emit(emit.clone()).await.unwrap();
    let (before, old) = (simulator.state(), simulator.ready());
    simulator.stop().await.unwrap();

    let (simulator, client) = start_with(config(&dir)).await;
    let (after, new) = (simulator.state(), simulator.ready());
    for part in ["webhooks", "deliveries", "keys", "apps"] {
        assert_eq!(before[part], after[part], "{part}");
    }
    assert_eq!(
        (&old.key_id, &old.issuer_id, &old.private_key_file),
        (&new.key_id, &new.issuer_id, &new.private_key_file)
    );
    assert_eq!(client.get(&format!("/v1/webhooks/{webhook}")).await.status, 200);
    let sent = simulator.emit(emit).await.unwrap();
    assert_eq!(sent[0].delivery_state, AttemptState::Succeeded);
    assert!(receiver.posts()[1].is_signed_with(SECRET), "the secret came back too");
    assert_eq!(receiver.posts()[1].json()["data"]["attributes"]["oldValue"], "READY_FOR_REVIEW");
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_may_read_the_state() {
    use std::os::unix::fs::PermissionsExt;

    let dir = TempDir::new().unwrap();
    start_with(config(&dir)).await.0.stop().await.unwrap();
    let file = dir.path().join("apple/simulator.json");
    assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn a_spoilt_state_or_key_is_named_and_left_alone() {
    let dir = TempDir::new().unwrap();
    let (simulator, _) = start_with(config(&dir)).await;
    let key = simulator.ready().private_key_file;
    simulator.stop().await.unwrap();

    std::fs::write(&key, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n").unwrap();
    let error = Simulator::start(config(&dir)).await.unwrap_err();
    assert!(matches!(&error, SimulatorError::Key(path) if *path == key), "{error}");
    let state = dir.path().join("apple/simulator.json");
    std::fs::write(&state, "{").unwrap();
    let error = Simulator::start(config(&dir)).await.unwrap_err();
    assert!(matches!(&error, SimulatorError::State { path, .. } if *path == state), "{error}");
    assert_eq!(std::fs::read_to_string(state).unwrap(), "{");
}

#[tokio::test]
async fn two_simulators_do_not_share_a_data_directory() {
    let dir = TempDir::new().unwrap();
    let (first, client) = start_with(config(&dir)).await;
    let error = Simulator::start(config(&dir)).await.unwrap_err();
    let folder = dir.path().join("apple");
    assert!(matches!(&error, SimulatorError::InUse(path) if *path == folder), "{error}");
    assert!(error.hint().contains("stop it first"), "{error}");
    assert_eq!(client.get("/v1/apps").await.status, 200, "the first goes on");

    first.stop().await.unwrap();
    let (_second, client) = start_with(config(&dir)).await;
    assert_eq!(client.get("/v1/apps").await.status, 200);
}

#[tokio::test]
async fn a_taken_port_is_named() {
    let (simulator, client) = start_with(Config::default()).await;
    let port = client.ready.url.rsplit(':').next().unwrap().parse().unwrap();
    let error = Simulator::start(Config { port, ..Config::default() }).await.unwrap_err();
    assert!(matches!(error, SimulatorError::Port { port: named, .. } if named == port), "{error}");
    simulator.stop().await.unwrap();
    let (_again, client) = start_with(Config { port, ..Config::default() }).await;
    assert_eq!(client.get("/v1/apps").await.status, 200, "the port is free once it has stopped");
}

#[tokio::test]
async fn without_a_data_directory_the_keys_go_with_the_simulator() {
    let (simulator, Client { ready, .. }) = start_with(Config::default()).await;
    assert!(ready.private_key_file.exists());
    simulator.stop().await.unwrap();
    assert!(!ready.private_key_file.exists());
}
