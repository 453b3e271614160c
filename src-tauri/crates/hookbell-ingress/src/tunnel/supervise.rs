//! Keeps the tunnel up: starts the provider, probes the address, and restarts when it leads nowhere.

mod attempt;
mod heard;
mod lines;

use std::{pin::pin, time::Duration};

use jiff::Timestamp;
use tokio::{
    select,
    sync::{mpsc, watch},
    time::sleep,
};
use tokio_util::sync::CancellationToken;

use self::attempt::Attempt;
use super::{
    backoff::Backoff,
    output::Output,
    probe::{Probe, Prober},
    provider::{Programs, Provider, Setup},
    rhythm::Rhythm,
};

/// The tunnel to keep up.
#[derive(Debug, Clone)]
pub struct TunnelConfig {
    /// Its provider.
    pub provider: &'static Provider,
    /// The provider's settings.
    pub setup: Setup,
    /// Where to look for its program.
    pub programs: Programs,
    /// The public name servers to ask if this computer's can't tell.
    pub name_servers: &'static [&'static str],
    /// The listener's port.
    pub port: u16,
    /// The nonce that a probe must return.
    pub nonce: String,
    /// Intervals and timeouts.
    pub rhythm: Rhythm,
}

/// The state of the tunnel.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum State {
    /// Not running.
    #[default]
    Off,
    /// Starting for the first time.
    Starting,
    /// The address is verified to lead here.
    Up {
        /// The public address.
        url: String,
        /// Since when.
        since: Timestamp,
    },
    /// It leads nowhere at the moment and is being retried.
    Retrying {
        /// What happened.
        why: String,
        /// Since when.
        since: Timestamp,
        /// When the next try starts; `None` during a try.
        next_at: Option<Timestamp>,
    },
    /// Somebody must act first.
    Failed {
        /// What is wrong.
        message: String,
        /// How to fix it.
        hint: String,
    },
}

/// The tunnel's state and its last probe.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The state.
    pub state: State,
    /// The last probe of the address from outside.
    pub probe: Option<Probe>,
}

/// A command to a running supervisor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instruction {
    /// Probe the address now, or start now if it is waiting to restart.
    Check,
    /// Restart the program now.
    Restart,
}

/// How a run of the program ended.
enum Ended {
    /// Told to stop.
    Stopped,
    /// Told to restart.
    Restarted,
    /// It might work another time.
    Failed {
        why: String,
        /// Whether it was up long enough for its next failure to count as the first one.
        steady: bool,
        /// Whether the provider refuses for a while.
        refused: bool,
    },
    /// Restarting doesn't help.
    Fatal { message: String, hint: String },
}

/// Keeps a tunnel up until told to stop, and cleans up completely.
///
/// Publishes its state in `report` and its program's output in `output`; `now` gives the time.
pub async fn supervise(
    tunnel: TunnelConfig,
    report: &watch::Sender<Report>,
    output: &Output,
    orders: &mut mpsc::Receiver<Instruction>,
    now: impl Fn() -> Timestamp,
    stop: CancellationToken,
) {
    report.send_replace(Report { state: State::Starting, probe: None });
    let Some(prober) = Prober::new(tunnel.rhythm.probe_timeout, tunnel.name_servers) else {
        let (message, hint) = ("https requests can’t be made", "install the system’s root certificates");
        set(report, State::Failed { message: message.to_owned(), hint: hint.to_owned() });
        return stop.cancelled().await;
    };
    let mut supervisor = Supervisor { tunnel, report, output, now: &now, prober, down_since: None, udp_blocked: false };
    let (mut backoff, mut refusals) = (Backoff::default(), Backoff::default());
    loop {
        let ended = supervisor.attempt(orders, &stop).await;
        let wait = match ended {
            Ended::Stopped => break,
            Ended::Restarted => {
                backoff.reset();
                supervisor.down_since = None;
                set(report, State::Starting);
                continue;
            }
            Ended::Fatal { message, hint } => {
                set(report, State::Failed { message, hint });
                None
            }
            Ended::Failed { why, steady, refused } => {
                if steady {
                    backoff.reset();
                    refusals.reset();
                }
                let rhythm = &supervisor.tunnel.rhythm;
                let wait = if refused { refusals.next(rhythm.wait_refused) } else { backoff.next(rhythm.wait) };
                supervisor.retrying(why, Some(wait));
                Some(wait)
            }
        };
        match supervisor.wait(wait, orders, &stop).await {
            Waited::Stopped => break,
            Waited::Over => {}
            Waited::Ordered => {
                backoff.reset();
                if wait.is_none() {
                    supervisor.down_since = None;
                    set(report, State::Starting);
                }
            }
        }
    }
    report.send_replace(Report::default());
}

fn set(report: &watch::Sender<Report>, state: State) {
    report.send_if_modified(|report| {
        let changed = report.state != state;
        report.state = state;
        changed
    });
}

/// One tunnel.
struct Supervisor<'a, N> {
    tunnel: TunnelConfig,
    report: &'a watch::Sender<Report>,
    output: &'a Output,
    now: &'a N,
    prober: Prober,
    down_since: Option<Timestamp>,
    /// A run found that this network blocks UDP.
    udp_blocked: bool,
}

enum Waited {
    Over,
    Ordered,
    Stopped,
}

impl<N: Fn() -> Timestamp> Supervisor<'_, N> {
    async fn attempt(&mut self, orders: &mut mpsc::Receiver<Instruction>, stop: &CancellationToken) -> Ended {
        let state = self.report.borrow().state.clone();
        if let State::Retrying { why, .. } = state {
            self.retrying(why, None);
        }
        Attempt::begin(self).run(orders, stop).await
    }

    /// Reports that it leads nowhere, with the next try after this wait.
    fn retrying(&mut self, why: String, wait: Option<Duration>) {
        let now = (self.now)();
        let since = *self.down_since.get_or_insert(now);
        let next_at = wait.and_then(|wait| now.checked_add(wait).ok());
        set(self.report, State::Retrying { why, since, next_at });
    }

    fn up(&mut self, url: String) {
        self.down_since = None;
        if !matches!(&self.report.borrow().state, State::Up { url: known, .. } if *known == url) {
            set(self.report, State::Up { url, since: (self.now)() });
        }
    }

    fn probed(&self, probe: Probe) {
        self.report.send_modify(|report| report.probe = Some(probe));
    }

    /// Waits for the next try or an instruction to start now; without a time, only for the instruction.
    async fn wait(
        &self,
        wait: Option<Duration>,
        orders: &mut mpsc::Receiver<Instruction>,
        stop: &CancellationToken,
    ) -> Waited {
        let mut over = pin!(async {
            match wait {
                Some(wait) => sleep(wait).await,
                None => std::future::pending().await,
            }
        });
        select! {
            () = stop.cancelled() => Waited::Stopped,
            () = &mut over => Waited::Over,
            order = orders.recv() => match order {
                Some(_) => Waited::Ordered,
                None => { stop.cancelled().await; Waited::Stopped }
            },
        }
    }
}
