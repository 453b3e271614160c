//! One file for each command: it reads its arguments, calls the engine, and prints.

pub(crate) mod accounts;
pub(crate) mod apps;
pub(crate) mod catch_up;
pub(crate) mod completions;
mod delete;
pub(crate) mod doctor;
pub(crate) mod events;
pub(crate) mod feedback;
mod lines;
pub(crate) mod listen;
pub(crate) mod serve;
pub(crate) mod settings;
pub(crate) mod simulator;
pub(crate) mod trigger;
mod troubles;
pub(crate) mod tunnel;
pub(crate) mod verify;
pub(crate) mod webhooks;

use std::{path::PathBuf, sync::Arc};

use hookbell_engine::{GivenKey, Hookbell, NoDesktop, Options, data_dir};

use crate::{
    arguments::shared::{AscArguments, KeyArguments},
    error::CliError,
};

/// The engine for a command that manages and ends: it listens to nothing.
async fn managing(dir: Option<PathBuf>, given_key: Option<GivenKey>) -> Result<Hookbell, CliError> {
    let mut options = Options::new(data_dir(dir)?).with_environment()?;
    options.given_key = given_key;
    options.manages_only = true;
    Ok(Hookbell::open(options, Arc::new(NoDesktop)).await?)
}

/// The same with the key the command line names, and the account if it names one.
async fn managing_with(asc: &AscArguments) -> Result<(Hookbell, Option<String>), CliError> {
    let KeyArguments { account, key_id, issuer_id, key_file } = asc.key.clone();
    let given = match key_file {
        Some(file) => Some(GivenKey::read(file, key_id, issuer_id).await?),
        None => None,
    };
    Ok((managing(asc.place.data_dir.clone(), given).await?, account))
}
