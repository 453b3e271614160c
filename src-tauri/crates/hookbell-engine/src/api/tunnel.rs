//! The tunnel for the window: the provider, its state, its probe, and what it fixed.

use std::collections::BTreeMap;

use hookbell_ingress::tunnel::TokenNeed;
use hookbell_store::TunnelNewsKind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ApiError, GivenSecret};

/// What the tunnel is doing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum TunnelState {
    /// None is configured, or it was stopped.
    Off,
    /// It is starting for the first time, or was restarted by hand.
    Starting,
    /// Apple can reach this computer: the public address was verified to lead to this very process.
    Up {
        /// The public address, without a path.
        url: String,
        /// Since when, RFC 3339 in UTC.
        since: String,
    },
    /// It doesn't reach this computer now, and is retried automatically.
    Retrying {
        /// What happened, in the tool's own words if there are any.
        why: String,
        /// When it went down, RFC 3339 in UTC.
        since: String,
        /// When the next attempt starts, RFC 3339 in UTC; none while one is in progress.
        next_at: Option<String>,
    },
    /// Somebody has to act first.
    Failed {
        /// What is wrong.
        message: String,
        /// How to fix it.
        hint: String,
    },
}

/// The outcome of a request to the public address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ProofResult {
    /// This very process.
    Reached,
    /// Another process, which answers instead.
    Foreign,
    /// An intermediary that finds nothing behind it.
    Closed,
    /// This very process, but by a route that doesn't leave this network.
    Inside,
    /// Nothing.
    Silent,
}

/// The last probe of the public address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TunnelProof {
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// Its outcome.
    pub result: ProofResult,
    /// The milliseconds from sending to the complete response.
    pub milliseconds: Option<u32>,
    /// The result as a sentence.
    pub message: String,
}

/// The state and its probe, as the sidebar needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TunnelStatus {
    /// The name of the tunnel provider.
    pub name: String,
    /// What it is doing.
    pub tunnel: TunnelState,
    /// The last probe.
    pub proof: Option<TunnelProof>,
}

/// A field that a tunnel provider needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TunnelField {
    /// Its name in [`SetTunnelRequest::fields`].
    pub id: String,
    /// Its label in a form.
    pub label: String,
    /// A value as people enter it.
    pub example: String,
    /// What it is for, as a sentence.
    pub hint: String,
    /// Whether it must have a value.
    pub required: bool,
}

/// A tunnel provider, with what it needs on this computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TunnelProvider {
    /// For scripts: `cloudflare-quick`, `ngrok`, `custom`.
    pub id: String,
    /// For people: "Cloudflare quick tunnel".
    pub name: String,
    /// What it is, as a sentence.
    pub about: String,
    /// Whether its address stays the same on every start.
    pub keeps_address: bool,
    /// The program it needs; null if it needs none.
    pub program: Option<String>,
    /// Whether it can be used on this computer now.
    pub installed: bool,
    /// The program's path.
    pub path: Option<String>,
    /// The program and its version: "cloudflared 2026.10.1".
    pub version: Option<String>,
    /// How to install the program on this system; empty if there is nothing to install.
    pub install: String,
    /// The fields to fill in.
    pub fields: Vec<TunnelField>,
    /// Whether it needs a token.
    pub token: TokenNeed,
    /// What the token is and where to get it; empty if there is none.
    pub token_hint: String,
    /// Whether its token is in the keychain.
    pub token_kept: bool,
}

/// One line of "what it fixed".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TunnelNews {
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// What it is about.
    pub kind: TunnelNewsKind,
    /// What happened, as a sentence without a full stop.
    pub text: String,
    /// How many webhooks or events it is about; 0 if that doesn't apply.
    pub count: u32,
}

/// One of our webhooks that still uses an old address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StaleWebhook {
    /// Its id here.
    pub local: String,
    /// Its id in App Store Connect.
    pub id: String,
    /// The account that manages it.
    pub account: String,
    /// The app it belongs to.
    pub app: String,
    /// The webhook's name, 1 to 100 characters.
    pub name: String,
    /// Its payload URL.
    pub url: String,
    /// Why it couldn't be updated; none if that wasn't tried because automatic updates are off.
    pub trouble: Option<ApiError>,
}

/// Everything about the tunnel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Tunnel {
    /// The chosen tunnel provider; null means that App Store Connect is asked instead.
    pub provider: Option<String>,
    /// Its name, or "No tunnel".
    pub name: String,
    /// The values of its fields.
    pub fields: BTreeMap<String, String>,
    /// Whether it should run.
    pub wanted: bool,
    /// What it is doing.
    pub tunnel: TunnelState,
    /// The last probe.
    pub proof: Option<TunnelProof>,
    /// The process that runs it, if it isn't this one.
    pub elsewhere: Option<u32>,
    /// Whether webhooks are repointed automatically when the address changes.
    pub heal: bool,
    /// Webhooks of ours that use an old address, as far as Hookbell knows without asking App Store Connect.
    pub strays: Vec<StaleWebhook>,
    /// What happened, newest first, at most 50.
    pub news: Vec<TunnelNews>,
}

/// The tunnel provider to use from now on.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct SetTunnelRequest {
    /// The provider's id; null for no tunnel.
    pub provider: Option<String>,
    /// The values of its fields, by their ids.
    pub fields: BTreeMap<String, String>,
    /// The token, which goes to the keychain and never back. If omitted, the stored one stays.
    #[ts(type = "string | null")]
    pub token: Option<GivenSecret>,
    /// Whether to remove a stored token from the keychain.
    pub forget_token: bool,
    /// Whether to leave it stopped.
    pub stopped: bool,
}

/// One output line of the tunnel's program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TunnelLine {
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// The line, with secrets removed.
    pub text: String,
}

/// The output of the tunnel's program.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TunnelOutput {
    /// The last 500 lines, oldest first. Empty if another process runs the tunnel.
    pub lines: Vec<TunnelLine>,
}

/// Whether webhooks are repointed automatically when the address changes.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RepointRequest {
    /// Whether they are.
    pub on: bool,
}

/// The result of repointing webhooks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RepointReply {
    /// How many were updated.
    pub moved: u32,
    /// Those that couldn't be updated, and why.
    pub strays: Vec<StaleWebhook>,
}
