//! The one door to stdout and stderr.
//!
//! Much of what is printed was written by testers, by App Store Connect or by other programs. On a terminal,
//! a control character in it would move the cursor, set the window's title or answer in the person's place.
//! So nothing else in this crate may name stdout or stderr: its `clippy.toml` forbids it.

use std::io::{self, IsTerminal, Write};

use hookbell_core::visible::{plain, plain_json};
use hookbell_engine::log_entry;
use terminal_size::{Width, terminal_size};

/// Where nobody says how wide a line may be.
const USUAL_WIDTH_COLUMNS: u16 = 80;

/// A terminal that says less, such as 0, does not know its width.
const MIN_WIDTH_COLUMNS: u16 = 40;

/// Whether results go to a person at a terminal.
#[allow(clippy::disallowed_methods, reason = "this is the door")]
pub(crate) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// How many columns a line for a person may have: the terminal's, or else 80.
pub(crate) fn width() -> usize {
    let columns = if is_terminal() { terminal_size().map(|(Width(columns), _)| columns) } else { None };
    columns.filter(|columns| *columns >= MIN_WIDTH_COLUMNS).unwrap_or(USUAL_WIDTH_COLUMNS).into()
}

/// Prints lines for a person, and sends them off at once, as somebody may be waiting for them.
pub(crate) fn print(text: &str) -> io::Result<()> {
    send(plain(text).as_bytes())
}

/// Prints JSON, which a script reads and a person may look at.
pub(crate) fn print_json(json: &str) -> io::Result<()> {
    send(plain_json(json).as_bytes())
}

/// Prints bytes as they are to a file or a program, and as text to a terminal.
pub(crate) fn print_raw(bytes: &[u8]) -> io::Result<()> {
    if is_terminal() { print(&String::from_utf8_lossy(bytes)) } else { send(bytes) }
}

#[allow(clippy::disallowed_methods, reason = "this is the door")]
fn send(bytes: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes)?;
    stdout.flush()
}

/// Says something beside the results. Where stderr is closed, there is nobody to tell.
#[allow(clippy::disallowed_methods, reason = "this is the door")]
pub(crate) fn say(text: &str) {
    let _ = io::stderr().write_all(plain(text).as_bytes());
}

/// Where the log goes. Each write is a whole entry, as the log's own layer makes them.
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
