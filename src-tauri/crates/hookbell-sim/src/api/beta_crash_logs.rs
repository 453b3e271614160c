//! `betaCrashLogs`: the text of a crash report, as the tester's device wrote it.

use axum::http::Method;
use serde_json::Value;

use super::{
    kind::Kind,
    operation::{Access, Operation},
    query::Query,
    read,
};
use crate::{fixture, links::Links, world::Resource};

pub(crate) static KIND: Kind =
    Kind { name: "betaCrashLogs", attributes: &["logText"], relationships: &[], shown: Some(with_text) };

pub(crate) static OPERATIONS: &[Operation] = &[Operation {
    id: "betaCrashLogsGetInstance",
    method: Method::GET,
    path: "/v1/betaCrashLogs/{id}",
    kind: &KIND,
    access: Access::Everyone,
    query: Query::INSTANCE,
    answer: read::instance,
}];

/// The state holds the name of a log; its text stays in the fixture file.
fn with_text(log: &mut Resource, _: &Links) {
    let text = log.text("log").and_then(fixture::crash_log).unwrap_or_default();
    log.attributes.insert("logText".to_owned(), Value::from(text));
}
