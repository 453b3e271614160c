//! The tunnel's states, and how it recovers.

use std::time::{Duration, Instant};

use hookbell_ingress::tunnel::{Instruction, ProbeOutcome, State};

use super::stage::{Answering, NONCE, Stage, Way, eventually, quick};

/// Prints its address from a file, and stays.
const STAYS: &str =
    "until [ -f $DIR/address ]; do sleep 0.01; done; cat $DIR/address; echo $$ > $DIR/pid; exec sleep 600";

async fn staying(url: &str) -> Stage {
    let stage = Stage::of(STAYS, None);
    stage.write("address", &format!("{url}\n"));
    stage
}

#[tokio::test]
async fn up_means_that_the_address_led_to_this_very_process() {
    let listener = Answering::with(NONCE).await;
    let way = Way::to(listener.address).await;
    let mut stage = staying(&way.url).await;
    let report = stage.up_at(&way.url).await;
    let probe = report.probe.unwrap();
    assert_eq!(probe.outcome, ProbeOutcome::Reached);
    assert!(probe.took.is_some());
    assert!(stage.output.lines().iter().any(|line| line.text == way.url), "{:?}", stage.output.lines());
    stage.end().await;
}

#[tokio::test]
async fn another_process_at_the_address_is_told_apart() {
    let stranger = Answering::with("hello from somebody else").await;
    let way = Way::to(stranger.address).await;
    let mut stage = staying(&way.url).await;
    let why = stage.retried().await;
    assert_eq!(why, "another program responds at the public address (200)");
    let met = stage.until(|state| matches!(state, State::Retrying { .. })).await.probe.unwrap().outcome;
    assert_eq!(met, ProbeOutcome::Foreign(200));
    stage.end().await;
}

#[tokio::test]
async fn a_program_that_is_killed_is_started_again_at_its_new_address() {
    let listener = Answering::with(NONCE).await;
    let (first, second) = (Way::to(listener.address).await, Way::to(listener.address).await);
    let mut stage = staying(&first.url).await;
    stage.up_at(&first.url).await;
    stage.write("address", &format!("{}\n", second.url));
    let pid = stage.number("pid").await;
    std::process::Command::new("kill").args(["-9", &pid.to_string()]).status().unwrap();
    let why = stage.retried().await;
    assert!(why.starts_with("sh ended"), "{why}");
    stage.up_at(&second.url).await;
    let file = stage.folder.path().join("pid");
    let is_another = || std::fs::read_to_string(&file).ok()?.trim().parse().ok().filter(|now: &u32| *now != pid);
    eventually(is_another).await;
    stage.end().await;
}

#[tokio::test]
async fn what_it_chatted_about_while_all_was_well_is_not_given_as_the_reason() {
    let listener = Answering::with(NONCE).await;
    let way = Way::to(listener.address).await;
    let command = "until [ -f $DIR/address ]; do sleep 0.01; done; cat $DIR/address; \
                   until [ -f $DIR/end ]; do sleep 0.01; done; echo INFO connection exited; exit 3";
    let mut stage = Stage::of(command, None);
    stage.write("address", &format!("{}\n", way.url));
    stage.up_at(&way.url).await;
    stage.write("end", "");
    assert_eq!(stage.retried().await, "sh ended (exit status: 3)");
    assert!(stage.output.lines().iter().any(|line| line.text == "INFO connection exited"), "its output keeps it");
    stage.end().await;
}

#[tokio::test]
async fn a_tunnel_that_hangs_silently_is_started_again() {
    let listener = Answering::with(NONCE).await;
    let (first, second) = (Way::to(listener.address).await, Way::to(listener.address).await);
    let mut stage = staying(&first.url).await;
    stage.up_at(&first.url).await;
    stage.write("address", &format!("{}\n", second.url));
    first.hang();
    let why = stage.retried().await;
    assert_eq!(why, "nothing responds at the public address: no response in time");
    stage.up_at(&second.url).await;
    stage.end().await;
}

#[tokio::test]
async fn an_address_that_changes_while_it_runs_is_followed() {
    let listener = Answering::with(NONCE).await;
    let (first, second) = (Way::to(listener.address).await, Way::to(listener.address).await);
    let command = "until [ -f $DIR/address ]; do sleep 0.01; done; cat $DIR/address; \
                   until [ -f $DIR/second ]; do sleep 0.01; done; cat $DIR/second; exec sleep 600";
    let mut stage = Stage::of(command, None);
    stage.write("address", &format!("{}\n", first.url));
    stage.up_at(&first.url).await;
    stage.write("second", &format!("{}\n", second.url));
    stage.up_at(&second.url).await;
    stage.end().await;
}

#[tokio::test]
async fn one_that_flaps_is_started_ever_more_rarely() {
    let listener = Answering::with(NONCE).await;
    let way = Way::to(listener.address).await;
    // Up just long enough to be verified, then gone.
    let command = "echo x >> $DIR/starts; until [ -f $DIR/address ]; do sleep 0.01; done; cat $DIR/address; sleep 0.15";
    let rhythm = hookbell_ingress::tunnel::Rhythm {
        wait: (Duration::from_millis(50), Duration::from_secs(60)),
        steady: Duration::from_secs(60),
        ..quick()
    };
    let began = Instant::now();
    let stage = Stage::of_provider("custom", &[("command", command)], None, rhythm);
    stage.write("address", &format!("{}\n", way.url));
    let starts = || std::fs::read_to_string(stage.folder.path().join("starts")).unwrap_or_default().lines().count();
    eventually(|| (starts() >= 7).then_some(())).await;
    // Six runs of 150 ms, with waits that double from 50 ms, minus half at most.
    let least_wait_ms: u64 = (0..6).map(|failures| (50 << failures) / 2).sum();
    let took = began.elapsed();
    assert!(took >= Duration::from_millis(6 * 150 + least_wait_ms), "{took:?}");
    stage.end().await;
}

#[tokio::test]
async fn an_order_to_check_starts_at_once_what_waits() {
    let listener = Answering::with(NONCE).await;
    let way = Way::to(listener.address).await;
    let rhythm =
        hookbell_ingress::tunnel::Rhythm { wait: (Duration::from_secs(600), Duration::from_secs(600)), ..quick() };
    let command = "[ -f $DIR/address ] || { echo no luck; exit 1; }; cat $DIR/address; exec sleep 600";
    let mut stage = Stage::of_provider("custom", &[("command", command)], None, rhythm);
    assert_eq!(stage.retried().await, "sh ended: no luck");
    stage.write("address", &format!("{}\n", way.url));
    stage.orders.send(Instruction::Check).await.unwrap();
    stage.up_at(&way.url).await;
    stage.end().await;
}

#[tokio::test]
async fn a_token_reaches_the_program_and_no_line_that_is_kept() {
    let listener = Answering::with(NONCE).await;
    let way = Way::to(listener.address).await;
    let command =
        "echo token $HOOKBELL_TUNNEL_TOKEN; tr '\\0' ' ' < /proc/$$/cmdline; echo; cat $DIR/address; exec sleep 600";
    let mut stage =
        Stage::of(&format!("until [ -f $DIR/address ]; do sleep 0.01; done; {command}"), Some("s3cret-token"));
    stage.write("address", &format!("{}\n", way.url));
    stage.up_at(&way.url).await;
    let lines: Vec<_> = stage.output.lines().into_iter().map(|line| line.text).collect();
    assert!(lines.contains(&"token …".to_owned()), "{lines:?}");
    assert!(lines.iter().all(|line| !line.contains("s3cret")), "{lines:?}");
    stage.end().await;
}

#[tokio::test]
async fn what_nobody_can_mend_by_waiting_is_said_with_what_to_do() {
    let mut stage = Stage::of_provider("bore", &[("server", "bore.example")], None, quick());
    let report = stage.until(|state| matches!(state, State::Failed { .. })).await;
    let State::Failed { message, hint } = report.state else { panic!("{report:?}") };
    assert!(message.contains("https") && hint.contains("in front of the server"), "{message} {hint}");
    stage.end().await;
}

#[tokio::test]
async fn an_address_of_ones_own_is_only_probed() {
    let listener = Answering::with(NONCE).await;
    let way = Way::to(listener.address).await;
    let mut stage = Stage::of_provider("public-url", &[("url", &way.url)], None, quick());
    stage.up_at(&way.url).await;
    way.hang();
    stage.retried().await;
    way.pass();
    stage.up_at(&way.url).await;
    assert!(stage.output.lines().is_empty());
    stage.end().await;
}
