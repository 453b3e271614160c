//! `hookbell apps`: the apps that an account can see.

use hookbell_engine::{Hookbell, api::AppsRequest};

use super::managing_with;
use crate::{arguments::accounts::AppsArguments, error::CliError, output::Output};

pub(crate) async fn run(AppsArguments { search, asc }: AppsArguments) -> Result<(), CliError> {
    let searched = !search.is_empty();
    let apps = managing_with(&asc, async |hookbell: &Hookbell, account| {
        Ok(hookbell.apps().list(AppsRequest { account, search, fresh: true }).await?)
    });
    Output::from(&asc.output).document(&apps.await?, |apps, page| {
        let row = |app: &hookbell_engine::api::App| [app.id.clone(), app.name.clone(), app.bundle_id.clone()];
        page.table(&apps.iter().map(row).collect::<Vec<_>>());
        match (apps.is_empty(), searched) {
            (false, _) => {}
            (true, true) => page.line("No matching apps. Try fewer words, or leave out --search."),
            (true, false) => page.line("This key has access to no apps. Check its access in App Store Connect."),
        }
    })
}
