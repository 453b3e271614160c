//! Anything impossible gets a message and an exit code.

use crate::listening::Place;

#[cfg(target_os = "linux")]
#[test]
fn output_that_can_not_be_written_is_a_failure() {
    let place = Place::new();
    for arguments in [
        &["help"][..],
        &["help", "listen"],
        &["--help"],
        &["--version"],
        &["completions", "bash"],
        &["settings", "show"],
        &["events"],
    ] {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let output = place.command(arguments).stdout(full).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        // No event is stored, so there is nothing to write.
        if arguments == ["events"] {
            assert_eq!(output.status.code(), Some(0), "{said}");
            continue;
        }
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(said.contains("can't write to stdout: No space left on device"), "{arguments:?}: {said}");
    }
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let place = Place::new();
    for arguments in [&["help"][..], &["completions", "bash"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = place.command(arguments).stdout(writer).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {output:?}");
    }
}

#[test]
fn a_log_filter_that_says_nothing_is_refused() {
    let place = Place::new();
    for filter in ["verbose", "hookbell=loud", "debug,nonsense", "="] {
        let output = place.command(&["events"]).env("HOOKBELL_LOG", filter).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{filter}: {said}");
        assert!(said.contains(&format!("HOOKBELL_LOG is {filter:?}, which is not a log level")), "{said}");
    }
    for filter in ["", "debug", "WARN", "off", "hookbell_store=trace,warn"] {
        let output = place.command(&["events"]).env("HOOKBELL_LOG", filter).output().unwrap();
        assert!(output.status.success(), "{filter}: {output:?}");
    }
}
