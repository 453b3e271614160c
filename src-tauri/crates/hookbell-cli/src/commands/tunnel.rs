//! `hookbell tunnel`: how Apple reaches this computer, for scripts.
//!
//! The configuration is in the data directory. The tunnel itself runs in the listening process, which is the app or
//! `hookbell serve` and applies changes immediately.

use hookbell_engine::{
    Hookbell,
    api::{ApiError, RepointReply, SetTunnelRequest, StaleWebhook, Tunnel, TunnelProvider, TunnelState},
};

use super::managing;
use crate::{
    arguments::{
        shared::{MaybeSecretArguments, PlainArguments},
        tunnel::{SetTunnelArguments, TokenArguments, TunnelCommand},
    },
    error::{CliError, warn},
    layout::{Page, counted, local_time},
    output::Output,
};

/// The argument for no tunnel.
const NONE: &str = "none";

pub(crate) async fn run(command: TunnelCommand) -> Result<(), CliError> {
    let (TunnelCommand::Set(SetTunnelArguments { plain, .. })
    | TunnelCommand::Providers(plain)
    | TunnelCommand::Status(plain)
    | TunnelCommand::Start(plain)
    | TunnelCommand::Stop(plain)
    | TunnelCommand::Restart(plain)
    | TunnelCommand::Heal(plain)) = &command;
    let PlainArguments { place, output } = plain.clone();
    managing(&place, async |hookbell: &Hookbell| answer(hookbell, command, Output::from(&output)).await).await
}

async fn answer(hookbell: &Hookbell, command: TunnelCommand, output: Output) -> Result<(), CliError> {
    let tunnel = match command {
        TunnelCommand::Providers(_) => {
            return output.document(&hookbell.tunnels().providers().await?, |providers, page| {
                providers.iter().for_each(|provider| lay_out_provider(provider, page));
            });
        }
        TunnelCommand::Heal(_) => return repointed(&hookbell.repointing().repoint_now().await?, output),
        TunnelCommand::Set(arguments) => hookbell.tunnels().set(request(arguments)?).await.map_err(at_field)?,
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
    output.document(&tunnel, lay_out)
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

/// Attributes an error about a provider's own field to the option for it.
fn at_field(error: ApiError) -> ApiError {
    match error.field.as_deref() {
        Some("provider" | "token") | None => error,
        Some(field) => ApiError { field: Some(format!("--field {field}=…")), ..error },
    }
}

fn lay_out(tunnel: &Tunnel, page: &mut Page) {
    let state = match &tunnel.tunnel {
        TunnelState::Off if tunnel.provider.is_none() => {
            "Hookbell fetches missed deliveries from App Store Connect instead. Choose a provider with: hookbell \
             tunnel set PROVIDER"
                .to_owned()
        }
        TunnelState::Off if tunnel.wanted => {
            "not running, because Hookbell isn't. Open the app, or run hookbell serve".to_owned()
        }
        TunnelState::Off => "stopped. Start it with: hookbell tunnel start".to_owned(),
        TunnelState::Starting => "starting".to_owned(),
        TunnelState::Up { url, since } => format!("up at {url} since {}", local_time(since)),
        TunnelState::Retrying { why, .. } => format!("down, retrying: {why}"),
        TunnelState::Failed { message, hint } => format!("down: {message}: {hint}"),
    };
    page.line(&format!("{}: {state}", tunnel.name));
    tunnel.strays.iter().for_each(|webhook| lay_out_stale(webhook, page));
}

fn lay_out_stale(webhook: &StaleWebhook, page: &mut Page) {
    let why = webhook.trouble.as_ref().map(|trouble| format!(": {}", trouble.message)).unwrap_or_default();
    page.indented(&format!("{} still sends to {}{why}", webhook.name, webhook.url));
}

fn lay_out_provider(provider: &TunnelProvider, page: &mut Page) {
    let here = match (&provider.version, &provider.path, provider.installed) {
        (Some(version), _, _) => format!("Installed: {version}"),
        (None, Some(path), _) => format!("Installed: {path}"),
        (None, None, true) => "Needs no program.".to_owned(),
        (None, None, false) => format!("Not installed. {}", provider.install),
    };
    page.table(&[[provider.id.clone(), provider.name.clone()]]);
    page.indented(&provider.about);
    page.indented(&here);
    for field in &provider.fields {
        let need = if field.required { "" } else { ", optional" };
        page.indented(&format!("--field {}=… {} (for example {}{need})", field.id, field.hint, field.example));
    }
}

/// Prints webhooks that could not be repointed like the others, but returns an error.
fn repointed(reply: &RepointReply, output: Output) -> Result<(), CliError> {
    output.document(reply, |reply, page| {
        match (reply.moved, reply.strays.len()) {
            (0, 0) => page.line("Every webhook already sends to the current address."),
            (moved, _) => page.line(&format!("Updated {}.", counted(moved.into(), "webhook", "webhooks"))),
        }
        reply.strays.iter().for_each(|webhook| lay_out_stale(webhook, page));
    })?;
    match reply.strays.len() {
        0 => Ok(()),
        left => Err(CliError::NotMoved(left)),
    }
}
