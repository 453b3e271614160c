//! One file for each command: it reads its arguments, calls the engine, and prints.

pub(crate) mod events;
pub(crate) mod listen;
pub(crate) mod trigger;
pub(crate) mod verify;
