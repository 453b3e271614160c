//! `hookbell listen`: one webhook, with a secret from the caller, and a line for each new event.

use std::sync::Arc;

use hookbell_engine::{EventLine, GivenWebhook, Hookbell, NoDesktop, Options, api::ListenerState, asked_to_end};

use super::{
    follow::{EVENTS_PER_PAGE, follow},
    troubles, with_engine,
};
use crate::{arguments::ListenArguments, error::CliError, output::Output};

pub(crate) async fn run(arguments: ListenArguments) -> Result<(), CliError> {
    let output = Output::from(&arguments.output);
    let given = GivenWebhook { token: arguments.path, secret: arguments.secret.read()? };
    let mut options = Options::new(arguments.place.existing()?).with_environment()?;
    options.port = arguments.port.or(options.port);
    options.only = Some(given);
    // It only prints events, so it leaves notifications to processes that can show them.
    options.announces_later = true;
    hookbell_demo::remove_leftovers(&options.data_dir).await;
    with_engine(options, Arc::new(NoDesktop), async |hookbell: &Hookbell| {
        let mut printed = hookbell.store().last_seq().await?;
        hookbell.start();
        listening(hookbell).await?;
        let end = asked_to_end();
        output.ready(&hookbell.given_payload_url().unwrap_or_default())?;
        tokio::select! {
            followed = follow(hookbell, end, async |_| {
                print_new(hookbell, output, &mut printed).await?;
                Ok(None)
            }) => followed,
            () = troubles::tell(hookbell) => Ok(()),
        }
    })
    .await
}

/// Waits until this process listens, and returns the address.
pub(super) async fn listening(hookbell: &Hookbell) -> Result<String, CliError> {
    match hookbell.listener().await {
        ListenerState::Listening { url, .. } => Ok(url),
        state => Err(CliError::NotListening(refusal(&state))),
    }
}

async fn print_new(hookbell: &Hookbell, output: Output, printed: &mut i64) -> Result<(), CliError> {
    loop {
        let events = hookbell.store().after(*printed, EVENTS_PER_PAGE).await?;
        let Some(last) = events.last() else { return Ok(()) };
        *printed = last.seq;
        for event in &events {
            output.event(EventLine::from(event))?;
        }
    }
}

/// Why it doesn't listen, and what to do, in one line.
fn refusal(state: &ListenerState) -> String {
    match state {
        ListenerState::PortTaken { port, holder, free } => {
            let by = holder.as_ref().map(|holder| format!(" by {holder}")).unwrap_or_default();
            let other = free.map_or_else(
                || "choose another port with --port".to_owned(),
                |free| format!("use --port {free}, or --port 0 for any free one"),
            );
            format!("port {port} is taken{by}: {other}")
        }
        ListenerState::Elsewhere { url, pid } => format!(
            "Hookbell is already listening for this data directory at {url} (PID {pid}): quit it, or choose another \
             --data-dir"
        ),
        ListenerState::Failed { message, hint } => format!("{message}: {hint}"),
        ListenerState::Starting | ListenerState::Listening { .. } => "the listener did not start".to_owned(),
    }
}
