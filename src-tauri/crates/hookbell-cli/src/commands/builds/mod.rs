//! `hookbell builds` and `hookbell groups`: uploaded and TestFlight builds, for scripts.

mod distribute;
mod layout;
mod planned;
mod upload;
mod upload_lines;
mod uploads;

use hookbell_engine::{
    Hookbell,
    api::{BuildRequest, BuildsRequest, ListedBuild, TesterGroupsRequest, UploadRequest},
};

use super::managing_with;
use crate::{
    arguments::builds::{
        BuildsCommand, ExpireBuildArguments, GroupsCommand, ListBuildsArguments, ListGroupsArguments, OneBuildArguments,
    },
    error::{CliError, warn},
    output::Output,
};

/// The engine's maximum page size.
const MAX_PAGE_ROWS: u32 = 200;

pub(crate) async fn run(command: BuildsCommand) -> Result<(), CliError> {
    match command {
        BuildsCommand::List(arguments) => list(arguments).await,
        BuildsCommand::Show(arguments) => show(arguments).await,
        BuildsCommand::Expire(arguments) => expire(arguments).await,
        BuildsCommand::Distribute(arguments) => distribute::run(*arguments).await,
        BuildsCommand::Upload(arguments) => upload::run(*arguments).await,
        BuildsCommand::Uploads(command) => uploads::run(command).await,
    }
}

async fn list(ListBuildsArguments { app, limit, asc }: ListBuildsArguments) -> Result<(), CliError> {
    let listed = managing_with(&asc, async |hookbell: &Hookbell, account| {
        let mut builds: Vec<ListedBuild> = Vec::new();
        let mut before = None;
        loop {
            let left = limit.saturating_sub(u32::try_from(builds.len()).unwrap_or(u32::MAX));
            let request = BuildsRequest {
                account: account.clone(),
                app: app.clone(),
                refresh: true,
                before,
                limit: left.min(MAX_PAGE_ROWS),
            };
            let page = hookbell.builds().list(request).await.map_err(no_app(app.clone()))?;
            if let Some(trouble) = page.trouble {
                warn(&format!("{}: {}", trouble.message, trouble.hint));
            }
            builds.extend(page.builds);
            before = page.more;
            if before.is_none() || builds.len() >= limit as usize {
                return Ok(builds);
            }
        }
    });
    Output::from(&asc.output).document(&listed.await?, |builds, page| {
        builds.iter().for_each(|build| layout::row(build, page));
        if builds.is_empty() {
            page.line("This app has no builds in TestFlight yet.");
        }
    })
}

async fn show(OneBuildArguments { id, asc }: OneBuildArguments) -> Result<(), CliError> {
    let shown = managing_with(&asc, async |hookbell: &Hookbell, account| {
        let request = request(hookbell, account, id.clone()).await?;
        hookbell.builds().detail(request).await.map_err(no_build(id))
    });
    Output::from(&asc.output).document(&shown.await?, layout::detail)
}

async fn expire(ExpireBuildArguments { id, yes, asc }: ExpireBuildArguments) -> Result<(), CliError> {
    if !yes {
        return Err(CliError::NotExpired(id));
    }
    let expired = managing_with(&asc, async |hookbell: &Hookbell, account| {
        let request = request(hookbell, account, id.clone()).await?;
        hookbell.builds().expire(request).await.map_err(no_build(id))
    });
    Output::from(&asc.output).document(&expired.await?, layout::row)
}

/// A build's id doesn't contain its app, so look that up.
async fn request(hookbell: &Hookbell, account: Option<String>, id: String) -> Result<BuildRequest, CliError> {
    let app = hookbell.builds().app_of(account.as_deref(), &id).await.map_err(no_build(id.clone()))?;
    Ok(BuildRequest { account, app, build: id })
}

pub(crate) async fn run_groups(GroupsCommand::List(arguments): GroupsCommand) -> Result<(), CliError> {
    let ListGroupsArguments { app, asc } = arguments;
    let groups = managing_with(&asc, async |hookbell: &Hookbell, account| {
        let request = TesterGroupsRequest { account, app: app.clone() };
        hookbell.testers().groups(request).await.map_err(no_app(app))
    });
    Output::from(&asc.output).document(&groups.await?, |groups, page| {
        groups.iter().for_each(|group| layout::group(group, page));
        if groups.is_empty() {
            page.line("This app has no tester groups yet. Create one in Hookbell or in App Store Connect.");
        }
    })
}

fn no_app(id: String) -> impl FnOnce(hookbell_engine::api::ApiError) -> CliError {
    CliError::no_such("app", id, "hookbell apps")
}

fn no_build(id: String) -> impl FnOnce(hookbell_engine::api::ApiError) -> CliError {
    CliError::no_such("build", id, "hookbell builds list")
}

fn no_upload(id: i64) -> impl FnOnce(hookbell_engine::api::ApiError) -> CliError {
    CliError::no_such("upload", id.to_string(), "hookbell builds uploads list")
}

/// Refuses an upload that only another command's key can continue.
async fn refuse_without_key(hookbell: &Hookbell, id: i64, given_key: bool) -> Result<(), CliError> {
    let upload = hookbell.uploads().one(UploadRequest { id }).await.map_err(no_upload(id))?;
    if upload.account.is_none() && !given_key { Err(CliError::UploadNeedsKey(id)) } else { Ok(()) }
}
