//! `hookbell events`: what is stored, newest first, or one body as it came. `hookbell events delete` takes some away.

use hookbell_core::EventId;
use hookbell_engine::{EventLine, api::Received, data_dir};
use hookbell_store::{EventQuery, Filter, Store};
use jiff::Timestamp;

use super::delete;
use crate::{
    arguments::{EventsArguments, deletion::EventsCommand},
    error::CliError,
    output::Output,
    terminal,
};

/// How many events are read from the store in one go.
const EVENTS_PER_PAGE: u32 = 500;

pub(crate) async fn run(arguments: EventsArguments) -> Result<(), CliError> {
    if let Some(EventsCommand::Delete(arguments)) = arguments.command {
        return delete::run(Received::Events, arguments).await;
    }
    let store = Store::open(&data_dir(arguments.place.data_dir)?, Timestamp::now())?.store;
    let done = match arguments.raw {
        Some(id) => raw(&store, id).await,
        None => list(&store, arguments.limit, Output::from(&arguments.output)).await,
    };
    store.close().await;
    done
}

async fn raw(store: &Store, id: String) -> Result<(), CliError> {
    let missing = || CliError::NoSuchEvent(id.clone());
    let event = store.find(&EventId::new(id.clone()).map_err(|_| missing())?).await?.ok_or_else(missing)?;
    let body = store.body(event.seq).await?.ok_or_else(missing)?;
    Ok(terminal::print_raw(&body)?)
}

async fn list(store: &Store, limit: u32, output: Output) -> Result<(), CliError> {
    let (mut left, mut before) = (limit, None);
    while left > 0 {
        let query = EventQuery {
            filter: Filter::Everything,
            search: None,
            webhook: None,
            before,
            limit: left.min(EVENTS_PER_PAGE),
        };
        let page = store.page(query).await?;
        for event in &page.events {
            output.event(&EventLine::from(event))?;
        }
        left = left.saturating_sub(u32::try_from(page.events.len()).unwrap_or(u32::MAX));
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    Ok(())
}
