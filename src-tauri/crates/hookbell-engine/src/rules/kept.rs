//! Stored rules: parsed and compiled, and recompiled only after a change.

use std::sync::Arc;

use hookbell_core::rules::{CompiledRule, Rule, check};
use hookbell_store::{Store, StoreError, StoredRule};
use tokio::sync::Mutex;

/// All rules that can be parsed, in order.
#[derive(Debug, Default)]
pub(crate) struct Compiled {
    /// The ids of the rules.
    pub(crate) ids: Vec<i64>,
    /// The rules, in the same order.
    pub(crate) rules: Vec<CompiledRule>,
}

/// The rules as this process last read them.
#[derive(Debug, Default)]
pub(super) struct KeptRules(Mutex<Option<(i64, Arc<Compiled>)>>);

impl KeptRules {
    /// The current rules.
    pub(super) async fn read(&self, store: &Store) -> Result<Arc<Compiled>, StoreError> {
        let mut kept = self.0.lock().await;
        let changes = store.rule_changes().await?.rules;
        if let Some((read_at, compiled)) = &*kept
            && *read_at == changes
        {
            return Ok(Arc::clone(compiled));
        }
        let mut compiled = Compiled::default();
        for stored in store.rules().await? {
            match document(&stored).and_then(|rule| check(rule).map_err(|error| error.to_string())) {
                Ok(rule) => {
                    compiled.ids.push(stored.id);
                    compiled.rules.push(rule);
                }
                Err(error) => tracing::warn!(rule = stored.id, %error, "a rule is left out, as it can't be read"),
            }
        }
        let compiled = Arc::new(compiled);
        *kept = Some((changes, Arc::clone(&compiled)));
        Ok(compiled)
    }
}

/// Parses a rule's document.
///
/// # Errors
/// Why it can't be parsed, in words.
pub(super) fn document(stored: &StoredRule) -> Result<Rule, String> {
    let rule: Rule = serde_json::from_str(&stored.document).map_err(|error| error.to_string())?;
    Ok(Rule { enabled: stored.enabled, ..rule })
}
