//! `hookbell catch-up`: fetches now what App Store Connect could not deliver.

use hookbell_engine::{
    Hookbell,
    api::{CatchUp, CatchUpRequest},
};

use super::managing;
use crate::{
    arguments::tunnel::CatchUpArguments,
    error::CliError,
    layout::{Page, counted, local_time},
    output::Output,
};

pub(crate) async fn run(CatchUpArguments { every, plain }: CatchUpArguments) -> Result<(), CliError> {
    let caught_up = managing(&plain.place, async |hookbell: &Hookbell| {
        if let Some(minutes) = every {
            hookbell.missed_events().set_minutes(CatchUpRequest { minutes }).await?;
        }
        if hookbell.accounts().list().await?.is_empty() {
            return Err(CliError::NoAccount);
        }
        Ok(hookbell.missed_events().fetch_now().await?)
    });
    let caught_up = caught_up.await?;
    Output::from(&plain.output).document(&caught_up, lay_out)?;
    match caught_up.webhooks.iter().filter(|webhook| webhook.trouble.is_some()).count() {
        0 => Ok(()),
        failed => Err(CliError::NotRead(failed)),
    }
}

fn lay_out(caught_up: &CatchUp, page: &mut Page) {
    match caught_up.fetched {
        _ if caught_up.webhooks.is_empty() => {
            page.line(
                "No webhook to check. Create one with: hookbell webhooks create --app ID --name NAME --events all",
            );
        }
        0 => page.line("No events were missed."),
        fetched => page.line(&format!("Fetched {}.", counted(fetched.into(), "missed event", "missed events"))),
    }
    for webhook in &caught_up.webhooks {
        if let Some(gap) = &webhook.gap {
            let (from, to) = (local_time(&gap.from), local_time(&gap.to));
            page.indented(&format!("{}: events from {from} to {to} are lost", webhook.name));
        }
        if let Some(trouble) = &webhook.trouble {
            page.indented(&format!("{}: {trouble}", webhook.name));
        }
    }
}
