//! The connection from the internet to the listener: a third-party program that we start, monitor and stop.
//!
//! "Up" means exactly one thing: an ordinary request to the public address returned this run's
//! [`Nonce`](crate::listener::Nonce). A running program, or one that says it is connected, is only a reason to probe.
//!
//! # Decisions
//! - **A provider is a description** ([`Provider`]): the command line, how to read its output, how to install it. Each
//!   has its own file, which cites the source of the formats it reads.
//! - **A token is never an argument**, because every program can read those: it goes into the child's environment, or
//!   into a file that only this user can read.
//! - **A child leads its own process group**, and we end the whole group: SIGTERM, then SIGKILL. Its standard input is
//!   a pipe that we keep open, so it notices when we are gone.
//! - **A crash leaves a note**: the mark in every child's environment, and the process id with its start time. The next
//!   run ends the processes that match, and no others.
//! - **Another process at the address** is distinguished from silence: an answer from another process must not make a
//!   webhook look reachable.
//!
//! Deliberately absent: a death signal from the kernel (`PR_SET_PDEATHSIG`). It is tied to the thread that started the
//! child and needs code between fork and exec; the open pipe and the note need neither.

mod backoff;
mod output;
mod probe;
mod process;
mod provider;
mod rhythm;
mod supervise;
mod watcher;

pub use self::{
    output::{Line, Output},
    probe::{PUBLIC_NAME_SERVERS, Probe, ProbeOutcome, Prober},
    process::reap,
    provider::{Field, Installed, PROVIDERS, Programs, Provider, Setup, SetupError, TokenNeed, by_id},
    rhythm::Rhythm,
    supervise::{Instruction, Report, State, TunnelConfig, supervise},
    watcher::{SystemChange, watch as watch_system},
};
