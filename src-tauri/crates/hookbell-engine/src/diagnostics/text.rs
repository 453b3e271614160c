//! Renders the report as text, with secrets, names and ids masked.

use std::fmt;

use hookbell_store::{Store, StoreError};
use jiff::Timestamp;
use serde::Serialize;

use crate::{
    api::{Doctor, DoctorResult, SettingsReply, StartAtLogin, Status, Tunnel},
    redact::masked,
};

/// How many characters of an id are shown: enough to tell two apart.
const SHOWN_ID_CHARS: usize = 4;

/// Shorter names aren't masked, because they would match inside other words.
const MIN_NAME_CHARS: usize = 3;

/// How many of each thing are stored.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counts {
    newest_event: i64,
    webhooks: usize,
    accounts: usize,
    unread_feedback: u64,
    files: u64,
    bytes: u64,
}

/// The contents of a report.
pub(super) struct Report {
    pub(super) status: Status,
    pub(super) at: Timestamp,
    pub(super) counts: Counts,
    pub(super) tunnel: Option<Tunnel>,
    pub(super) checkup: Option<Doctor>,
    pub(super) settings: SettingsReply,
    pub(super) log: Vec<String>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Status { version, headline, detail, listener, trouble, paused_until, data_dir, unread, .. } = &self.status;
        writeln!(f, "Hookbell {version} on {} {}", std::env::consts::OS, std::env::consts::ARCH)?;
        writeln!(f, "At {}\nData directory: {data_dir}\n", self.at)?;

        writeln!(f, "State\n  {headline}{}{detail}", if detail.is_empty() { "" } else { ". " })?;
        writeln!(f, "  Listener: {}", json(listener))?;
        match trouble {
            Some(trouble) => writeln!(f, "  Trouble: {}. {} {}", trouble.title, trouble.detail, trouble.hint)?,
            None => writeln!(f, "  Trouble: none")?,
        }
        let until = |time: &Option<String>| time.clone().unwrap_or_else(|| "no".to_owned());
        writeln!(f, "  Paused until: {}", until(paused_until))?;
        writeln!(f, "  Quiet until: {}\n", until(&self.settings.quiet_until))?;

        let Counts { newest_event, webhooks, accounts, unread_feedback, files, bytes } = self.counts;
        writeln!(f, "Counts\n  Newest event: {newest_event}, unread: {unread}")?;
        writeln!(f, "  Webhooks: {webhooks}, accounts: {accounts}")?;
        writeln!(f, "  Unread feedback: {unread_feedback}, files of it: {files} with {bytes} bytes\n")?;

        match &self.tunnel {
            Some(tunnel) => {
                writeln!(f, "Tunnel\n  {} ({})", tunnel.name, tunnel.provider.as_deref().unwrap_or("none"))?;
                writeln!(f, "  {}", json(&tunnel.tunnel))?;
                writeln!(f, "  Verified: {}\n", tunnel.proof.as_ref().map_or_else(|| "none".to_owned(), json))?;
            }
            None => writeln!(f, "Tunnel\n  not known\n")?,
        }
        self.checkup(f)?;
        self.settings(f)?;

        let lines = if self.log.len() == 1 { "line" } else { "lines" };
        writeln!(f, "Log, the last {} {lines}", self.log.len())?;
        self.log.iter().try_for_each(|line| writeln!(f, "  {line}"))
    }
}

impl Report {
    fn checkup(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(Doctor { at, good, bad, steps }) = &self.checkup else {
            return writeln!(f, "Doctor\n  not run recently\n");
        };
        writeln!(f, "Doctor at {at}: {good} good, {bad} bad")?;
        for step in steps {
            let result = match step.result {
                DoctorResult::Good => "good",
                DoctorResult::Bad => "BAD",
                DoctorResult::Skipped => "skipped",
            };
            writeln!(f, "  {}: {result}. {}", step.title, step.detail)?;
        }
        writeln!(f)
    }

    fn settings(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let SettingsReply { settings, start_at_login, time_zone, overrides, trouble, .. } = &self.settings;
        writeln!(f, "Settings")?;
        if let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(settings) {
            fields.iter().try_for_each(|(name, value)| writeln!(f, "  {name}: {value}"))?;
        }
        let starts = match start_at_login {
            StartAtLogin::On => "yes",
            StartAtLogin::Off => "no",
            StartAtLogin::Unknown { why } => why,
        };
        writeln!(f, "  Starts at login: {starts}")?;
        writeln!(f, "  Time zone here: {}", time_zone.as_deref().unwrap_or("not known"))?;
        writeln!(f, "  From the environment: {}", json(overrides))?;
        if let Some(trouble) = trouble {
            writeln!(f, "  Trouble: {trouble}")?;
        }
        writeln!(f)
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

impl Counts {
    pub(super) async fn stored(store: &Store) -> Result<Self, StoreError> {
        let used = store.file_use().await?;
        Ok(Self {
            newest_event: store.last_seq().await?,
            webhooks: store.webhooks().await?.len(),
            accounts: store.accounts().await?.len(),
            unread_feedback: store.unread_feedback().await?,
            files: used.files,
            bytes: used.bytes,
        })
    }
}

/// Removes secrets and names, and shortens ids. Known values are replaced literally, everything else by pattern.
pub(super) async fn shortened(store: &Store, text: &str) -> Result<String, StoreError> {
    let mut replaced = Vec::new();
    for (number, account) in (1..).zip(store.accounts().await?) {
        let ids = [Some(account.key_id.to_string()), account.issuer_id.map(|id| id.to_string())];
        replaced.extend(ids.into_iter().flatten().map(|id| (id.clone(), start_of(&id))));
        replaced.push((account.name, format!("account {number}")));
    }
    for (number, webhook) in (1..).zip(store.webhooks().await?) {
        replaced.push((webhook.token.clone(), start_of(&webhook.token)));
        replaced.push((webhook.name, format!("webhook {number}")));
    }
    if let Some(dirs) = directories::BaseDirs::new() {
        replaced.push((dirs.home_dir().display().to_string(), "~".to_owned()));
    }
    // Longest first, because one may be part of another.
    replaced.sort_by_key(|(known, _)| std::cmp::Reverse(known.len()));
    let known = |text: String, (known, instead): &(String, String)| match known.chars().count() < MIN_NAME_CHARS {
        true => text,
        false => text.replace(known.as_str(), instead),
    };
    Ok(masked(&replaced.iter().fold(text.to_owned(), known)).into_owned())
}

fn start_of(id: &str) -> String {
    format!("{}…", id.chars().take(SHOWN_ID_CHARS).collect::<String>())
}
