//! `hookbell feedback`: testers' feedback, for scripts.

use hookbell_engine::{
    Hookbell,
    api::{BackfillRequest, FeedbackIdRequest, FeedbackKind, FeedbackRequest, FeedbackRow, IssueFilter, Received},
};

use super::{delete, feedback_text, managing_with, trackers};
use crate::{
    arguments::feedback::{
        ExportArguments, FeedbackCommand, IssueArgument, KindArgument, ListFeedbackArguments, OneFeedbackArguments,
    },
    documents::FeedbackShown,
    error::CliError,
    output::Output,
};

/// How many to read from the store at once.
const FEEDBACK_PER_PAGE: u32 = 500;

pub(crate) async fn run(command: FeedbackCommand) -> Result<(), CliError> {
    match command {
        FeedbackCommand::List(arguments) => list(arguments).await,
        FeedbackCommand::Show(arguments) => show(arguments).await,
        FeedbackCommand::Export(arguments) => export(arguments).await,
        FeedbackCommand::File(arguments) => trackers::file(arguments).await,
        FeedbackCommand::Fixed(arguments) => trackers::fixed(arguments).await,
        FeedbackCommand::Delete(arguments) => delete::run(Received::Feedback, arguments).await,
    }
}

async fn list(arguments: ListFeedbackArguments) -> Result<(), CliError> {
    let output = Output::from(&arguments.asc.output);
    let asc = arguments.asc.clone();
    let filtered = !arguments.app.is_empty()
        || arguments.build.is_some()
        || arguments.kind.is_some()
        || arguments.issue.is_some()
        || arguments.since.is_some()
        || arguments.until.is_some()
        || arguments.archived
        || arguments.unread
        || !arguments.search.is_empty();
    let all = managing_with(&asc, async |hookbell: &Hookbell, account| {
        if arguments.refresh {
            let apps: Vec<_> = match arguments.app.as_slice() {
                [] => vec![None],
                apps => apps.iter().cloned().map(Some).collect(),
            };
            for app in apps {
                let request = BackfillRequest { account: account.clone(), app };
                if let Some(trouble) = hookbell.backfill().finish(request).await?.trouble {
                    return Err(trouble.into());
                }
            }
        }
        stored(hookbell, arguments).await
    });
    output.document(&all.await?, |all, page| {
        all.iter().for_each(|row| feedback_text::lay_out_row(row, page));
        match (all.is_empty(), filtered) {
            (false, _) => {}
            (true, true) => page.line("No matching feedback. Try fewer filters, or --refresh to fetch new feedback."),
            (true, false) => page.line("No feedback yet. Fetch it with: hookbell feedback list --refresh"),
        }
    })
}

/// The stored feedback, newest first.
async fn stored(hookbell: &Hookbell, arguments: ListFeedbackArguments) -> Result<Vec<FeedbackRow>, CliError> {
    let mut all: Vec<FeedbackRow> = Vec::new();
    let mut before = None;
    loop {
        let left = arguments.limit.saturating_sub(u32::try_from(all.len()).unwrap_or(u32::MAX));
        let request = FeedbackRequest {
            app: arguments.app.clone(),
            build: arguments.build.clone(),
            kind: arguments.kind.map(Into::into),
            issue: arguments.issue.map(Into::into),
            account: arguments.asc.key.account.clone(),
            since: arguments.since.map(|time| time.to_string()),
            until: arguments.until.map(|time| time.to_string()),
            unread: arguments.unread,
            archived: arguments.archived,
            search: arguments.search.clone(),
            limit: left.min(FEEDBACK_PER_PAGE),
            before,
        };
        let page = hookbell.feedback().page(request).await?;
        all.extend(page.feedback);
        before = page.next;
        if before.is_none() || all.len() >= arguments.limit as usize {
            return Ok(all);
        }
    }
}

async fn show(OneFeedbackArguments { id, asc }: OneFeedbackArguments) -> Result<(), CliError> {
    let shown = managing_with(&asc, async |hookbell: &Hookbell, _| {
        let request = FeedbackIdRequest { id: id.clone() };
        let detail = hookbell.feedback().detail(request.clone()).await.map_err(CliError::no_feedback(id))?;
        let crash = match detail.feedback.kind {
            FeedbackKind::Crash => Some(hookbell.feedback().crash_report(request).await?),
            FeedbackKind::Screenshot => None,
        };
        Ok(FeedbackShown { detail, crash })
    });
    Output::from(&asc.output).document(&shown.await?, feedback_text::lay_out)
}

async fn export(ExportArguments { id, to, replace, asc }: ExportArguments) -> Result<(), CliError> {
    let exported = managing_with(&asc, async |hookbell: &Hookbell, _| {
        hookbell.feedback().export(&id, &to, replace).await.map_err(CliError::no_feedback(id))
    });
    Output::from(&asc.output).document(&exported.await?, |exported, page| {
        page.line(&format!("Wrote {} to {}", exported.files.join(", "), exported.folder.display()));
        exported.missing.iter().for_each(|missing| page.line(&format!("Missing: {missing}")));
    })
}

impl From<IssueArgument> for IssueFilter {
    fn from(issue: IssueArgument) -> Self {
        match issue {
            IssueArgument::With => Self::With,
            IssueArgument::Without => Self::Without,
            IssueArgument::Open => Self::Open,
            IssueArgument::Fixed => Self::Fixed,
        }
    }
}

impl From<KindArgument> for FeedbackKind {
    fn from(kind: KindArgument) -> Self {
        match kind {
            KindArgument::Screenshot => Self::Screenshot,
            KindArgument::Crash => Self::Crash,
        }
    }
}
