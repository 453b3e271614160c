//! `hookbell rules`: manages rules, for scripts. A Hookbell running on the same data directory applies changes
//! immediately.

mod destinations;
mod file;
mod kept;
mod layout;
mod preview;

use std::path::Path;

use hookbell_core::rules::{Action, NAMES, Name, ReadyMade, Rule, ready_made};
use hookbell_engine::{
    Hookbell,
    api::{
        ApiError, EnableRuleRequest, ErrorCode, ExportRulesRequest, ImportRulesRequest, ListedRule, MoveRuleRequest,
        ReadyMadeRule, RuleName, RuleRequest, SaveRuleRequest,
    },
};

use self::{
    file::{read, rule_of},
    kept::one,
};
use super::managing;
use crate::{
    arguments::{
        rules::{
            AddRuleArguments, DeleteRuleArguments, ImportRulesArguments, MoveRuleArguments, OneRuleArguments,
            ReadyMadeArguments, RulesCommand, TestRuleArguments, UpdateRuleArguments,
        },
        shared::{OutputArguments, PlainArguments},
    },
    documents::{DeletedRule, RuleDeleted},
    error::CliError,
    output::{Output, document, note},
};

pub(crate) async fn run(command: RulesCommand) -> Result<(), CliError> {
    let plain = match &command {
        RulesCommand::List(plain)
        | RulesCommand::Show(OneRuleArguments { plain, .. })
        | RulesCommand::Add(AddRuleArguments { plain, .. })
        | RulesCommand::Update(UpdateRuleArguments { plain, .. })
        | RulesCommand::Enable(OneRuleArguments { plain, .. })
        | RulesCommand::Disable(OneRuleArguments { plain, .. })
        | RulesCommand::Move(MoveRuleArguments { plain, .. })
        | RulesCommand::Delete(DeleteRuleArguments { plain, .. })
        | RulesCommand::Test(TestRuleArguments { plain, .. })
        | RulesCommand::Import(ImportRulesArguments { plain, .. }) => plain.clone(),
        // An export is always JSON.
        RulesCommand::Export(arguments) => {
            PlainArguments { place: arguments.place.clone(), output: OutputArguments { json: true } }
        }
        RulesCommand::Names(output) => return names(Output::from(output)),
        RulesCommand::ReadyMade(arguments) => return offer(arguments),
        RulesCommand::Destinations(_) => {
            let RulesCommand::Destinations(command) = command else { return Ok(()) };
            return destinations::run(command).await;
        }
    };
    let PlainArguments { place, output } = plain;
    managing(&place, async |hookbell: &Hookbell| answer(hookbell, command, Output::from(&output)).await).await
}

async fn answer(hookbell: &Hookbell, command: RulesCommand, output: Output) -> Result<(), CliError> {
    let rules = hookbell.rules();
    match command {
        RulesCommand::List(_) => output.document(&rules.list().await?, |all, page| layout::list(all, page)),
        RulesCommand::Show(OneRuleArguments { id, .. }) => output.document(&one(hookbell, id).await?, layout::whole),
        RulesCommand::Add(AddRuleArguments { file, .. }) => {
            let text = read(&file)?;
            rule_of(&text, &file)?;
            let added = rules.import(ImportRulesRequest { text }).await;
            changed(&added.map_err(|error| in_file(error, &file))?, output)
        }
        RulesCommand::Import(ImportRulesArguments { file, .. }) => {
            let imported = rules.import(ImportRulesRequest { text: read(&file)? }).await;
            let imported = imported.map_err(|error| in_file(error, &file))?;
            warn_of_commands(&imported, output);
            output.document(&imported, |all, page| layout::list(all, page))
        }
        RulesCommand::Update(UpdateRuleArguments { id, file, .. }) => {
            let rule = updated(&one(hookbell, id).await?, &file)?;
            let saved = rules.save(SaveRuleRequest { id: Some(id), rule }).await;
            changed(&[saved.map_err(|error| in_file(error, &file))?], output)
        }
        RulesCommand::Enable(OneRuleArguments { id, .. }) => enable(hookbell, id, true, output).await,
        RulesCommand::Disable(OneRuleArguments { id, .. }) => enable(hookbell, id, false, output).await,
        RulesCommand::Move(MoveRuleArguments { id, before, .. }) => {
            one(hookbell, id).await?;
            if let Some(before) = before {
                one(hookbell, before).await?;
            }
            let all = rules.move_to(MoveRuleRequest { id, before }).await?;
            output.document(&all, |all, page| layout::list(all, page))
        }
        RulesCommand::Delete(DeleteRuleArguments { id, yes, .. }) => {
            let name = one(hookbell, id).await?.rule.name;
            if !yes {
                return Err(CliError::Unconfirmed(format!("rule {id}, “{name}”")));
            }
            rules.delete(RuleRequest { id }).await?;
            output.document(&RuleDeleted { deleted: DeletedRule { id, name } }, |done, page| {
                page.line(&format!("Deleted rule {}, “{}”.", done.deleted.id, done.deleted.name));
            })
        }
        RulesCommand::Test(arguments) => preview::run(hookbell, arguments, output).await,
        RulesCommand::Export(arguments) => {
            let mut ids = arguments.ids;
            if ids.is_empty() {
                ids = rules.list().await?.iter().map(|rule| rule.id).collect();
            }
            for id in &ids {
                one(hookbell, *id).await?;
            }
            document(rules.export(ExportRulesRequest { ids }).await?.text.trim_end())
        }
        RulesCommand::Names(_) | RulesCommand::ReadyMade(_) | RulesCommand::Destinations(_) => Ok(()),
    }
}

/// The rule from a file that replaces an existing one. A command that nobody has reviewed here leaves the rule
/// disabled, as when adding a rule.
fn updated(old: &ListedRule, file: &Path) -> Result<Rule, CliError> {
    let rule = rule_of(&read(file)?, file)?;
    let is_new = |action: &Action| matches!(action, Action::Run(_)) && !old.rule.then.contains(action);
    let unreviewed = rule.then.iter().any(is_new) || (old.needs_review && layout::commands(&rule).next().is_some());
    if unreviewed && rule.enabled {
        note(&disabled(old.id));
        return Ok(Rule { enabled: false, ..rule });
    }
    Ok(rule)
}

async fn enable(hookbell: &Hookbell, id: i64, enabled: bool, output: Output) -> Result<(), CliError> {
    one(hookbell, id).await?;
    let rule = hookbell.rules().enable(EnableRuleRequest { id, enabled }).await?;
    output.document(&rule, |rule, page| {
        page.line(&format!("{} “{}”.", if enabled { "Enabled" } else { "Disabled" }, rule.rule.name));
        if enabled {
            layout::commands(&rule.rule).for_each(|command| page.indented(&format!("It runs: {command}")));
        }
    })
}

fn changed(rules: &[ListedRule], output: Output) -> Result<(), CliError> {
    warn_of_commands(rules, output);
    rules.iter().try_for_each(|rule| output.document(rule, layout::row))
}

/// Says on stderr which rules stay disabled, if their lines don't say so.
fn warn_of_commands(rules: &[ListedRule], output: Output) {
    if output == Output::Json {
        rules.iter().filter(|rule| rule.needs_review).for_each(|rule| note(&disabled(rule.id)));
    }
}

/// Why a rule is disabled, and what to do.
fn disabled(id: i64) -> String {
    format!(
        "rule {id} runs a command from a file, so it is disabled: read it with hookbell rules show {id}, then enable it \
         with hookbell rules enable {id}"
    )
}

fn names(output: Output) -> Result<(), CliError> {
    let of = |name: &Name| RuleName {
        path: name.path.to_owned(),
        meaning: name.meaning.to_owned(),
        example: name.example.to_owned(),
    };
    let all: Vec<RuleName> = NAMES.iter().map(of).collect();
    output.document(&all, |all, page| {
        page.table(&all.iter().map(|name| [name.path.clone(), name.meaning.clone()]).collect::<Vec<_>>());
    })
}

fn offer(ReadyMadeArguments { id, output }: &ReadyMadeArguments) -> Result<(), CliError> {
    let of = |one: ReadyMade| ReadyMadeRule {
        id: one.id.to_owned(),
        title: one.title.to_owned(),
        summary: one.summary.to_owned(),
        rule: one.rule,
    };
    let all: Vec<ReadyMadeRule> = ready_made().into_iter().map(of).collect();
    let Some(id) = id else {
        return Output::from(output).document(&all, |all, page| {
            for one in all {
                page.line(&one.id);
                page.indented(&one.summary);
            }
        });
    };
    let list = "hookbell rules ready-made";
    let missing = || CliError::NoSuch { what: "ready-made rule", id: id.clone(), list };
    let one = all.into_iter().find(|one| one.id == *id).ok_or_else(missing)?;
    // A document for a file is always JSON.
    Output::Json.document(&one.rule, |_, _| {})
}

/// Adds the file's name and a hint for command-line users to an error about its contents.
fn in_file(error: ApiError, file: &Path) -> ApiError {
    let Some(field) = error.field.as_deref().filter(|_| error.code == ErrorCode::InvalidInput) else { return error };
    let file = file.display();
    let place = if field == "text" { file.to_string() } else { format!("{file}: {field}") };
    let is_of_form = ["save the rule", "Export"].iter().any(|words| error.hint.contains(words));
    let hint = if is_of_form { "see docs/rules.md for the fields".to_owned() } else { error.hint };
    ApiError { field: Some(place), hint, ..error }
}
