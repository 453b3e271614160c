//! `.dev/headless`, which `make run` uses without a display.

use std::{path::Path, process::Command};

use crate::listening::{Listening, Place, client, post};

#[tokio::test]
async fn ending_the_script_ends_the_listener_too() {
    let place = Place::new();
    std::fs::create_dir(place.data_dir()).unwrap();
    std::fs::copy(place.secret_file(), place.data_dir().join("listen.secret")).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../.dev/headless");
    let mut command = Command::new("bash");
    command.arg(script).arg(env!("CARGO_BIN_EXE_hookbell"));
    command.env("HOOKBELL_DATA_DIR", place.data_dir()).env("HOOKBELL_PORT", "0");
    let mut running = Listening::start(command);
    assert_eq!(post(&client(), &running.url, b"{}".to_vec()).await, Some(200));
    running.terminate();
    assert!(running.child.wait().unwrap().success());
    assert_eq!(post(&client(), &running.url, b"{}".to_vec()).await, None, "nobody listens any more");
}
