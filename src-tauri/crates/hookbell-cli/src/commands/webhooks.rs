//! `hookbell webhooks`: webhooks in App Store Connect, for scripts.

use hookbell_core::EventType;
use hookbell_engine::{
    Hookbell,
    api::{
        AppWebhook, AppWebhookRequest, AppWebhooksRequest, CreateAppWebhookRequest, DeliveriesRequest, Delivery,
        DeliveryState, PingOutcome, PingReply, RedeliverFailedRequest, RedeliverRequest, RedeliveryProgress,
        UpdateAppWebhookRequest,
    },
};
use serde_json::json;

use super::managing_with;
use crate::{
    arguments::{
        shared::AscArguments,
        webhooks::{
            CreateWebhookArguments, DeleteWebhookArguments, DeliveriesArguments, ListWebhooksArguments,
            OneWebhookArguments, RedeliverArguments, StateArgument, UpdateWebhookArguments, WebhooksCommand,
        },
    },
    error::CliError,
    output::Output,
};

pub(crate) async fn run(command: WebhooksCommand) -> Result<(), CliError> {
    if let WebhooksCommand::Delete(DeleteWebhookArguments { id, yes: false, .. }) = &command {
        return Err(CliError::NotConfirmed(id.clone()));
    }
    let asc = asc_of(&command);
    let output = Output::from(&asc.output);
    let (hookbell, account) = managing_with(asc).await?;
    let done = answer(&hookbell, account, command, output).await;
    hookbell.stop().await;
    done
}

fn asc_of(command: &WebhooksCommand) -> &AscArguments {
    match command {
        WebhooksCommand::List(ListWebhooksArguments { asc, .. })
        | WebhooksCommand::Create(CreateWebhookArguments { asc, .. })
        | WebhooksCommand::Update(UpdateWebhookArguments { asc, .. })
        | WebhooksCommand::Delete(DeleteWebhookArguments { asc, .. })
        | WebhooksCommand::Ping(OneWebhookArguments { asc, .. })
        | WebhooksCommand::Deliveries(DeliveriesArguments { asc, .. })
        | WebhooksCommand::Redeliver(RedeliverArguments { asc, .. }) => asc,
    }
}

async fn answer(
    hookbell: &Hookbell,
    account: Option<String>,
    command: WebhooksCommand,
    output: Output,
) -> Result<(), CliError> {
    match command {
        WebhooksCommand::List(ListWebhooksArguments { app, .. }) => {
            let listed = hookbell.asc_webhooks().of_app(AppWebhooksRequest { account, app }).await?.webhooks;
            output.document(&listed, |webhooks| webhooks.iter().map(described).collect::<String>())
        }
        WebhooksCommand::Create(arguments) => {
            let request = CreateAppWebhookRequest {
                account,
                secret: arguments.secret.read()?.map(Into::into),
                app: arguments.app,
                name: arguments.name,
                url: arguments.url,
                event_types: event_types(arguments.events),
                enabled: !arguments.disabled,
            };
            output.document(&hookbell.asc_webhooks().create(request).await?, described)
        }
        WebhooksCommand::Update(arguments) => {
            let request = UpdateAppWebhookRequest {
                account,
                secret: arguments.secret.read()?.map(Into::into),
                id: arguments.id,
                name: arguments.name,
                url: arguments.url,
                here: arguments.here,
                event_types: arguments.events.map(event_types),
                enabled: (arguments.enable || arguments.disable).then_some(arguments.enable),
                new_secret: arguments.rotate_secret,
            };
            output.document(&hookbell.asc_webhooks().update(request).await?, described)
        }
        WebhooksCommand::Delete(DeleteWebhookArguments { id, .. }) => {
            hookbell.asc_webhooks().delete(AppWebhookRequest { account, id: id.clone() }).await?;
            output.document(&json!({ "deleted": id }), |_| format!("Deleted {id}"))
        }
        WebhooksCommand::Ping(OneWebhookArguments { id, .. }) => {
            let reply = hookbell.asc_webhooks().ping(AppWebhookRequest { account, id }).await?;
            pinged(reply, output)
        }
        WebhooksCommand::Deliveries(arguments) => {
            let request = DeliveriesRequest {
                account,
                webhook: Some(arguments.id),
                state: arguments.state.map(Into::into),
                event_type: None,
                since: arguments.since,
            };
            let deliveries = hookbell.asc_webhooks().deliveries(request).await?.deliveries;
            output.document(&deliveries, |deliveries| deliveries.iter().map(logged).collect::<String>())
        }
        WebhooksCommand::Redeliver(RedeliverArguments { delivery: Some(delivery), .. }) => {
            let request = RedeliverRequest { account, webhook: None, delivery };
            let reply = hookbell.asc_webhooks().redeliver(request).await?;
            output.document(&reply, |reply| format!("App Store Connect sends it again, as {}", reply.delivery))
        }
        WebhooksCommand::Redeliver(RedeliverArguments { failed, .. }) => redelivered(
            hookbell.asc_webhooks().redeliver_failed(RedeliverFailedRequest { account, webhook: failed }).await?,
            output,
        ),
    }
}

/// `all` stands for everything that can be subscribed to.
fn event_types(names: Vec<String>) -> Vec<String> {
    match names.as_slice() {
        [all] if all.trim().eq_ignore_ascii_case("all") => {
            EventType::all().filter_map(EventType::subscription_name).map(str::to_owned).collect()
        }
        _ => names,
    }
}

/// A ping that was not taken is printed like any other, and ends in an error.
fn pinged(reply: PingReply, output: Output) -> Result<(), CliError> {
    let taken = matches!(reply.outcome, PingOutcome::Arrived | PingOutcome::Answered);
    match output {
        Output::Text if !taken => {}
        _ => output.document(&reply, |reply| reply.headline.clone())?,
    }
    let PingReply { headline, hint, .. } = reply;
    if taken { Ok(()) } else { Err(CliError::Ping { headline, hint }) }
}

fn redelivered(progress: RedeliveryProgress, output: Output) -> Result<(), CliError> {
    let RedeliveryProgress { total, arrived, .. } = progress;
    output.document(&progress, |_| match total {
        0 => "Nothing to send again".to_owned(),
        _ => format!("{arrived} of {total} arrived"),
    })?;
    match total - arrived {
        0 => Ok(()),
        missing => Err(CliError::NotRedelivered { missing, total, why: progress.trouble }),
    }
}

fn described(webhook: &AppWebhook) -> String {
    let place = if webhook.here { ", this computer" } else { "" };
    let switched = if webhook.enabled { "on" } else { "off" };
    let all = event_types(vec!["all".to_owned()]);
    let every = webhook.event_types.len() == all.len() && all.iter().all(|name| webhook.event_types.contains(name));
    let types = if every { format!("all {} event types", all.len()) } else { webhook.event_types.join(", ") };
    let last = webhook.last.as_ref().map(|last| format!("  {} {}\n", last.at.as_deref().unwrap_or(""), last.means));
    let failed = webhook.failed.filter(|failed| *failed > 0);
    let failed = failed.map(|failed| format!("  {failed} of its latest deliveries failed and did not arrive since\n"));
    format!(
        "{}  {} ({switched}{place})\n  {}\n  {types}\n{}{}",
        webhook.id,
        webhook.name,
        webhook.url,
        last.unwrap_or_default(),
        failed.unwrap_or_default()
    )
}

fn logged(delivery: &Delivery) -> String {
    let at = delivery.created_at.as_deref().unwrap_or_default();
    let status = delivery.status.map(|status| format!(" ({status})")).unwrap_or_default();
    // What needs no fix gets no advice.
    let next = match (delivery.made_good, delivery.seq) {
        (true, Some(seq)) => format!("Its event is here all the same, as event {seq}."),
        (true, None) => "Its event arrived by another attempt.".to_owned(),
        (false, _) if !delivery.latest => "Its event was sent again since.".to_owned(),
        (false, _) => delivery.hint.clone(),
    };
    let next = if next.is_empty() { next } else { format!("  {next}\n") };
    format!("{}  {at}  {}\n  {}{status}\n{next}", delivery.id, delivery.title, delivery.means)
}

impl From<StateArgument> for DeliveryState {
    fn from(state: StateArgument) -> Self {
        match state {
            StateArgument::Succeeded => Self::Succeeded,
            StateArgument::Failed => Self::Failed,
            StateArgument::Pending => Self::Pending,
        }
    }
}
