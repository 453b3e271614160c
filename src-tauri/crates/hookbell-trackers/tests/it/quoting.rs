//! Anything a tester writes is shown verbatim and has no effect.

use hookbell_trackers::quote;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Breaks up a mention, invisibly.
const BREAK: char = '\u{200B}';

/// The text that a reader sees, and any other output of the Markdown.
fn shown(markdown: &str) -> (String, Vec<String>) {
    let (mut text, mut acts) = (String::new(), Vec::new());
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Text(words) => text.push_str(&words),
            Event::SoftBreak | Event::HardBreak => text.push('\n'),
            Event::Start(Tag::BlockQuote(None)) | Event::End(TagEnd::BlockQuote(None)) => {}
            Event::Start(Tag::Paragraph) if text.is_empty() => {}
            Event::Start(Tag::Paragraph) => text.push_str("\n\n"),
            Event::End(TagEnd::Paragraph) => {}
            other => acts.push(format!("{other:?}")),
        }
    }
    (text, acts)
}

/// Text normalized for comparison: without the breaks, and with every run of white space as one space.
fn words(text: &str) -> String {
    let text: String = text.chars().filter(|c| *c != BREAK).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn check(text: &str) {
    let markdown = quote::quoted(text);
    let (seen, acts) = shown(&markdown);
    assert!(acts.is_empty(), "{text:?} became {acts:?} by {markdown:?}");
    assert_eq!(words(&seen), words(&hookbell_core::visible::plain(text)), "{markdown:?}");
}

#[test]
fn every_trick_of_markdown_is_shown_as_it_was_written() {
    for text in [
        "# Heading",
        "Heading\n===",
        "Heading\n---",
        "- item",
        "+ item",
        "* item",
        "1. item",
        "1) item",
        "> quote",
        "    code",
        "\tcode",
        "```\nfence",
        "~~~\nfence",
        "***",
        "- - -",
        "___",
        "| a | b |\n| - | - |",
        "a\n:-:",
        "[a](https://b.example)",
        "![a](b)",
        "[a]: https://b.example",
        "[^1]: note",
        "<b>",
        "<!-- x -->",
        "&amp;",
        "a\\",
        "\\*",
        "`code`",
        "**bold**",
        "__bold__",
        "~~gone~~",
        "$x$",
        "$$x$$",
        "> [!NOTE]\n> x",
        "- [ ] task",
        "<https://a.example>",
        "a  \nb",
        "a\n\n\nb",
        "\n\n a",
        "\u{b}\u{c}",
    ] {
        check(text);
    }
}

#[test]
fn nobody_is_mentioned_and_nothing_is_named() {
    for (text, acts) in [
        ("@everyone", "@everyone"),
        ("mail a@b.example", "a@b"),
        ("fixes #1", "#1"),
        ("owner/name#12", "#12"),
        ("GH-7 and ENG-12", "GH-7"),
        ("GH-7 and eng-12", "eng-12"),
        ("https://github.com/o/r/issues/1", "https://"),
        ("see WWW.example.com", "WWW.example"),
    ] {
        for markdown in [quote::quoted(text), quote::inline(text), quote::title(text, 200)] {
            let (seen, _) = shown(&markdown);
            assert!(!seen.contains(acts), "{markdown:?}");
        }
    }
}

#[test]
fn a_block_of_code_ends_where_it_should() {
    let fenced = quote::fenced("a\n````\nb @x");
    assert!(fenced.starts_with("`````text\n") && fenced.ends_with("\n`````"), "{fenced}");
}

#[test]
fn a_title_is_one_line_within_the_limit() {
    let title = quote::title("a\nb\u{202E}\u{7}  c".repeat(200).as_str(), 256);
    assert!(title.chars().count() <= 256 && !title.contains('\n'), "{title}");
    assert!(title.ends_with('…'));
}

#[test]
fn a_comment_of_twenty_thousand_characters_is_quoted_whole() {
    check(&"a*b_c`d[e](f)<g>@h#1\n".repeat(1_000));
}

proptest! {
    #[test]
    fn any_text_is_shown_as_written(text in "[ -~\\n\\t]{0,200}") {
        check(&text);
    }

    #[test]
    fn any_text_made_of_markup_is_shown_as_written(text in "[-+=*_~`#>|$:.\\[\\]()!<&\\\\ \\n1a@]{0,60}") {
        check(&text);
    }

    #[test]
    fn inline_text_is_one_line_and_has_no_markup(text in "\\PC{0,200}") {
        let (seen, acts) = shown(&format!("x {}", quote::inline(&text)));
        prop_assert!(acts.is_empty(), "{acts:?}");
        prop_assert_eq!(words(&seen), words(&format!("x {}", hookbell_core::visible::plain(&text))));
    }
}
