//! Running the tunnel that is wanted, in the process that listens.

use std::{sync::Arc, time::Duration};

use hookbell_ingress::tunnel::{
    Instruction, Output, PUBLIC_NAME_SERVERS, Provider, Report, State, Tunnel, reap, supervise,
};
use tokio::{
    sync::{Notify, mpsc, watch},
    task::spawn_blocking,
    time::{sleep, timeout},
};
use tokio_util::sync::CancellationToken;

use super::{chosen::Chosen, news::report, view::shown};
use crate::{
    api::{ApiError, ErrorCode, TunnelNewsKind, TunnelState, TunnelStatus},
    engine::Inner,
    text::{age, first_upper},
};

/// How long a command waits until what it asked for is taken over.
const TAKEN_OVER: Duration = Duration::from_secs(6);

/// How long until a keychain that gave no token is asked again.
const AGAIN: Duration = Duration::from_secs(10);

/// The setting with the last public address, by which a change is known.
const ADDRESS: &str = "tunnelAddress";

/// What others reach the tunnel of this process by.
#[derive(Debug)]
pub(crate) struct Hands {
    /// What its program wrote.
    pub(crate) output: Output,
    /// Asks for a look at the address.
    pub(crate) check: Notify,
    /// Asks for webhooks to be pointed here.
    pub(crate) heal: Arc<Notify>,
    /// Asks for missed events.
    pub(crate) catch_up: Notify,
    /// What is taken over.
    taken_over: watch::Sender<Option<Chosen>>,
}

impl Default for Hands {
    fn default() -> Self {
        Self {
            output: Output::default(),
            check: Notify::new(),
            heal: Arc::default(),
            catch_up: Notify::new(),
            taken_over: watch::Sender::new(None),
        }
    }
}

/// The listener that the tunnel leads to.
#[derive(Debug, Clone)]
pub(crate) struct Leading {
    pub(crate) port: u16,
    pub(crate) nonce: String,
}

/// Runs what is wanted until it is told to stop; then nothing of it is left.
pub(crate) async fn run(inner: Arc<Inner>, held: Leading, stop: CancellationToken) {
    let dir = inner.data_dir().clone();
    // What an earlier run left could hold the port, or the name, that the new one wants.
    if let Ok(count @ 1..) = spawn_blocking(move || reap(&dir)).await {
        tracing::warn!(count, "an earlier run had left its tunnel behind; it is ended");
    }
    let mut changes = inner.store.changes();
    while !stop.is_cancelled() {
        changes.mark_unchanged();
        let chosen = match Chosen::read(&inner.store).await {
            Ok(chosen) => chosen,
            Err(error) => {
                tracing::warn!(%error, "it can't be read which tunnel is wanted");
                stop.run_until_cancelled(sleep(AGAIN)).await;
                continue;
            }
        };
        let other = async {
            loop {
                let changed = changes.changed().await.is_ok();
                changes.mark_unchanged();
                let now = Chosen::read(&inner.store).await;
                if !changed || now.is_ok_and(|now| now != chosen) {
                    return;
                }
            }
        };
        match chosen.running() {
            Some(provider) => keep_up(&inner, provider, &chosen, &held, &stop, other).await,
            None => {
                inner.tunnel_is(&held.nonce, None).await;
                inner.tunnel.taken_over.send_replace(Some(chosen.clone()));
                stop.run_until_cancelled(other).await;
            }
        }
    }
    inner.tunnel_is(&held.nonce, None).await;
    inner.tunnel.taken_over.send_replace(None);
}

/// Keeps one tunnel up until another is wanted.
async fn keep_up(
    inner: &Arc<Inner>,
    provider: &'static Provider,
    chosen: &Chosen,
    held: &Leading,
    stop: &CancellationToken,
    other: impl Future<Output = ()>,
) {
    let token = match inner.token(provider).await {
        Ok(token) => token,
        Err(error) => {
            let tunnel = TunnelState::Failed { message: error.message, hint: error.hint };
            let status = TunnelStatus { name: provider.name.to_owned(), tunnel, proof: None };
            inner.tunnel_is(&held.nonce, Some(status)).await;
            inner.tunnel.taken_over.send_replace(Some(chosen.clone()));
            stop.run_until_cancelled(timeout(AGAIN, other)).await;
            return;
        }
    };
    let tunnel = Tunnel {
        provider,
        setup: chosen.setup(token, inner.data_dir()),
        programs: inner.options.programs.clone(),
        name_servers: PUBLIC_NAME_SERVERS,
        port: held.port,
        nonce: held.nonce.clone(),
        rhythm: inner.options.pace.tunnel.clone(),
    };
    let ending = stop.child_token();
    let (report, mut reports) = watch::channel(Report { state: State::Starting, probe: None });
    let (orders, mut coming) = mpsc::channel(4);
    let supervising = tokio::spawn({
        let (output, clock, ending) = (inner.tunnel.output.clone(), inner.clock.clone(), ending.clone());
        async move { supervise(tunnel, &report, &output, &mut coming, || clock.now(), ending).await }
    });
    let follow = async {
        let mut last = State::Off;
        loop {
            let report = reports.borrow_and_update().clone();
            inner.tunnel_is(&held.nonce, Some(shown(provider.name, &report))).await;
            inner.tunnel.taken_over.send_if_modified(|known| {
                let news = known.as_ref() != Some(chosen);
                *known = Some(chosen.clone());
                news
            });
            if report.state != last {
                inner.tunnel_went(&last, &report.state).await;
                last = report.state;
            }
            if reports.changed().await.is_err() {
                return;
            }
        }
    };
    let check = async {
        loop {
            inner.tunnel.check.notified().await;
            if orders.send(Instruction::Check).await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    };
    tokio::select! {
        () = stop.cancelled() => {}
        () = other => {}
        () = follow => {}
        () = check => {}
    }
    ending.cancel();
    if supervising.await.is_err() {
        tracing::error!("the tunnel's supervisor broke down");
    }
}

impl Inner {
    /// Waits until what is wanted is taken over by this process.
    pub(super) async fn take_over_tunnel(&self, wanted: &Chosen) {
        let mut taken_over = self.tunnel.taken_over.subscribe();
        let _ = timeout(TAKEN_OVER, taken_over.wait_for(|chosen| chosen.as_ref() == Some(wanted))).await;
    }

    /// Tells everybody what the tunnel does.
    async fn tunnel_is(&self, nonce: &str, status: Option<TunnelStatus>) {
        if self.conditions.borrow().tunnel == status {
            return;
        }
        self.change(|conditions| conditions.tunnel.clone_from(&status));
        if let Err(error) = self.store.set_tunnel_state(nonce, &status).await {
            tracing::warn!(%error, "other processes could not be told what the tunnel does");
        }
    }

    /// Does what follows from a change.
    async fn tunnel_went(&self, from: &State, to: &State) {
        match (from, to) {
            (_, State::Up { url, .. }) => {
                if let Err(error) = self.tunnel_is_up(from, url).await {
                    tracing::warn!(%error, "the public address could not be kept");
                }
                self.tunnel.heal.notify_one();
                self.tunnel.catch_up.notify_one();
            }
            (State::Up { .. }, State::Retrying { why, .. }) => {
                report(self, TunnelNewsKind::Down, 0, first_upper(why)).await;
            }
            (before, State::Failed { message, .. }) if !matches!(before, State::Failed { .. }) => {
                report(self, TunnelNewsKind::Down, 0, first_upper(message)).await;
            }
            _ => {}
        }
    }

    async fn tunnel_is_up(&self, from: &State, url: &str) -> Result<(), ApiError> {
        let now = self.clock.now();
        self.store.add_payload_base(url, now).await?;
        let known: Option<String> = self.store.setting(ADDRESS).await?;
        let (kind, sentence) = match (from, known.as_deref() == Some(url)) {
            (_, false) if known.is_some() => (TunnelNewsKind::AddressChanged, format!("The address is {url} now")),
            (State::Retrying { why, since, .. }, _) => {
                (TunnelNewsKind::Up, format!("Back up after {}: {why}", age(*since, now)))
            }
            _ => (TunnelNewsKind::Up, format!("Up at {url}")),
        };
        self.store.set_setting(ADDRESS, url).await?;
        report(self, kind, 0, sentence).await;
        Ok(())
    }
}

/// The refusal of what needs a tunnel that is up.
pub(crate) fn tunnel_down(state: &TunnelState) -> ApiError {
    let (message, hint) = match state {
        TunnelState::Failed { message, hint } => (format!("the tunnel is down: {message}"), hint.clone()),
        TunnelState::Retrying { why, .. } => {
            (format!("the tunnel is down: {why}"), "it is tried again by itself; wait until it is up".to_owned())
        }
        TunnelState::Starting => ("the tunnel is not up yet".to_owned(), "try again in a moment".to_owned()),
        TunnelState::Off | TunnelState::Up { .. } => (
            "the tunnel is not running".to_owned(),
            "start Hookbell, or hookbell serve; the tunnel runs as long as one of them does".to_owned(),
        ),
    };
    ApiError::new(ErrorCode::TunnelDown, message, hint)
}
