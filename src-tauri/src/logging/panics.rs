//! Panic messages: they go to the log and to the terminal, masked in both.
//!
//! Calls to a library that panics where it should return an error go through [`caught`], which turns the panic into an
//! error.
#![cfg_attr(
    windows,
    allow(clippy::missing_const_for_thread_local, reason = "it is const, and clippy does not see it on windows-gnu")
)]

use std::{
    cell::Cell,
    io::Write,
    panic::{self, AssertUnwindSafe},
    sync::{Mutex, PoisonError},
};

use hookbell_engine::log_entry;

thread_local! {
    /// Whether a panic on this thread is being turned into an error.
    static IS_CAUGHT: Cell<bool> = const { Cell::new(false) };
}

/// Reports every panic from now on, in the log and on the terminal. Otherwise an app started from a terminal would exit
/// silently.
pub(super) fn tell(terminal: impl Write + Send + 'static) {
    let terminal = Mutex::new(terminal);
    panic::set_hook(Box::new(move |defect| {
        if IS_CAUGHT.get() {
            return;
        }
        tracing::error!(panic = %defect, "a defect");
        let words = log_entry(&defect.to_string());
        // Without a terminal, nobody misses the output.
        let _ = writeln!(terminal.lock().unwrap_or_else(PoisonError::into_inner), "hookbell-app: {words}");
    }));
}

/// Runs the work, and turns a panic into an error with its message. State that the work was changing can be left half
/// changed, so use it only for work whose parts are not used again.
pub(crate) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    let before = IS_CAUGHT.replace(true);
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    IS_CAUGHT.set(before);
    done.map_err(|panic| {
        let words = panic.downcast_ref::<String>().cloned();
        words.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string)).unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_librarys_panic_becomes_an_error_with_its_words() {
        assert_eq!(caught(|| 42), Ok(42));
        let missing = "libayatana-appindicator3.so.1";
        assert_eq!(caught(|| panic!("no {missing}")), Err::<(), _>("no libayatana-appindicator3.so.1".to_owned()));
        assert_eq!(caught(|| panic!("plain")), Err::<(), _>("plain".to_owned()));
        assert!(!IS_CAUGHT.get(), "later panics are told again");
    }
}
