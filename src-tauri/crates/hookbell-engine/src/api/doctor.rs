//! The doctor's checks, from the keychain to the notification.

use serde::Serialize;
use ts_rs::TS;

/// The subject of a step, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum DoctorSubject {
    /// Whether secrets can be read.
    Keychain,
    /// Whether the keys work.
    Accounts,
    /// Whether the webhooks are enabled and point here.
    Webhooks,
    /// Which of the known event types the webhooks subscribe to.
    EventTypes,
    /// Whether the listener answers.
    Listener,
    /// Whether the tunnel is up.
    Tunnel,
    /// Whether the public address reaches this process.
    Address,
    /// Whether deliveries are signed with the secret stored here.
    Signature,
    /// Whether notifications can be shown.
    Notifications,
}

/// The result of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum DoctorResult {
    /// Everything is fine.
    Good,
    /// Something needs fixing.
    Bad,
    /// There is nothing to check, or an earlier step must be fixed first.
    Skipped,
}

/// What the window can do about a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum DoctorRemedy {
    /// `healNow`: point the webhooks here.
    PointHere,
    /// `startTunnel`.
    StartTunnel,
    /// `restartTunnel`.
    RestartTunnel,
    /// `retryListener`.
    RetryListener,
    /// Show the accounts in the settings.
    ShowAccounts,
    /// Open the list where a webhook can be enabled or updated.
    ShowWebhooks,
    /// Show the webhook whose secret is to be rotated, at the step's route.
    RotateSecret,
}

/// The result of one check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DoctorStep {
    /// What it checked.
    pub subject: DoctorSubject,
    /// Its name.
    pub title: String,
    /// How it went.
    pub result: DoctorResult,
    /// What it found.
    pub detail: String,
    /// What to do; empty if there is nothing to do.
    pub hint: String,
    /// A fix that one button can do.
    pub remedy: Option<DoctorRemedy>,
    /// The place in the window for the remedy, such as `#/webhooks/ACCOUNT/APP`, if it needs one.
    pub route: Option<String>,
}

/// All steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Doctor {
    /// When it ended, RFC 3339 in UTC.
    pub at: String,
    /// How many steps passed.
    pub good: u32,
    /// How many need fixing.
    pub bad: u32,
    /// Every step, in order.
    pub steps: Vec<DoctorStep>,
}
