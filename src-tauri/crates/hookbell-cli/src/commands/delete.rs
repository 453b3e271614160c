//! `hookbell events delete` and `hookbell feedback delete`: says what would go, and deletes it once that is meant.

use hookbell_core::EventId;
use hookbell_engine::{
    Hookbell,
    api::{Deleted, Deletion, DeletionBounds, DeletionRequest, Received},
};
use serde_json::json;

use super::managing;
use crate::{
    arguments::deletion::{ChosenArguments, DeleteReceivedArguments},
    error::CliError,
    output::Output,
};

pub(crate) async fn run(what: Received, arguments: DeleteReceivedArguments) -> Result<(), CliError> {
    let hookbell = managing(arguments.plain.place.data_dir.clone(), None).await?;
    let done = delete(&hookbell, what, arguments).await;
    hookbell.stop().await;
    done
}

async fn delete(hookbell: &Hookbell, what: Received, arguments: DeleteReceivedArguments) -> Result<(), CliError> {
    let output = Output::from(&arguments.plain.output);
    let request = request(hookbell, what, arguments.chosen).await?;
    let going = hookbell.cleanup().preview(request.clone()).await?;
    if !arguments.yes {
        output.document(&json!({ "wouldDelete": going }), |_| said(&going))?;
        return if is_nothing(&going) { Ok(()) } else { Err(CliError::NothingDeleted) };
    }
    let deleted = hookbell.cleanup().delete(request).await?;
    output.document(&json!({ "deleted": deleted }), |_| told(&deleted))
}

async fn request(hookbell: &Hookbell, what: Received, chosen: ChosenArguments) -> Result<DeletionRequest, CliError> {
    let ChosenArguments { id, before, account, app } = chosen;
    let Some(id) = id else {
        let within = DeletionBounds { what, before: before.map(|before| before.to_string()), account, app };
        return Ok(DeletionRequest { within: Some(within), ..DeletionRequest::default() });
    };
    if what == Received::Feedback {
        return match hookbell.store().feedback(&id).await? {
            Some(_) => Ok(DeletionRequest { feedback: vec![id], ..DeletionRequest::default() }),
            None => Err(CliError::NoSuchFeedback(id)),
        };
    }
    let missing = || CliError::NoSuchEvent(id.clone());
    let events = hookbell.store().numbers_of(&EventId::new(id.clone()).map_err(|_| missing())?).await?;
    if events.is_empty() { Err(missing()) } else { Ok(DeletionRequest { events, ..DeletionRequest::default() }) }
}

fn is_nothing(going: &Deletion) -> bool {
    going.events == 0 && going.feedback == 0
}

fn said(going: &Deletion) -> String {
    if is_nothing(going) { going.sentence.clone() } else { format!("This would go: {}", going.sentence) }
}

/// What went, in sentences.
pub(super) fn told(deleted: &Deleted) -> String {
    let plural = |count: u64, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let mut text = format!(
        "Deleted {}, {} of feedback and {}.",
        plural(deleted.events, "event", "events"),
        plural(deleted.feedback, "piece", "pieces"),
        plural(deleted.files, "file", "files")
    );
    if deleted.traces_until_next_start {
        text.push_str(" Traces stay in the database's files until Hookbell is next started.");
    }
    text
}
