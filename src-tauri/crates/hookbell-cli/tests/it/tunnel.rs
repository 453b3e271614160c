//! The tunnel from scripts: both the command that chooses it and the one that runs it report what is missing.

use crate::listening::{Listening, PATIENCE, Place};

/// A `PATH` and home directory without any tunnel program.
const NOWHERE: &str = "/nonexistent";

#[test]
fn choosing_a_tunnel_whose_program_is_not_here_says_so_and_how_to_get_it() {
    let place = Place::new();
    let set = |provider: &str| {
        let mut command = place.command(&["tunnel", "set", provider]);
        command.env("PATH", NOWHERE).env("HOME", NOWHERE).output().unwrap()
    };
    let output = set("cloudflare-quick");
    assert!(output.status.success(), "the choice is kept: {output:?}");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("hookbell: cloudflared is not installed: ") && said.contains("cloudflared"), "{said}");
    assert_eq!(String::from_utf8(set("none").stderr).unwrap(), "");
}

#[test]
fn a_listener_whose_tunnel_can_not_run_says_so_on_standard_error() {
    let place = Place::new();
    let chosen = place.command(&["tunnel", "set", "cloudflare-quick"]).env("PATH", NOWHERE).output().unwrap();
    assert!(chosen.status.success(), "{chosen:?}");
    let mut command = place.command(&["serve", "--port", "0"]);
    command.env("PATH", NOWHERE).env("HOME", NOWHERE);
    command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
    let mut serving = Listening::start(command);
    let errors = serving.errors();
    while !errors.recv_timeout(PATIENCE).expect("a warning in time").contains("cloudflared is not installed") {}
    serving.terminate();
    assert!(serving.child.wait().unwrap().success());
}
