//! Common mistakes with a secret: what a shell, an editor or an `.env` file adds to it unasked.
//!
//! For a signature, each of these is part of the secret, so nothing is stripped silently. They only serve to suggest
//! what was probably meant.

use crate::{Secret, Signature};

/// A byte order mark, which Windows PowerShell 5.1 writes before UTF-8.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// What a secret probably contains or lacks by mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slip {
    /// Leading spaces or tabs.
    SpaceBefore,
    /// Trailing spaces or tabs.
    SpaceAfter,
    /// CR or LF at the end, as added by an editor or `echo`.
    LineBreakAfter,
    /// Quotation marks around it.
    Quotes,
    /// `NAME=` before it, as in an `.env` file.
    Name,
    /// No trailing line break, while the signing secret has one.
    NoLineBreakAfter,
    /// No byte order mark, while the signing secret has one.
    NoByteOrderMark,
}

impl Slip {
    /// The mistake visible in the secret itself.
    #[must_use]
    pub fn seen_in(secret: &Secret) -> Option<Self> {
        without(secret).first().map(|(slip, _)| *slip)
    }

    /// The mistake without which this signature would be valid.
    #[must_use]
    pub fn explaining(signature: Signature, secret: &Secret, body: &[u8]) -> Option<Self> {
        let text = secret.expose();
        let with = [
            (Self::NoLineBreakAfter, format!("{text}\n")),
            (Self::NoLineBreakAfter, format!("{text}\r\n")),
            (Self::NoByteOrderMark, format!("{BYTE_ORDER_MARK}{text}")),
        ];
        let with = with.into_iter().filter_map(|(slip, text)| Some((slip, Secret::new(text).ok()?)));
        let mut meant = without(secret).into_iter().chain(with);
        meant.find(|(_, secret)| signature.matches(secret, body)).map(|(slip, _)| slip)
    }

    /// What it is, as in "the secret has a trailing space".
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::SpaceBefore => "a leading space",
            Self::SpaceAfter => "a trailing space",
            Self::LineBreakAfter => "a trailing line break",
            Self::Quotes => "quotation marks around it",
            Self::Name => "a name and = before it",
            Self::NoLineBreakAfter => "no trailing line break",
            Self::NoByteOrderMark => "no leading byte order mark",
        }
    }
}

/// The secret without each visible mistake.
fn without(secret: &Secret) -> Vec<(Slip, Secret)> {
    let text = secret.expose();
    let line = text.trim_end_matches(['\r', '\n']);
    let quoted = ['"', '\''].iter().find_map(|quote| line.strip_prefix(*quote)?.strip_suffix(*quote));
    let named = line.split_once('=').filter(|(name, _)| is_variable(name)).map(|(_, value)| value.trim_matches('"'));
    let candidates = [
        (Slip::LineBreakAfter, Some(line)),
        (Slip::SpaceAfter, Some(line.trim_end())),
        (Slip::SpaceBefore, Some(line.trim())),
        (Slip::Quotes, quoted),
        (Slip::Name, named),
    ];
    let mut slips: Vec<(Slip, Secret)> = Vec::new();
    for (slip, candidate) in candidates {
        let known = |candidate: &str| candidate == text || slips.iter().any(|(_, other)| other.expose() == candidate);
        let other = candidate.filter(|candidate| !known(candidate)).and_then(|candidate| Secret::new(candidate).ok());
        slips.extend(other.map(|other| (slip, other)));
    }
    slips
}

/// Whether this is the name of an environment variable, with or without `export` before it.
fn is_variable(name: &str) -> bool {
    let name = name.trim_start_matches("export ").trim();
    name.len() > 1 && name.chars().all(|character| matches!(character, 'A'..='Z' | '0'..='9' | '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEANT: &str = "tide and moon";

    fn secret(text: &str) -> Secret {
        Secret::new(text).unwrap()
    }

    #[test]
    fn each_slip_is_seen_and_explains_a_signature_that_does_not_match() {
        let signature = Signature::of(&secret(MEANT), b"body");
        for (given, slip) in [
            ("tide and moon ", Slip::SpaceAfter),
            ("tide and moon\t \n", Slip::SpaceAfter),
            (" tide and moon", Slip::SpaceBefore),
            ("tide and moon\n", Slip::LineBreakAfter),
            ("tide and moon\r\n\n", Slip::LineBreakAfter),
            ("\"tide and moon\"", Slip::Quotes),
            ("'tide and moon'\n", Slip::Quotes),
            ("export HOOK_SECRET=\"tide and moon\"", Slip::Name),
            ("HOOK_SECRET=tide and moon", Slip::Name),
        ] {
            assert_eq!(Slip::explaining(signature, &secret(given), b"body"), Some(slip), "{given:?}");
            assert!(Slip::seen_in(&secret(given)).is_some(), "{given:?}");
        }
    }

    #[test]
    fn a_secret_that_signed_with_more_is_explained_as_well() {
        for (signed, slip) in [
            ("tide and moon\n", Slip::NoLineBreakAfter),
            ("tide and moon\r\n", Slip::NoLineBreakAfter),
            ("\u{feff}tide and moon", Slip::NoByteOrderMark),
        ] {
            let signature = Signature::of(&secret(signed), b"body");
            assert_eq!(Slip::explaining(signature, &secret(MEANT), b"body"), Some(slip), "{signed:?}");
        }
    }

    #[test]
    fn a_secret_as_it_was_meant_shows_nothing_and_another_one_explains_nothing() {
        for fine in [MEANT, "a=b", "k3y==", "\"", "=", "it's"] {
            assert_eq!(Slip::seen_in(&secret(fine)), None, "{fine:?}");
        }
        let signature = Signature::of(&secret(MEANT), b"body");
        assert_eq!(Slip::explaining(signature, &secret("sun and moon "), b"body"), None);
        assert_eq!(Slip::explaining(signature, &secret(MEANT), b"another body"), None);
    }
}
