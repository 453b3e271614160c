//! `hookbell builds uploads`: lists and controls uploads.

use hookbell_engine::{
    Hookbell,
    api::{Upload, UploadRequest, UploadStage, UploadsRequest},
};

use super::{layout, no_upload, refuse_without_key, upload, upload_lines::UploadLines};
use crate::{
    arguments::{
        shared::PlainArguments,
        uploads::{CancelUploadArguments, PauseUploadArguments, UploadsCommand},
    },
    commands::{managing, managing_with},
    error::CliError,
    output::Output,
};

/// The maximum number to list.
const MAX_UPLOADS: u32 = 200;

pub(super) async fn run(command: UploadsCommand) -> Result<(), CliError> {
    match command {
        UploadsCommand::List(arguments) => list(arguments).await,
        UploadsCommand::Pause(arguments) => pause(arguments).await,
        UploadsCommand::Resume(arguments) => upload::resume(arguments).await,
        UploadsCommand::Cancel(arguments) => cancel(arguments).await,
    }
}

async fn list(PlainArguments { place, output }: PlainArguments) -> Result<(), CliError> {
    let uploads = managing(&place, async |hookbell: &Hookbell| {
        let request = UploadsRequest { app: None, open: false, limit: MAX_UPLOADS };
        Ok(hookbell.uploads().list(request).await?)
    });
    Output::from(&output).document(&uploads.await?, |uploads, page| {
        uploads.iter().for_each(|upload| layout::upload(upload, page));
        if uploads.is_empty() {
            page.line("No uploads yet. Start one with: hookbell builds upload FILE");
        }
    })
}

async fn pause(PauseUploadArguments { id, plain }: PauseUploadArguments) -> Result<(), CliError> {
    let paused = managing(&plain.place, async |hookbell: &Hookbell| {
        hookbell.uploads().pause(UploadRequest { id }).await.map_err(no_upload(id))
    });
    Output::from(&plain.output).document(&paused.await?, layout::upload)
}

async fn cancel(CancelUploadArguments { id, asc }: CancelUploadArguments) -> Result<(), CliError> {
    let output = Output::from(&asc.output);
    let given_key = asc.key.key_file.is_some();
    let canceled = managing_with(&asc, async |hookbell: &Hookbell, _| {
        refuse_without_key(hookbell, id, given_key).await?;
        hookbell.uploads().cancel(UploadRequest { id }).await.map_err(no_upload(id))?;
        // If App Store Connect can't be reached now, the next process tells it.
        let is_over = |upload: &Upload| upload.ended_at.is_some() || upload.waits.is_some();
        upload::until(hookbell, id, &mut UploadLines::silent(), is_over).await
    })
    .await?;
    output.document(&canceled, layout::upload)?;
    match (canceled.stage, canceled.waits) {
        (UploadStage::Canceled, _) => Ok(()),
        (_, Some(waits)) => Err(CliError::UploadFailed(format!("{} {}", waits.message, waits.hint))),
        _ => Err(CliError::UploadFailed("App Store Connect already has the whole build.".to_owned())),
    }
}
