//! Texts for people use the glossary's words: retired words appear in none of them.
//!
//! A text is a string of at least two words in the product's code, the content between a component's tags, or a line of
//! a document. `docs/cli.md` contains the help of the command line and the words of its JSON.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::{
    assert_none,
    source::{Source, files},
};

/// Retired words and their replacements.
const RETIRED: &[(&str, &str)] = &[
    ("mend", "fix"),
    ("mended", "fixed"),
    ("mends", "fixes"),
    ("way through", "tunnel provider"),
    ("ways through", "tunnel providers"),
    ("made good", "recovered"),
    ("proved", "verified"),
    ("put away", "archived"),
    ("stray", "stale webhook"),
    ("strays", "stale webhooks"),
    ("points here", "sends to this computer"),
    ("point it here", "update its address"),
    ("point them here", "update their address"),
    ("point here", "send to this computer"),
    ("leads here", "reaches this computer"),
    ("lead here", "reach this computer"),
    ("leads it here", "sends it to this computer"),
    ("leads nowhere", "uses an old address"),
    ("by itself", "automatically"),
    ("by themselves", "automatically"),
    ("is told", "is notified"),
    ("are told", "are notified"),
    ("be told", "be notified"),
    ("not told", "unknown"),
    ("tells of", "is about"),
    ("inside testers", "internal testers"),
    ("outside testers", "external testers"),
    ("switched on", "enabled"),
    ("switched off", "disabled"),
    ("switch it on", "enable it"),
    ("switch it off", "disable it"),
    ("look again", "check again"),
    ("looked again", "checked again"),
    ("looked through", "searched"),
    ("of this sort", "matching"),
    ("at hand", "handy"),
    ("the usual", "the default"),
    ("what needs me", "needs attention"),
    ("needs you", "needs attention"),
    ("bad news", "problem"),
    ("for your information", "info"),
    ("was refused", "was rejected"),
    ("were refused", "were rejected"),
    ("is refused", "is rejected"),
    ("are refused", "are rejected"),
    ("connect refused", "App Store Connect rejected"),
    ("refuses", "rejects"),
    ("this is no", "this isn't a"),
    ("is no time", "isn't a time"),
    ("is no port", "isn't a port"),
    ("is no url", "isn't a URL"),
    ("so that it is news", "so it isn't a duplicate"),
    ("send it again", "redeliver it"),
    ("sends it again", "redelivers it"),
    ("stands beside", "is next to"),
    ("stands above", "is above"),
    ("stand here", "appear here"),
    ("anew", "again"),
    ("e mail", "email"),
    ("one feedback", "feedback"),
    ("nothing waits for you", "nothing needs your attention"),
];

/// Where a retired word may appear, and why.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("docs/glossary.md", "", "it names the words that are retired"),
    ("src-tauri/crates/hookbell-engine/src/testers/csv.rs", "e mail", "a heading of other programs' files"),
    ("docs/cli.md", "strays", "a field of the JSON that scripts read"),
    ("docs/cli.md", "made good", "what a field of the JSON, `madeGood`, is called after"),
];

/// The starts of SQL statements, whose table names come from the code.
const STATEMENTS: [&str; 9] = ["SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP", "WITH", "PRAGMA"];

/// A text, and the file that contains it.
struct Text<'a> {
    path: &'a str,
    text: String,
}

/// The strings of Rust code, except in tests and in attributes other than an error's message.
fn rust_texts(tokens: TokenStream, texts: &mut Vec<String>) {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Punct(punct) if punct.as_char() == '#' => {
                // Inner attributes have a `!` in between.
                at += usize::from(tokens.get(at + 1).is_some_and(|token| token.to_string() == "!"));
                let attribute = tokens.get(at + 1).map(ToString::to_string).unwrap_or_default();
                let inside = attribute.trim_start_matches('[').trim();
                if inside.starts_with("cfg (test)") || inside.starts_with("cfg(test)") || inside == "test]" {
                    at = end_of_item(&tokens, at + 2);
                    continue;
                }
                if let (true, Some(TokenTree::Group(group))) = (inside.starts_with("error"), tokens.get(at + 1)) {
                    rust_texts(group.stream(), texts);
                }
                at += 1;
            }
            TokenTree::Group(group) => rust_texts(group.stream(), texts),
            TokenTree::Literal(literal) => {
                let literal = literal.to_string();
                if let Some(text) = literal.strip_prefix('"') {
                    texts.push(text.replace("\\\n", " ").trim_end_matches('"').to_owned());
                }
            }
            _ => {}
        }
        at += 1;
    }
}

/// The end of an item after its attributes: its `;` or its closing brace.
fn end_of_item(tokens: &[TokenTree], from: usize) -> usize {
    let ends = |token: &TokenTree| match token {
        TokenTree::Punct(punct) => punct.as_char() == ';',
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        _ => false,
    };
    tokens.iter().skip(from).position(ends).map_or(tokens.len(), |end| from + end + 1)
}

/// The strings of a script, and the content between a component's tags.
fn window_texts(source: &str) -> Vec<String> {
    let source = without_comments(source);
    let mut texts = Vec::new();
    let mut letters = source.chars().peekable();
    while let Some(letter) = letters.next() {
        // An apostrophe within a word isn't a quote.
        if ['"', '`'].contains(&letter) {
            let mut text = String::new();
            while let Some(next) = letters.next_if(|next| *next != letter) {
                text.push(if next == '\\' { letters.next().unwrap_or(' ') } else { next });
            }
            letters.next();
            texts.push(text);
        }
    }
    let markup = source.rsplit_once("</script>").map_or("", |(_, markup)| markup);
    let markup = markup.split("<style").next().unwrap_or_default();
    let shown = markup.split('<').filter_map(|tag| tag.split_once('>')).map(|(_, text)| text);
    // The content of braces is code, whose strings were read above.
    texts.extend(shown.map(|text| text.split('{').map(|part| part.rsplit('}').next().unwrap_or_default()).collect()));
    texts
}

fn without_comments(source: &str) -> String {
    let cut = |text: &str, open: &str, close: &str| -> String {
        let mut parts = text.split(open);
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |text, part| text + part.split_once(close).map_or("", |(_, rest)| rest))
    };
    let lines = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    let source = lines.collect::<Vec<_>>().join("\n");
    cut(&cut(&source, "<!--", "-->"), "/*", "*/")
}

fn texts(source: &Source) -> Vec<Text<'_>> {
    let texts = match source.path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("rs") => {
            let mut texts = Vec::new();
            rust_texts(source.text.parse().unwrap_or_else(|error| panic!("{error} in {}", source.path)), &mut texts);
            texts.retain(|text| !STATEMENTS.contains(&text.split_whitespace().next().unwrap_or_default()));
            texts
        }
        Some("md") => source.text.lines().map(str::to_owned).collect(),
        _ => window_texts(&source.text),
    };
    texts.into_iter().map(|text| Text { path: &source.path, text }).collect()
}

/// A text as its words, with a space before and after each.
fn words(text: &str) -> String {
    let words = text.split(|letter: char| !letter.is_alphanumeric() && !['\'', '’', '_'].contains(&letter));
    let words = words.filter(|word| !word.is_empty()).map(str::to_lowercase);
    words.fold(" ".to_owned(), |text, word| text + &word + " ")
}

fn offences(text: &Text<'_>) -> Vec<String> {
    let said = words(&text.text);
    // A name or a path isn't a text.
    if text.text.split_whitespace().count() < 2 {
        return Vec::new();
    }
    let excepted = |retired: &str| {
        EXCEPTIONS.iter().any(|(path, word, _)| *path == text.path && (word.is_empty() || *word == retired))
    };
    let found = RETIRED.iter().filter(|(retired, _)| said.contains(&format!(" {retired} ")) && !excepted(retired));
    let line = text.text.split_whitespace().collect::<Vec<_>>().join(" ");
    found.map(|(retired, instead)| format!("{}: say {instead:?}, not {retired:?}: {line}", text.path)).collect()
}

/// What people read: the product's own code, the window, the documents. The simulator's words are Apple's.
fn sources() -> Vec<Source> {
    let mut sources = files(&["src-tauri"], &[".rs"]);
    sources.retain(|source| source.path.contains("/src/") && !source.path.contains("hookbell-sim/"));
    sources.extend(
        files(&["ui/src"], &[".ts", ".svelte"]).into_iter().filter(|source| !source.path.ends_with(".test.ts")),
    );
    sources.extend(files(&["docs"], &[".md"]));
    sources.extend(files(&["."], &["README.md"]).into_iter().filter(|source| source.path == "README.md"));
    sources
}

#[test]
fn no_text_that_people_read_has_a_retired_word() {
    let offences: Vec<_> = sources().iter().flat_map(texts).flat_map(|text| offences(&text)).collect();
    assert_none("Retired words", &offences);
}

mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        let source = Source { path: path.to_owned(), text: text.to_owned() };
        texts(&source).iter().map(|text| offences(text).len()).sum()
    }

    #[test]
    fn a_retired_word_is_found_in_a_string_a_component_and_a_document() {
        assert_eq!(found("a.rs", "fn a() { say(\"What it mended is here\"); }"), 1);
        assert_eq!(found("a.rs", "#[error(\"the webhook is\\\n   switched off\")]\nstruct A;"), 1);
        assert_eq!(found("a.svelte", "<script></script>\n<p>Choose a way through to here</p>"), 1);
        assert_eq!(found("a.ts", "const text = `It is retried by itself ${soon}`;"), 1);
        assert_eq!(found("docs/a.md", "The address was proved a minute ago."), 1);
    }

    #[test]
    fn names_comments_tests_and_statements_are_no_texts() {
        assert_eq!(found("a.rs", "/// It mends it.\nfn mend() { run(\"SELECT 1 FROM stray\", \"strays\"); }"), 0);
        assert_eq!(found("a.rs", "//! It is retried by itself.\nfn a() {}"), 0);
        assert_eq!(found("a.svelte", "<script></script>\n<p>One {#if strays.length > 0} more</p>"), 0);
        assert_eq!(found("a.rs", "#[cfg(test)]\nmod tests { fn a() { say(\"it is mended now\"); } }"), 0);
        assert_eq!(found("a.ts", "// It mends what is here.\nconst strays = tunnel.strays.length;"), 0);
        assert_eq!(found("docs/a.md", "It recommends what is amended."), 0);
    }
}
