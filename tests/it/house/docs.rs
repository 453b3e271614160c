//! A doc comment says more than the name below it: for "Its name." above `name`, it should say what the name is for.

use super::{
    assert_none,
    source::{Source, files},
};

/// Words that add nothing to a name.
const EMPTY: [&str; 15] =
    ["its", "the", "a", "an", "when", "of", "it", "this", "is", "what", "whether", "which", "how", "was", "one"];

/// Keywords before a name.
const DECLARES: [&str; 8] = ["pub", "pub(crate)", "pub(super)", "fn", "struct", "enum", "const", "type"];

/// Documented items whose one-line comment says no more than their name.
fn repeating(source: &Source) -> Vec<String> {
    let lines: Vec<_> = source.text.lines().map(str::trim).collect();
    let is_doc = |at: Option<usize>| at.and_then(|at| lines.get(at)).is_some_and(|line| line.starts_with("///"));
    let alone = |at: usize| is_doc(Some(at)) && !is_doc(at.checked_sub(1)) && !is_doc(Some(at + 1));
    let offence = |at: usize| {
        let text = lines[at].trim_start_matches('/').trim();
        let item = lines[at + 1..].iter().find(|line| !line.starts_with("#["))?;
        let name = item.split_whitespace().find(|word| !DECLARES.contains(word))?;
        let name = name.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next()?;
        let name = parts(name);
        let said = text.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty());
        let mut said = said.map(str::to_lowercase).filter(|word| !EMPTY.contains(&word.as_str())).peekable();
        let repeats = said.all(|word| name.iter().any(|part| singular(part) == singular(&word)));
        (!name.is_empty() && repeats).then(|| format!("{}:{}: {text}", source.path, at + 1))
    };
    (0..lines.len()).filter(|at| alone(*at)).filter_map(offence).collect()
}

/// The words of a name in lowercase, from `bundle_id` or `DoctorStep`.
fn parts(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for letter in name.chars() {
        if letter == '_' || letter.is_uppercase() {
            parts.push(String::new());
        }
        if let (Some(last), true) = (parts.last_mut(), letter != '_') {
            last.extend(letter.to_lowercase());
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

fn singular(word: &str) -> &str {
    word.trim_end_matches('s')
}

#[test]
fn documentation_says_more_than_the_name() {
    let sources = files(&["src-tauri/crates/hookbell-core/src", "src-tauri/crates/hookbell-engine/src/api"], &[".rs"]);
    let offences: Vec<_> = sources.iter().flat_map(repeating).collect();
    assert_none("It repeats the name", &offences);
}

#[test]
fn the_rule_bites() {
    let found = |text: &str| repeating(&Source { path: "a.rs".to_owned(), text: text.to_owned() }).len();
    for repeats in [
        "/// Its name.\npub name: String,",
        "/// The bundle ID.\n#[serde(default)]\npub(crate) bundle_id: String,",
        "/// One step.\npub struct DoctorStep {",
        "/// Whether it was read.\nread: bool,",
    ] {
        assert_eq!(found(repeats), 1, "{repeats}");
    }
    for says in [
        "/// Its name, 1 to 100 characters.\npub name: String,",
        "/// Its name.\n/// It is shown in the list.\npub name: String,",
        "/// What one check found.\npub struct DoctorStep {",
        "// The name.\npub name: String,",
    ] {
        assert_eq!(found(says), 0, "{says}");
    }
}
