//! How a file looks: not too long, named after its subject, and opening with its reason to exist.

use super::{
    assert_none,
    source::{Source, files},
};

const LONGEST: usize = 400;

/// Names that say nothing, because they fit everything.
const EMPTY_WORDS: [&str; 4] = ["Manager", "Helper", "Util", "Service"];

/// The D-Bus interface of keyrings has this name, which we can't change.
const SECRET_SERVICE: &str = "secretservice";

/// Keywords that introduce a name, in Rust and in TypeScript.
const DECLARES: [&str; 8] = ["struct", "enum", "trait", "type", "class", "interface", "mod", "union"];

fn too_long(source: &Source) -> Option<String> {
    let lines = source.text.lines().count();
    (lines > LONGEST).then(|| format!("{}: {lines} lines, at most {LONGEST}", source.path))
}

fn without_a_reason(source: &Source) -> Option<String> {
    (!source.text.starts_with("//!")).then(|| format!("{}: does not open with //!", source.path))
}

fn says_nothing(name: &str) -> bool {
    let plain: String = name.chars().filter(|letter| *letter != '_' && *letter != '-').collect();
    let plain = plain.to_lowercase();
    let empty = |word: &&str| plain.trim_end_matches('s').ends_with(&word.to_lowercase());
    plain != SECRET_SERVICE && EMPTY_WORDS.iter().any(empty)
}

fn empty_names(source: &Source) -> Vec<String> {
    let file = source.path.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or_default();
    let code = source.text.lines().filter(|line| !line.trim_start().starts_with(['/', '*']));
    let declared = code.flat_map(|line| {
        // Text between quotes declares nothing.
        let outside: String = line.split('"').step_by(2).collect();
        let words: Vec<_> = outside.split(|letter: char| !letter.is_alphanumeric() && letter != '_').collect();
        let pairs = words.windows(2).filter(|pair| DECLARES.contains(&pair[0]));
        pairs.map(|pair| pair[1].to_owned()).collect::<Vec<_>>()
    });
    std::iter::once(file.to_owned())
        .chain(declared)
        .filter(|name| says_nothing(name))
        .map(|name| format!("{}: {name} says nothing", source.path))
        .collect()
}

#[test]
fn no_file_is_longer_than_a_reader_can_hold() {
    let offences: Vec<_> =
        files(&["src-tauri", "tests", "ui"], &[".rs", ".ts", ".svelte"]).iter().filter_map(too_long).collect();
    assert_none("Too long", &offences);
}

#[test]
fn every_rust_file_opens_with_its_reason() {
    let offences: Vec<_> = files(&["src-tauri", "tests"], &[".rs"]).iter().filter_map(without_a_reason).collect();
    assert_none("No reason given", &offences);
}

#[test]
fn names_say_what_a_thing_is() {
    let offences: Vec<_> =
        files(&["src-tauri", "tests", "ui"], &[".rs", ".ts", ".svelte"]).iter().flat_map(empty_names).collect();
    assert_none("Empty names", &offences);
}

#[test]
fn the_rules_bite() {
    let source = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
    assert!(too_long(&source("a.rs", &"x\n".repeat(LONGEST))).is_none());
    assert!(too_long(&source("a.rs", &"x\n".repeat(LONGEST + 1))).is_some());
    assert!(without_a_reason(&source("a.rs", "//! Because.\n")).is_none());
    assert!(without_a_reason(&source("a.rs", "use std::fmt;\n")).is_some());

    let names = |path: &str, text: &str| empty_names(&source(path, text)).len();
    assert_eq!(names("ui/window.ts", "export interface Delivery {\n"), 0);
    assert_eq!(names("a/keyring.rs", "// The type SecretService is another's.\nlet service = 1;\n"), 0);
    assert_eq!(names("a/b.rs", "check(\u{22}struct WindowManager\u{22});\nmod secret_service;\n"), 0);
    assert_eq!(names("ui/date_utils.ts", ""), 1);
    assert_eq!(names("ui/string-helper.ts", ""), 1);
    assert_eq!(names("a/helpers.rs", ""), 1);
    assert_eq!(names("a/b.rs", "pub(crate) struct WindowManager<T> {\nmod util;\n"), 2);
}
