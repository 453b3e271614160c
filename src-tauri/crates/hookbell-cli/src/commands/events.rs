//! `hookbell events`: what is stored, newest first, or one body as it came. `hookbell events delete` takes some away.

use hookbell_core::{EventFilter, EventId, EventPlace};
use hookbell_engine::{EventLine, api::Received};
use hookbell_store::{EventQuery, Opened, Store};
use jiff::Timestamp;

use super::{delete, resend, warn_of_damage};
use crate::{
    arguments::{EventsArguments, deletion::EventsCommand},
    error::CliError,
    output::Output,
    terminal,
};

/// How many events are read from the store in one go.
const EVENTS_PER_PAGE: u32 = 500;

pub(crate) async fn run(arguments: EventsArguments) -> Result<(), CliError> {
    match arguments.command {
        Some(EventsCommand::Delete(arguments)) => return delete::run(Received::Events, arguments).await,
        Some(EventsCommand::Resend(arguments)) => return resend::run(arguments).await,
        None => {}
    }
    let Opened { store, set_aside } = Store::open(&arguments.place.existing()?, Timestamp::now())?;
    if let Some(damaged) = set_aside {
        warn_of_damage(&damaged);
    }
    let done = match arguments.raw {
        Some(id) => raw(&store, id).await,
        None => list(&store, arguments.limit, Output::from(&arguments.output)).await,
    };
    store.close().await;
    done
}

async fn raw(store: &Store, id: String) -> Result<(), CliError> {
    let missing = || CliError::no_event(id.clone());
    let event = store.find(&EventId::new(id.clone()).map_err(|_| missing())?).await?.ok_or_else(missing)?;
    let body = store.body(event.seq).await?.ok_or_else(missing)?;
    Ok(terminal::print_raw(&body)?)
}

async fn list(store: &Store, limit: u32, output: Output) -> Result<(), CliError> {
    let (mut left, mut before) = (limit, None);
    while left > 0 {
        let filter = EventFilter { place: EventPlace::Everywhere, ..EventFilter::default() };
        let query = EventQuery { filter, now: Timestamp::now(), before, limit: left.min(EVENTS_PER_PAGE) };
        let page = store.page(query).await?;
        for event in &page.events {
            output.event(EventLine::from(event))?;
        }
        if left == limit && page.events.is_empty() {
            output.nothing("No events yet. Receive some with hookbell listen, hookbell serve or the app.")?;
        }
        left = left.saturating_sub(u32::try_from(page.events.len()).unwrap_or(u32::MAX));
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    Ok(())
}
