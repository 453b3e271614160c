//! Rules, formatted for people.

use hookbell_core::rules::{Action, Rule};
use hookbell_engine::api::ListedRule;

use crate::{
    commands::runs::state_words,
    layout::{Page, counted, local_time},
};

pub(super) fn list(rules: &[ListedRule], page: &mut Page) {
    rules.iter().for_each(|rule| row(rule, page));
    if rules.is_empty() {
        page.line("No rules yet. See the ready-made ones with: hookbell rules ready-made");
    }
}

/// A rule in the list.
pub(super) fn row(listed: &ListedRule, page: &mut Page) {
    let state = if listed.rule.enabled { "on" } else { "off" };
    page.table(&[[listed.id.to_string(), state.to_owned(), listed.rule.name.clone()]]);
    page.indented(&actions(&listed.rule));
    if let Some(trouble) = &listed.trouble {
        page.indented(trouble);
    }
    if listed.needs_review {
        let id = listed.id;
        page.indented(&format!(
            "Disabled because it runs a command from a file. Read it with: hookbell rules show {id}. Then enable it \
             with: hookbell rules enable {id}"
        ));
    }
    if let Some(run) = &listed.last_run {
        page.indented(&format!("Last run {}: {}", local_time(&run.written_at), state_words(run.state)));
    }
    if listed.failed_runs > 0 {
        let failed = counted(listed.failed_runs.into(), "run", "runs");
        page.indented(&format!("{failed} failed. See: hookbell runs list --rule {}", listed.id));
    }
}

/// A rule with its document.
pub(super) fn whole(listed: &ListedRule, page: &mut Page) {
    row(listed, page);
    page.blank();
    page.whole(&serde_json::to_string_pretty(&listed.rule).unwrap_or_default());
}

/// The commands that it runs, as typed in a shell.
pub(super) fn commands(rule: &Rule) -> impl Iterator<Item = String> {
    rule.then.iter().filter_map(|action| match action {
        Action::Run(run) => Some(run.command.join(" ")),
        _ => None,
    })
}

/// Its actions, named as in its document: `notify, forward (slack)`.
fn actions(rule: &Rule) -> String {
    let word = |action: &Action| match action {
        Action::Forward(forward) => format!("{} ({})", action.name(), forward.format),
        _ => action.name().to_owned(),
    };
    rule.then.iter().map(word).collect::<Vec<_>>().join(", ")
}
