//! Why the system ended a process, in a sentence that needs no looking up.
//!
//! A log has a namespace and a code. Their meanings come from Apple's "Understanding the exception types in a crash
//! report", "Addressing watchdog terminations" and `signal(3)`. Codes that Apple doesn't document get no sentence, and
//! the log's own words are shown.

use super::Termination;

impl Termination {
    /// The reason as a sentence without a period; `None` if Apple documents none for this namespace and code.
    #[must_use]
    pub fn in_words(&self) -> Option<&'static str> {
        let code = self.code.as_deref().and_then(number);
        Some(match (self.namespace.as_deref()?, code) {
            (_, Some(0x8bad_f00d)) => "The system ended the app because it didn’t respond in time (watchdog)",
            (_, Some(0xdead_10cc)) => {
                "The system ended the app because it held a file or database lock while suspended"
            }
            (_, Some(0xc000_10ff)) => "The system ended the app because the device was too hot",
            (_, Some(0xbaad_ca11)) => "The system ended the app because it reported no call after a VoIP push",
            (_, Some(0xbad2_2222)) => "The system ended the app because it resumed in the background too often",
            (_, Some(0xc51b_ad01)) => "watchOS ended the app because a background task used too much processor time",
            (_, Some(0xc51b_ad02 | 0xc51b_ad03)) => "watchOS ended the app because a background task took too long",
            ("SIGNAL", Some(4)) => "The app ran an instruction that the processor doesn’t support",
            ("SIGNAL", Some(5)) => "A runtime check failed, and the app stopped itself",
            ("SIGNAL", Some(6)) => "The app stopped itself by calling abort",
            ("SIGNAL", Some(8)) => "The app made an arithmetic error, such as dividing by zero",
            ("SIGNAL", Some(9)) => "The app was killed by the system or another process",
            ("SIGNAL", Some(10 | 11)) => "The app accessed memory that it isn’t allowed to use",
            ("JETSAM", _) => "The system ended the app because memory ran out",
            ("CODESIGNING", _) => "The system ended the app because its code signature is not valid",
            ("DYLD", _) => "The app could not start because a library it needs is missing",
            ("TCC", _) => "The system ended the app because it asked for private data without a usage description",
            _ => return None,
        })
    }
}

/// Parses a code as logs write it: decimal, or hexadecimal after `0x`.
fn number(code: &str) -> Option<u64> {
    match code.strip_prefix("0x").or_else(|| code.strip_prefix("0X")) {
        Some(digits) => u64::from_str_radix(digits, 16).ok(),
        None => code.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(namespace: &str, code: &str) -> Option<&'static str> {
        let (namespace, code) = (Some(namespace.to_owned()), Some(code.to_owned()));
        Termination { namespace, code, ..Termination::default() }.in_words()
    }

    #[test]
    fn a_code_is_said_in_a_sentence_however_the_log_writes_it() {
        assert_eq!(said("SIGNAL", "5"), Some("A runtime check failed, and the app stopped itself"));
        assert_eq!(said("SIGNAL", "0x5"), said("SIGNAL", "5"));
        let watchdog = said("FRONTBOARD", "0x8badf00d");
        assert!(watchdog.is_some_and(|words| words.ends_with("(watchdog)")));
        assert_eq!(said("FRONTBOARD", "2343432205"), watchdog);
        assert_eq!(said("FRONTBOARD", "0x8BADF00D"), watchdog);
    }

    #[test]
    fn what_apple_does_not_document_stays_unsaid() {
        assert_eq!(said("SIGNAL", "77"), None);
        assert_eq!(said("SOMETHING", "5"), None);
        assert_eq!(said("SIGNAL", "five"), None);
        assert_eq!(Termination::default().in_words(), None);
    }
}
