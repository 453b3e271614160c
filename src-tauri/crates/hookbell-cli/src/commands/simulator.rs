//! `hookbell simulator`: App Store Connect on this computer, to try everything without touching an app.

use hookbell_engine::asked_to_end;
use hookbell_sim::{Config, Ready, Simulator};

use crate::{
    arguments::SimulatorArguments, documents::SimulatorPrinted, error::CliError, layout::Page, output::Output,
};

pub(crate) async fn run(arguments: SimulatorArguments) -> Result<(), CliError> {
    let config = Config { port: arguments.port, data_dir: arguments.data_dir, controls: true, ..Config::default() };
    let end = asked_to_end();
    let simulator = Simulator::start(config).await?;
    let printed = SimulatorPrinted { ready: simulator.ready() };
    Output::from(&arguments.output).result(&printed, |printed, page| lay_out(&printed.ready, page))?;
    end.await;
    Ok(simulator.stop().await?)
}

/// What first-time users need.
fn lay_out(ready: &Ready, page: &mut Page) {
    let Ready { url, issuer_id, private_key_file, .. } = ready;
    let file = private_key_file.display();
    let given = issuer_id.as_deref().map(|issuer| format!(" \\\n  --issuer-id {issuer}")).unwrap_or_default();
    page.line(&format!("Simulated App Store Connect at {url}"));
    page.table(&[
        ["  Key file".to_owned(), file.to_string()],
        ["  Issuer ID".to_owned(), issuer_id.clone().unwrap_or_else(|| "none: this is an individual key".to_owned())],
    ]);
    page.blank();
    page.line("Add it as an account in the window, or in another terminal:");
    page.verbatim(&format!("export HOOKBELL_ASC_URL={url}\nhookbell accounts add --key-file '{file}'{given}"));
    page.blank();
    page.line("Make something happen:");
    page.verbatim(&format!("curl --json '{{\"eventType\":\"BUILD_UPLOAD_STATE_UPDATED\"}}' \\\n  {url}/sim/events"));
    page.blank();
    page.line("Press Ctrl-C to stop.");
}
