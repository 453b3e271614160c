//! Secrets in the operating system's keychain, and nowhere else.
//!
//! A keychain is difficult to work with: it may be absent, locked, restarted while in use, or block a call for minutes
//! while its dialog waits for the user. This crate gives the rest of the product a [`Vault`] that is async, answers in
//! bounded time, and distinguishes each of these problems, with a hint for each. A [`Key`] identifies a secret; a
//! [`Scope`] keeps the secrets of several data directories apart.
//!
//! [`seal_memory`] protects the memory in which secrets are used.
//!
//! Deliberately absent: a fallback to a file, a database or an environment variable. Without a keychain, there is an
//! error that says how to get one.

mod error;
mod hints;
mod key;
mod keychain;
mod memory;
mod queue;
mod vault;

pub use crate::{
    error::{Missing, VaultError},
    key::{Key, SERVICE, Scope, ScopeError},
    keychain::{Keychain, Memory, System},
    memory::seal_memory,
    vault::{DEFAULT_DEADLINE, MAX_SECRET_BYTES, Vault},
};
