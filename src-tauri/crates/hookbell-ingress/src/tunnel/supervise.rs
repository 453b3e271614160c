//! Keeps the tunnel up: starts the provider, probes the address, and starts again when it leads nowhere.

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

/// What is to be kept up.
#[derive(Debug, Clone)]
pub struct TunnelConfig {
    /// Who provides it.
    pub provider: &'static Provider,
    /// What was filled in for it.
    pub setup: Setup,
    /// Where its program is looked for.
    pub programs: Programs,
    /// The public name servers that are asked for what this computer's own can't tell.
    pub name_servers: &'static [&'static str],
    /// The listener's port.
    pub port: u16,
    /// What the listener answers to a probe.
    pub nonce: String,
    /// How patient to be.
    pub rhythm: Rhythm,
}

/// What the tunnel does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum State {
    /// Nothing.
    #[default]
    Off,
    /// It is on its way for the first time.
    Starting,
    /// The address was verified to lead here.
    Up {
        /// The public address.
        url: String,
        /// Since when.
        since: Timestamp,
    },
    /// It leads nowhere now, and is tried again.
    Retrying {
        /// What happened.
        why: String,
        /// Since when it leads nowhere.
        since: Timestamp,
        /// When the next try begins; `None` while one is under way.
        next_at: Option<Timestamp>,
    },
    /// Somebody has to do something first.
    Failed {
        /// What is wrong.
        message: String,
        /// How to fix it.
        hint: String,
    },
}

/// What the tunnel does, and how its last probe went.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// What it does.
    pub state: State,
    /// The last probe of the address from outside.
    pub probe: Option<Probe>,
}

/// What a running supervisor is told to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instruction {
    /// Probe the address now; where it waits for the next start, start now.
    Check,
    /// End the program and start it anew, now.
    Restart,
}

/// How a run of the program ended.
enum Ended {
    /// It was told to.
    Stopped,
    /// It is to begin anew at once.
    Restarted,
    /// It may work another time.
    Failed {
        why: String,
        /// Whether it had been up for long enough for its next failure to count as the first one.
        steady: bool,
        /// Whether the provider said that it refuses more for a while.
        refused: bool,
    },
    /// It will not.
    Fatal { message: String, hint: String },
}

/// Keeps a tunnel up until it is told to stop; then nothing of it is left.
///
/// What it does is in `report`, what its program writes in `output`; `now` tells the time.
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
        let (message, hint) = ("nothing can be fetched over https", "install the system’s root certificates");
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

/// One tunnel, kept up.
struct Supervisor<'a, N> {
    tunnel: TunnelConfig,
    report: &'a watch::Sender<Report>,
    output: &'a Output,
    now: &'a N,
    prober: Prober,
    down_since: Option<Timestamp>,
    /// A run found that UDP does not get out of this network.
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

    /// It leads nowhere, and the next try begins after this wait.
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

    /// Waits for the next try, or for somebody who wants it at once; without a time, for somebody alone.
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
