//! `hookbell runs`: the runs of rules, done and waiting. The listening process executes them.

use hookbell_engine::{
    Hookbell,
    api::{ApiError, Run, RunIdRequest, RunState, RunsRequest},
};

use super::{managing, numbers_of};
use crate::{
    arguments::{
        rules::{ListRunsArguments, OneRunArguments, RunsCommand},
        shared::PlainArguments,
    },
    error::CliError,
    layout::{Page, counted, local_time},
    output::Output,
};

/// How many to read from the store at once.
const RUNS_PER_PAGE: u32 = 200;

pub(crate) async fn run(command: RunsCommand) -> Result<(), CliError> {
    let (RunsCommand::List(ListRunsArguments { plain, .. })
    | RunsCommand::Show(OneRunArguments { plain, .. })
    | RunsCommand::Retry(OneRunArguments { plain, .. })) = &command;
    let PlainArguments { place, output } = plain.clone();
    managing(&place, async |hookbell: &Hookbell| answer(hookbell, command, Output::from(&output)).await).await
}

async fn answer(hookbell: &Hookbell, command: RunsCommand, output: Output) -> Result<(), CliError> {
    match command {
        RunsCommand::List(arguments) => {
            let filtered = arguments.rule.is_some() || arguments.event.is_some() || arguments.state.is_some();
            output.document(&list(hookbell, arguments).await?, |runs, page| {
                runs.iter().for_each(|run| lay_out(run, page));
                match (runs.is_empty(), filtered) {
                    (false, _) => {}
                    (true, true) => page.line("No matching runs."),
                    (true, false) => page.line("No runs yet. Add a rule with: hookbell rules add --file FILE"),
                }
            })
        }
        RunsCommand::Show(OneRunArguments { id, .. }) => {
            let run = hookbell.runs().one(RunIdRequest { id }).await.map_err(no_run(id))?;
            output.document(&run, |run, page| {
                lay_out(run, page);
                if let Some(written) = run.output.as_deref().filter(|written| !written.is_empty()) {
                    page.blank();
                    page.verbatim(written);
                }
            })
        }
        RunsCommand::Retry(OneRunArguments { id, .. }) => {
            let run = hookbell.runs().retry(RunIdRequest { id }).await.map_err(no_run(id))?;
            output.document(&run, |run, page| {
                page.line("The app or hookbell serve carries it out now, or the next time it starts.");
                lay_out(run, page);
            })
        }
    }
}

fn no_run(id: i64) -> impl FnOnce(ApiError) -> CliError {
    CliError::no_such("run", id.to_string(), "hookbell runs list")
}

async fn list(hookbell: &Hookbell, arguments: ListRunsArguments) -> Result<Vec<Run>, CliError> {
    let seqs: Vec<Option<i64>> = match &arguments.event {
        Some(id) => numbers_of(hookbell, id).await?.into_iter().map(Some).collect(),
        None => vec![None],
    };
    let (mut all, wanted): (Vec<Run>, usize) = (Vec::new(), arguments.limit as usize);
    for seq in seqs {
        let mut before = None;
        while all.len() < wanted {
            let limit = arguments.limit.min(RUNS_PER_PAGE);
            let request = RunsRequest { rule: arguments.rule, seq, state: arguments.state, before, limit };
            let page = hookbell.runs().list(request).await?;
            before = page.runs.last().map(|run| run.id);
            all.extend(page.runs);
            if !page.more || before.is_none() {
                break;
            }
        }
    }
    all.truncate(wanted);
    Ok(all)
}

fn lay_out(run: &Run, page: &mut Page) {
    let state = state_words(run.state).to_owned();
    page.table(&[[run.id.to_string(), local_time(&run.written_at), state, run.label.clone()]]);
    let event = run.event.as_ref().map(|event| {
        let app = event.app.as_ref().map(|app| format!(" · {app}")).unwrap_or_default();
        format!(", for {}{app}", event.title)
    });
    page.indented(&format!("By “{}”{}", run.rule_name, event.unwrap_or_default()));
    let answer = run.answer.as_deref().unwrap_or_default();
    let said = match &run.hint {
        Some(hint) if answer.is_empty() => hint.clone(),
        Some(hint) => format!("{}. {hint}", answer.trim_end_matches('.')),
        None => answer.to_owned(),
    };
    if !said.is_empty() {
        page.indented(&said);
    }
    if let Some(due) = &run.due_at {
        let attempts = counted(run.attempts.into(), "attempt", "attempts");
        page.indented(&format!("Next attempt {}, after {attempts}", local_time(due)));
    }
}

/// A state in words.
pub(super) fn state_words(state: RunState) -> &'static str {
    match state {
        RunState::Waiting => "waiting",
        RunState::Running => "running",
        RunState::Done => "done",
        RunState::Failed => "failed",
        RunState::GivenUp => "given up",
        RunState::Skipped => "skipped",
    }
}
