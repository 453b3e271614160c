//! `hookbell tunnel`: the way from the internet to here, for scripts.
//!
//! What is wanted is kept in the data directory. The tunnel itself runs in whichever process listens, the app or
//! `hookbell serve`, and that one takes a change over at once.

use std::path::PathBuf;

use hookbell_engine::{
    Hookbell,
    api::{RepointReply, SetTunnelRequest, StaleWebhook, Tunnel, TunnelProvider, TunnelState},
};

use super::managing;
use crate::{
    arguments::{
        shared::{MaybeSecretArguments, PlainArguments},
        tunnel::{SetTunnelArguments, TokenArguments, TunnelCommand},
    },
    error::{CliError, warn},
    output::Output,
};

/// How no tunnel is spelled.
const NONE: &str = "none";

pub(crate) async fn run(command: TunnelCommand) -> Result<(), CliError> {
    let plain = match &command {
        TunnelCommand::Set(SetTunnelArguments { plain, .. })
        | TunnelCommand::Providers(plain)
        | TunnelCommand::Status(plain)
        | TunnelCommand::Start(plain)
        | TunnelCommand::Stop(plain)
        | TunnelCommand::Restart(plain)
        | TunnelCommand::Heal(plain) => plain,
    };
    let PlainArguments { place, output } = plain;
    let output = Output::from(output);
    let hookbell = managing(place.data_dir.clone(), None).await?;
    let done = answer(&hookbell, command, output).await;
    hookbell.stop().await;
    done
}

async fn answer(hookbell: &Hookbell, command: TunnelCommand, output: Output) -> Result<(), CliError> {
    let tunnel = match command {
        TunnelCommand::Providers(_) => {
            let text = |all: &Vec<TunnelProvider>| all.iter().map(described).collect::<String>();
            return output.document(&hookbell.tunnels().providers().await?, text);
        }
        TunnelCommand::Heal(_) => return repointed(&hookbell.repointing().repoint_now().await?, output),
        TunnelCommand::Set(arguments) => hookbell.tunnels().set(request(arguments)?).await?,
        TunnelCommand::Status(_) => hookbell.tunnels().status().await?,
        TunnelCommand::Start(_) => hookbell.tunnels().start().await?,
        TunnelCommand::Stop(_) => hookbell.tunnels().stop().await?,
        TunnelCommand::Restart(_) => hookbell.tunnels().restart().await?,
    };
    if tunnel.wanted
        && let Some(missing) = hookbell.tunnels().missing_program().await?
    {
        warn(&format!("{}: {}", missing.message, missing.hint));
    }
    output.document(&tunnel, told)
}

fn request(arguments: SetTunnelArguments) -> Result<SetTunnelRequest, CliError> {
    let TokenArguments { token_env, token_file, forget_token } = arguments.token;
    let token = MaybeSecretArguments { secret_env: token_env, secret_file: token_file }.read()?;
    Ok(SetTunnelRequest {
        provider: Some(arguments.provider).filter(|id| id != NONE),
        fields: arguments.fields.into_iter().collect(),
        token: token.map(Into::into),
        forget_token,
        stopped: arguments.stopped,
    })
}

fn told(tunnel: &Tunnel) -> String {
    let state = match &tunnel.tunnel {
        TunnelState::Off if tunnel.provider.is_none() => {
            "App Store Connect is asked every few minutes instead".to_owned()
        }
        TunnelState::Off if tunnel.wanted => "not running: start Hookbell, or hookbell serve".to_owned(),
        TunnelState::Off => "stopped".to_owned(),
        TunnelState::Starting => "starting".to_owned(),
        TunnelState::Up { url, since } => format!("up at {url} since {since}"),
        TunnelState::Retrying { why, .. } => format!("down, and tried again: {why}"),
        TunnelState::Failed { message, hint } => format!("down: {message}: {hint}"),
    };
    let stale: String = tunnel.strays.iter().map(stale).collect();
    format!("{}: {state}\n{stale}", tunnel.name)
}

fn stale(webhook: &StaleWebhook) -> String {
    let why = webhook.trouble.as_ref().map(|trouble| format!(": {}", trouble.message)).unwrap_or_default();
    format!("  {} still points to {}{why}\n", webhook.name, webhook.url)
}

fn described(provider: &TunnelProvider) -> String {
    let here = match (&provider.version, &provider.path, provider.installed) {
        (Some(version), _, _) => version.clone(),
        (None, Some(path), _) => PathBuf::from(path).display().to_string(),
        (None, None, true) => "needs no program".to_owned(),
        (None, None, false) => format!("not installed. {}", provider.install),
    };
    let fields: String = provider
        .fields
        .iter()
        .map(|field| {
            let need = if field.required { "" } else { ", may be left out" };
            format!("    {}: {} (for instance {}{need})\n", field.id, field.hint, field.example)
        })
        .collect();
    format!("{}  {}\n  {} {here}\n{fields}", provider.id, provider.name, provider.about)
}

/// Webhooks that could not be moved are printed like the others, and end in an error.
fn repointed(reply: &RepointReply, output: Output) -> Result<(), CliError> {
    output.document(reply, |reply| {
        let stale: String = reply.strays.iter().map(stale).collect();
        format!("{} moved\n{stale}", reply.moved)
    })?;
    match reply.strays.len() {
        0 => Ok(()),
        left => Err(CliError::NotMoved(left)),
    }
}
