//! Strangers' text on a real terminal, provided by util-linux's `script`.

use std::{
    io::{ErrorKind, Write},
    process::{Command, Stdio},
};

use serde_json::{Value, json};

use crate::{
    apple::Simulator,
    listening::{Place, client, post},
};

/// Clearing the screen, setting the window's title, a C1 sequence, a direction override and a carriage return.
const HOSTILE: &str = "one \u{1B}[2J\u{1B}]0;mine\u{7} \u{9B}31m \u{202E}owt\u{2066}\nthree\rfour\u{7F}";

/// Everything that would act on a terminal; the terminal itself writes each line break as CR LF.
fn acting(written: &str) -> String {
    let plain = written.replace("\r\n", "\n");
    let acts =
        |c: &char| (c.is_control() && *c != '\n') || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    plain.chars().filter(acts).collect()
}

/// A command's output to a terminal, both streams; `None` if there is no `script`.
pub fn at_a_terminal(command: &Command) -> Option<String> {
    let quoted = |text: &std::ffi::OsStr| format!("'{}'", text.to_str().unwrap().replace('\'', r"'\''"));
    let words: Vec<String> = std::iter::once(command.get_program()).chain(command.get_args()).map(quoted).collect();
    let mut script = Command::new("script");
    script.args(["--quiet", "--command", &words.join(" "), "/dev/null"]).stdin(Stdio::null());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => script.env(name, value),
            None => script.env_remove(name),
        };
    }
    match script.output() {
        Ok(output) => Some(String::from_utf8(output.stdout).unwrap()),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            #[allow(clippy::disallowed_methods, reason = "a skipped test says so past the runner")]
            let _ = writeln!(std::io::stderr(), "skipped: there is no `script` here");
            None
        }
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn a_testers_words_do_nothing_to_a_terminal_as_text_or_as_json() {
    let place = Place::new();
    let simulator = Simulator::start(&place);
    let apps = simulator.json(&place, &["apps"]);
    let app = apps[0]["id"].as_str().unwrap();
    simulator.control("/sim/feedback", &json!({ "appId": app, "comment": HOSTILE }));
    let all = simulator.json(&place, &["feedback", "list", "--refresh", "--limit", "100"]);
    let hostile = all.as_array().unwrap().iter().find(|one| one["comment"] == HOSTILE).unwrap();
    let id = hostile["id"].as_str().unwrap();
    for arguments in [vec!["feedback", "show", id], vec!["feedback", "list"], vec!["feedback", "show", id, "--json"]] {
        let Some(written) = at_a_terminal(&simulator.command(&place, &arguments)) else { return };
        assert_eq!(acting(&written), "", "{arguments:?}: {written:?}");
        assert!(written.contains("one "), "{arguments:?}: {written:?}");
        if arguments.contains(&"--json") {
            assert_eq!(serde_json::from_str::<Value>(&written).unwrap()["feedback"]["comment"], HOSTILE);
        }
    }
    let shown = at_a_terminal(&simulator.command(&place, &["feedback", "show", id])).unwrap();
    assert!(shown.contains("  one ␛[2J␛]0;mine␇ \u{FFFD}31m owt\r\n  three␍four␡"), "{shown:?}");
}

#[tokio::test]
async fn a_raw_body_does_nothing_to_a_terminal() {
    let place = Place::new();
    let listening = place.listen(&[]);
    post(&client(), &listening.url, HOSTILE.as_bytes().to_vec()).await;
    let id = place.events()[0]["id"].as_str().unwrap().to_owned();
    let Some(written) = at_a_terminal(&place.command(&["events", "--raw", &id])) else { return };
    assert_eq!(acting(&written), "", "{written:?}");
    assert!(written.contains("one ␛[2J"), "{written:?}");
}

#[test]
fn an_error_does_nothing_to_a_terminal() {
    let output = Place::new().run(&["events", "--raw", HOSTILE]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(acting(&said), "", "{said:?}");
    assert!(said.contains("one ␛[2J"), "{said:?}");
}

#[test]
fn the_log_does_nothing_to_a_terminal() {
    let place = Place::new();
    let mut command = place.command(&["events"]);
    command.env("HOOKBELL_LOG", "trace");
    let Some(written) = at_a_terminal(&command) else { return };
    assert_eq!(acting(&written), "", "{written:?}");
}
