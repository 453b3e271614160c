//! Masks what looks like a secret, as a second line of defence.
//!
//! Secrets have a type that can't be printed, so none should ever get into a text. This module is for the day when
//! one does: in another library's message, a program's output, a URL that is itself a key. It knows patterns and no
//! values, so it sometimes masks harmless text.

use std::{borrow::Cow, sync::LazyLock};

use regex::Regex;

/// Replaces what was masked.
const MASK: &str = "[masked]";

/// The patterns to mask, with what to leave of them. Patterns that contain others come first.
static FORMS: LazyLock<Vec<(Regex, String)>> = LazyLock::new(|| {
    let forms = [
        // A key file, complete or truncated, with line breaks or with \n written out.
        (r"(?s)-----BEGIN [A-Z0-9 ]+-----.*?(?:-----END [A-Z0-9 ]+-----|\z)", ""),
        // The same without its header: base64 of a DER sequence.
        (r"\bMI[A-Za-z0-9+/]{62,}={0,2}", ""),
        (r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}", "${1} "),
        (r"\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*)?", ""),
        (r"(?i)\b(hmacsha256=)[0-9a-f]+", "${1}"),
        (r"(/hooks/)[A-Za-z0-9_~%.-]+", "${1}"),
        (
            r#"(?i)\b((?:auth_?token|access_?token|token|secret|password|passphrase|private_?key|api_?key)["']?\s?[=:]\s?)["']?[^\s"',;&}\[]{4,}["']?"#,
            "${1}",
        ),
        (r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}", ""),
    ];
    // The test below covers every pattern, so none is skipped.
    forms.into_iter().filter_map(|(form, stays)| Some((Regex::new(form).ok()?, format!("{stays}{MASK}")))).collect()
});

/// Masks what looks like a private key, a token, a signature, a payload URL's path, a password or an email address.
#[must_use]
pub fn masked(text: &str) -> Cow<'_, str> {
    FORMS.iter().fold(Cow::Borrowed(text), |text, (form, instead)| match form.replace_all(&text, instead.as_str()) {
        Cow::Borrowed(_) => text,
        Cow::Owned(masked) => Cow::Owned(masked),
    })
}

/// A log entry that is safe to write: masked, without terminal control characters, and with its further lines
/// indented, so that a stranger's text can't forge the start of an entry.
#[must_use]
pub fn log_entry(entry: &str) -> String {
    let masked = masked(entry);
    let plain = hookbell_core::visible::plain(&masked);
    let (lines, end) = plain.strip_suffix('\n').map_or((&*plain, ""), |lines| (lines, "\n"));
    lines.replace('\n', "\n    ") + end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strangers_text_begins_no_entry_of_a_log() {
        let entry = "INFO said=\u{1B}[2Jx\r\n2026-11-30 INFO forged token=planted-token\u{202E}\n";
        assert_eq!(log_entry(entry), "INFO said=␛[2Jx\n    2026-11-30 INFO forged token=[masked]\n");
    }

    #[test]
    fn every_form_of_a_secret_is_masked() {
        let cases = [
            ("key -----BEGIN PRIVATE KEY-----\nMIGT\nAgEA\n-----END PRIVATE KEY----- read", "key [masked] read"),
            (r"key -----BEGIN EC PRIVATE KEY-----\nMIGT\n", "key [masked]"),
            ("GET /v1/apps Authorization: Bearer abc.DEF-123_456", "GET /v1/apps Authorization: Bearer [masked]"),
            ("proxy basic dXNlcjpwYXNz now", "proxy basic [masked] now"),
            ("jwt eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiIxIn0.c2ln-_x!", "jwt [masked]!"),
            ("x-apple-signature: hmacsha256=0123abCD.", "x-apple-signature: hmacsha256=[masked]."),
            ("POST https://a.example/hooks/8f3kQ2mVx7Yp?x=1", "POST https://a.example/hooks/[masked]?x=1"),
            ("ngrok authtoken=2abcDEF_9x started", "ngrok authtoken=[masked] started"),
            (r#"{"secret": "s3cret-of-mine"}"#, r#"{"secret": [masked]}"#),
            ("sent by mira.k+beta@studio.example.com today", "sent by [masked] today"),
        ];
        for (text, without) in cases {
            assert_eq!(masked(text), without);
        }
        let bare = format!("key MI{}==.", "GTAgEAMBMGByqGSM49".repeat(5));
        assert_eq!(masked(&bare), "key [masked].");
    }

    #[test]
    fn harmless_words_stay_as_they_are() {
        let harmless = [
            "listening port=8377",
            "a token goes to the keychain and nowhere else",
            "build 418 of Backyard Birds is on sale",
            "2026-11-22T00:41:57.123456Z  INFO hookbell_engine::listening: listening port=8377",
            "MIT License, BEGINNING",
            "git@example and @mira",
        ];
        for text in harmless {
            assert!(matches!(masked(text), Cow::Borrowed(same) if same == text), "{}", masked(text));
        }
    }
}
