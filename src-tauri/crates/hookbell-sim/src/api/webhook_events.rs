//! `webhookEvents`: what happened, with the body that was sent. Only seen as included by deliveries.

use super::kind::Kind;

pub(crate) static KIND: Kind = Kind {
    name: "webhookEvents",
    attributes: &["eventType", "payload", "ping", "createdDate"],
    relationships: &[],
    shown: None,
};
