//! The webhook of a command that was given its secret: its row lasts as long as the command.

use hookbell_core::WebhookId;
use hookbell_store::{NewWebhook, Origin, Store};

use crate::{api::ApiError, options::GivenWebhook, random};

/// The row of such a webhook: the same one each time, so that its payload URL stays the same.
pub(crate) async fn adopt(
    store: &Store,
    given: &GivenWebhook,
    now: jiff::Timestamp,
) -> Result<(WebhookId, String), ApiError> {
    let known = match &given.token {
        Some(token) => store.webhook_by_token(token).await?,
        None => store.webhooks().await?.into_iter().find(|webhook| webhook.origin == Origin::Command),
    };
    if let Some(webhook) = known {
        return Ok((webhook.id, webhook.token));
    }
    let token = given.token.clone().map_or_else(random::token, Ok)?;
    #[allow(clippy::expect_used, reason = "the prefix and the random part are an id")]
    let id = WebhookId::new(format!("command-{}", random::short_id()?)).expect("an id");
    let name = "hookbell listen".to_owned();
    let webhook = NewWebhook { id: id.clone(), name, token: token.clone(), origin: Origin::Command, created_at: now };
    store.add_webhook(webhook).await?;
    Ok((id, token))
}
