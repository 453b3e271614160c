//! Sending an event's body to an address that a person chose.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is sent again.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Original {
    /// A stored event.
    Event {
        /// Its number.
        seq: i64,
    },
    /// An attempt in App Store Connect's log. Its event need not be here, and its signature is not known.
    Delivery {
        /// The account's id.
        account: String,
        /// The webhook's id in App Store Connect.
        webhook: String,
        /// The delivery's id.
        delivery: String,
    },
}

/// What a form for sending something again begins with.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ResendFormRequest {
    /// What is to be sent.
    pub original: Original,
}

/// What can be chosen about sending something again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ResendForm {
    /// Whether the signature it came with is known.
    pub signed: bool,
    /// The webhook whose secret can sign it anew; none if its secret is not in this keychain.
    pub webhook: Option<String>,
    /// Where something was sent before, the latest first; eight at most.
    pub addresses: Vec<String>,
}

/// Something to send again.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ResendRequest {
    /// What to send.
    pub original: Original,
    /// Where to: `http` or `https`.
    pub to: String,
    /// Sign it with the webhook's secret of today, in place of the signature it came with.
    pub sign_anew: bool,
}

/// What a server answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ResendReply {
    /// The HTTP status.
    pub status: u16,
    /// From sending to the status.
    pub milliseconds: u32,
    /// Where the server redirects to. That is not followed.
    pub redirect: Option<String>,
    /// The body it answered with, 16 KiB at most.
    pub response: String,
    /// Whether the body goes on.
    pub cut: bool,
}

/// An address that is not to be offered any more.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ForgetAddressRequest {
    /// The address as it is offered.
    pub address: String,
}

/// A request to copy as a `curl` command.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CopyCurlRequest {
    /// What it sends.
    pub original: Original,
    /// Where to; the payload URL of its webhook if there is none.
    pub url: Option<String>,
}
