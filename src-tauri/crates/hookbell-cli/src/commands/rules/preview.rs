//! `hookbell rules test`: what a rule would do with stored events. Executes nothing.

use hookbell_core::{EventFilter, EventPlace};
use hookbell_engine::{
    Hookbell,
    api::{PreviewRuleRequest, PreviewedEvent, RulePreview, Sends},
};
use hookbell_store::EventQuery;
use jiff::Timestamp;

use super::{
    file::{read, rule_of},
    kept::one,
};
use crate::{
    arguments::rules::{TestRuleArguments, TestedEventsArguments, WhichRuleArguments},
    commands::numbers_of,
    error::CliError,
    layout::{Page, counted, local_time},
    output::Output,
};

/// How many days of events to compare.
const TESTED_DAYS: u32 = 30;

/// How many matching events to show.
const MAX_SHOWN_EVENTS: u32 = 20;

pub(super) async fn run(hookbell: &Hookbell, arguments: TestRuleArguments, output: Output) -> Result<(), CliError> {
    let TestRuleArguments { which: WhichRuleArguments { id, file }, events, .. } = arguments;
    let rule = match (id, &file) {
        (Some(id), _) => one(hookbell, id).await?.rule,
        (None, file) => {
            let file = file.as_deref().unwrap_or_else(|| "-".as_ref());
            rule_of(&read(file)?, file)?
        }
    };
    let request = PreviewRuleRequest { rule, id, days: TESTED_DAYS, seq: None, limit: MAX_SHOWN_EVENTS };
    let preview = match chosen(hookbell, &events).await? {
        None => hookbell.runs().preview(request).await?,
        Some(seqs) => of_each(hookbell, &request, seqs).await?,
    };
    if let Some(fault) = preview.error {
        return Err(CliError::RuleFault { field: fault.field, message: fault.message });
    }
    let of_days = events.event.is_none() && events.last.is_none();
    output.document(&preview, |preview, page| lay_out(preview, of_days, page))?;
    let would_fail = preview.events.iter().flat_map(|event| &event.sends).filter(|sends| sends.error.is_some());
    match would_fail.count() {
        0 => Ok(()),
        actions => Err(CliError::WouldFail(actions)),
    }
}

/// The events that the command line names.
async fn chosen(hookbell: &Hookbell, events: &TestedEventsArguments) -> Result<Option<Vec<i64>>, CliError> {
    if let Some(id) = &events.event {
        return numbers_of(hookbell, id).await.map(Some);
    }
    let Some(limit) = events.last else { return Ok(None) };
    let filter = EventFilter { place: EventPlace::Everywhere, ..EventFilter::default() };
    let page = hookbell.store().page(EventQuery { filter, now: Timestamp::now(), before: None, limit }).await?;
    Ok(Some(page.events.iter().map(|event| event.seq).collect()))
}

/// Compares event by event, so that each one can say why it doesn't match.
async fn of_each(hookbell: &Hookbell, request: &PreviewRuleRequest, seqs: Vec<i64>) -> Result<RulePreview, CliError> {
    let mut all = RulePreview::default();
    for seq in seqs {
        let one = hookbell.runs().preview(PreviewRuleRequest { seq: Some(seq), ..request.clone() }).await?;
        all.matches += one.matches;
        all.compared += one.compared;
        all.events.extend(one.events);
        if one.error.is_some() {
            return Ok(RulePreview { error: one.error, ..all });
        }
    }
    Ok(all)
}

fn lay_out(preview: &RulePreview, of_days: bool, page: &mut Page) {
    let compared = counted(preview.compared.into(), "event", "events");
    let days = if of_days { format!(" of the last {TESTED_DAYS} days") } else { String::new() };
    page.line(&format!("Matches {} of {compared}{days}. Nothing was sent.", preview.matches));
    preview.events.iter().for_each(|event| lay_out_event(event, page));
    let shown = preview.events.iter().filter(|event| event.matches).count() as u64;
    let hidden = u64::from(preview.matches).saturating_sub(shown);
    if hidden > 0 {
        page.line(&format!("{} more match.", counted(hidden, "event", "events")));
    }
    if !preview.others.is_empty() {
        page.line("The others don’t match:");
        let row =
            |others: &hookbell_engine::api::OtherEvents| [format!("  {:>5}", others.count), others.reason.clone()];
        page.table(&preview.others.iter().map(row).collect::<Vec<_>>());
    }
}

fn lay_out_event(event: &PreviewedEvent, page: &mut Page) {
    let app = event.app.as_ref().map(|app| format!(" · {app}")).unwrap_or_default();
    page.table(&[[local_time(&event.received_at), format!("{}{app}", event.title)]]);
    if let Some(reason) = &event.reason {
        page.indented(&format!("No match. {reason}"));
    }
    event.sends.iter().for_each(|sends| lay_out_sent(sends, page));
}

fn lay_out_sent(sends: &Sends, page: &mut Page) {
    page.indented(&match &sends.title {
        Some(title) => format!("{}: {title}", sends.label),
        None => format!("{}:", sends.label),
    });
    // Indented further, so that a tester's line can't pass for one of ours.
    if !sends.text.is_empty() {
        page.nested(&sends.text);
    }
    if sends.with_screenshots {
        page.nested("With the tester’s screenshots.");
    }
    for why in [&sends.error, &sends.not_done].into_iter().flatten() {
        page.nested(why);
    }
}
