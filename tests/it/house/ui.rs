//! What the window's code may do: reach the host through one folder, take colours from one file.

use super::{
    assert_none,
    source::{Source, files},
};

/// The only folder that may import the host's packages.
const BACKEND: &str = "ui/src/lib/backend/";

/// The only file that may contain colours.
const TOKENS: &str = "tokens.css";

fn host_imports(source: &Source) -> Vec<String> {
    if source.path.starts_with(BACKEND) {
        return Vec::new();
    }
    let lines = source.text.lines().enumerate().filter(|(_, line)| line.contains("@tauri-apps/"));
    lines.map(|(at, _)| format!("{}:{}: imports the host", source.path, at + 1)).collect()
}

/// Whether a line contains `#` followed by three, four, six or eight hex digits, and then no word character.
fn has_hex_colour(line: &str) -> bool {
    line.split('#').skip(1).any(|after| {
        let digits = after.chars().take_while(char::is_ascii_hexdigit).count();
        let ends = !after.chars().nth(digits).is_some_and(|next| next.is_alphanumeric() || next == '-' || next == '_');
        matches!(digits, 3 | 4 | 6 | 8) && ends
    })
}

/// Tests are exempt: their colours are test data, and are never drawn.
fn hex_colours(source: &Source) -> Vec<String> {
    if source.path.ends_with(&format!("/{TOKENS}")) || source.path.ends_with(".test.ts") {
        return Vec::new();
    }
    let lines = source.text.lines().enumerate().filter(|(_, line)| has_hex_colour(line));
    lines.map(|(at, line)| format!("{}:{}: {}", source.path, at + 1, line.trim())).collect()
}

#[test]
fn one_folder_reaches_the_host() {
    let offences: Vec<_> =
        files(&["ui/src"], &[".ts", ".js", ".svelte", ".html"]).iter().flat_map(host_imports).collect();
    assert_none("Host imports outside the backend folder", &offences);
}

#[test]
fn colours_stand_in_one_file() {
    let sources = files(&["ui"], &[".css", ".ts", ".js", ".svelte", ".html"]);
    let tokens = sources.iter().filter(|source| source.path.ends_with(&format!("/{TOKENS}"))).count();
    assert_eq!(tokens, 1, "one {TOKENS} is where colours stand");
    let offences: Vec<_> = sources.iter().flat_map(hex_colours).collect();
    assert_none("Colours outside the tokens", &offences);
}

#[test]
fn the_rules_bite() {
    let source = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
    let import = "import { invoke } from '@tauri-apps/api/core'\n";
    assert!(host_imports(&source("ui/src/lib/backend/tauri.ts", import)).is_empty());
    assert_eq!(host_imports(&source("ui/src/lib/inbox/Inbox.svelte", import)).len(), 1);

    for colour in ["color: #fff;", "fill=\"#1a2B3c\"", "#12345678", "#abcd"] {
        assert_eq!(hex_colours(&source("ui/src/app.css", colour)).len(), 1, "{colour}");
    }
    for other in ["{#each rows as row}", "{#if a}", "href=\"#feedback\"", "#add-webhook {", "#12345"] {
        assert_eq!(hex_colours(&source("ui/src/app.css", other)).len(), 0, "{other}");
    }
    assert!(hex_colours(&source("ui/src/styles/tokens.css", "--text: #111;")).is_empty());
    let (test, own) = (source("ui/src/a.test.ts", "rgb('#111')"), source("ui/src/test.ts", "rgb('#111')"));
    assert_eq!((hex_colours(&test).len(), hex_colours(&own).len()), (0, 1));
}
