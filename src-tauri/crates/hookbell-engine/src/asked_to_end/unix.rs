//! SIGINT, SIGTERM and SIGHUP. SIGHUP comes when the terminal is closed, and stays ignored under `nohup`: a process
//! started that way is meant to outlive the terminal.

use tokio::signal::unix::{Signal, SignalKind, signal};

pub(super) fn asked_to_end() -> impl Future<Output = ()> + Send {
    let interrupt = listen(SignalKind::interrupt());
    let terminate = listen(SignalKind::terminate());
    let hangup = if hangup_is_ignored() { None } else { listen(SignalKind::hangup()) };
    async {
        tokio::select! {
            () = comes(interrupt) => {}
            () = comes(terminate) => {}
            () = comes(hangup) => {}
        }
    }
}

fn listen(kind: SignalKind) -> Option<Signal> {
    signal(kind).inspect_err(|error| tracing::warn!(%error, ?kind, "a signal can't be listened for")).ok()
}

async fn comes(signals: Option<Signal>) {
    match signals {
        Some(mut signals) => {
            signals.recv().await;
        }
        None => std::future::pending().await,
    }
}

/// Whether SIGHUP was ignored from the start, according to the kernel.
#[cfg(target_os = "linux")]
fn hangup_is_ignored() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    // A bit mask whose lowest bit is signal 1.
    ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & 1 == 1)
}

/// Whether SIGHUP was probably ignored from the start: `nohup` leaves no terminal to get a hangup from.
#[cfg(not(target_os = "linux"))]
fn hangup_is_ignored() -> bool {
    use std::io::IsTerminal;

    !(std::io::stdin().is_terminal() || std::io::stdout().is_terminal() || std::io::stderr().is_terminal())
}
