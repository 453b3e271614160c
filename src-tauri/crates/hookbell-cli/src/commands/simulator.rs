//! `hookbell simulator`: App Store Connect on this computer, to try everything without touching an app.

use hookbell_sim::{Config, Ready, Simulator};
use serde_json::json;

use super::listen::interrupted;
use crate::{
    apple_arguments::SimulatorArguments,
    error::CliError,
    output::{Output, line},
};

pub(crate) async fn run(arguments: SimulatorArguments) -> Result<(), CliError> {
    let config = Config { port: arguments.port, data_dir: arguments.data_dir, ..Config::default() };
    let simulator = Simulator::start(config).await?;
    let ready = simulator.ready();
    match Output::from(&arguments.output) {
        Output::Json => line(&json!({ "ready": ready }).to_string())?,
        Output::Text => line(&described(&ready))?,
    }
    interrupted().await;
    Ok(simulator.stop().await?)
}

fn described(ready: &Ready) -> String {
    let issuer = ready.issuer_id.as_deref().map(|issuer| format!(" --issuer-id {issuer}")).unwrap_or_default();
    format!(
        "Simulated App Store Connect at {}\nAdd it as an account with:\n  HOOKBELL_ASC_URL={} hookbell accounts add \
         --key-id {}{issuer} --key-file '{}'\nPress Ctrl-C to end.",
        ready.url,
        ready.url,
        ready.key_id,
        ready.private_key_file.display()
    )
}
