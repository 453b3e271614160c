//! An issue's text as Markdown, for GitHub and Linear.

use crate::{BodyPart, FeedbackMark, IssueDraft, quote};

/// How many characters to reserve for the links to files, which are known only after the text was cut: twenty of them
/// with their names.
pub(crate) const FILE_LINKS_CHARS: usize = 10_000;

/// A file that is already stored at the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeptAt {
    pub(crate) name: String,
    pub(crate) address: String,
    pub(crate) is_picture: bool,
}

impl IssueDraft {
    /// The text as Markdown, uncut, without files and mark.
    #[must_use]
    pub fn markdown(&self) -> String {
        parts(&self.parts)
    }
}

/// The parts in order.
pub(crate) fn parts(parts: &[BodyPart]) -> String {
    parts.iter().map(part).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// The whole text: the parts, the files, notes on what was left out, and the invisible mark.
pub(crate) fn body(body_parts: &[BodyPart], kept: &[KeptAt], notes: &[String], mark: &FeedbackMark) -> String {
    let pictures = kept.iter().filter(|file| file.is_picture);
    let pictures = pictures.map(|file| format!("![{}]({})", quote::inline(&file.name), address(&file.address)));
    let others = kept.iter().filter(|file| !file.is_picture);
    let others = others.map(|file| format!("- [{}]({})", quote::inline(&file.name), address(&file.address)));
    let notes = notes.iter().map(|note| format!("- {}", quote::inline(note)));
    let lines = |lines: Vec<String>, between: &str| lines.join(between);
    let texts = [
        parts(body_parts),
        lines(pictures.collect(), "\n\n"),
        lines(others.chain(notes).collect(), "\n"),
        mark.comment(),
    ];
    texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn part(part: &BodyPart) -> String {
    match part {
        BodyPart::Words(text) if hookbell_core::visible::is_blank(text) => String::new(),
        BodyPart::Words(text) => quote::quoted(text),
        BodyPart::Own(text) => text.trim().to_owned(),
        BodyPart::Facts(facts) => {
            let lines =
                facts.iter().map(|(name, value)| format!("- **{}:** {}", quote::inline(name), quote::inline(value)));
            lines.collect::<Vec<_>>().join("\n")
        }
        BodyPart::Code { heading, text } => format!("**{}**\n\n{}", quote::inline(heading), quote::fenced(text)),
        BodyPart::Links(links) => {
            let links = links.iter().map(|(words, to)| format!("[{}]({})", quote::inline(words), address(to)));
            links.collect::<Vec<_>>().join(" · ")
        }
    }
}

/// An address in angle brackets, escaping the characters that would end it.
fn address(address: &str) -> String {
    let mut safe = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            '(' => safe.push_str("%28"),
            ')' => safe.push_str("%29"),
            '<' => safe.push_str("%3C"),
            '>' => safe.push_str("%3E"),
            '\\' => safe.push_str("%5C"),
            c if c.is_whitespace() || c.is_control() => safe.push_str("%20"),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_its_parts_its_pictures_and_the_mark() {
        let mark = FeedbackMark::of("1");
        let body_parts = [
            BodyPart::Words("It crashed.".to_owned()),
            BodyPart::Facts(vec![("Device".to_owned(), "iPhone 16".to_owned())]),
            BodyPart::Links(vec![("App Store Connect".to_owned(), "https://a.example/(x)".to_owned())]),
        ];
        let kept = [
            KeptAt { name: "1.png".to_owned(), address: "https://p.example/1?raw=true".to_owned(), is_picture: true },
            KeptAt { name: "crash.ips".to_owned(), address: "https://p.example/2".to_owned(), is_picture: false },
        ];
        let text = body(&body_parts, &kept, &["2.png is empty".to_owned()], &mark);
        let expected = format!(
            "> It crashed.\n\n- **Device:** iPhone 16\n\n[App Store Connect](https://a.example/%28x%29)\n\n\
             ![1.png](https://p.example/1?raw=true)\n\n- [crash.ips](https://p.example/2)\n- 2.png is empty\n\n{}",
            mark.comment()
        );
        assert_eq!(text, expected);
    }
}
