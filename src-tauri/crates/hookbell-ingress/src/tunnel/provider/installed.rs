//! Finds installed programs, with path and version.

use std::{
    env,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use tokio::{process::Command, time::timeout};

use super::{Program, Provider};
use crate::child;

/// How long a program can take to print its version.
const VERSION_WITHIN: Duration = Duration::from_secs(5);

/// Directories missing from a desktop's `PATH`: an app started from the Dock or a menu doesn't see shell settings.
const ELSEWHERE: [&str; 4] = ["/opt/homebrew/bin", "/usr/local/bin", "/snap/bin", "/usr/sbin"];

/// The command-line program inside the Mac App Store app.
const TAILSCALE_APP: &str = "/Applications/Tailscale.app/Contents/MacOS/Tailscale";

/// An installed program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    /// Its path.
    pub path: PathBuf,
    /// The first line of its version output.
    pub version: Option<String>,
}

impl Provider {
    /// Whether its program is installed or not needed.
    #[must_use]
    pub fn is_here(&self, programs: &Programs) -> bool {
        self.program.is_none_or(|program| programs.find(program.name).is_some())
    }

    /// Looks for its program; `None` if it isn't installed or not needed.
    pub async fn installed(&self, programs: &Programs) -> Option<Installed> {
        let Program { name, version, .. } = self.program?;
        let path = programs.find(name)?;
        let said = version_of(&path, version).await;
        Some(Installed { path, version: said })
    }
}

/// The directories to search for programs, in order.
#[derive(Debug, Clone)]
pub struct Programs(Vec<PathBuf>);

impl Programs {
    /// This computer's directories: those of `PATH`, and those missing from a desktop's `PATH`.
    #[must_use]
    pub fn here() -> Self {
        let path = env::var_os("PATH").unwrap_or_default();
        let home = env::var_os("HOME").map(PathBuf::from);
        let own = home.iter().flat_map(|home| [home.join(".cargo/bin"), home.join(".local/bin"), home.join("go/bin")]);
        let dirs = env::split_paths(&path).chain(ELSEWHERE.iter().map(PathBuf::from)).chain(own);
        Self(dirs.filter(|dir| dir.is_absolute()).collect())
    }

    /// The same, with this directory first.
    #[must_use]
    pub fn after(mut self, dir: PathBuf) -> Self {
        self.0.insert(0, dir);
        self
    }

    /// The path of a program, by its name without an extension.
    pub(in crate::tunnel) fn find(&self, name: &str) -> Option<PathBuf> {
        let file = format!("{name}{}", env::consts::EXE_SUFFIX);
        let found = self.0.iter().map(|dir| dir.join(&file)).find(|path| is_program(path));
        found.or_else(|| (name == "tailscale").then(|| PathBuf::from(TAILSCALE_APP)).filter(|path| is_program(path)))
    }
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;

    path.metadata().is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

/// The first line with a digit. ssh prints its version on standard error.
async fn version_of(path: &Path, arguments: &[&str]) -> Option<String> {
    let mut command = Command::from(child::command(path, &[]));
    command.args(arguments).stdin(Stdio::null()).kill_on_drop(true);
    let output = timeout(VERSION_WITHIN, command.output()).await.ok()?.ok()?;
    let said = [output.stdout, output.stderr].concat();
    let line =
        String::from_utf8_lossy(&said).lines().find(|line| line.contains(|c: char| c.is_ascii_digit()))?.to_owned();
    Some(line.trim().chars().take(60).collect())
}
