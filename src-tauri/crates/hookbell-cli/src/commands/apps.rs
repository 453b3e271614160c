//! `hookbell apps`: what an account sees.

use hookbell_engine::api::{App, AppsRequest};

use super::managing_with;
use crate::{arguments::accounts::AppsArguments, error::CliError, output::Output};

pub(crate) async fn run(arguments: AppsArguments) -> Result<(), CliError> {
    let output = Output::from(&arguments.asc.output);
    let (hookbell, account) = managing_with(&arguments.asc).await?;
    let request = AppsRequest { account, search: arguments.search, fresh: true };
    let apps = hookbell.apps().list(request).await;
    hookbell.stop().await;
    let text = |apps: &Vec<App>| {
        apps.iter().map(|app| format!("{}  {}  {}\n", app.id, app.name, app.bundle_id)).collect::<String>()
    };
    output.document(&apps?, text)
}
