//! `hookbell webhooks`: webhooks in App Store Connect, for scripts.

use hookbell_engine::{
    Hookbell,
    api::{
        ApiError, AppWebhookRequest, AppWebhooksRequest, CreateAppWebhookRequest, DeliveriesRequest, DeliveryState,
        PingOutcome, PingReply, RedeliverFailedRequest, RedeliverRequest, RedeliveryProgress, UpdateAppWebhookRequest,
    },
};

use super::{add_webhook, managing_with, webhook_text};
use crate::{
    arguments::webhooks::{
        AscCommand, CreateWebhookArguments, DeleteWebhookArguments, DeliveriesArguments, ListWebhooksArguments,
        OneWebhookArguments, RedeliverArguments, StateArgument, UpdateWebhookArguments, WebhooksCommand,
    },
    documents::WebhookDeleted,
    error::CliError,
    layout::counted,
    output::Output,
};

/// The argument for all event types.
const ALL: &str = "all";

pub(crate) async fn run(command: WebhooksCommand) -> Result<(), CliError> {
    let command = match command {
        WebhooksCommand::Add(arguments) => return add_webhook::run(arguments).await,
        WebhooksCommand::Asc(command) => command,
    };
    let asc = match &command {
        AscCommand::Delete(DeleteWebhookArguments { id, yes: false, .. }) => {
            return Err(CliError::NotConfirmed(id.clone()));
        }
        AscCommand::List(ListWebhooksArguments { asc, .. })
        | AscCommand::Create(CreateWebhookArguments { asc, .. })
        | AscCommand::Update(UpdateWebhookArguments { asc, .. })
        | AscCommand::Delete(DeleteWebhookArguments { asc, .. })
        | AscCommand::Ping(OneWebhookArguments { asc, .. })
        | AscCommand::Deliveries(DeliveriesArguments { asc, .. })
        | AscCommand::Redeliver(RedeliverArguments { asc, .. }) => asc.clone(),
    };
    let output = Output::from(&asc.output);
    managing_with(&asc, async |hookbell: &Hookbell, account| answer(hookbell, account, command, output).await).await
}

async fn answer(
    hookbell: &Hookbell,
    account: Option<String>,
    command: AscCommand,
    output: Output,
) -> Result<(), CliError> {
    let webhooks = hookbell.asc_webhooks();
    match command {
        AscCommand::List(ListWebhooksArguments { app, .. }) => {
            let listed = webhooks.of_app(AppWebhooksRequest { account, app: app.clone() }).await;
            output.document(&listed.map_err(no_app(app))?.webhooks, |webhooks, page| {
                webhooks.iter().for_each(|webhook| webhook_text::lay_out(webhook, page));
                if webhooks.is_empty() {
                    page.line(
                        "This app has no webhooks. Create one with: hookbell webhooks create --app ID --name NAME \
                         --events all",
                    );
                }
            })
        }
        AscCommand::Create(arguments) => {
            let request = CreateAppWebhookRequest {
                account,
                secret: arguments.secret.read()?.map(Into::into),
                app: arguments.app.clone(),
                name: arguments.name,
                url: arguments.url,
                event_types: event_types(arguments.events)?,
                enabled: !arguments.disabled,
            };
            let created = webhooks.create(request).await.map_err(no_app(arguments.app))?;
            output.document(&created, webhook_text::lay_out)
        }
        AscCommand::Update(arguments) => {
            let request = UpdateAppWebhookRequest {
                account,
                secret: arguments.secret.read()?.map(Into::into),
                id: arguments.id.clone(),
                name: arguments.name,
                url: arguments.url,
                here: arguments.here,
                event_types: arguments.events.map(event_types).transpose()?,
                enabled: (arguments.enable || arguments.disable).then_some(arguments.enable),
                new_secret: arguments.rotate_secret,
            };
            let updated = webhooks.update(request).await.map_err(no_webhook(arguments.id))?;
            output.document(&updated, webhook_text::lay_out)
        }
        AscCommand::Delete(DeleteWebhookArguments { id, .. }) => {
            webhooks.delete(AppWebhookRequest { account, id: id.clone() }).await.map_err(no_webhook(id.clone()))?;
            output.document(&WebhookDeleted { deleted: id }, |done, page| {
                page.line(&format!("Deleted webhook {}.", done.deleted));
            })
        }
        AscCommand::Ping(OneWebhookArguments { id, .. }) => {
            let reply = webhooks.ping(AppWebhookRequest { account, id: id.clone() }).await.map_err(no_webhook(id))?;
            pinged(reply, output)
        }
        AscCommand::Deliveries(arguments) => {
            let filtered = !arguments.state.is_empty() || arguments.since.is_some();
            let request = DeliveriesRequest {
                account,
                webhook: Some(arguments.id.clone()),
                state: arguments.state.into_iter().map(Into::into).collect(),
                event_type: None,
                since: arguments.since.map(|since| since.to_string()),
            };
            let listed = webhooks.deliveries(request).await.map_err(no_webhook(arguments.id))?;
            output.document(&listed.deliveries, |deliveries, page| {
                deliveries.iter().for_each(|delivery| webhook_text::lay_out_delivery(delivery, page));
                match (deliveries.is_empty(), filtered) {
                    (false, _) => {}
                    (true, true) => page.line("No matching deliveries. Try it without --state and --since."),
                    (true, false) => page
                        .line("No deliveries in the last 10 days. Send a test with: hookbell webhooks ping WEBHOOK_ID"),
                }
            })
        }
        AscCommand::Redeliver(RedeliverArguments { delivery: Some(delivery), .. }) => {
            let request = RedeliverRequest { account, webhook: None, delivery: delivery.clone() };
            let reply = webhooks.redeliver(request).await.map_err(CliError::no_such(
                "delivery",
                delivery,
                "hookbell webhooks deliveries WEBHOOK_ID",
            ))?;
            output.document(&reply, |reply, page| {
                page.line(&format!("App Store Connect is redelivering it as {}.", reply.delivery));
            })
        }
        AscCommand::Redeliver(RedeliverArguments { failed, .. }) => {
            let request = RedeliverFailedRequest { account, webhook: failed.clone() };
            let progress = webhooks.redeliver_failed(request).await;
            redelivered(progress.map_err(no_webhook(failed.unwrap_or_default()))?, output)
        }
    }
}

fn no_app(id: String) -> impl FnOnce(ApiError) -> CliError {
    CliError::no_such("app", id, "hookbell apps")
}

fn no_webhook(id: String) -> impl FnOnce(ApiError) -> CliError {
    CliError::no_such("webhook", id, "hookbell webhooks list --app APP_ID")
}

/// The named event types; `all` means every one.
fn event_types(names: Vec<String>) -> Result<Vec<String>, CliError> {
    let all = webhook_text::all_event_types();
    if let [name] = names.as_slice()
        && name.trim().eq_ignore_ascii_case(ALL)
    {
        return Ok(all.into_iter().map(str::to_owned).collect());
    }
    let named = |name: String| {
        let known = all.iter().find(|known| known.eq_ignore_ascii_case(name.trim()));
        known.map(|known| (*known).to_owned()).ok_or_else(|| CliError::Events { given: name, known: all.clone() })
    };
    names.into_iter().map(named).collect()
}

/// Prints a failed ping like any other, but returns an error.
fn pinged(reply: PingReply, output: Output) -> Result<(), CliError> {
    let taken = matches!(reply.outcome, PingOutcome::Arrived | PingOutcome::Answered);
    if taken || output == Output::Json {
        output.document(&reply, |reply, page| page.line(&reply.headline))?;
    }
    let PingReply { headline, hint, .. } = reply;
    if taken { Ok(()) } else { Err(CliError::Ping { headline, hint }) }
}

fn redelivered(progress: RedeliveryProgress, output: Output) -> Result<(), CliError> {
    let RedeliveryProgress { total, arrived, .. } = progress;
    output.document(&progress, |_, page| match total {
        0 => page.line("Nothing to redeliver: no delivery failed, or the events have arrived since."),
        _ => page.line(&format!("{arrived} of {} arrived.", counted(total.into(), "redelivery", "redeliveries"))),
    })?;
    match total - arrived {
        0 => Ok(()),
        missing => Err(CliError::NotRedelivered { missing, total, why: progress.trouble }),
    }
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
