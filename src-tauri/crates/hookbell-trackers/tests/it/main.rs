//! The trackers against fakes that keep state and fail on purpose.
//!
//! With `HOOKBELL_TRACKERS`, a folder with the services' API descriptions, each request and answer of a fake is also
//! validated against them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr, reason = "tests")]

mod drafts;
mod fake;
mod github;
mod github_fake;
mod graphql;
mod jira;
mod jira_fake;
mod judge;
mod linear;
mod linear_fake;
mod once;
/// The validator is shared with other crates' tests, and included as a file because no crate may depend on the tests.
#[allow(dead_code, unreachable_pub, reason = "shared by file")]
#[path = "../../../../../tests/src/openapi.rs"]
mod openapi;
mod quoting;
