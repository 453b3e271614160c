//! Keeps what is in this process's memory, where secrets are while they are used, out of core files and away from
//! the person's other programs.
//!
//! On Linux no core is written and no debugger attaches. On other Unix systems no core is written; that no debugger
//! attaches is up to macOS, which refuses it for an app that is signed with the hardened runtime. Windows has no
//! switch for it that needs no unsafe code. Whoever is root, or can change this program, is not kept out anywhere.

#[cfg_attr(target_os = "linux", path = "linux.rs")]
#[cfg_attr(all(unix, not(target_os = "linux")), path = "unix.rs")]
#[cfg_attr(not(unix), path = "elsewhere.rs")]
mod system;

/// Closes this process's memory, for good. Called before the first secret is read.
///
/// A system that refuses leaves it open, which the log tells.
pub fn seal_memory() {
    if let Err(error) = system::seal() {
        tracing::warn!(%error, "other programs may read this process's memory");
    }
}
