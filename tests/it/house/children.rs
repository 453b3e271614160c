//! Every program is started in a place that clears its environment.

use super::{
    assert_none,
    source::{Source, files},
};

/// Where programs are started: Hookbell's own, and those of rules.
const PLACES: [&str; 2] =
    ["src-tauri/crates/hookbell-ingress/src/child.rs", "src-tauri/crates/hookbell-actions/src/run.rs"];

/// What each of these places must do before it starts a program.
const EMPTIES: &str = ".env_clear()";

/// Calls that start a program, or could. The last ones are from libraries that would start it themselves.
const STARTS: [&str; 5] = ["Command::new(", "open::that", "open::with", "opener::open_url", "opener::open_path"];

/// A call that builds a command, and the one that must restrict it.
const RESTRICTED: (&str, &str) = ("open::commands", "restrict_child");

fn started_elsewhere(source: &Source) -> Vec<String> {
    let is_a_place = PLACES.contains(&source.path.as_str()) && source.text.contains(EMPTIES);
    if is_a_place || source.path.contains("/tests/") || source.path.contains("/examples/") {
        return Vec::new();
    }
    let code = source.text.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found: Vec<_> = STARTS.into_iter().filter(|start| code.contains(start)).collect();
    let (library, restriction) = RESTRICTED;
    found.extend((code.contains(library) && !code.contains(restriction)).then_some(library));
    found.into_iter().map(|start| format!("{}: {start} instead of hookbell_ingress::child", source.path)).collect()
}

#[test]
fn every_program_is_started_without_our_environment() {
    let offences: Vec<_> = files(&["src-tauri"], &[".rs"]).iter().flat_map(started_elsewhere).collect();
    assert_none("Started elsewhere", &offences);
}

#[test]
fn the_rule_bites() {
    let offences =
        |path: &str, text: &str| started_elsewhere(&Source { path: path.to_owned(), text: text.to_owned() }).len();
    assert_eq!(offences("a.rs", "std::process::Command::new(\"ssh\")"), 1);
    assert_eq!(offences("a.rs", "for command in open::commands(what) { command.spawn() }"), 1);
    assert_eq!(offences("a.rs", "for command in open::commands(what) { restrict_child(&mut command, &[]) }"), 0);
    assert_eq!(offences("a.rs", "#[cfg(test)]\nmod tests { fn x() { Command::new(\"sh\") } }"), 0);
    assert_eq!(offences(PLACES[0], "Command::new(program)"), 1);
    assert_eq!(offences(PLACES[0], "Command::new(program).env_clear()"), 0);
}
