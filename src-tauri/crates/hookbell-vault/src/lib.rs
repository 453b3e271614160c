//! Secrets in the keychain of the operating system, and nowhere else.
//!
//! A keychain is a difficult neighbour: it may be absent, locked, restarted under us, or hold a call
//! for minutes while its dialog waits for the user. This crate gives the rest of the product a
//! [`Vault`] that is async, answers in bounded time, and names each of these troubles apart, each with
//! its own hint. A [`Key`] says which secret is meant; a [`Scope`] keeps the secrets of several data
//! directories apart.
//!
//! [`seal_memory`] closes the memory that secrets are used in.
//!
//! Deliberately absent: a file, a database or an environment variable as a fallback. Where there is no
//! keychain, there is an error that says how to get one.

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
