//! Looks up a stored rule by id.

use hookbell_engine::{Hookbell, api::ListedRule};

use crate::error::CliError;

/// The rule with this id.
pub(super) async fn one(hookbell: &Hookbell, id: i64) -> Result<ListedRule, CliError> {
    let all = hookbell.rules().list().await?;
    let missing = || CliError::NoSuch { what: "rule", id: id.to_string(), list: "hookbell rules list" };
    all.into_iter().find(|rule| rule.id == id).ok_or_else(missing)
}
