//! The way from the internet to the listener: a program of somebody else's, started, watched and ended.
//!
//! "Up" means one thing only: a request to the public address, made like anybody else's, was answered with
//! the [`Nonce`](crate::listener::Nonce) of this very run. That a program runs, or says that it is connected,
//! is only a reason to look.
//!
//! # Decisions
//! - **A provider is a description** ([`Provider`]): the command line, how its output is read, how it is
//!   installed. Each has a file of its own that names the source of the formats it reads.
//! - **A token never is an argument**, as every program can read those: it goes into the child's environment,
//!   or into a file that only this user can read.
//! - **A child leads a process group of its own**, and the whole group is ended: SIGTERM, then SIGKILL. Its
//!   standard input is a pipe of ours that stays open, so that it notices when we are gone.
//! - **A crash leaves a note**: the mark that every child has in its environment, and the process id with its
//!   start time. The next run ends whatever still carries them, and nothing else.
//! - **Another process at the address** is told apart from silence: a webhook must not be thought reachable
//!   because somebody else answers.
//!
//! Deliberately absent: a death signal from the kernel (`PR_SET_PDEATHSIG`). It is tied to the thread that
//! started the child and needs code between fork and exec; the open pipe and the note do without.

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
