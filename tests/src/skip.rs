//! How a test reports that it was skipped.
//!
//! Rust's test runner has no skipped tests, and hides the output of passing tests. So the line goes straight to
//! standard error, and `HOOKBELL_NO_SKIP=1` turns every skip into a failure: where all programs should be installed, a
//! green run means that everything ran.

use std::{
    env,
    io::{self, Write},
    thread,
};

use crate::Error;

/// Takes a missing program as a reason to skip: says so in one line and gives `None`.
///
/// ```no_run
/// # use hookbell_tests::{Error, desktop::Desktop, skip};
/// # async fn test() -> Result<(), Error> {
/// let Some(desktop) = skip::if_missing(Desktop::start().await)? else { return Ok(()) };
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// Any other error as it is; a missing program too, if `HOOKBELL_NO_SKIP` is set.
pub fn if_missing<T>(started: Result<T, Error>) -> Result<Option<T>, Error> {
    match started {
        Err(missing @ Error::MissingProgram { .. }) if env::var_os("HOOKBELL_NO_SKIP").is_none() => {
            say(&missing.to_string());
            Ok(None)
        }
        other => other.map(Some),
    }
}

/// Reports in one line that the test is skipped, and why.
pub fn say(why: &str) {
    let current = thread::current();
    let test = current.name().unwrap_or("a test");
    // If standard error is closed, nobody could read the reason anyway.
    let _ = writeln!(io::stderr(), "skipped {test}: {why}");
}
