//! Resending an event's body to an address that a person chose.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What to resend.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Original {
    /// A stored event.
    Event {
        /// Its number.
        seq: i64,
    },
    /// An attempt in App Store Connect's log. Its event need not exist here, and its signature is unknown.
    Delivery {
        /// The account's id.
        account: String,
        /// The webhook's id in App Store Connect.
        webhook: String,
        /// The delivery's id.
        delivery: String,
    },
}

/// What a form for resending is for.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ResendFormRequest {
    /// What to resend.
    pub original: Original,
}

/// The options for resending something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ResendForm {
    /// Whether its original signature is known.
    pub signed: bool,
    /// The webhook whose secret can sign it again; null if its secret isn't in this keychain.
    pub webhook: Option<String>,
    /// Addresses used before, latest first; at most eight.
    pub addresses: Vec<String>,
}

/// Something to resend.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ResendRequest {
    /// What to send.
    pub original: Original,
    /// Where to: `http` or `https`.
    pub to: String,
    /// Sign it with the webhook's current secret, instead of sending the original signature.
    pub sign_anew: bool,
}

/// A server's response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ResendReply {
    /// The HTTP status.
    pub status: u16,
    /// The milliseconds from sending to the status.
    pub milliseconds: u32,
    /// Where the server redirects to. Redirects aren't followed.
    pub redirect: Option<String>,
    /// The response body, at most 16 KiB.
    pub response: String,
    /// Whether the body is longer than that.
    pub cut: bool,
}

/// An address to no longer offer.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ForgetAddressRequest {
    /// The address as offered.
    pub address: String,
}

/// Requests to copy as `curl` commands.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CopyCurlRequest {
    /// One or more, in the order in which to send them.
    pub requests: Vec<CurlRequest>,
}

/// A request to copy as a `curl` command.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CurlRequest {
    /// What it sends.
    pub original: Original,
    /// The URL to send it to; the payload URL of its webhook if omitted.
    pub url: Option<String>,
}
