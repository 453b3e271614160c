//! The demo's story: an account with webhooks for all of its apps, and three weeks of events.
//!
//! It works with any engine and any simulated App Store Connect that read the time from the story. So the tests'
//! pictures of the product show the same data as the demo.

use hookbell_core::EventType;
use hookbell_engine::{
    Clock, Hookbell,
    api::{AddAccountRequest, ApiError, CreateAppWebhookRequest},
};
use hookbell_sim::Simulator;
use jiff::Timestamp;

use crate::{calendar::Calendar, history};

/// The webhooks' name.
const WEBHOOK_NAME: &str = "This computer";

/// The story and its clock. Clones share the time.
#[derive(Debug, Clone)]
pub struct Story {
    calendar: Calendar,
}

impl Story {
    /// At its start: three weeks before the time of `clock`.
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        let calendar = Calendar::new(clock);
        calendar.set_back(history::PLAYED_TIME);
        Self { calendar }
    }

    /// The time in the story; after its end, the time of the clock.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.calendar.now()
    }

    /// Starts the engine, connects it to the account, creates the webhooks, and plays everything up to now.
    ///
    /// # Errors
    /// If the account or a webhook can't be created.
    pub async fn tell(&self, engine: &Hookbell, simulator: &Simulator, account_name: &str) -> Result<(), ApiError> {
        engine.start();
        engine.listener().await;
        let ready = simulator.ready();
        let account = engine.accounts().add(AddAccountRequest {
            name: Some(account_name.to_owned()),
            key_file: ready.private_key_file.display().to_string(),
            key_id: Some(ready.key_id),
            issuer_id: ready.issuer_id,
            base_url: Some(ready.url),
        });
        let account = account.await?;
        let every_type: Vec<_> = EventType::all().filter_map(EventType::subscription_name).map(str::to_owned).collect();
        for (app, _) in simulator.apps() {
            let webhook = CreateAppWebhookRequest {
                account: Some(account.id.clone()),
                app,
                name: WEBHOOK_NAME.to_owned(),
                event_types: every_type.clone(),
                enabled: true,
                ..CreateAppWebhookRequest::default()
            };
            engine.asc_webhooks().create(webhook).await?;
        }
        history::play(engine, simulator, &self.calendar).await
    }
}
