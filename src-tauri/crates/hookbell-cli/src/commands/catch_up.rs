//! `hookbell catch-up`: fetches now what App Store Connect could not deliver.

use hookbell_engine::api::{CatchUp, CatchUpRequest};

use super::managing;
use crate::{arguments::tunnel::CatchUpArguments, error::CliError, output::Output};

pub(crate) async fn run(arguments: CatchUpArguments) -> Result<(), CliError> {
    let output = Output::from(&arguments.plain.output);
    let hookbell = managing(arguments.plain.place.data_dir, None).await?;
    let done = async {
        if let Some(minutes) = arguments.every {
            hookbell.missed_events().set_minutes(CatchUpRequest { minutes }).await?;
        }
        hookbell.missed_events().fetch_now().await
    };
    let done = done.await;
    hookbell.stop().await;
    let caught_up = done?;
    output.document(&caught_up, told)?;
    match caught_up.webhooks.iter().filter(|webhook| webhook.trouble.is_some()).count() {
        0 => Ok(()),
        failed => Err(CliError::NotRead(failed)),
    }
}

fn told(caught_up: &CatchUp) -> String {
    let mut text = format!("{} missed events fetched\n", caught_up.fetched);
    for webhook in &caught_up.webhooks {
        if let Some(gap) = &webhook.gap {
            text.push_str(&format!("  {}: events from {} to {} are lost\n", webhook.name, gap.from, gap.to));
        }
        if let Some(trouble) = &webhook.trouble {
            text.push_str(&format!("  {}: {trouble}\n", webhook.name));
        }
    }
    text
}
