//! `hookbell builds upload`: uploads a build, and shows the progress.
//!
//! This process sends, unless the app has claimed the upload first; then it only shows the progress. Ctrl-C pauses the
//! upload, and a kill interrupts it: the same command continues it.

use hookbell_engine::{
    Hookbell,
    api::{ApiError, ErrorCode, StartUploadRequest, Upload, UploadRequest, UploadStage},
    asked_to_end,
};

use super::{distribute, no_upload, planned::planned, refuse_without_key, upload_lines::UploadLines};
use crate::{
    arguments::uploads::{ResumeUploadArguments, UploadArguments},
    commands::managing_with,
    error::CliError,
    output::Output,
};

/// How a command follows an upload.
#[derive(Debug, Clone, Copy)]
struct Following {
    output: Output,
    /// Follow until the plan is done, instead of until App Store Connect has the whole build.
    wait: bool,
    /// Whether only this command has the key.
    given_key: bool,
}

pub(super) async fn run(arguments: UploadArguments) -> Result<(), CliError> {
    let UploadArguments { file, app, plan, wait, asc } = arguments;
    let following = Following { output: Output::from(&asc.output), wait, given_key: asc.key.key_file.is_some() };
    if following.given_key && !wait && !plan.is_empty() {
        return Err(CliError::PlanNeedsWait);
    }
    managing_with(&asc, async |hookbell: &Hookbell, account| {
        let end = asked_to_end();
        let path = file.to_string_lossy().into_owned();
        let uploads = hookbell.uploads();
        uploads.check_number(&path, account.as_deref(), app.as_deref()).await.map_err(not_uploaded)?;
        let plan = if plan.is_empty() {
            None
        } else {
            let target = uploads.target_of(&path, account.as_deref(), app.as_deref()).await;
            let target = target.map_err(not_uploaded)?;
            Some(planned(hookbell, target.account.as_deref(), &target.app, None, plan).await?)
        };
        let request = StartUploadRequest { path, account, app, plan };
        let upload = uploads.start(request).await.map_err(not_uploaded)?;
        follow(hookbell, following, upload.id, end).await
    })
    .await
}

pub(super) async fn resume(arguments: ResumeUploadArguments) -> Result<(), CliError> {
    let ResumeUploadArguments { id, wait, asc } = arguments;
    let following = Following { output: Output::from(&asc.output), wait, given_key: asc.key.key_file.is_some() };
    managing_with(&asc, async |hookbell: &Hookbell, _| {
        let end = asked_to_end();
        refuse_without_key(hookbell, id, following.given_key).await?;
        hookbell.uploads().resume(UploadRequest { id }).await.map_err(no_upload(id))?;
        follow(hookbell, following, id, end).await
    })
    .await
}

/// Marks errors about the file or its app that were found before anything was sent.
fn not_uploaded(error: ApiError) -> CliError {
    match (error.code, error.field.as_deref()) {
        (ErrorCode::InvalidInput, Some("path" | "app" | "number")) => CliError::NotUploaded(error),
        _ => error.into(),
    }
}

/// Shows an upload until nothing is left to do, or until this process is asked to end.
async fn follow(
    hookbell: &Hookbell,
    following: Following,
    id: i64,
    end: impl Future<Output = ()>,
) -> Result<(), CliError> {
    let mut end = std::pin::pin!(end);
    let mut lines = UploadLines::new(following.output, following.wait);
    // It can be paused from elsewhere.
    let is_there = |upload: &Upload| {
        upload.ended_at.is_some() || upload.paused || (!following.wait && upload.stage == UploadStage::Processing)
    };
    let upload = tokio::select! {
        upload = until(hookbell, id, &mut lines, is_there) => upload?,
        () = &mut end => return stopped(hookbell, following, id).await,
    };
    lines.end();
    match upload.stage {
        _ if upload.paused && upload.ended_at.is_none() => Err(paused(following, id)),
        UploadStage::Failed => Err(CliError::UploadFailed(failure(&upload))),
        UploadStage::Canceled => Err(CliError::UploadFailed("The upload was canceled.".to_owned())),
        _ => match upload.distribution.filter(|_| following.wait) {
            Some(plan) => tokio::select! {
                done = hookbell.distributions().work_on(plan, true) => {
                    let done = done?;
                    super::upload_lines::plan(following.output, &done)?;
                    distribute::ended(&done)
                }
                // The plan is stored: the app or the next command executes it.
                () = &mut end => Ok(()),
            },
            None => Ok(()),
        },
    }
}

/// Shows an upload until it reaches a state.
pub(super) async fn until(
    hookbell: &Hookbell,
    id: i64,
    lines: &mut UploadLines,
    wanted: impl Fn(&Upload) -> bool,
) -> Result<Upload, CliError> {
    let mut stored = hookbell.store().changes();
    loop {
        stored.mark_unchanged();
        let upload = hookbell.uploads().one(UploadRequest { id }).await.map_err(no_upload(id))?;
        lines.show(&upload)?;
        if wanted(&upload) {
            return Ok(upload);
        }
        let moves = upload.stage == UploadStage::Sending && upload.waits.is_none();
        lines
            .rest(moves, async {
                // If the store is closed there is nothing to wait for; the next check reports it.
                let _ = stored.changed().await;
            })
            .await;
    }
}

/// This process was asked to end. An upload that App Store Connect has completely doesn't need it.
async fn stopped(hookbell: &Hookbell, following: Following, id: i64) -> Result<(), CliError> {
    match hookbell.uploads().pause(UploadRequest { id }).await {
        Ok(_) => Err(paused(following, id)),
        Err(error) if error.code == ErrorCode::InvalidInput => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn paused(following: Following, id: i64) -> CliError {
    CliError::UploadPaused { id, given_key: following.given_key }
}

fn failure(upload: &Upload) -> String {
    let words = upload.failure.as_ref().map(|failure| format!("{} {}", failure.message, failure.hint));
    words.unwrap_or_else(|| "The upload failed.".to_owned())
}
