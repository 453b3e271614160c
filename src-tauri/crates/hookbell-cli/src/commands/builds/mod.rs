//! `hookbell builds` and `hookbell groups`: builds in TestFlight, for scripts.

mod distribute;
mod layout;

use hookbell_engine::{
    Hookbell,
    api::{BuildRequest, BuildsRequest, ListedBuild, TesterGroupsRequest},
};

use super::managing_with;
use crate::{
    arguments::builds::{
        BuildsCommand, ExpireBuildArguments, GroupsCommand, ListBuildsArguments, ListGroupsArguments, OneBuildArguments,
    },
    error::{CliError, warn},
    output::Output,
};

/// What the engine gives at once.
const MAX_PAGE_ROWS: u32 = 200;

pub(crate) async fn run(command: BuildsCommand) -> Result<(), CliError> {
    match command {
        BuildsCommand::List(arguments) => list(arguments).await,
        BuildsCommand::Show(arguments) => show(arguments).await,
        BuildsCommand::Expire(arguments) => expire(arguments).await,
        BuildsCommand::Distribute(arguments) => distribute::run(*arguments).await,
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

/// A build's id says nothing of its app.
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
            page.line("This app has no groups of testers yet. Make one in the app or at App Store Connect.");
        }
    })
}

fn no_app(id: String) -> impl FnOnce(hookbell_engine::api::ApiError) -> CliError {
    CliError::no_such("app", id, "hookbell apps")
}

fn no_build(id: String) -> impl FnOnce(hookbell_engine::api::ApiError) -> CliError {
    CliError::no_such("build", id, "hookbell builds list")
}
