//! The links on this computer: keychain, listener, tunnel, signatures, notifications.

use std::time::Duration;

use hookbell_ingress::tunnel::{Outcome, PUBLIC_NAME_SERVERS, Prover};
use jiff::Timestamp;

use super::{bad, count, good, skipped};
use crate::{
    api::{
        ApiError, DoctorRemedy, DoctorResult, DoctorStep,
        DoctorSubject::{Address, Keychain, Listener, Notifications, Signature, Tunnel},
        ListenerState, TunnelState,
    },
    engine::Inner,
    menu::age,
    tunnel::Chosen,
};

/// How long the public address may take to answer.
const PATIENCE: Duration = Duration::from_secs(8);

impl Inner {
    pub(super) async fn keychain_step(&self) -> DoctorStep {
        if let Err(error) = self.vault.check().await {
            return bad(Keychain, &error.to_string(), error.advice(), None);
        }
        // The listener's own view is of more than a look: it needs every secret.
        if let Some(trouble) = self.registry.keychain_trouble() {
            return bad(Keychain, &trouble.message, &trouble.hint, None);
        }
        let keys = self.store.accounts().await.map(|accounts| accounts.len()).unwrap_or_default();
        let secrets = self.store.webhooks().await.map(|webhooks| webhooks.len()).unwrap_or_default();
        let (keys, secrets) = (count(keys, "key", "keys"), count(secrets, "secret", "secrets"));
        good(Keychain, format!("Open, {keys} and {secrets}"))
    }

    pub(super) async fn listener_step(&self) -> Result<DoctorStep, ApiError> {
        let retry = Some(DoctorRemedy::RetryListener);
        match self.conditions.borrow().listener.clone() {
            ListenerState::PortTaken { port, holder, .. } => {
                let by = holder.unwrap_or_else(|| "another program".to_owned());
                return Ok(bad(
                    Listener,
                    &format!("port {port} is taken by {by}"),
                    "end it, or use another port",
                    retry,
                ));
            }
            ListenerState::Failed { message, hint } => return Ok(bad(Listener, &message, &hint, retry)),
            ListenerState::Starting | ListenerState::Listening { .. } | ListenerState::Elsewhere { .. } => {}
        }
        let Some(row) = self.store.listener().await? else {
            return Ok(bad(Listener, "nobody listens", "start Hookbell, or hookbell serve", retry));
        };
        if !self.answers(&row).await {
            let what = format!("{} does not answer", row.url);
            return Ok(bad(Listener, &what, "start Hookbell again, or hookbell serve", retry));
        }
        Ok(good(Listener, format!("{} answers", row.url.trim_start_matches("http://"))))
    }

    /// The tunnel, and whether its address leads to the process that listens, looked at just now.
    pub(super) async fn tunnel_steps(&self, listener: DoctorResult) -> Result<(DoctorStep, DoctorStep), ApiError> {
        let chosen = Chosen::read(&self.store).await?;
        if chosen.known().is_none() {
            let why = "None is set up: App Store Connect is asked every few minutes instead";
            return Ok((skipped(Tunnel, why), skipped(Address, "There is no public address")));
        }
        if listener != DoctorResult::Good {
            let why = "The listener has to answer first";
            return Ok((skipped(Tunnel, why), skipped(Address, why)));
        }
        let (status, _) = self.tunnel_now().await?;
        let state = status.map_or(TunnelState::Off, |status| status.tunnel);
        let down = |what: &str, hint: &str, remedy| {
            (bad(Tunnel, what, hint, Some(remedy)), skipped(Address, "The tunnel has to be up first"))
        };
        Ok(match state {
            TunnelState::Up { url, since } => {
                let since = since.parse().map(|since| age(since, self.clock.now())).unwrap_or_default();
                (good(Tunnel, format!("{}, up for {since}", chosen.name())), self.address_step(&url).await?)
            }
            TunnelState::Starting => (skipped(Tunnel, "On its way"), skipped(Address, "The tunnel has to be up first")),
            TunnelState::Retrying { why, .. } => {
                down(&why, "it is tried again by itself; its output says more", DoctorRemedy::RestartTunnel)
            }
            TunnelState::Failed { message, hint } => down(&message, &hint, DoctorRemedy::RestartTunnel),
            TunnelState::Off => down("it is stopped", "start it", DoctorRemedy::StartTunnel),
        })
    }

    async fn address_step(&self, url: &str) -> Result<DoctorStep, ApiError> {
        let prover = Prover::new(PATIENCE, PUBLIC_NAME_SERVERS);
        let (Some(row), Some(prover)) = (self.store.listener().await?, prover) else {
            return Ok(skipped(Address, "Nobody listens"));
        };
        let (outcome, took) = prover.prove(url, &row.nonce).await;
        let took = took.map(|took| format!(", in {} ms", took.as_millis())).unwrap_or_default();
        Ok(match outcome {
            Outcome::Reached => good(Address, format!("{url} reaches this very process{took}")),
            other => bad(
                Address,
                &other.sentence(),
                "start the tunnel again; if another program answers, end it or take another address",
                Some(DoctorRemedy::RestartTunnel),
            ),
        })
    }

    /// Judged by what came: the newest event that was taken, and the newest request that was turned away.
    pub(super) async fn signature_step(&self) -> Result<DoctorStep, ApiError> {
        let (mut newest, mut wrong) = (None::<Timestamp>, None::<(String, String, Timestamp)>);
        let refusals = self.store.refusals().await?;
        for webhook in self.store.webhooks().await? {
            let last = self.store.tally(&webhook.id).await?.last.map(|event| event.received_at);
            newest = newest.max(last);
            let refused = refusals.iter().filter(|one| one.webhook == webhook.id).max_by_key(|one| one.last_at);
            if let Some(refused) = refused.filter(|one| last.is_none_or(|last| one.last_at > last)) {
                wrong = Some((webhook.name, refused.reason.clone(), refused.last_at));
            }
        }
        let now = self.clock.now();
        Ok(match (wrong, newest) {
            (Some((name, reason, at)), _) => bad(
                Signature,
                &format!("the last request to “{name}”, {}, was turned away: {reason}", ago(at, now)),
                "rotate the webhook’s secret, so that both sides have the same new one",
                Some(DoctorRemedy::ShowWebhooks),
            ),
            (None, Some(at)) => good(Signature, format!("What came last, {}, was signed right", ago(at, now))),
            (None, None) => skipped(Signature, "Nothing has arrived yet: test a webhook"),
        })
    }

    pub(super) fn notification_step(&self) -> DoctorStep {
        match &self.conditions.borrow().notifications {
            Some(error) => bad(Notifications, &error.to_string(), error.hint(), None),
            None if self.options.manages_only => {
                skipped(Notifications, "Only the app itself can tell: open Hookbell and look there")
            }
            None => good(Notifications, "Nothing stands in their way"),
        }
    }
}

fn ago(then: Timestamp, now: Timestamp) -> String {
    match age(then, now).as_str() {
        "now" => "just now".to_owned(),
        age => format!("{age} ago"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_ago_is_just_now() {
        let now: Timestamp = "2026-11-20T14:40:00Z".parse().unwrap();
        assert_eq!(ago(now, now), "just now");
        assert_eq!(ago("2026-11-20T14:36:00Z".parse().unwrap(), now), "4 min ago");
    }
}
