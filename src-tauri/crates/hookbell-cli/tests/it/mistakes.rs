//! Common mistakes, and the message about each: what is wrong, where, and what to do.

use crate::listening::Place;

/// Runs a wrong command, and checks its exit code, that it prints one message, and these words in it.
#[track_caller]
fn check(place: &Place, arguments: &[&str], code: i32, words: &[&str]) {
    let mut command = place.command(arguments);
    let output = command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent").output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    for word in words {
        assert!(said.contains(word), "{arguments:?} says nothing of {word:?}: {said}");
    }
    if code == 1 {
        assert_eq!(said.lines().count(), 1, "{said}");
    }
    for leak in ["\u{1b}", "zbus", "os error 17", "unexpected argument"] {
        assert!(!said.contains(leak), "{arguments:?} shows {leak:?}: {said}");
    }
}

#[test]
fn a_wrong_id_says_that_nothing_has_it_and_which_command_shows_the_ids() {
    let place = Place::new();
    check(&place, &["events", "--raw", "nope"], 1, &["no event with the id nope", "hookbell events"]);
    check(&place, &["events", "delete", "nope"], 1, &["no event with the id nope"]);
    check(&place, &["feedback", "show", "nope"], 1, &["no feedback with the id nope", "hookbell feedback list"]);
    check(&place, &["feedback", "delete", "nope"], 1, &["no feedback with the id nope"]);
    check(&place, &["accounts", "remove", "nope"], 1, &["no account with the id nope", "hookbell accounts list"]);
    check(&place, &["apps", "--account", "nope"], 1, &["no account with the id nope", "hookbell accounts list"]);
}

#[test]
fn what_needs_an_account_says_how_to_add_one() {
    let place = Place::new();
    for arguments in [&["apps"][..], &["catch-up"], &["webhooks", "list", "--app", "1"], &["webhooks", "ping", "x"]] {
        check(&place, arguments, 1, &["no account yet", "hookbell accounts add"]);
    }
}

#[test]
fn a_data_directory_that_is_mistyped_is_not_created() {
    let place = Place::new();
    let missing = place.data_dir().with_file_name("mistyped");
    let name = missing.to_str().unwrap();
    let secret = place.secret_file();
    let secret = secret.to_str().unwrap();
    for arguments in [
        &["events"][..],
        &["settings", "show"],
        &["serve", "--port", "0"],
        &["listen", "--port", "0", "--secret-file", secret],
    ] {
        let arguments: Vec<_> = arguments.iter().copied().chain(["--data-dir", name]).collect();
        check(&place, &arguments, 1, &["there is no data directory", name, "mkdir"]);
        assert!(!missing.exists(), "{arguments:?}");
    }
    check(&place, &["events", "--data-dir", secret], 1, &["is a file", "choose a folder"]);
}

#[test]
fn a_command_line_that_is_wrong_exits_2_and_says_what_can_be_written() {
    let place = Place::new();
    check(&place, &["events", "--limit", "-1"], 2, &["--limit", "a whole number, 1 or more"]);
    check(&place, &["feedback", "list", "--limit", "0"], 2, &["a whole number, 1 or more"]);
    check(&place, &["webhooks", "update", "x"], 2, &["--name", "--rotate-secret"]);
    check(&place, &["webhooks", "deliveries", "x", "--since", "last week"], 2, &["2026-11-01T09:30", "yesterday"]);
    check(&place, &["feedback", "delete", "--before", "soon"], 2, &["2026-11-01", "yesterday"]);
    check(&place, &["listen", "--path", "studio", "--secret-env", "X"], 2, &["/hooks/studio"]);
    check(&place, &["tunnel", "set", "custom", "--field", "x"], 2, &["NAME=VALUE"]);
    check(&place, &["lisen"], 2, &["listen"]);
}

#[test]
fn a_field_that_can_not_be_taken_is_named_as_its_option() {
    let place = Place::new();
    check(&place, &["accounts", "add", "--key-file", "/nowhere.p8"], 1, &["--key-file: "]);
    check(&place, &["tunnel", "set", "nope"], 1, &["PROVIDER: ", "hookbell tunnel providers"]);
    check(&place, &["tunnel", "set", "custom"], 1, &["--field command=…: "]);
    check(&place, &["doctor"], 1, &["steps need fixing"]);
}

#[test]
fn a_damaged_database_is_said_in_one_sentence() {
    let place = Place::new();
    assert!(place.run(&["settings", "show"]).status.success());
    std::fs::write(place.data_dir().join("hookbell.db"), "this is no database, and long enough to be looked at")
        .unwrap();
    let output = place.run(&["events"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    assert!(said.starts_with("hookbell: the database was damaged; it was kept as "), "{said}");
    assert!(said.lines().count() == 1 && !said.contains("ERROR"), "{said}");
}

#[test]
fn a_talkative_log_has_no_statements_of_the_database() {
    let place = Place::new();
    let output = place.command(&["events"]).env("HOOKBELL_LOG", "debug").output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && !said.contains("CREATE TABLE"), "{said}");
}

#[cfg(target_os = "linux")]
#[test]
fn nothing_found_says_so_and_what_to_try() {
    use crate::terminal::at_a_terminal;

    let place = Place::new();
    for (arguments, hint) in [
        (&["events"][..], "hookbell listen"),
        (&["accounts", "list"], "hookbell accounts add"),
        (&["feedback", "list"], "--refresh"),
        (&["feedback", "list", "--unread"], "fewer filters"),
        (&["tunnel", "status"], "hookbell tunnel set"),
    ] {
        let Some(said) = at_a_terminal(&place.command(arguments)) else { return };
        assert!(said.contains("No ") && said.contains(hint), "{arguments:?}: {said}");
        assert!(said.lines().all(|line| line.chars().count() <= 80), "{arguments:?} is wider than 80: {said}");
    }
}
