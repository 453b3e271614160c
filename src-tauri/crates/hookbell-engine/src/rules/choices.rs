//! The choices in a rule's form.

use std::collections::BTreeMap;

use hookbell_core::{
    EventType,
    rules::{NAMES, ready_made},
    words,
};

use super::Rules;
use crate::{
    api::{ApiError, NamedWord, ReadyMadeRule, RuleApp, RuleChoices, RuleName},
    known_apps::KnownApps,
};

impl Rules {
    /// The choices in a rule's form.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn choices(&self) -> Result<RuleChoices, ApiError> {
        let apps = KnownApps::read(&self.context.store).await?.all();
        let types = EventType::known()
            .map(|known| NamedWord { name: known.name().to_owned(), label: known.label().to_owned() });
        let ready_made = ready_made().into_iter().map(|one| ReadyMadeRule {
            id: one.id.to_owned(),
            title: one.title.to_owned(),
            summary: one.summary.to_owned(),
            rule: one.rule,
        });
        let names = NAMES.iter().map(|name| RuleName {
            path: name.path.to_owned(),
            meaning: name.meaning.to_owned(),
            example: name.example.to_owned(),
        });
        Ok(RuleChoices {
            apps: apps.into_iter().map(|app| RuleApp { id: app.id, name: app.name }).collect(),
            types: types.collect(),
            states: states(),
            names: names.collect(),
            ready_made: ready_made.collect(),
            destinations: self.destinations.list().await?,
        })
    }
}

/// All states without duplicates, ordered by name. A state that two types share has the name from the first.
fn states() -> Vec<NamedWord> {
    let mut labels = BTreeMap::new();
    for event_type in EventType::all() {
        for state in words::states(event_type) {
            labels.entry(state).or_insert_with(|| words::state_name(Some(event_type), state));
        }
    }
    let named = labels.into_iter().map(|(name, label)| NamedWord { name: name.to_owned(), label });
    let mut states: Vec<_> = named.collect();
    states.sort_by_cached_key(|state| state.label.to_lowercase());
    states
}
