//! The only access to stdout and stderr.
//!
//! Much of the output was written by testers, by App Store Connect or by other programs. On a terminal, a control
//! character in it could move the cursor, set the window's title or answer in the user's place. So nothing else in this
//! crate accesses stdout or stderr: its `clippy.toml` forbids it.

use std::{
    io::{self, IsTerminal, Write},
    time::Duration,
};

use hookbell_core::visible::{plain, plain_json};
use hookbell_engine::log_entry;
use indicatif::{ProgressBar, ProgressStyle};
use terminal_size::{Width, terminal_size};

/// The width if it is unknown.
const USUAL_WIDTH_COLUMNS: u16 = 80;

/// A terminal that reports less, such as 0, doesn't know its width.
const MIN_WIDTH_COLUMNS: u16 = 40;

/// Whether results go to a person at a terminal.
#[allow(clippy::disallowed_methods, reason = "this is the door")]
pub(crate) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// The maximum columns of a line for people: the terminal's, or else 80.
pub(crate) fn width() -> usize {
    let columns = if is_terminal() { terminal_size().map(|(Width(columns), _)| columns) } else { None };
    columns.filter(|columns| *columns >= MIN_WIDTH_COLUMNS).unwrap_or(USUAL_WIDTH_COLUMNS).into()
}

/// Prints lines for people, and flushes, because somebody might be waiting for them.
pub(crate) fn print(text: &str) -> io::Result<()> {
    send(plain(text).as_bytes())
}

/// Prints JSON, which scripts read and people can look at.
pub(crate) fn print_json(json: &str) -> io::Result<()> {
    send(plain_json(json).as_bytes())
}

/// Prints bytes verbatim to a file or a program, and as text to a terminal.
pub(crate) fn print_raw(bytes: &[u8]) -> io::Result<()> {
    if is_terminal() { print(&String::from_utf8_lossy(bytes)) } else { send(bytes) }
}

#[allow(clippy::disallowed_methods, reason = "this is the door")]
fn send(bytes: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes)?;
    stdout.flush()
}

/// Prints something other than results. Ignores a closed stderr: there is nobody to tell.
#[allow(clippy::disallowed_methods, reason = "this is the door")]
pub(crate) fn say(text: &str) {
    let _ = io::stderr().write_all(plain(text).as_bytes());
}

/// How often to draw a waiting line.
const DRAW_EVERY: Duration = Duration::from_millis(120);

/// One line on stderr that is redrawn, for a person at a terminal. Removed on drop.
#[derive(Debug)]
pub(crate) struct StatusLine(ProgressBar);

impl StatusLine {
    pub(crate) fn new() -> Self {
        Self(ProgressBar::no_length())
    }

    /// Shows how many bytes are done, with a message.
    pub(crate) fn bytes(&self, done: u64, total: u64, words: &str) {
        self.0.disable_steady_tick();
        self.draw("{bar:24} {decimal_bytes} of {decimal_total_bytes} {msg}", words);
        self.0.set_length(total);
        self.0.set_position(done);
    }

    /// Shows what it is waiting for.
    pub(crate) fn waits(&self, words: &str) {
        self.draw("{spinner} {msg}", words);
        self.0.enable_steady_tick(DRAW_EVERY);
    }

    fn draw(&self, template: &str, words: &str) {
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.0.set_style(style);
        }
        self.0.set_message(plain(words).into_owned());
    }
}

impl Drop for StatusLine {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// The log's output. Each write is a complete entry, as the log's formatting layer produces.
pub(crate) struct LogLines;

impl Write for LogLines {
    #[allow(clippy::disallowed_methods, reason = "this is the door")]
    fn write(&mut self, entry: &[u8]) -> io::Result<usize> {
        io::stderr().write_all(log_entry(&String::from_utf8_lossy(entry)).as_bytes())?;
        Ok(entry.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
