//! One name, one thing: no two public types with the same name in different crates, and no number named by a bare word.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    assert_none,
    source::{Source, files},
};

/// The types of numbers and lengths of time.
const NUMBERS: [&str; 14] = [
    "u8",
    "u16",
    "u32",
    "u64",
    "u128",
    "usize",
    "i8",
    "i16",
    "i32",
    "i64",
    "isize",
    "f64",
    "Duration",
    "SignedDuration",
];

/// The crate that a path's code belongs to; `None` for tests, examples and build scripts.
fn crate_of(path: &str) -> Option<&str> {
    let (place, _) = path.split_once("/src/")?;
    place.rsplit('/').next()
}

/// A file's code without the tests at its end.
fn code(source: &Source) -> impl Iterator<Item = &str> {
    let code = source.text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    code.lines().map(str::trim_start)
}

/// A crate's public types: the names that other crates use.
fn public_types(source: &Source) -> impl Iterator<Item = &str> {
    code(source)
        .filter_map(|line| {
            let mut words = line.strip_prefix("pub ")?.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
            ["struct", "enum", "trait", "type", "union"].contains(&words.next()?).then(|| words.next()).flatten()
        })
        // Skips a macro's `$name`.
        .filter(|name| !name.is_empty())
}

/// Numbers without a noun or a unit: `LIMIT`, where `MAX_TITLE_CHARS` would say what is limited, and in what unit.
fn bare_numbers(source: &Source) -> impl Iterator<Item = &str> {
    code(source).filter_map(|line| {
        let (_, declared) = line.split_once("const ")?;
        let (name, rest) = declared.split_once(": ")?;
        let kind = rest.split_once(" = ")?.0.rsplit("::").next()?;
        let is_name = name.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit());
        (is_name && NUMBERS.contains(&kind)).then_some(name)
    })
}

/// Type names that several crates share.
fn shared_names(sources: &[Source]) -> Vec<String> {
    let mut crates: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for source in sources {
        let Some(place) = crate_of(&source.path) else { continue };
        for name in public_types(source) {
            crates.entry(name).or_default().insert(place);
        }
    }
    let shared = crates.iter().filter(|(_, crates)| crates.len() > 1);
    shared.map(|(name, crates)| format!("{name} is a type of {crates:?}")).collect()
}

fn numbers_of_one_word(sources: &[Source]) -> Vec<String> {
    let found = sources.iter().filter(|source| crate_of(&source.path).is_some());
    let offence = |source: &Source, name| format!("{}: {name} needs a noun and a unit", source.path);
    found.flat_map(|source| bare_numbers(source).map(|name| offence(source, name)).collect::<Vec<_>>()).collect()
}

#[test]
fn no_two_crates_have_public_types_of_one_name() {
    assert_none("One name for several things", &shared_names(&files(&["src-tauri"], &[".rs"])));
}

#[test]
fn a_number_says_of_what_it_is_and_in_what() {
    assert_none("Bare numbers", &numbers_of_one_word(&files(&["src-tauri"], &[".rs"])));
}

mod tests {
    use super::*;

    fn source(path: &str, text: &str) -> Source {
        Source { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn a_name_that_two_crates_give_is_found() {
        let sources = [
            source("crates/a/src/lib.rs", "pub struct Webhook;\npub(crate) struct Inside;\npub struct Own<T>(T);"),
            source(
                "crates/b/src/x.rs",
                "pub enum Webhook {\n}\nstruct Inside;\n#[cfg(test)]\nmod tests {\npub struct Own;",
            ),
            source("crates/b/tests/it/main.rs", "pub struct Own;"),
        ];
        assert_eq!(shared_names(&sources), [r#"Webhook is a type of {"a", "b"}"#]);
    }

    #[test]
    fn a_number_called_by_a_bare_word_is_found() {
        let text = "const AGAIN: Duration = Duration::from_secs(2);\npub(super) const MOST: std::time::Duration = X;\n\
                    const RETRY_AFTER: Duration = X;\nconst TITLE: &str = \"\";\nconst fn max(at: u8) -> u8 { 1 }";
        let offences = numbers_of_one_word(&[source("crates/a/src/lib.rs", text)]);
        let expected = ["AGAIN", "MOST"].map(|name| format!("crates/a/src/lib.rs: {name} needs a noun and a unit"));
        assert_eq!(offences, expected);
    }
}
