//! One file per command, which reads its arguments, calls the engine, and prints.

pub(crate) mod accounts;
mod add_webhook;
pub(crate) mod apps;
pub(crate) mod builds;
pub(crate) mod catch_up;
pub(crate) mod completions;
mod delete;
pub(crate) mod doctor;
pub(crate) mod events;
pub(crate) mod feedback;
mod feedback_text;
mod follow;
mod lines;
pub(crate) mod listen;
pub(crate) mod mcp;
mod resend;
pub(crate) mod rules;
pub(crate) mod runs;
pub(crate) mod serve;
pub(crate) mod settings;
pub(crate) mod simulator;
pub(crate) mod trackers;
pub(crate) mod trigger;
mod troubles;
pub(crate) mod tunnel;
pub(crate) mod verify;
pub(crate) mod views;
mod webhook_text;
pub(crate) mod webhooks;

use std::{path::Path, sync::Arc};

use hookbell_core::EventId;
use hookbell_engine::{GivenKey, Hookbell, Host, NoDesktop, Options};

use crate::{
    arguments::shared::{AscArguments, KeyArguments, PlaceArguments},
    error::{CliError, warn},
};

/// Opens the engine, runs the work, and stops the engine regardless of the outcome.
async fn with_engine<T>(
    options: Options,
    host: Arc<dyn Host>,
    work: impl AsyncFnOnce(&Hookbell) -> Result<T, CliError>,
) -> Result<T, CliError> {
    let hookbell = Hookbell::open(options, host).await?;
    if let Some(damaged) = hookbell.set_aside() {
        warn_of_damage(&damaged);
    }
    let done = work(&hookbell).await;
    hookbell.stop().await;
    done
}

/// The same for a command that doesn't listen.
async fn managing<T>(
    place: &PlaceArguments,
    work: impl AsyncFnOnce(&Hookbell) -> Result<T, CliError>,
) -> Result<T, CliError> {
    with_engine(managing_options(place)?, Arc::new(NoDesktop), work).await
}

/// The same with the key from the command line, and the account if it names one.
async fn managing_with<T>(
    asc: &AscArguments,
    work: impl AsyncFnOnce(&Hookbell, Option<String>) -> Result<T, CliError>,
) -> Result<T, CliError> {
    let KeyArguments { account, key_id, issuer_id, key_file } = asc.key.clone();
    let mut options = managing_options(&asc.place)?;
    if let Some(file) = key_file {
        options.given_key = Some(GivenKey::read(file, key_id, issuer_id).await?);
    }
    with_engine(options, Arc::new(NoDesktop), async |hookbell: &Hookbell| {
        let accounts = hookbell.accounts().list().await?;
        if let Some(id) = &account
            && accounts.iter().all(|known| known.id != *id)
        {
            return Err(CliError::no_account(id.clone()));
        }
        match work(hookbell, account).await {
            Err(CliError::Engine(error)) if error.field.as_deref() == Some("account") => {
                Err(match accounts.is_empty() {
                    true => CliError::NoAccount,
                    false => CliError::WhichAccount(accounts.len()),
                })
            }
            done => done,
        }
    })
    .await
}

fn managing_options(place: &PlaceArguments) -> Result<Options, CliError> {
    let options = Options::new(place.existing()?).with_environment()?;
    Ok(Options { manages_only: true, ..options })
}

/// Warns that the database was damaged, and says where it was moved.
fn warn_of_damage(damaged: &Path) {
    warn(&format!("the database was damaged; it was kept as {}, and a new one was created", damaged.display()));
}

/// The numbers under which an event is stored, one per webhook that it came through.
async fn numbers_of(hookbell: &Hookbell, id: &str) -> Result<Vec<i64>, CliError> {
    let missing = || CliError::no_event(id.to_owned());
    let numbers = hookbell.store().numbers_of(&EventId::new(id.to_owned()).map_err(|_| missing())?).await?;
    if numbers.is_empty() { Err(missing()) } else { Ok(numbers) }
}
