//! `hookbell simulator`: App Store Connect on this computer, to try everything without touching an app.

use hookbell_engine::asked_to_end;
use hookbell_sim::{Config, Ready, Simulator};
use serde_json::json;

use crate::{
    arguments::SimulatorArguments,
    error::CliError,
    output::{Output, json_line, line},
};

pub(crate) async fn run(arguments: SimulatorArguments) -> Result<(), CliError> {
    let config = Config { port: arguments.port, data_dir: arguments.data_dir, controls: true, ..Config::default() };
    let end = asked_to_end();
    let simulator = Simulator::start(config).await?;
    let ready = simulator.ready();
    match Output::from(&arguments.output) {
        Output::Json => json_line(&json!({ "ready": ready }))?,
        Output::Text => line(&described(&ready))?,
    }
    end.await;
    Ok(simulator.stop().await?)
}

/// What somebody needs who has it before them for the first time.
fn described(ready: &Ready) -> String {
    let Ready { url, issuer_id, private_key_file, .. } = ready;
    let file = private_key_file.display();
    let issuer = issuer_id.as_deref().unwrap_or("none, as the key is one person’s");
    let given = issuer_id.as_deref().map(|issuer| format!(" --issuer-id {issuer}")).unwrap_or_default();
    format!(
        "Simulated App Store Connect at {url}\n  Key file   {file}\n  Issuer ID  {issuer}\n\nAdd it as an account in \
         the window, or here:\n  HOOKBELL_ASC_URL={url} \\\n    hookbell accounts add --key-file '{file}'{given}\n\n\
         Make something happen in it:\n  curl --json '{{\"eventType\":\"BUILD_UPLOAD_STATE_UPDATED\"}}' \
         {url}/sim/events\n\nPress Ctrl-C to end."
    )
}
