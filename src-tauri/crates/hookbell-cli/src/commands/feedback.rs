//! `hookbell feedback`: what testers sent, for scripts.

use hookbell_engine::{
    Hookbell,
    api::{
        BackfillRequest, CrashReply, FeedbackDetail, FeedbackIdRequest, FeedbackKind, FeedbackRequest, FeedbackRow,
        Received,
    },
};
use serde::Serialize;

use super::{delete, managing_with};
use crate::{
    arguments::{
        feedback::{ExportArguments, FeedbackCommand, KindArgument, ListFeedbackArguments},
        shared::AscArguments,
    },
    error::CliError,
    output::Output,
};

/// How many are read from the store in one go.
const FEEDBACK_PER_PAGE: u32 = 500;

/// One feedback with its crash report.
#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    detail: FeedbackDetail,
    #[serde(skip_serializing_if = "Option::is_none")]
    crash: Option<CrashReply>,
}

pub(crate) async fn run(command: FeedbackCommand) -> Result<(), CliError> {
    match command {
        FeedbackCommand::List(arguments) => {
            let (hookbell, account, output) = open(&arguments.asc).await?;
            ended(&hookbell, list(&hookbell, account, arguments, output)).await
        }
        FeedbackCommand::Show(arguments) => {
            let (hookbell, _, output) = open(&arguments.asc).await?;
            ended(&hookbell, show(&hookbell, arguments.id, output)).await
        }
        FeedbackCommand::Export(arguments) => {
            let (hookbell, _, output) = open(&arguments.asc).await?;
            ended(&hookbell, export(&hookbell, &arguments, output)).await
        }
        FeedbackCommand::Delete(arguments) => delete::run(Received::Feedback, arguments).await,
    }
}

/// The engine, the account that the command line names, and how to print.
async fn open(asc: &AscArguments) -> Result<(Hookbell, Option<String>, Output), CliError> {
    let (hookbell, account) = managing_with(asc).await?;
    Ok((hookbell, account, Output::from(&asc.output)))
}

async fn ended(hookbell: &Hookbell, work: impl Future<Output = Result<(), CliError>>) -> Result<(), CliError> {
    let done = work.await;
    hookbell.stop().await;
    done
}

async fn list(
    hookbell: &Hookbell,
    account: Option<String>,
    arguments: ListFeedbackArguments,
    output: Output,
) -> Result<(), CliError> {
    if arguments.refresh {
        let request = BackfillRequest { account, app: arguments.app.clone() };
        if let Some(trouble) = hookbell.backfill().finish(request).await?.trouble {
            return Err(trouble.into());
        }
    }
    let mut all: Vec<FeedbackRow> = Vec::new();
    let mut before = None;
    loop {
        let left = arguments.limit.saturating_sub(u32::try_from(all.len()).unwrap_or(u32::MAX));
        let request = FeedbackRequest {
            app: arguments.app.clone(),
            build: arguments.build.clone(),
            kind: arguments.kind.map(Into::into),
            unread: arguments.unread,
            search: arguments.search.clone(),
            limit: left.min(FEEDBACK_PER_PAGE),
            before,
            ..FeedbackRequest::default()
        };
        let page = hookbell.feedback().page(request).await?;
        all.extend(page.feedback);
        before = page.next;
        if before.is_none() || all.len() >= arguments.limit as usize {
            break;
        }
    }
    output.document(&all, |all| match all.is_empty() {
        true => "There is no feedback here: hookbell feedback list --refresh reads it".to_owned(),
        false => all.iter().map(line).collect(),
    })
}

async fn show(hookbell: &Hookbell, id: String, output: Output) -> Result<(), CliError> {
    let request = FeedbackIdRequest { id };
    let detail = hookbell.feedback().detail(request.clone()).await?;
    let crash = match detail.feedback.kind {
        FeedbackKind::Crash => Some(hookbell.feedback().crash_report(request).await?),
        FeedbackKind::Screenshot => None,
    };
    output.document(&Shown { detail, crash }, described)
}

async fn export(hookbell: &Hookbell, arguments: &ExportArguments, output: Output) -> Result<(), CliError> {
    let exported = hookbell.feedback().export(&arguments.id, &arguments.to, arguments.replace).await?;
    output.document(&exported, |exported| {
        let missing: String = exported.missing.iter().map(|missing| format!("\nNot there: {missing}")).collect();
        format!("Wrote {} into {}{missing}", exported.files.join(", "), exported.folder.display())
    })
}

fn line(row: &FeedbackRow) -> String {
    let time = row.sent_at.get(..19).unwrap_or(&row.sent_at).replace('T', " ");
    let mark = if row.read { ' ' } else { '*' };
    format!("{mark} {time}  {}\n{:23}{}\n{:23}{}\n{:23}{}\n", row.title, "", row.subtitle, "", row.note, "", row.id)
}

fn described(shown: &Shown) -> String {
    let Shown { detail, crash } = shown;
    let row = &detail.feedback;
    let mut lines = vec![row.title.clone(), row.subtitle.clone()];
    // Set in, so that no line of a tester's can pass for one of ours.
    let comment = row.comment.as_deref().filter(|comment| *comment != row.title).unwrap_or_default();
    lines.extend(comment.lines().map(|line| format!("  {line}")));
    lines.push(String::new());
    lines.extend(detail.facts.iter().map(|fact| format!("{:14}{}", fact.label, fact.value)));
    lines.extend(detail.page.as_ref().map(|page| format!("{:14}{page}", "Page")));
    for picture in &detail.pictures {
        let size = picture.width.zip(picture.height).map(|(width, height)| format!("{width} × {height}"));
        let what = picture.reason.clone().or(size).unwrap_or_default();
        lines.push(format!("{:14}{what}", format!("Picture {}", picture.number)));
    }
    if let Some(report) = crash.as_ref().and_then(|crash| crash.report.as_ref()) {
        lines.push(format!("\n{}", report.headline));
        let frames = report.threads.first().map(|thread| thread.frames.as_slice()).unwrap_or_default();
        for frame in frames {
            let call = frame.symbol.as_ref().or(frame.address.as_ref()).map(String::as_str).unwrap_or_default();
            let mark = if frame.own { '*' } else { ' ' };
            lines.push(format!(
                "{mark}{:>3} {:28} {call} {}",
                frame.number,
                frame.image,
                frame.source.as_deref().unwrap_or_default()
            ));
        }
    }
    lines.extend(crash.as_ref().and_then(|crash| crash.trouble.clone()));
    lines.extend(detail.trouble.clone());
    lines.join("\n")
}

impl From<KindArgument> for FeedbackKind {
    fn from(kind: KindArgument) -> Self {
        match kind {
            KindArgument::Screenshot => Self::Screenshot,
            KindArgument::Crash => Self::Crash,
        }
    }
}
