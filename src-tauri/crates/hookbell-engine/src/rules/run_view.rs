//! Runs for display: with their event, and their action's name.

use std::collections::HashMap;

use hookbell_core::rules::Action;
use hookbell_store::{Store, StoreError, StoredRun};

use super::fill;
use crate::{
    api::{Run, RunEvent},
    enrich,
    known_apps::KnownApps,
};

/// Runs with their output.
pub(crate) async fn with_output(store: &Store, stored: Vec<StoredRun>) -> Result<Vec<Run>, StoreError> {
    if stored.is_empty() {
        return Ok(Vec::new());
    }
    let mut seqs: Vec<_> = stored.iter().map(|run| run.seq).collect();
    seqs.sort_unstable();
    seqs.dedup();
    let apps = KnownApps::read(store).await?;
    let named = |event: &hookbell_store::StoredEvent| {
        let app = apps.of(event, &enrich::details(event).unwrap_or_default()).map(|app| app.name);
        (event.seq, RunEvent { seq: event.seq, title: event.title.clone(), app })
    };
    let events: HashMap<_, _> = store.events(seqs).await?.iter().map(named).collect();
    Ok(stored.into_iter().map(|run| view(run, &events)).collect())
}

/// Runs for a list, without their output.
pub(crate) async fn listed(store: &Store, stored: Vec<StoredRun>) -> Result<Vec<Run>, StoreError> {
    let runs = with_output(store, stored).await?;
    Ok(runs.into_iter().map(|run| Run { output: None, ..run }).collect())
}

fn view(run: StoredRun, events: &HashMap<i64, RunEvent>) -> Run {
    let action = serde_json::from_str::<Action>(&run.action).ok();
    Run {
        id: run.id,
        rule: run.rule,
        rule_name: run.rule_name,
        action: action.as_ref().map_or("unknown", Action::name).to_owned(),
        label: action.as_ref().map_or_else(|| "From a newer Hookbell".to_owned(), fill::label),
        event: events.get(&run.seq).cloned(),
        state: run.state,
        attempts: run.attempts,
        written_at: run.written_at.to_string(),
        due_at: run.due_at.map(|at| at.to_string()),
        ended_at: run.ended_at.map(|at| at.to_string()),
        answer: run.answer,
        hint: run.hint,
        output: run.output,
    }
}
