//! Reading what an event is about once more, because somebody asks for it.

use super::{queue::WaitingEvent, schedule, webhook_accounts::WebhookAccounts};
use crate::{
    Hookbell,
    api::{ApiError, ErrorCode, EventDetail, EventRequest},
};

impl Hookbell {
    /// Reads what an event is about once more, also where that was given up. If it does not come now, it is tried
    /// again for a day as for a new event.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] if there is no such event, or if nothing can be asked about it. What App Store Connect
    /// says is in the event's details.
    pub async fn read_details(&self, request: EventRequest) -> Result<EventDetail, ApiError> {
        let (inner, seq) = (&self.inner, request.seq);
        let event = inner.store.event(seq).await?.ok_or_else(|| ApiError::not_found("event"))?;
        let accounts = WebhookAccounts::stored(inner).await?;
        if !accounts.can_read(&event) {
            let message = "App Store Connect has nothing more to say about this event";
            return Err(ApiError::new(ErrorCode::NotFound, message, "add the account that its webhook belongs to"));
        }
        let now = inner.clock.now();
        inner.store.restart_enrichment(seq, now, schedule(now, now).unwrap_or(now)).await?;
        let wanted = WaitingEvent { seq, tries: 1, received_at: now };
        inner.enrich(&accounts.resource(&event), &[wanted]).await?;
        inner.events.detail(request).await
    }
}
