//! Starts every child process of Hookbell: with the few variables that a program needs, and without a window.
//!
//! People export secrets, and this process has them in its environment. A child inherits none of them: it gets only the
//! variables in the [list](environment) and those that its caller adds.

mod environment;

use std::{ffi::OsStr, process::Command};

/// A program with the listed variables of this process's environment, and without a console window on Windows.
///
/// `also` names additional variables to pass on, such as the program's own token.
#[must_use]
pub fn command(program: impl AsRef<OsStr>, also: &[&str]) -> Command {
    let mut command = Command::new(program);
    restrict(&mut command, also);
    command
}

/// The same for a command that a library has built.
pub fn restrict(command: &mut Command, also: &[&str]) {
    let passed = std::env::vars_os()
        .filter(|(name, _)| name.to_str().is_some_and(|name| environment::is_passed(name) || also.contains(&name)));
    command.env_clear().envs(passed);
    #[cfg(windows)]
    std::os::windows::process::CommandExt::creation_flags(command, CREATE_NO_WINDOW);
}

/// Console programs get no window.
#[cfg(windows)]
pub(crate) const CREATE_NO_WINDOW: u32 = 0x0800_0000;
