//! Every program that Hookbell starts is started from here: with the few variables a program needs, and no window.
//!
//! People export secrets, and this process has them in its environment. A child inherits none of them: only the
//! variables in the [list](environment) go on, and whatever its caller adds.

mod environment;

use std::{ffi::OsStr, process::Command};

/// A program with the listed variables of this process's environment, and without a console window on Windows.
///
/// `also` names further variables to pass on, such as the program's own token.
#[must_use]
pub fn command(program: impl AsRef<OsStr>, also: &[&str]) -> Command {
    let mut command = Command::new(program);
    restrict(&mut command, also);
    command
}

/// The same for a command that a library has put together.
pub fn restrict(command: &mut Command, also: &[&str]) {
    let passed = std::env::vars_os()
        .filter(|(name, _)| name.to_str().is_some_and(|name| environment::is_passed(name) || also.contains(&name)));
    command.env_clear().envs(passed);
    #[cfg(windows)]
    std::os::windows::process::CommandExt::creation_flags(command, CREATE_NO_WINDOW);
}

/// A console program gets no window of its own.
#[cfg(windows)]
pub(crate) const CREATE_NO_WINDOW: u32 = 0x0800_0000;
