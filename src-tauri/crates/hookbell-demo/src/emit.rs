//! Makes something happen at the demo's App Store Connect, and follows it to the inbox.

use hookbell_core::{EventId, EventType, words};
use hookbell_engine::api::ApiError;
use hookbell_sim::{Emit, Prospect};

use crate::{
    Engines,
    api::{Demo, DemoApp, DemoEvent, DemoState, EmitDemoEventRequest, EmittedDemoEvent},
    engines::no_demo,
    refusal::not_simulated,
};

impl Engines {
    /// What can happen now.
    ///
    /// # Errors
    /// [`hookbell_engine::api::ErrorCode::NotFound`] if no demo is open.
    pub async fn demo(&self) -> Result<Demo, ApiError> {
        let demo = self.open_demo()?;
        let simulator = demo.simulator.read().await;
        let simulator = simulator.as_ref().ok_or_else(no_demo)?;
        let apps = simulator.apps().into_iter().map(|(id, name)| {
            let prospects = simulator.prospects(&id).map_err(|error| not_simulated(&error))?;
            Ok(DemoApp { id, name, events: prospects.into_iter().map(demo_event).collect() })
        });
        Ok(Demo { apps: apps.collect::<Result<_, ApiError>>()? })
    }

    /// Makes something happen, and returns once it is delivered or has failed.
    ///
    /// # Errors
    /// [`hookbell_engine::api::ErrorCode::NotFound`] if no demo is open,
    /// [`hookbell_engine::api::ErrorCode::InvalidInput`] at `eventType` or `app`.
    pub async fn emit_demo_event(&self, request: EmitDemoEventRequest) -> Result<EmittedDemoEvent, ApiError> {
        let demo = self.open_demo()?;
        let event_type = EventType::from_name(&request.event_type).ok_or_else(|| {
            let message = format!("unknown event type “{}”", request.event_type);
            ApiError::field("eventType", message, "choose one from the list")
        })?;
        let emit = Emit { app_id: Some(request.app), to: request.to, ..Emit::of(event_type) };
        let sent = {
            let simulator = demo.simulator.read().await;
            let sent = simulator.as_ref().ok_or_else(no_demo)?.emit(emit).await;
            let sent = sent.map_err(|error| {
                let hint = "choose another type or app, and check that its webhook is enabled";
                ApiError::field("eventType", error.to_string(), hint)
            })?;
            sent.into_iter().next().ok_or_else(no_demo)?
        };
        let stored = match EventId::new(&*sent.event_id) {
            Ok(id) => demo.engine.store().find(&id).await?,
            Err(_) => None,
        };
        Ok(match stored {
            Some(event) => EmittedDemoEvent { seq: Some(event.seq), title: event.title, status: sent.http_status_code },
            None => EmittedDemoEvent {
                seq: None,
                title: sent.error_message.unwrap_or_else(|| "It was not stored.".to_owned()),
                status: sent.http_status_code,
            },
        })
    }
}

fn demo_event(prospect: Prospect) -> DemoEvent {
    let Prospect { event_type, from, to } = prospect;
    let name = |state: &str| words::state_name(Some(event_type), state);
    let mut states: Vec<DemoState> = Vec::new();
    if to.is_some() {
        for state in words::states(event_type) {
            // An older spelling has the current one's name.
            let name = name(state);
            if states.iter().all(|known| known.name != name) {
                states.push(DemoState { value: state.to_owned(), name });
            }
        }
    }
    DemoEvent { event_type: event_type.name().to_owned(), from: from.as_deref().map(name), to, states }
}
