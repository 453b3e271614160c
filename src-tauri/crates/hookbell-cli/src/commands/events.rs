//! `hookbell events`: lists stored events, newest first, or prints one body verbatim. `hookbell events delete` deletes
//! some.

use hookbell_core::{EventFilter, EventId, EventPlace};
use hookbell_engine::{
    EventLine, Hookbell,
    api::{ApiError, Received},
};
use hookbell_store::{EventQuery, Store};
use jiff::Timestamp;

use super::{delete, managing, resend};
use crate::{
    arguments::{EventsArguments, deletion::EventsCommand, filter::FilterArguments},
    error::CliError,
    output::Output,
    terminal,
};

/// How many events to read from the store at once.
const EVENTS_PER_PAGE: u32 = 500;

pub(crate) async fn run(arguments: EventsArguments) -> Result<(), CliError> {
    match arguments.command {
        Some(EventsCommand::Delete(arguments)) => return delete::run(Received::Events, arguments).await,
        Some(EventsCommand::Resend(arguments)) => return resend::run(arguments).await,
        None => {}
    }
    let output = Output::from(&arguments.output);
    managing(&arguments.place, async |hookbell: &Hookbell| match arguments.raw {
        Some(id) => raw(hookbell.store(), id).await,
        None => {
            let filter = filter(hookbell, &arguments.filter, arguments.view.as_deref()).await?;
            list(hookbell.store(), filter, arguments.limit, output).await
        }
    })
    .await
}

/// The filter from the command line, or from a saved view.
async fn filter(hookbell: &Hookbell, given: &FilterArguments, view: Option<&str>) -> Result<EventFilter, CliError> {
    let Some(view) = view else {
        let filter = given.filter();
        hookbell.events().check(&filter).await.map_err(CliError::Filter)?;
        return Ok(filter);
    };
    let view = hookbell.views().named(view).await.map_err(CliError::Filter)?;
    if let Some(trouble) = view.trouble {
        let hint = "save it again with hookbell views save, or delete it with hookbell views delete";
        return Err(CliError::Filter(ApiError::field("view", trouble.trim_end_matches('.'), hint)));
    }
    Ok(EventFilter { unread: view.filter.unread || given.unread, ..view.filter })
}

async fn raw(store: &Store, id: String) -> Result<(), CliError> {
    let missing = || CliError::no_event(id.clone());
    let event = store.find(&EventId::new(id.clone()).map_err(|_| missing())?).await?.ok_or_else(missing)?;
    if event.kind.is_own() {
        return Err(ApiError::no_payload().into());
    }
    let body = store.body(event.seq).await?.ok_or_else(missing)?;
    Ok(terminal::print_raw(&body)?)
}

async fn list(store: &Store, filter: EventFilter, limit: u32, output: Output) -> Result<(), CliError> {
    let everything = EventFilter { place: EventPlace::Everywhere, ..EventFilter::default() };
    let (mut left, mut before) = (limit, None);
    while left > 0 {
        let query =
            EventQuery { filter: filter.clone(), now: Timestamp::now(), before, limit: left.min(EVENTS_PER_PAGE) };
        let page = store.page(query).await?;
        for event in &page.events {
            output.event(EventLine::from(event))?;
        }
        if left == limit && page.events.is_empty() {
            output.nothing(match filter == everything {
                true => "No events yet. Receive some with hookbell listen, hookbell serve or the app.",
                false => "No matching events.",
            })?;
        }
        left = left.saturating_sub(u32::try_from(page.events.len()).unwrap_or(u32::MAX));
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    Ok(())
}
