//! The tunnel as the window shows it: the provider, its state, its probe, and what it fixed.

use std::collections::BTreeMap;

use hookbell_ingress::tunnel::TokenNeed;
use hookbell_store::TunnelNewsKind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ApiError, GivenSecret};

/// What the tunnel does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum TunnelState {
    /// None is set up, or it was stopped.
    Off,
    /// It is on its way for the first time, or was started again by hand.
    Starting,
    /// Apple can reach this computer: the public address was verified to lead to this very process.
    Up {
        /// The public address, without a path.
        url: String,
        /// Since when, RFC 3339 in UTC.
        since: String,
    },
    /// It does not reach this computer now, and is retried automatically.
    Retrying {
        /// What happened, in the tool's own words where it has any.
        why: String,
        /// Since when nothing can arrive, RFC 3339 in UTC.
        since: String,
        /// When the next try begins, RFC 3339 in UTC; none while one is under way.
        next_at: Option<String>,
    },
    /// Somebody has to do something first.
    Failed {
        /// What is wrong.
        message: String,
        /// How to fix it.
        hint: String,
    },
}

/// What a request to the public address met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ProofResult {
    /// This very process.
    Reached,
    /// Another process, which answers in its place.
    Foreign,
    /// A door on the way that finds nobody behind it.
    Closed,
    /// This very process, but on a way that does not leave this network.
    Inside,
    /// Nobody.
    Silent,
}

/// The last look at the public address, from outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TunnelProof {
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// What it met.
    pub result: ProofResult,
    /// From sending to the whole answer.
    pub milliseconds: Option<u32>,
    /// The same in a sentence.
    pub message: String,
}

/// The state and its proof, as the sidebar needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TunnelStatus {
    /// The name of the tunnel provider.
    pub name: String,
    /// What it does.
    pub tunnel: TunnelState,
    /// The last look from outside.
    pub proof: Option<TunnelProof>,
}

/// A field that a tunnel provider needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TunnelField {
    /// Its name in [`SetTunnelRequest::fields`].
    pub id: String,
    /// The words beside it in a form.
    pub label: String,
    /// What it looks like.
    pub example: String,
    /// What it is for, in a sentence.
    pub hint: String,
    /// Whether it has to be filled in.
    pub required: bool,
}

/// A kind of tunnel that can be chosen, with what it needs on this computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TunnelProvider {
    /// For scripts: `cloudflare-quick`, `ngrok`, `custom`.
    pub id: String,
    /// For people: "Cloudflare quick tunnel".
    pub name: String,
    /// What it is, in a sentence.
    pub about: String,
    /// Whether its address stays the same from start to start.
    pub keeps_address: bool,
    /// The program it needs; none if it needs none.
    pub program: Option<String>,
    /// Whether it can be used on this computer now.
    pub installed: bool,
    /// Where the program is.
    pub path: Option<String>,
    /// The program and its version, as it says: "cloudflared 2026.10.1".
    pub version: Option<String>,
    /// How to install the program on this system; empty if there is nothing to install.
    pub install: String,
    /// What to fill in.
    pub fields: Vec<TunnelField>,
    /// Whether it takes a token.
    pub token: TokenNeed,
    /// What the token is and where to get it; empty if there is none.
    pub token_hint: String,
    /// Whether a token for it is in the keychain.
    pub token_kept: bool,
}

/// One line of "what it fixed".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TunnelNews {
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// What kind of thing.
    pub kind: TunnelNewsKind,
    /// What happened, in a sentence without a full stop.
    pub text: String,
    /// How many webhooks or events it is about; 0 where that makes no sense.
    pub count: u32,
}

/// A webhook of ours that still uses an old address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StaleWebhook {
    /// Its id here.
    pub local: String,
    /// Its id in App Store Connect.
    pub id: String,
    /// The account it is managed with.
    pub account: String,
    /// The app it belongs to.
    pub app: String,
    /// What the webhook is called, 1 to 100 characters.
    pub name: String,
    /// Where it points.
    pub url: String,
    /// Why it could not be moved; none if it was not tried, as the switch is off.
    pub trouble: Option<ApiError>,
}

/// Everything about the tunnel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Tunnel {
    /// The tunnel provider that is chosen; none means that App Store Connect is asked instead.
    pub provider: Option<String>,
    /// Its name, or "No tunnel".
    pub name: String,
    /// What was filled in.
    pub fields: BTreeMap<String, String>,
    /// Whether it is to run.
    pub wanted: bool,
    /// What it does.
    pub tunnel: TunnelState,
    /// The last look from outside.
    pub proof: Option<TunnelProof>,
    /// The process that runs it, if that is another one than this.
    pub elsewhere: Option<u32>,
    /// Whether webhooks are updated automatically when the address changes.
    pub heal: bool,
    /// Webhooks of ours that use an old address, as far as is known without asking App Store Connect.
    pub strays: Vec<StaleWebhook>,
    /// What happened, the newest first, at most 50.
    pub news: Vec<TunnelNews>,
}

/// The tunnel provider to use from now on.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct SetTunnelRequest {
    /// The provider's id; none for no tunnel.
    pub provider: Option<String>,
    /// What was filled in, by the fields' ids.
    pub fields: BTreeMap<String, String>,
    /// The token, which goes to the keychain and never back. Without one, the one that is kept stays.
    #[ts(type = "string | null")]
    pub token: Option<GivenSecret>,
    /// Whether to take a token that is kept out of the keychain.
    pub forget_token: bool,
    /// Whether to leave it stopped.
    pub stopped: bool,
}

/// One line that the tunnel's program wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TunnelLine {
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// The line; what is secret in it is left out.
    pub text: String,
}

/// What the tunnel's program wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TunnelOutput {
    /// The last 500 lines, the oldest first. Empty where another process runs the tunnel.
    pub lines: Vec<TunnelLine>,
}

/// Whether webhooks are updated automatically when the address changes.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RepointRequest {
    /// Whether they are.
    pub on: bool,
}

/// What became of pointing webhooks here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RepointReply {
    /// How many were moved.
    pub moved: u32,
    /// Those that could not be, and why.
    pub strays: Vec<StaleWebhook>,
}
