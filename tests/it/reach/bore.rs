//! A new user's evening with bore: the tunnel dies, comes back on another port, and nothing is lost.

use std::process::Command;

use hookbell_tests::{Error, process::Process, program::BORE};

use super::{found, free_port, listens, path_with, says, text};
use crate::script::Script;

/// bore's server accepts clients only on this port (`CONTROL_PORT` in its `src/shared.rs`).
const CONTROL: u16 = 7835;

#[tokio::test]
async fn a_killed_bore_comes_back_at_another_port_with_every_webhook_and_event() -> Result<(), Error> {
    let Some(bore) = found(BORE)? else { return Ok(()) };
    let Some(mut script) = Script::start().await? else { return Ok(()) };
    script.path = Some(path_with(&bore));
    let server = async |port: u16| -> Result<Process, Error> {
        let mut command = Command::new(&bore);
        command.args(["server", "--bind-addr", "127.0.0.1", "--min-port", &port.to_string()]);
        command.args(["--max-port", &port.to_string()]);
        let server = Process::start("bore-server", &mut command, &script.desktop.logs())?;
        listens(CONTROL).await?;
        Ok(server)
    };
    let (first, second) = (free_port(), free_port());
    let running = server(first).await?;
    let serving = script.serve().await?;
    script.json(&["tunnel", "set", "bore", "--field", "server=127.0.0.1"]);
    let base = format!("http://127.0.0.1:{first}");
    script.tunnel_is("up", Some(&base)).await?;

    let (app, webhook) = script.webhook();
    script.webhook_is_under(&app, &base).await?;
    assert_eq!(text(&script.json(&["webhooks", "ping", &webhook]), "outcome"), "arrived");
    let doctor = script.json(&["doctor"]);
    assert_eq!(doctor["bad"], 0, "{doctor}");

    drop(running);
    script.tunnel_is("retrying", None).await?;
    script.happens(&webhook).await;
    let moved = server(second).await?;
    let base = format!("http://127.0.0.1:{second}");
    script.tunnel_is("up", Some(&base)).await?;
    script.webhook_is_under(&app, &base).await?;
    says(&serving, r#""eventType":"BUILD_UPLOAD_STATE_UPDATED""#).await?;
    script.happens(&webhook).await;
    let told = script.tunnel_is("up", None).await?;
    assert!(told["news"].to_string().contains("updated in App Store Connect"), "{told}");

    script.leaves_nothing(serving, "bore").await?;
    drop(moved);
    Ok(())
}
