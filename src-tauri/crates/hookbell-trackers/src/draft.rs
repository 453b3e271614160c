//! An issue's contents, independent of the service.

use crate::{FeedbackMark, quote};

/// Maximum files per issue; further ones are only named.
pub const MAX_ISSUE_FILES: usize = 20;

/// Maximum file size in bytes; a larger file is only named. GitHub shows no larger picture.
pub const MAX_ISSUE_FILE_BYTES: usize = 10 * 1024 * 1024;

/// Maximum length of a fact's value, in characters.
const MAX_FACT_CHARS: usize = 300;

/// Parts are not cut below this length, in characters.
const MIN_PART_CHARS: usize = 64;

/// An issue to create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueDraft {
    /// Identifies its feedback.
    pub mark: FeedbackMark,
    /// An https address that opens the feedback at App Store Connect.
    pub page: String,
    /// One line, possibly with strangers' text.
    pub title: String,
    /// The text, from top to bottom.
    pub parts: Vec<BodyPart>,
    /// Label names.
    pub labels: Vec<String>,
    /// The assignee's id at the service.
    pub assignee: Option<String>,
    /// Pictures, the crash log and other files.
    pub files: Vec<DraftFile>,
}

/// A part of an issue's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BodyPart {
    /// A stranger's words, shown verbatim.
    Words(String),
    /// A person's own Markdown, such as their template. Strangers' text in it has passed through [`quote::inline`].
    Own(String),
    /// Names and values, such as the device and the build.
    Facts(Vec<(String, String)>),
    /// Monospaced lines under a heading, such as the crashed thread.
    Code {
        /// The heading.
        heading: String,
        /// The lines.
        text: String,
    },
    /// Link texts with their https addresses; both come from Hookbell.
    Links(Vec<(String, String)>),
}

/// A file of an issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftFile {
    /// Its name: letters, digits, dots and hyphens.
    pub name: String,
    /// Its media type, such as `image/jpeg`.
    pub media_type: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// The parts that fit, and what was cut.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fitted {
    pub(crate) parts: Vec<BodyPart>,
    /// The uncut originals, as files.
    pub(crate) cut: Vec<DraftFile>,
}

/// The files for an issue, and a sentence about each that is left out.
#[derive(Debug, Default)]
pub(crate) struct Chosen {
    pub(crate) files: Vec<DraftFile>,
    pub(crate) left_out: Vec<String>,
}

impl DraftFile {
    /// Whether services show it as a picture.
    #[must_use]
    pub fn is_picture(&self) -> bool {
        self.media_type.starts_with("image/")
    }

    /// The name without characters that have a meaning in a path or a header.
    pub(crate) fn safe_name(&self) -> String {
        let safe = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' };
        let name: String = self.name.chars().take(80).map(safe).collect();
        let name = name.trim_start_matches(['.', '-']);
        if name.is_empty() { "file".to_owned() } else { name.to_owned() }
    }
}

impl BodyPart {
    fn shortened(&self, max_chars: usize) -> Self {
        match self {
            Self::Words(text) => Self::Words(quote::cut(text, max_chars)),
            Self::Own(text) => Self::Own(quote::cut(text, max_chars)),
            Self::Code { heading, text } => Self::Code { heading: heading.clone(), text: quote::cut(text, max_chars) },
            Self::Facts(facts) => {
                let short = |(name, value): &(String, String)| (name.clone(), quote::cut(value, MAX_FACT_CHARS));
                Self::Facts(facts.iter().map(short).collect())
            }
            Self::Links(_) => self.clone(),
        }
    }

    /// The whole part as a file, in case it is cut.
    fn as_file(&self) -> Option<DraftFile> {
        let (name, text) = match self {
            Self::Words(text) => ("comment.txt", text),
            Self::Own(text) => ("text.md", text),
            Self::Code { text, .. } => ("crashed-thread.txt", text),
            Self::Facts(_) | Self::Links(_) => return None,
        };
        let bytes = text.clone().into_bytes();
        Some(DraftFile { name: name.to_owned(), media_type: "text/plain".to_owned(), bytes })
    }
}

impl IssueDraft {
    /// The parts in at most `max_chars`, measured by `rendered_chars`: long parts are halved repeatedly until
    /// everything fits.
    pub(crate) fn fitted(&self, max_chars: usize, rendered_chars: impl Fn(&[BodyPart]) -> usize) -> Fitted {
        let mut part_chars = max_chars;
        loop {
            let parts: Vec<_> = self.parts.iter().map(|part| part.shortened(part_chars)).collect();
            if rendered_chars(&parts) <= max_chars || part_chars < MIN_PART_CHARS {
                let was_cut = self.parts.iter().zip(&parts).filter(|(whole, kept)| whole != kept);
                let cut = was_cut.filter_map(|(whole, _)| whole.as_file()).collect();
                return Fitted { parts, cut };
            }
            part_chars /= 2;
        }
    }

    /// Chooses the files: first what was cut from the text, then the draft's files in order.
    pub(crate) fn chosen(&self, cut: Vec<DraftFile>) -> Chosen {
        let mut chosen = Chosen::default();
        for file in cut.into_iter().chain(self.files.iter().cloned()) {
            let name = file.safe_name();
            if file.bytes.len() > MAX_ISSUE_FILE_BYTES {
                let megabytes = file.bytes.len() / (1024 * 1024);
                chosen.left_out.push(format!("{name} is too large for an issue ({megabytes} MB)"));
            } else if file.bytes.is_empty() {
                chosen.left_out.push(format!("{name} is empty"));
            } else if chosen.files.len() >= MAX_ISSUE_FILES {
                chosen.left_out.push(format!("{name} is beyond the first {MAX_ISSUE_FILES} files"));
            } else {
                chosen.files.push(file);
            }
        }
        chosen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(parts: Vec<BodyPart>, files: Vec<DraftFile>) -> IssueDraft {
        IssueDraft {
            mark: FeedbackMark::of("1"),
            page: "https://appstoreconnect.apple.com/".to_owned(),
            title: "Title".to_owned(),
            parts,
            labels: Vec::new(),
            assignee: None,
            files,
        }
    }

    fn picture(name: &str, bytes: usize) -> DraftFile {
        DraftFile { name: name.to_owned(), media_type: "image/png".to_owned(), bytes: vec![1; bytes] }
    }

    fn chars(parts: &[BodyPart]) -> usize {
        parts.iter().map(|part| format!("{part:?}").chars().count()).sum()
    }

    #[test]
    fn a_text_that_is_too_long_is_cut_and_goes_along_as_a_file() {
        let draft = draft(vec![BodyPart::Words("word ".repeat(4_000)), BodyPart::Words("short".to_owned())], vec![]);
        let fitted = draft.fitted(1_000, chars);
        assert!(chars(&fitted.parts) <= 1_000);
        assert_eq!(fitted.parts[1], BodyPart::Words("short".to_owned()));
        assert_eq!(fitted.cut.len(), 1);
        assert_eq!((fitted.cut[0].name.as_str(), fitted.cut[0].bytes.len()), ("comment.txt", 20_000));
    }

    #[test]
    fn a_text_that_fits_stays_whole() {
        let draft = draft(vec![BodyPart::Words("short".to_owned())], vec![]);
        assert_eq!(draft.fitted(1_000, chars), Fitted { parts: draft.parts.clone(), cut: Vec::new() });
    }

    #[test]
    fn a_file_that_is_too_large_and_every_one_beyond_the_limit_is_named_and_left_out() {
        let mut files = vec![picture("large.png", MAX_ISSUE_FILE_BYTES + 1), picture("empty.png", 0)];
        files.extend((0..30).map(|at| picture(&format!("{at}.png"), 10)));
        let chosen = draft(Vec::new(), files).chosen(Vec::new());
        assert_eq!(chosen.files.len(), MAX_ISSUE_FILES);
        assert_eq!(chosen.left_out.len(), 12);
        assert_eq!(chosen.left_out[0], "large.png is too large for an issue (10 MB)");
        assert_eq!(chosen.left_out[1], "empty.png is empty");
        assert_eq!(chosen.left_out[2], "20.png is beyond the first 20 files");
    }

    #[test]
    fn a_name_of_a_file_leads_nowhere() {
        for (name, safe) in [
            ("../../a b.png", "a-b.png"),
            ("", "file"),
            ("a\r\nb\".png", "a--b-.png"),
            ("é.png", "png"),
            ("crash_1.ips", "crash_1.ips"),
        ] {
            assert_eq!(picture(name, 1).safe_name(), safe);
        }
    }
}
