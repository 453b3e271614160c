//! A crash in a few words, for lists and headlines: "Index out of range in `SightingStore.sighting(at:)`".

use super::ParsedReport;

/// The prefixes that Swift adds to messages.
const FATAL: [&str; 3] = ["Fatal error: ", "Precondition failed: ", "Assertion failed: "];

/// The maximum length of a summary, in characters.
const SUMMARY_MAX: usize = 80;

impl ParsedReport {
    /// What went wrong: the app's last message if there is one, else the exception's meaning.
    #[must_use]
    pub fn summary(&self) -> String {
        let words = self.last_words().unwrap_or_else(|| self.meaning());
        match words.char_indices().nth(SUMMARY_MAX) {
            Some((end, _)) => format!("{}…", words[..end].trim_end()),
            None => words,
        }
    }

    /// Where: the app's innermost own function on the way to the crash.
    #[must_use]
    pub fn place(&self) -> Option<&str> {
        let crashed = self.crashed_thread().map(|thread| thread.frames.as_slice()).unwrap_or_default();
        self.thrown.iter().chain(crashed).find(|frame| frame.own && frame.symbol.is_some())?.symbol.as_deref()
    }

    fn last_words(&self) -> Option<String> {
        let said = |message: &String| {
            let (_, words) = FATAL.iter().find_map(|before| message.split_once(before))?;
            let words = words.trim().trim_matches('"');
            (!words.is_empty()).then(|| words.to_owned())
        };
        let thrown = || {
            // "*** Terminating app due to uncaught exception 'NSRangeException', reason: '…'"
            let thrown = self.messages.iter().find(|message| message.contains("uncaught exception"))?;
            let (_, reason) = thrown.split_once("reason: ")?;
            Some(reason.trim_matches(|c| c == '\'' || c == '"' || c == '*' || c == ' ').to_owned())
        };
        self.messages.iter().find_map(said).or_else(thrown).or_else(|| self.exception.reason.clone())
    }

    fn meaning(&self) -> String {
        let is = |text: &Option<String>, what: &str| text.as_deref().is_some_and(|text| text.contains(what));
        let kind = &self.exception.kind;
        let code = self.termination.code.as_deref().unwrap_or_default().to_ascii_lowercase();
        // Before iOS 7, the exception's codes contained it.
        let watchdog = ["0x8badf00d", "2343432205"].contains(&code.as_str()) || is(&self.exception.codes, "8badf00d");
        let words = if watchdog {
            "Did not respond in time"
        } else if is(&self.termination.namespace, "JETSAM") || is(&self.exception.subtype, "MEMORY") {
            "Out of memory"
        } else if is(kind, "EXC_BAD_ACCESS") {
            "Bad memory access"
        } else if is(kind, "EXC_RESOURCE") {
            "Exceeded a resource limit"
        } else if is(kind, "EXC_GUARD") {
            "Misused a guarded resource"
        } else if !self.thrown.is_empty() {
            "Uncaught exception"
        } else if is(kind, "EXC_BREAKPOINT") {
            "Failed runtime check"
        } else if is(&self.exception.signal, "SIGABRT") {
            "Aborted"
        } else if is(&self.exception.signal, "SIGKILL") {
            "Ended by the system"
        } else if is(kind, "EXC_BAD_INSTRUCTION") {
            "Invalid instruction"
        } else {
            return kind.clone().unwrap_or_else(|| "Crash".to_owned());
        };
        words.to_owned()
    }
}
