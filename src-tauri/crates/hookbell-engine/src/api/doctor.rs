//! The check of every step from the keychain to the notification.

use serde::Serialize;
use ts_rs::TS;

/// What a step checks, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum DoctorSubject {
    /// Whether secrets can be read.
    Keychain,
    /// Whether the keys work.
    Accounts,
    /// Whether the webhooks are on and lead here.
    Webhooks,
    /// Which of the known event types the webhooks subscribe to.
    EventTypes,
    /// Whether the listener answers.
    Listener,
    /// Whether the tunnel is up.
    Tunnel,
    /// Whether the public address reaches this process.
    Address,
    /// Whether what arrives is signed with the secret that is known here.
    Signature,
    /// Whether notifications can be shown.
    Notifications,
}

/// How a step went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum DoctorResult {
    /// As it should be.
    Good,
    /// Something is to be fixed.
    Bad,
    /// There is nothing to check, or an earlier step has to be fixed first.
    Skipped,
}

/// What the window can do about a step at once.
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

/// What one check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DoctorStep {
    /// What it checked.
    pub subject: DoctorSubject,
    /// Its name.
    pub title: String,
    /// How it went.
    pub result: DoctorResult,
    /// What was found.
    pub detail: String,
    /// What to do; empty if there is nothing to do.
    pub hint: String,
    /// What can be done about it with one button.
    pub remedy: Option<DoctorRemedy>,
    /// The place in the window where the remedy is, such as `#/webhooks/ACCOUNT/APP`, if the remedy needs one.
    pub route: Option<String>,
}

/// All steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Doctor {
    /// When it ended, RFC 3339 in UTC.
    pub at: String,
    /// How many steps are as they should be.
    pub good: u32,
    /// How many need something.
    pub bad: u32,
    /// Every step, in order.
    pub steps: Vec<DoctorStep>,
}
