//! App Store Connect's delivery log, matched with what arrived here.

use std::{cmp::Reverse, time::Duration};

use futures_util::{StreamExt, TryStreamExt, stream};
use hookbell_asc::{
    Client,
    api::{
        deliveries::{AscDelivery, AscDeliveryState, DeliveryQuery},
        webhooks::AscWebhook,
    },
};
use hookbell_core::{AscWebhookId, Event, backoff, words};
use jiff::Timestamp;

use super::{
    AscWebhooks, MAX_CONCURRENT_REQUESTS, asc_id,
    attempts::{count_open, created, mark},
    explain_delivery::{Answer, Explanation, explain_delivery, explain_rotated, is_wrong_secret},
};
use crate::{
    account::{Access, explain},
    api::{ApiError, App, DeliveriesReply, DeliveriesRequest, Delivery, DeliveryState, LastDelivery, SignatureTrouble},
    ours::{self, Ours},
    pretty, refusing,
};

/// Apple promises no order of the log, so the last delivery is picked from a page of this size.
const RECENT_PAGE_SIZE: u8 = 50;

/// How a request names pings, which have no event type.
const PING_TYPE_NAME: &str = "PING";

/// A webhook whose log is read, and our side of it.
pub(super) struct Source {
    pub(super) asc: AscWebhook,
    pub(super) app: App,
    pub(super) own: Option<Ours>,
}

/// How a webhook's latest deliveries went.
pub(super) struct Health {
    /// The last one, if the log has any.
    pub(super) last: Option<LastDelivery>,
    /// How many events failed and didn't arrive by another attempt.
    pub(super) failed: u32,
}

impl AscWebhooks {
    /// Deliveries of one webhook or of all, newest first.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at `since`, [`crate::api::ErrorCode::NotFound`], or an App Store
    /// Connect or keychain error. When all webhooks are read, errors of a single one are in the reply.
    pub async fn deliveries(&self, request: DeliveriesRequest) -> Result<DeliveriesReply, ApiError> {
        let since = request.since.as_deref().map(time).transpose()?;
        let access = match request.webhook.as_deref() {
            Some(id) => self.access_to(request.account.as_deref(), &asc_id(id)?).await?,
            None => self.accounts.access(request.account.as_deref()).await?,
        };
        let (all, troubles) = self.log(&access, request.webhook.as_deref(), since).await?;
        let fits = |delivery: &Delivery| {
            let name = delivery.event_type.as_deref().unwrap_or(PING_TYPE_NAME);
            (request.state.is_empty() || request.state.contains(&delivery.state))
                && request.event_type.as_deref().is_none_or(|wanted| wanted == name)
        };
        let deliveries: Vec<Delivery> = all.into_iter().filter(fits).collect();
        Ok(DeliveriesReply { failed: count_open(&deliveries), deliveries, troubles })
    }
}

fn time(text: &str) -> Result<Timestamp, ApiError> {
    let hint = "enter one such as 2026-01-31T09:00:00Z";
    text.trim().parse().map_err(|_| ApiError::field("since", format!("{text:?} isn’t a valid time"), hint))
}

impl AscWebhooks {
    /// The log of one webhook or of all, newest first, and the errors of those that couldn't be read.
    pub(super) async fn log(
        &self,
        access: &Access,
        webhook: Option<&str>,
        since: Option<Timestamp>,
    ) -> Result<(Vec<Delivery>, Vec<ApiError>), ApiError> {
        let (mut all, mut troubles) = (Vec::new(), Vec::new());
        let sources = match webhook {
            Some(id) => vec![self.source(access, &asc_id(id)?).await?],
            None => self.sources(access, &mut troubles).await?,
        };
        let only = webhook.is_some();
        let logs = stream::iter(sources).map(async |source| self.log_of(&access.client, &source, since).await);
        let mut logs = std::pin::pin!(logs.buffer_unordered(MAX_CONCURRENT_REQUESTS));
        while let Some(log) = logs.next().await {
            match log {
                Ok(deliveries) => all.extend(deliveries),
                Err(error) if only => return Err(error),
                Err(error) => troubles.push(error),
            }
        }
        all.sort_by_cached_key(|delivery| Reverse(created(delivery)));
        mark(&mut all);
        Ok((all, troubles))
    }

    /// One webhook by App Store Connect's id.
    pub(super) async fn source(&self, access: &Access, id: &AscWebhookId) -> Result<Source, ApiError> {
        let asc = access.client.webhooks().get(id).await.map_err(explain)?;
        let app = asc.app.as_ref().map(|app| app.id.to_string()).unwrap_or_default();
        Ok(Source { app: self.apps.one(access, &app).await?, own: ours::find(&self.context.store, id).await?, asc })
    }

    /// All webhooks of an account.
    async fn sources(&self, access: &Access, troubles: &mut Vec<ApiError>) -> Result<Vec<Source>, ApiError> {
        let apps = self.apps.all(access, false).await?;
        let each = stream::iter(apps.to_vec()).map(async |app| {
            let read = self.read_webhooks(access, &app).await?;
            Ok::<_, ApiError>((app, read))
        });
        let mut each = std::pin::pin!(each.buffer_unordered(MAX_CONCURRENT_REQUESTS));
        let (mut sources, ours) = (Vec::new(), ours::list(&self.context.store).await?);
        while let Some(read) = each.next().await {
            match read {
                Ok((app, webhooks)) => sources.extend(webhooks.into_iter().map(|(asc, _)| Source {
                    own: ours.iter().find(|own| own.link.apple.as_ref() == Some(&asc.id)).cloned(),
                    app: app.clone(),
                    asc,
                })),
                Err(error) => troubles.push(error),
            }
        }
        Ok(sources)
    }

    /// The body of a logged delivery, byte for byte.
    pub(crate) async fn logged_body(&self, account: &str, webhook: &str, delivery: &str) -> Result<Vec<u8>, ApiError> {
        let id = asc_id(webhook)?;
        let access = self.access_to(Some(account), &id).await?;
        let log = access.client.deliveries().of_webhook(&id, &DeliveryQuery::default()).items();
        let mut log = std::pin::pin!(log);
        while let Some(logged) = log.try_next().await.map_err(explain)? {
            if logged.id.as_str() == delivery {
                let body = logged.event.and_then(|event| event.included).and_then(|event| event.payload);
                return body.map(String::into_bytes).ok_or_else(|| {
                    ApiError::new(
                        crate::api::ErrorCode::NotFound,
                        "App Store Connect’s log doesn’t include this delivery’s payload",
                        "choose another delivery of the same event",
                    )
                });
            }
        }
        Err(ApiError::not_found("delivery"))
    }

    async fn log_of(
        &self,
        client: &Client,
        source: &Source,
        since: Option<Timestamp>,
    ) -> Result<Vec<Delivery>, ApiError> {
        let query = DeliveryQuery { since, ..DeliveryQuery::default() };
        let logged = client.deliveries().of_webhook(&source.asc.id, &query).items();
        let logged: Vec<AscDelivery> = logged.try_collect().await.map_err(explain)?;
        let mut deliveries = Vec::with_capacity(logged.len());
        for delivery in logged {
            deliveries.push(self.delivery(source, delivery).await?);
        }
        Ok(deliveries)
    }

    /// Converts a delivery for the window.
    pub(super) async fn delivery(&self, source: &Source, logged: AscDelivery) -> Result<Delivery, ApiError> {
        let event = logged.event.as_ref();
        let included = event.and_then(|event| event.included.as_deref());
        let payload = included.and_then(|event| event.payload.as_deref());
        // The log's event id may differ from the one in the body; the store uses the latter.
        let read = payload.map(|body| Event::read(body.as_bytes()));
        let stored = match &read {
            Some(event) => self.context.store.find(&event.id).await?,
            None => None,
        };
        let url = logged.request.as_ref().and_then(|request| request.url.clone());
        let Explanation { means, hint } = explanation(&logged, source.own.as_ref());
        let title = read.as_ref().map(|event| words::describe(event, &words::Known::default()).title);
        Ok(Delivery {
            webhook: source.asc.id.to_string(),
            webhook_name: source.asc.name.clone().unwrap_or_default(),
            app: source.app.id.clone(),
            app_name: source.app.name.clone(),
            state: state(&logged),
            made_good: false,
            latest: true,
            redelivery: logged.redelivery.unwrap_or_default(),
            event: read.as_ref().map(|event| &event.id).or(event.map(|event| &event.id)).map(ToString::to_string),
            event_type: included
                .filter(|event| !event.ping.unwrap_or_default())
                .and_then(|event| event.event_type.as_ref())
                .map(|name| name.as_str().to_owned()),
            title: title.unwrap_or_else(|| "An event no longer in the log".to_owned()),
            seq: stored.map(|event| event.seq),
            created_at: logged.created_date.map(|at| at.to_string()),
            sent_at: logged.sent_date.map(|at| at.to_string()),
            status: status(&logged),
            response: logged.response.as_ref().and_then(|response| response.body.clone()),
            error: logged.error_message.clone(),
            payload: payload.map(|body| pretty::json(body).unwrap_or_else(|| body.to_owned())),
            id: logged.id.to_string(),
            means,
            hint: hint.to_owned(),
            url,
        })
    }

    /// How a webhook's latest deliveries went.
    pub(super) async fn health(&self, access: &Access, asc: &AscWebhook, app: &App) -> Result<Health, ApiError> {
        let logged = recent(&access.client, &asc.id, None).await?;
        let source =
            Source { asc: asc.clone(), app: app.clone(), own: ours::find(&self.context.store, &asc.id).await? };
        let mut log = Vec::with_capacity(logged.len());
        for delivery in logged {
            log.push(self.delivery(&source, delivery).await?);
        }
        mark(&mut log);
        let failed = count_open(&log);
        // On equal timestamps the first entry wins, because the log usually starts with the newest.
        let last = match log.into_iter().rev().max_by_key(created) {
            Some(delivery) => Some(self.last_delivery(source.own.as_ref(), delivery).await?),
            None => None,
        };
        Ok(Health { last, failed })
    }

    /// The newest delivery, for the webhook's line. A wrong secret that has been rotated since no longer counts as
    /// wrong.
    async fn last_delivery(&self, own: Option<&Ours>, delivery: Delivery) -> Result<LastDelivery, ApiError> {
        let answer = Answer {
            state: delivery.state,
            status: delivery.status,
            body: delivery.response.as_deref().unwrap_or_default(),
            error: delivery.error.as_deref().unwrap_or_default(),
            here: own.is_some_and(|own| own.is_at(delivery.url.as_deref().unwrap_or_default())),
        };
        let wrong_here = own.filter(|_| is_wrong_secret(answer));
        let created_at = created(&delivery);
        let mut last = LastDelivery {
            state: delivery.state,
            at: delivery.sent_at.or(delivery.created_at),
            status: delivery.status,
            means: delivery.means,
            hint: delivery.hint,
            signature: None,
        };
        if let Some(own) = wrong_here {
            let settled_at = refusing::settled_at(&self.context, &own.row.id).await?;
            last.signature = Some(SignatureTrouble::Mismatch);
            if settled_at > created_at {
                let Explanation { means, hint } = explain_rotated();
                (last.means, last.hint) = (means, hint.to_owned());
                last.signature = Some(SignatureTrouble::Rotated);
            }
        }
        Ok(last)
    }
}

/// The first page of a webhook's log.
pub(super) async fn recent(
    client: &Client,
    webhook: &AscWebhookId,
    since: Option<Timestamp>,
) -> Result<Vec<AscDelivery>, ApiError> {
    let query = DeliveryQuery { since, ..DeliveryQuery::default() };
    let listing = client.deliveries().of_webhook(webhook, &query);
    // With a start time, read everything since then.
    let listing = if since.is_some() { listing } else { listing.page_size(RECENT_PAGE_SIZE) };
    Ok(listing.first_page().await.map_err(explain)?.data)
}

/// Explains to a person how a delivery ended.
pub(super) fn explanation(logged: &AscDelivery, own: Option<&Ours>) -> Explanation {
    explain_delivery(answer(logged, is_here(logged, own)))
}

/// Whether a delivery was sent to this computer.
pub(super) fn is_here(logged: &AscDelivery, own: Option<&Ours>) -> bool {
    let url = logged.request.as_ref().and_then(|request| request.url.as_deref());
    own.is_some_and(|own| own.is_at(url.unwrap_or_default()))
}

/// Explains to a person why a delivery to this computer failed. `None` if it didn't fail.
pub(crate) fn failure(logged: &AscDelivery, own: &Ours) -> Option<String> {
    if state(logged) != DeliveryState::Failed {
        return None;
    }
    Some(explanation(logged, Some(own)).means)
}

fn answer(logged: &AscDelivery, here: bool) -> Answer<'_> {
    Answer {
        state: state(logged),
        status: status(logged),
        body: logged.response.as_ref().and_then(|response| response.body.as_deref()).unwrap_or_default(),
        error: logged.error_message.as_deref().unwrap_or_default(),
        here,
    }
}

/// States that Apple adds later count as undecided.
pub(super) fn state(logged: &AscDelivery) -> DeliveryState {
    match logged.delivery_state {
        Some(AscDeliveryState::Succeeded) => DeliveryState::Succeeded,
        Some(AscDeliveryState::Failed) => DeliveryState::Failed,
        _ => DeliveryState::Pending,
    }
}

/// Whether the outcome isn't known yet.
pub(crate) fn is_pending(logged: &AscDelivery) -> bool {
    state(logged) == DeliveryState::Pending
}

fn status(logged: &AscDelivery) -> Option<u16> {
    u16::try_from(logged.response.as_ref()?.http_status_code?).ok()
}

/// Wait before the next read of the log, after `reads` of them: short at first, because most answers come at once.
pub(super) fn read_again_after(reads: u32) -> Duration {
    backoff::doubled(Duration::from_millis(250), Duration::from_secs(4), reads)
}
