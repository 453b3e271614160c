//! The demo's story: an account with webhooks for all of its apps, and three weeks in which something happened.
//!
//! Any engine over any simulated App Store Connect can live through it, if both read the time from the story. So the
//! tests take their pictures of the product with what people see in the demo.

use hookbell_core::EventType;
use hookbell_engine::{
    Clock, Hookbell,
    api::{AddAccountRequest, ApiError, CreateAppWebhookRequest},
};
use hookbell_sim::Simulator;
use jiff::Timestamp;

use crate::{calendar::Calendar, history};

/// The name of the webhooks.
const WEBHOOK_NAME: &str = "This computer";

/// The story, and the time in it. Clones are in the same moment of it.
#[derive(Debug, Clone)]
pub struct Story {
    calendar: Calendar,
}

impl Story {
    /// At its beginning: three weeks before the time of this clock.
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        let calendar = Calendar::new(clock);
        calendar.set_back(history::PLAYED_TIME);
        Self { calendar }
    }

    /// What time it is in the story; after it, the time of the clock.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.calendar.now()
    }

    /// Starts the engine, connects it to the account, creates the webhooks, and lets everything happen up to now.
    ///
    /// # Errors
    /// What keeps the account or a webhook from being made.
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
