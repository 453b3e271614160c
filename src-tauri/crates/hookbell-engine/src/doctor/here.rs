//! The checks on this computer: keychain, listener, tunnel, signatures, notifications.

use std::time::Duration;

use futures_util::future::join_all;
use hookbell_ingress::tunnel::{PUBLIC_NAME_SERVERS, ProbeOutcome, Prober};
use hookbell_store::{Origin, StoreError};
use hookbell_vault::Key;
use jiff::Timestamp;

use super::{Checkup, bad, count, good, skipped};
use crate::{
    api::{
        ApiError, DoctorRemedy, DoctorResult, DoctorStep,
        DoctorSubject::{Address, Keychain, Listener, Notifications, Signature, Tunnel},
        ListenerState, TunnelState,
    },
    conditions::Refusing,
    listener_probe, refusing,
    text::age,
    tunnel::{self, Chosen},
};

/// An expected keychain entry.
struct Entry {
    key: Key,
    /// Whether it is an account's key rather than a webhook's secret.
    is_account: bool,
    /// The message if it is missing.
    lost: String,
}

/// How long the public address may take to answer.
const ADDRESS_TIMEOUT: Duration = Duration::from_secs(8);

impl Checkup {
    pub(super) async fn keychain_step(&self) -> DoctorStep {
        if let Err(error) = self.context.vault.check().await {
            return bad(Keychain, &error.to_string(), error.hint(), None);
        }
        // The listener knows more than a single check reveals, because it needs every secret.
        if let Some(trouble) = self.registry.keychain_trouble() {
            return bad(Keychain, &trouble.message, &trouble.hint, None);
        }
        match self.entries().await {
            Ok(entries) => self.check_entries(entries).await,
            Err(error) => bad(Keychain, &error.to_string(), "check the data directory", None),
        }
    }

    /// The expected keychain entries, each with the message for its loss.
    async fn entries(&self) -> Result<Vec<Entry>, StoreError> {
        let keys = self.context.store.accounts().await?.into_iter().map(|account| Entry {
            key: Key::account_key(&account.id, &account.key_id),
            is_account: true,
            lost: format!("the key of account “{}” is missing", account.name),
        });
        let mut entries: Vec<_> = keys.collect();
        for webhook in self.context.store.webhooks().await? {
            // The caller of `hookbell listen` keeps this webhook's secret, not the keychain.
            if webhook.origin == Origin::Command {
                continue;
            }
            let generation = self.context.store.current_generation(&webhook.id).await?.unwrap_or(0);
            entries.push(Entry {
                key: Key::webhook_secret(&webhook.id, generation),
                is_account: false,
                lost: format!("the secret of webhook “{}” is missing", webhook.name),
            });
        }
        Ok(entries)
    }

    /// Counts the existing entries, without triggering a dialog.
    async fn check_entries(&self, entries: Vec<Entry>) -> DoctorStep {
        let found = join_all(entries.iter().map(async |entry| self.context.vault.get_quietly(&entry.key).await)).await;
        let (mut keys, mut secrets) = (0, 0);
        for (entry, found) in entries.iter().zip(found) {
            match found {
                Ok(Some(_)) if entry.is_account => keys += 1,
                Ok(Some(_)) => secrets += 1,
                Ok(None) if entry.is_account => {
                    let hint = "replace the account’s key with the .p8 file";
                    return bad(Keychain, &entry.lost, hint, Some(DoctorRemedy::ShowAccounts));
                }
                Ok(None) => {
                    let hint = "rotate the webhook’s secret";
                    return bad(Keychain, &entry.lost, hint, Some(DoctorRemedy::ShowWebhooks));
                }
                Err(error) => return bad(Keychain, &error.to_string(), error.hint(), None),
            }
        }
        let (keys, secrets) = (count(keys, "key", "keys"), count(secrets, "secret", "secrets"));
        good(Keychain, format!("Unlocked, {keys} and {secrets}"))
    }

    pub(super) async fn listener_step(&self) -> Result<DoctorStep, ApiError> {
        let retry = Some(DoctorRemedy::RetryListener);
        match self.context.conditions.borrow().listener.clone() {
            ListenerState::PortTaken { port, holder, .. } => {
                let by = holder.unwrap_or_else(|| "another program".to_owned());
                return Ok(bad(
                    Listener,
                    &format!("port {port} is in use by {by}"),
                    "quit it, or use another port",
                    retry,
                ));
            }
            ListenerState::Failed { message, hint } => return Ok(bad(Listener, &message, &hint, retry)),
            ListenerState::Starting | ListenerState::Listening { .. } | ListenerState::Elsewhere { .. } => {}
        }
        let Some(row) = self.context.store.listener().await? else {
            return Ok(bad(Listener, "Hookbell isn’t listening", "open Hookbell or run `hookbell serve`", retry));
        };
        if !listener_probe::answers(&row).await {
            let what = format!("{} isn’t responding", row.url);
            return Ok(bad(Listener, &what, "restart Hookbell, or run `hookbell serve`", retry));
        }
        Ok(good(Listener, format!("Listening at {}", row.url.trim_start_matches("http://"))))
    }

    /// Checks the tunnel, and whether its address currently leads to the listening process.
    pub(super) async fn tunnel_steps(&self, listener: DoctorResult) -> Result<(DoctorStep, DoctorStep), ApiError> {
        let chosen = Chosen::read(&self.context.store).await?;
        if chosen.known().is_none() {
            let why = "No tunnel set up; Hookbell checks App Store Connect every few minutes instead";
            return Ok((skipped(Tunnel, why), skipped(Address, "No public address")));
        }
        if listener != DoctorResult::Good {
            let why = "Fix the listener first";
            return Ok((skipped(Tunnel, why), skipped(Address, why)));
        }
        let (status, _) = tunnel::now(&self.context).await?;
        let state = status.map_or(TunnelState::Off, |status| status.tunnel);
        let down = |what: &str, hint: &str, remedy| {
            (bad(Tunnel, what, hint, Some(remedy)), skipped(Address, "Fix the tunnel first"))
        };
        Ok(match state {
            TunnelState::Up { url, since } => {
                let since = since.parse().map(|since| age(since, self.context.clock.now())).unwrap_or_default();
                (good(Tunnel, format!("{}, up for {since}", chosen.name())), self.address_step(&url).await?)
            }
            TunnelState::Starting => (skipped(Tunnel, "Starting"), skipped(Address, "Waiting for the tunnel")),
            TunnelState::Retrying { why, .. } => {
                down(&why, "retrying automatically; see the tunnel’s output for details", DoctorRemedy::RestartTunnel)
            }
            TunnelState::Failed { message, hint } => down(&message, &hint, DoctorRemedy::RestartTunnel),
            TunnelState::Off => down("the tunnel is stopped", "start it", DoctorRemedy::StartTunnel),
        })
    }

    async fn address_step(&self, url: &str) -> Result<DoctorStep, ApiError> {
        let prober = Prober::new(ADDRESS_TIMEOUT, PUBLIC_NAME_SERVERS);
        let (Some(row), Some(prober)) = (self.context.store.listener().await?, prober) else {
            return Ok(skipped(Address, "Hookbell isn’t listening"));
        };
        let (outcome, took) = prober.probe(url, &row.nonce).await;
        let took = took.map(|took| format!(" ({} ms)", took.as_millis())).unwrap_or_default();
        Ok(match outcome {
            ProbeOutcome::Reached => good(Address, format!("Public address works{took}")),
            other => bad(
                Address,
                &other.sentence(),
                "restart the tunnel; if another program answers, quit it or use another address",
                Some(DoctorRemedy::RestartTunnel),
            ),
        })
    }

    /// Judges by what arrived: the newest accepted delivery, and the newest rejected one.
    pub(super) async fn signature_step(&self) -> Result<DoctorStep, ApiError> {
        // Include deliveries rejected a moment ago.
        self.intake.store_refusals().await?;
        let refusing = refusing::list(&self.context).await?.into_iter().max_by_key(|one| one.last_at);
        let mut newest = None;
        for webhook in self.context.store.webhooks().await? {
            newest = newest.max(self.context.store.last_delivery(&webhook.id).await?);
        }
        let now = self.context.clock.now();
        Ok(match (refusing, newest) {
            (Some(Refusing { webhook, name, reason, last_at, .. }), _) => DoctorStep {
                route: Some(refusing::route(&self.context, &webhook).await?),
                ..bad(
                    Signature,
                    &format!("“{name}” rejected its last delivery {}: {reason}", ago(last_at, now)),
                    "rotate the secret so both sides have the same one",
                    Some(DoctorRemedy::RotateSecret),
                )
            },
            (None, Some(at)) => good(Signature, format!("Last request {}, signature valid", ago(at, now))),
            (None, None) => skipped(Signature, "No deliveries yet; send a test"),
        })
    }

    pub(super) fn notification_step(&self) -> DoctorStep {
        match &self.context.conditions.borrow().notifications {
            Some(error) => bad(Notifications, &error.to_string(), error.hint(), None),
            None if self.context.options.manages_only => {
                skipped(Notifications, "Only the app can check this: open Hookbell and run the doctor there")
            }
            None => good(Notifications, "Notifications are allowed"),
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
