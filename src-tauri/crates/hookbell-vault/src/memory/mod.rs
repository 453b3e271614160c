//! Keeps this process's memory, which holds secrets while they are used, out of core dumps and away from the user's
//! other programs.
//!
//! On Linux, no core is dumped and no debugger can attach. On other Unix systems, no core is dumped; blocking debuggers
//! is up to macOS, which does so for apps signed with the hardened runtime. Windows has no switch for it that works
//! without unsafe code. Nothing keeps out root, or anyone who can modify this program.

#[cfg_attr(target_os = "linux", path = "linux.rs")]
#[cfg_attr(all(unix, not(target_os = "linux")), path = "unix.rs")]
#[cfg_attr(not(unix), path = "elsewhere.rs")]
mod system;

/// Protects this process's memory permanently. Call it before the first secret is read.
///
/// If the system refuses, the memory stays unprotected, which is logged.
pub fn seal_memory() {
    if let Err(error) = system::seal() {
        tracing::warn!(%error, "other programs may read this process's memory");
    }
}
