//! `hookbell events delete` and `hookbell feedback delete`: shows what would be deleted, and deletes it once confirmed.

use hookbell_engine::{
    Hookbell,
    api::{Deleted, Deletion, DeletionBounds, DeletionRequest, Received},
};

use super::{managing, numbers_of};
use crate::{
    arguments::deletion::{ChosenArguments, DeleteReceivedArguments},
    documents::{DeletionDone, DeletionPlanned},
    error::CliError,
    layout::{Page, counted},
    output::Output,
};

pub(crate) async fn run(what: Received, arguments: DeleteReceivedArguments) -> Result<(), CliError> {
    let DeleteReceivedArguments { chosen, yes, plain } = arguments;
    let output = Output::from(&plain.output);
    managing(&plain.place, async |hookbell: &Hookbell| {
        let request = request(hookbell, what, chosen).await?;
        if yes {
            let deleted = hookbell.cleanup().delete(request).await?;
            return output.document(&DeletionDone { deleted }, |done, page| lay_out_deleted(&done.deleted, page));
        }
        let would_delete = hookbell.cleanup().preview(request).await?;
        let nothing = is_nothing(&would_delete);
        output.document(&DeletionPlanned { would_delete }, |planned, page| {
            let sentence = &planned.would_delete.sentence;
            page.line(&if nothing { sentence.clone() } else { format!("Would delete: {sentence}") });
        })?;
        if nothing { Ok(()) } else { Err(CliError::NothingDeleted) }
    })
    .await
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
            None => Err(CliError::NoSuch { what: "feedback", id, list: "hookbell feedback list" }),
        };
    }
    Ok(DeletionRequest { events: numbers_of(hookbell, &id).await?, ..DeletionRequest::default() })
}

fn is_nothing(going: &Deletion) -> bool {
    going.events == 0 && going.feedback == 0
}

/// Reports what was deleted.
pub(super) fn lay_out_deleted(deleted: &Deleted, page: &mut Page) {
    page.line(&format!(
        "Deleted {}, {} of feedback and {}.",
        counted(deleted.events, "event", "events"),
        counted(deleted.feedback, "piece", "pieces"),
        counted(deleted.files, "file", "files")
    ));
    if deleted.traces_until_next_start {
        page.line("Traces stay in the database files until Hookbell next starts.");
    }
}
