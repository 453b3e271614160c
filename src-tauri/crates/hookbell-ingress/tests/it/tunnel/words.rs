//! A program's last output is never lost, and always has the same meaning.

use std::time::Duration;

use hookbell_ingress::tunnel::{Instruction, Rhythm, State};

use super::stage::{Answering, NONCE, Stage, Way, quick};

/// A program that exits at once is read to its end, so a few runs on a busy machine give the same result.
const TIMES: usize = 10;

#[tokio::test]
async fn the_last_words_of_a_program_that_ends_at_once_are_the_reason_every_time() {
    for _ in 0..TIMES {
        let script = "printf 'Allocated port 4 for remote forward to 127.0.0.1:8377\\n' >&2; \
                      echo 'There are too many tunnels open from your address.'; exit 255";
        let mut stage = Stage::scripted("localhost-run", script, quick());
        assert_eq!(stage.retried().await, "ssh ended: There are too many tunnels open from your address.");
        stage.end().await;
    }
}

#[tokio::test]
async fn a_refusal_in_the_last_words_is_seen_at_the_first_start_every_time() {
    let script = "printf 'ERROR:  authentication failed: An account with a token is needed.\\nERROR:  \\n\
                  ERROR:  ERR_NGROK_4018\\nERROR:  \\n'; exit 1";
    for _ in 0..TIMES {
        let mut stage = Stage::scripted("ngrok", script, quick());
        let (message, hint) = stage.refused().await;
        assert_eq!(message, "ngrok needs an account and its authtoken (ERR_NGROK_4018)");
        assert!(hint.contains("dashboard.ngrok.com"), "{hint}");
        assert_eq!(stage.starts().len(), 1, "what is fatal is not tried again");
        stage.end().await;
    }
}

#[tokio::test]
async fn a_command_that_is_not_there_is_said_in_the_words_of_the_shell() {
    let mut stage = Stage::of("no-such-program --port 1", None);
    let why = stage.retried().await;
    assert!(why.starts_with("sh ended: ") && why.contains("no-such-program"), "{why}");
    stage.end().await;
}

#[tokio::test]
async fn the_last_words_are_not_waited_for_while_a_grandchild_holds_the_output() {
    let mut stage = Stage::of("sleep 600 & echo it is over >&2; exit 3", None);
    assert_eq!(stage.retried().await, "sh ended: it is over");
    stage.end().await;
}

#[tokio::test]
async fn lines_of_both_outputs_keep_their_order() {
    let mut stage = Stage::of("for i in 1 2 3 4 5; do echo out $i; echo err $i >&2; done; exit 1", None);
    assert_eq!(stage.retried().await, "sh ended: err 5");
    let first: Vec<_> = stage.output.lines().into_iter().take(4).map(|line| line.text).collect();
    assert_eq!(first, ["out 1", "err 1", "out 2", "err 2"]);
    stage.end().await;
}

#[tokio::test]
async fn an_address_that_is_a_hyperlink_of_the_terminal_is_found() {
    let listener = Answering::with(NONCE).await;
    let way = Way::to(listener.address).await;
    let command = format!(
        "printf '\\033[1mpublic url:\\033[0m \\033]8;;{url}\\033\\\\{url}\\033]8;;\\033\\\\\\n'; exec sleep 600",
        url = way.url
    );
    let mut stage = Stage::of(&command, None);
    stage.up_at(&way.url).await;
    assert_eq!(stage.output.lines()[0].text, format!("public url: {}", way.url));
    stage.end().await;
}

#[tokio::test]
async fn a_program_that_never_stops_writing_is_started_anew_when_somebody_wants_it() {
    let stage = Stage::of("echo x >> $DIR/starts; while :; do echo chatter; done", None);
    stage.wrote("chatter", 100).await;
    stage.orders.send(Instruction::Restart).await.unwrap();
    super::stage::eventually(|| (stage.starts().len() == 2).then_some(())).await;
    stage.end().await;
}

#[tokio::test]
async fn a_program_that_never_stops_writing_has_to_say_its_address_in_time() {
    let rhythm = Rhythm { address_within: Duration::from_millis(100), ..quick() };
    let command = "while :; do echo chatter; done";
    for (pattern, expected) in [
        ("", "the command printed no https address; make it print one, or set a pattern that finds it: chatter"),
        (r"at (\S+)", "the pattern matches nothing that the command printed; correct the pattern: chatter"),
    ] {
        let fields = [("command", command), ("pattern", pattern)];
        let mut stage = Stage::of_provider("custom", &fields, None, rhythm.clone());
        assert_eq!(stage.retried().await, expected);
        stage.end().await;
    }
}

#[tokio::test]
async fn what_has_to_be_enabled_is_said_with_its_address_while_the_program_waits_and_goes_on() {
    let script = "printf 'Funnel is not enabled on your tailnet.\\nTo enable, visit:\\n\\n         \
                  https://login.tailscale.com/f/funnel?node=nABC\\n\\n' >&2; \
                  until [ -f $DIR/enabled ]; do sleep 0.02; done; echo 'Available on the internet:'; \
                  echo; echo https://studio.tail9f3a.ts.net/; exec sleep 600";
    let mut stage = Stage::scripted("tailscale", script, quick());
    let linked = stage.until(|state| matches!(state, State::Failed { hint, .. } if hint.contains("node=nABC"))).await;
    let State::Failed { message, hint } = linked.state else { panic!("{linked:?}") };
    assert_eq!(message, "Funnel is not enabled on your tailnet");
    assert_eq!(
        hint,
        "enable it at https://login.tailscale.com/f/funnel?node=nABC; the tunnel then starts automatically"
    );
    stage.write("enabled", "");
    stage.until(|state| !matches!(state, State::Failed { .. })).await;
    assert_eq!(stage.starts().len(), 1, "it was left to wait");
    stage.end().await;
}
