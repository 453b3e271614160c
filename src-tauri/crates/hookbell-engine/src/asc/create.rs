//! Makes a webhook in App Store Connect without leaving it half done, whatever happens on the way.
//!
//! The secret goes to the keychain and our row to the store before App Store Connect is asked, so that we accept the
//! first delivery. If App Store Connect refuses, both are rolled back. If its answer is lost, we read the list and
//! never ask twice, because that could make two webhooks. A webhook missing from the list may still be made late, so
//! its secret stays until it has been missing for a day.

use hookbell_asc::{
    Error,
    api::webhooks::{AscWebhook, MAX_PER_APP, NewAscWebhook},
};
use hookbell_core::{AppId, AscWebhookId};

use super::{
    AscWebhooks,
    form::{checked_types, checked_url},
    last_seen, unsettled,
};
use crate::{
    account::{Access, explain, is_unsettled},
    api::{ApiError, AppWebhook, CreateAppWebhookRequest},
    ours::Ours,
    random::{self, given_or_new},
    text::checked_name,
};

/// The outcome of the request for a webhook.
enum Made {
    Yes(Box<AscWebhook>),
    No(ApiError),
    Unknown(ApiError),
}

impl AscWebhooks {
    /// Makes a webhook.
    ///
    /// With a key from the command line, a payload URL elsewhere and the caller's own secret, nothing is stored here;
    /// otherwise the secret is in the keychain.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] or [`crate::api::ErrorCode::AppleRefused`] at a field, or a keychain
    /// error: nothing was made. [`crate::api::ErrorCode::OutcomeUnknown`]: it may exist; it is matched with its
    /// secret once it appears in the list of the app's webhooks.
    pub async fn create(&self, request: CreateAppWebhookRequest) -> Result<AppWebhook, ApiError> {
        let name = checked_name("a webhook", &request.name)?;
        let event_types = checked_types(&request.event_types)?;
        let given_url = request.url.as_deref().filter(|url| !url.trim().is_empty()).map(checked_url).transpose()?;
        let access = self.accounts.access(request.account.as_deref()).await?;
        let kept = access.account.is_some() || given_url.is_none() || request.secret.is_none();
        let secret = given_or_new(request.secret)?;
        let token = random::token()?;
        let url = match given_url {
            Some(url) => url,
            None => self.claim_url(&access.client, &token).await?,
        };
        let app = AppId::new(request.app.trim())
            .map_err(|_| ApiError::field("app", "choose an app", "the webhook sends that app’s events"))?;
        let before = access.client.webhooks().of_app(&app).all().await.map_err(at_app)?;
        if before.len() >= MAX_PER_APP {
            let message = format!("this app already has {} of {MAX_PER_APP} webhooks", before.len());
            return Err(ApiError::field("app", message, "delete one you no longer need"));
        }

        let _turn = self.changes.take().await;
        let own = match kept {
            true => Some(self.prepare_ours(&access, &app, None, &name, secret.clone(), token).await?),
            false => None,
        };
        let new = NewAscWebhook { app: app.clone(), name, url, secret, event_types, enabled: request.enabled };
        let before: Vec<AscWebhookId> = before.into_iter().map(|webhook| webhook.id).collect();
        let asc = match self.make(&access, &new, &before, own.is_some()).await {
            Made::Yes(asc) => asc,
            Made::No(error) => {
                if let Some(own) = own {
                    self.drop_ours(&own.row.id).await?;
                }
                return Err(error);
            }
            Made::Unknown(error) => return Err(error),
        };
        let own = match own {
            Some(own) => {
                self.context.store.set_apple_id(&own.row.id, &asc.id).await?;
                Some(Ours {
                    row: own.row,
                    link: hookbell_store::AppleWebhook { apple: Some(asc.id.clone()), ..own.link },
                })
            }
            None => None,
        };
        let mut webhook = self.app_webhook(&access.client, &asc, app.as_str(), own.as_ref()).await?;
        // It is brand new, so nothing was delivered through it yet.
        webhook.failed = Some(0);
        last_seen::keep_webhook(&self.context.store, &access, &webhook).await;
        Ok(webhook)
    }
}

/// An unknown app is a wrong field here, because no webhook is involved yet.
fn at_app(error: Error) -> ApiError {
    let missing = error.is_not_found();
    let error = explain(error);
    if missing { ApiError { field: Some("app".to_owned()), ..error } } else { error }
}

impl AscWebhooks {
    /// Asks once. If the answer is lost, looks for a webhook that didn't exist before.
    async fn make(&self, access: &Access, new: &NewAscWebhook, before: &[AscWebhookId], kept: bool) -> Made {
        let error = match access.client.webhooks().create(new).await {
            Ok(asc) => return Made::Yes(Box::new(asc)),
            Err(error) if !is_unsettled(&error) => return Made::No(explain(error)),
            Err(error) => error,
        };
        let is_new = |asc: &AscWebhook| {
            !before.contains(&asc.id)
                && asc.url.as_deref() == Some(new.url.as_str())
                && asc.name.as_deref() == Some(new.name.as_str())
        };
        let listed = access.client.webhooks().of_app(&new.app).all().await;
        let state = match listed.map(|there| there.into_iter().find(is_new)) {
            Ok(Some(asc)) => return Made::Yes(Box::new(asc)),
            Ok(None) => "The webhook wasn’t there a moment later, but may still appear.",
            Err(_) => "The webhook may or may not have been created.",
        };
        let secret = if kept { " Hookbell keeps its secret for a day in case it was." } else { "" };
        let hint = "check the app’s webhooks in a few minutes before you try again";
        Made::Unknown(unsettled(&error, &format!("{state}{secret}"), hint))
    }
}
