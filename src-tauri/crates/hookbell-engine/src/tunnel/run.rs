//! Runs the configured tunnel in the listening process.

use std::time::Duration;

use hookbell_ingress::tunnel::{
    Instruction, PUBLIC_NAME_SERVERS, Provider, Report, State, TunnelConfig, reap, supervise,
};
use tokio::{
    sync::{mpsc, watch},
    task::spawn_blocking,
    time::{sleep, timeout},
};
use tokio_util::sync::CancellationToken;

use super::{Tunnels, chosen::Chosen, news::report, view::shown};
use crate::{
    api::{ApiError, ErrorCode, TunnelNewsKind, TunnelState, TunnelStatus},
    news::News,
    text::{age, first_upper},
};

/// How long a command waits for its change to be applied.
const TAKE_OVER_WITHIN: Duration = Duration::from_secs(6);

/// Wait before a keychain that returned no token is asked again.
const RETRY_AFTER: Duration = Duration::from_secs(10);

/// The setting with the last public address, to detect a change.
const ADDRESS_SETTING: &str = "tunnelAddress";

/// The listener that the tunnel leads to.
#[derive(Debug, Clone)]
pub(crate) struct LocalListener {
    pub(crate) port: u16,
    pub(crate) nonce: String,
}

impl Tunnels {
    /// Runs the configured tunnel until `stop` is cancelled; then nothing of it is left.
    pub(crate) async fn run(&self, listener: LocalListener, stop: CancellationToken) {
        let dir = self.context.data_dir().clone();
        // Leftovers of an earlier run could hold the port, or the name, that the new one needs.
        if let Ok(count @ 1..) = spawn_blocking(move || reap(&dir)).await {
            tracing::warn!(count, "an earlier run had left its tunnel behind; it is ended");
        }
        let mut changes = self.context.store.changes();
        while !stop.is_cancelled() {
            changes.mark_unchanged();
            let chosen = match Chosen::read(&self.context.store).await {
                Ok(chosen) => chosen,
                Err(error) => {
                    tracing::warn!(%error, "it can't be read which tunnel is wanted");
                    stop.run_until_cancelled(sleep(RETRY_AFTER)).await;
                    continue;
                }
            };
            let other = async {
                loop {
                    let changed = changes.changed().await.is_ok();
                    changes.mark_unchanged();
                    let now = Chosen::read(&self.context.store).await;
                    if !changed || now.is_ok_and(|now| now != chosen) {
                        return;
                    }
                }
            };
            match chosen.running() {
                Some(provider) => self.keep_up(provider, &chosen, &listener, &stop, other).await,
                None => {
                    self.set_status(&listener.nonce, None).await;
                    self.taken_over.send_replace(Some(chosen.clone()));
                    stop.run_until_cancelled(other).await;
                }
            }
        }
        self.set_status(&listener.nonce, None).await;
        self.taken_over.send_replace(None);
    }

    /// Keeps one tunnel up until the configuration changes.
    async fn keep_up(
        &self,
        provider: &'static Provider,
        chosen: &Chosen,
        listener: &LocalListener,
        stop: &CancellationToken,
        other: impl Future<Output = ()>,
    ) {
        let token = match self.token(provider).await {
            Ok(token) => token,
            Err(error) => {
                let tunnel = TunnelState::Failed { message: error.message, hint: error.hint };
                let status = TunnelStatus { name: provider.name.to_owned(), tunnel, proof: None };
                self.set_status(&listener.nonce, Some(status)).await;
                self.taken_over.send_replace(Some(chosen.clone()));
                stop.run_until_cancelled(timeout(RETRY_AFTER, other)).await;
                return;
            }
        };
        let tunnel = TunnelConfig {
            provider,
            setup: chosen.setup(token, self.context.data_dir()),
            programs: self.context.options.programs.clone(),
            name_servers: PUBLIC_NAME_SERVERS,
            port: listener.port,
            nonce: listener.nonce.clone(),
            rhythm: self.context.options.pace.tunnel.clone(),
        };
        let ending = stop.child_token();
        let (report, mut reports) = watch::channel(Report { state: State::Starting, probe: None });
        let (orders, mut coming) = mpsc::channel(4);
        let supervising = tokio::spawn({
            let (output, clock, ending) = (self.output.clone(), self.context.clock.clone(), ending.clone());
            async move { supervise(tunnel, &report, &output, &mut coming, || clock.now(), ending).await }
        });
        let follow = async {
            let mut last = State::Off;
            loop {
                let report = reports.borrow_and_update().clone();
                self.set_status(&listener.nonce, Some(shown(provider.name, &report))).await;
                self.taken_over.send_if_modified(|known| {
                    let news = known.as_ref() != Some(chosen);
                    *known = Some(chosen.clone());
                    news
                });
                if report.state != last {
                    self.follow_change(&last, &report.state).await;
                    last = report.state;
                }
                if reports.changed().await.is_err() {
                    return;
                }
            }
        };
        let check = async {
            loop {
                self.check_due.notified().await;
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

    /// Waits until this process has applied the configuration.
    pub(super) async fn wait_until_taken_over(&self, wanted: &Chosen) {
        let mut taken_over = self.taken_over.subscribe();
        let _ = timeout(TAKE_OVER_WITHIN, taken_over.wait_for(|chosen| chosen.as_ref() == Some(wanted))).await;
    }

    /// Publishes the tunnel's state.
    async fn set_status(&self, nonce: &str, status: Option<TunnelStatus>) {
        if self.context.conditions.borrow().tunnel == status {
            return;
        }
        self.context.change(|conditions| conditions.tunnel.clone_from(&status));
        if let Err(error) = self.context.store.set_tunnel_state(nonce, &status).await {
            tracing::warn!(%error, "the state of the tunnel could not be stored for other processes");
        }
    }

    /// Reacts to a change.
    async fn follow_change(&self, from: &State, to: &State) {
        match (from, to) {
            (_, State::Up { url, .. }) => {
                if let Err(error) = self.keep_address(from, url).await {
                    tracing::warn!(%error, "the public address could not be kept");
                }
                self.context.tell(News::TunnelUp);
            }
            (State::Up { .. }, State::Retrying { why, .. }) => {
                report(&self.context, TunnelNewsKind::Down, 0, first_upper(own_words(why))).await;
            }
            (before, State::Failed { message, .. }) if !matches!(before, State::Failed { .. }) => {
                report(&self.context, TunnelNewsKind::Down, 0, first_upper(message)).await;
            }
            _ => {}
        }
    }

    async fn keep_address(&self, from: &State, url: &str) -> Result<(), ApiError> {
        let now = self.context.clock.now();
        self.context.store.add_payload_base(url, now).await?;
        let known: Option<String> = self.context.store.setting(ADDRESS_SETTING).await?;
        let (kind, sentence) = match (from, known.as_deref() == Some(url)) {
            (_, false) if known.is_some() => (TunnelNewsKind::AddressChanged, format!("Address changed to {url}")),
            (State::Retrying { why, since, .. }, _) => {
                (TunnelNewsKind::Up, format!("Back up after {}: {}", age(*since, now), own_words(why)))
            }
            _ => (TunnelNewsKind::Up, format!("Up at {url}")),
        };
        self.context.store.set_setting(ADDRESS_SETTING, url).await?;
        report(&self.context, kind, 0, sentence).await;
        Ok(())
    }
}

/// A reason without the output of a program or the system, which follows a colon: the history is for people.
fn own_words(why: &str) -> &str {
    why.split_once(": ").map_or(why, |(own, _)| own)
}

/// The error of commands that require the tunnel to be up.
pub(crate) fn tunnel_down(state: &TunnelState) -> ApiError {
    let (message, hint) = match state {
        TunnelState::Failed { message, hint } => (format!("the tunnel is down: {message}"), hint.clone()),
        TunnelState::Retrying { why, .. } => {
            (format!("the tunnel is down: {why}"), "Hookbell retries automatically; wait until it is up".to_owned())
        }
        TunnelState::Starting => ("the tunnel is not up yet".to_owned(), "try again in a moment".to_owned()),
        TunnelState::Off | TunnelState::Up { .. } => (
            "the tunnel is not running".to_owned(),
            "start Hookbell, or hookbell serve; the tunnel runs as long as one of them does".to_owned(),
        ),
    };
    ApiError::new(ErrorCode::TunnelDown, message, hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_history_quotes_no_line_of_a_log() {
        let raw = "cloudflared ended: 2026-10-07T08:00:01Z ERR Connection terminated connIndex=0";
        assert_eq!(own_words(raw), "cloudflared ended");
        let own = "another program responds at the public address (200)";
        assert_eq!(own_words(own), own);
    }
}
