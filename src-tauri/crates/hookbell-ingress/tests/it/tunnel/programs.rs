//! What individual programs need: time, a retry in minutes, and no more information than necessary.

use std::time::Duration;

use hookbell_ingress::tunnel::{Rhythm, State};

use super::stage::{Stage, eventually, quick};

const PROMISED: &str = "echo '2026-10-07T08:00:02Z INF |  https://ferry-moss.trycloudflare.com  |' >&2";

#[tokio::test]
async fn too_many_quick_tunnels_are_not_answered_with_more() {
    let script = "echo '2026-10-07T08:00:01Z ERR Error unmarshaling QuickTunnel response: error code: 1015 \
                  error=\"invalid character\" status_code=\"429 Too Many Requests\"' >&2; \
                  echo 'failed to unmarshal quick Tunnel: invalid character' >&2; exit 1";
    let mut stage = Stage::scripted("cloudflare-quick", script, quick());
    let report = stage.until(|state| matches!(state, State::Retrying { next_at: Some(_), .. })).await;
    let State::Retrying { why, since, next_at } = report.state else { panic!("{report:?}") };
    assert_eq!(why, "Cloudflare temporarily allows no more quick tunnels from this address (429)");
    let wait = next_at.unwrap().duration_since(since);
    let minutes = Rhythm::default().wait_refused.0;
    assert!(wait.unsigned_abs() >= quick().wait_refused.0 / 2, "{wait}");
    assert!(minutes >= Duration::from_secs(300), "{minutes:?}");
    stage.end().await;
}

#[tokio::test]
async fn a_program_that_still_dials_is_given_its_time_and_a_blocked_port_is_named() {
    let script = format!(
        "{PROMISED}; until [ -f $DIR/through ]; do echo '2026-10-07T08:00:08Z ERR Failed to dial a quic connection \
         error=\"failed to dial to edge with quic: timeout\" connIndex=0' >&2; sleep 0.02; done; \
         echo '2026-10-07T08:01:05Z INF Switching to fallback protocol http2 connIndex=0' >&2; exit 1"
    );
    let rhythm = Rhythm { verified_within: Duration::from_millis(500), ..quick() };
    let mut stage = Stage::scripted("cloudflare-quick", &script, rhythm);
    let why = stage.retried().await;
    assert!(why.starts_with("UDP port 7844 is blocked here"), "{why}");
    // Many times as long as an address has to lead here.
    stage.wrote("Failed to dial", 100).await;
    assert_eq!(stage.starts().len(), 1, "it was not started again while it dialled");
    stage.write("through", "");
    eventually(|| (stage.starts().len() == 2).then_some(())).await;
    let starts = stage.starts();
    assert!(!starts[0].contains("--protocol") && starts[1].contains("--protocol http2"), "{starts:?}");
    stage.end().await;
}

#[tokio::test]
async fn a_name_that_may_not_exist_yet_is_asked_for_only_after_the_connection() {
    let script = format!(
        "{PROMISED}; until [ -f $DIR/connect ]; do sleep 0.02; done; \
         echo '2026-10-07T08:00:04Z INF Registered tunnel connection connIndex=0' >&2; exec sleep 600"
    );
    // Without the message that it is connected, the next probe would be in an hour.
    let rhythm = Rhythm { promised: Duration::from_secs(3600), verified_within: Duration::from_secs(7200), ..quick() };
    let mut stage = Stage::scripted("cloudflare-quick", &script, rhythm);
    stage.wrote("trycloudflare.com", 1).await;
    assert_eq!(stage.report().probe, None);
    stage.write("connect", "");
    stage.until_report(|report| report.probe.is_some()).await;
    stage.end().await;
}

#[tokio::test]
async fn a_new_name_that_is_not_known_is_no_reason_for_another_new_name() {
    let script = format!(
        "{PROMISED}; echo '2026-10-07T08:00:04Z INF Registered tunnel connection connIndex=0' >&2; exec sleep 600"
    );
    let rhythm = Rhythm { verified_within: Duration::from_millis(50), ..quick() };
    let mut stage = Stage::scripted("cloudflare-quick", &script, rhythm);
    // Neither a missing network nor this name resolves.
    let mut proofs = 0;
    let mut last = None;
    stage
        .until_report(|report| {
            let at = report.probe.as_ref().map(|probe| probe.at);
            proofs += usize::from(at != last);
            last = at;
            proofs > 5
        })
        .await;
    assert_eq!(stage.starts().len(), 1, "{:?}", stage.report());
    stage.end().await;
}

#[tokio::test]
async fn a_configuration_of_the_persons_own_tunnel_does_not_answer_in_our_place() {
    let mut stage = Stage::scripted("cloudflare-quick", "cat \"$3\"; exit 1", quick());
    let folder = stage.folder.path().display().to_string();
    assert_eq!(stage.retried().await, "cloudflared ended: no-autoupdate: true");
    let start = stage.starts().remove(0);
    assert!(
        start.starts_with(&format!("tunnel --config {folder}/hookbell-cloudflared.yml --no-autoupdate")),
        "{start}"
    );
    stage.end().await;
}

#[tokio::test]
async fn the_inspector_of_ngrok_is_off_by_a_configuration_of_ours() {
    let mut stage = Stage::scripted("ngrok", "for last; do :; done; cat \"$last\"; exit 1", quick());
    stage.retried().await;
    stage.wrote("web_addr: false", 1).await;
    stage.end().await;
}

/// Runs this test again as a child with a secret in its environment.
#[tokio::test]
async fn a_secret_in_our_environment_reaches_no_program_of_a_tunnel() {
    const NAME: &str = "tunnel::programs::a_secret_in_our_environment_reaches_no_program_of_a_tunnel";
    const SECRET: &str = "HOOK_SECRET";
    if std::env::var_os(SECRET).is_none() {
        let mut again = tokio::process::Command::new(std::env::current_exe().unwrap());
        let ran = again.args(["--exact", NAME]).env(SECRET, "s3cret").env("NGROK_AUTHTOKEN", "t0ken").output().await;
        let ran = ran.unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stdout));
        return;
    }
    let seen = async |id: &str| {
        let mut stage = Stage::scripted(id, "env > \"$DIR/env\"; exit 1", quick());
        stage.retried().await;
        let seen = std::fs::read_to_string(stage.folder.path().join("env")).unwrap();
        stage.end().await;
        seen
    };
    let ssh = seen("serveo").await;
    assert!(ssh.contains("PATH=") && ssh.contains("HOOKBELL_TUNNEL="), "{ssh}");
    assert!(!ssh.contains("s3cret") && !ssh.contains("t0ken"), "{ssh}");
    let ngrok = seen("ngrok").await;
    assert!(ngrok.contains("NGROK_AUTHTOKEN=t0ken"), "its own token is passed on: {ngrok}");
    assert!(!ngrok.contains("s3cret"), "{ngrok}");
}
