//! The weeks before the demo: two apps going through review, builds through testing, and testers sending feedback.
//!
//! They are played instead of written to the store: both sides' clocks are set back, the simulated App Store Connect
//! sends, and the listener, the store and everything behind them work as usual. So each room has realistic data, and
//! only the plot is invented here.

mod plot;

use std::time::Duration;

use hookbell_core::EventId;
use hookbell_engine::{Hookbell, api::ApiError};
use hookbell_sim::{AddFeedback, Emit, Sent, Simulator};
use jiff::SignedDuration;
use tokio::time::{Instant, timeout};

use self::plot::{PLOT, Step, What};
use crate::{calendar::Calendar, refusal::not_simulated};

/// How far before now it starts.
pub(crate) const PLAYED_TIME: SignedDuration = SignedDuration::from_hours(21 * 24);

/// How long to wait for one step to be processed, including pictures. Anything slower finishes later.
const TAKEN_IN: Duration = Duration::from_secs(6);

/// The maximum interval between checks of that.
const CHECK_EVERY: Duration = Duration::from_millis(20);

/// Plays the past up to now.
pub(crate) async fn play(engine: &Hookbell, simulator: &Simulator, calendar: &Calendar) -> Result<(), ApiError> {
    // Read the testers' earlier feedback first, as with any account.
    until_read(engine).await?;
    for step in PLOT {
        calendar.set_back(step.ago);
        happen(engine, simulator, step).await?;
    }
    calendar.set_back(SignedDuration::ZERO);
    engine.missed_events().fetch_now().await?;
    Ok(())
}

async fn happen(engine: &Hookbell, simulator: &Simulator, step: &Step) -> Result<(), ApiError> {
    let emit = match &step.what {
        What::Moves { event_type, instance, from, to } => Emit {
            instance: instance.map(str::to_owned),
            from: from.map(str::to_owned),
            to: to.map(str::to_owned),
            ..Emit::of(*event_type)
        },
        What::Feedback { event_type, comment, pictures, crash_log } => {
            let add = AddFeedback {
                app_id: step.app.to_owned(),
                crash: crash_log.is_some(),
                comment: Some((*comment).to_owned()),
                pictures: Some(pictures.iter().map(|&name| name.to_owned()).collect()),
                crash_log: crash_log.map(str::to_owned),
                ..AddFeedback::default()
            };
            let ids = simulator.add_feedback(&add).map_err(|error| not_simulated(&error))?;
            Emit { instance: ids.into_iter().next(), ..Emit::of(*event_type) }
        }
        What::Ping(event_type) => Emit::of(*event_type),
        What::LookedAtAll => {
            engine.events().mark_all_read().await?;
            return engine.feedback().mark_all_read().await.map(drop);
        }
        What::WokeUp => {
            engine.missed_events().fetch_now().await?;
            return taken_in(engine).await;
        }
    };
    let emit = Emit { app_id: Some(step.app.to_owned()), deliver: !step.asleep, ..emit };
    let sent = simulator.emit(emit).await.map_err(|error| not_simulated(&error))?;
    if step.asleep { Ok(()) } else { arrived(engine, &sent).await }
}

/// Waits until the sent events are in the inbox with their details, so that the next step finds them there.
async fn arrived(engine: &Hookbell, sent: &[Sent]) -> Result<(), ApiError> {
    let ids: Vec<EventId> = sent.iter().filter_map(|one| EventId::new(&*one.event_id).ok()).collect();
    let store = engine.store();
    let mut changes = store.changes();
    let deadline = Instant::now() + TAKEN_IN;
    'each: for id in ids {
        while Instant::now() < deadline {
            changes.mark_unchanged();
            if store.find(&id).await?.is_some() {
                continue 'each;
            }
            let _ = timeout(CHECK_EVERY, changes.changed()).await;
        }
    }
    taken_in(engine).await
}

/// Waits until every notification and every file is done. Notifications wait for an event's details, and a token from
/// another day would be rejected.
async fn taken_in(engine: &Hookbell) -> Result<(), ApiError> {
    let store = engine.store();
    let mut changes = store.changes();
    let deadline = Instant::now() + TAKEN_IN;
    while Instant::now() < deadline {
        changes.mark_unchanged();
        if store.unnotified(1).await?.is_empty() && store.next_file().await?.is_none() {
            break;
        }
        let _ = timeout(CHECK_EVERY, changes.changed()).await;
    }
    Ok(())
}

/// Waits until the account's existing feedback is read, with its pictures and logs.
async fn until_read(engine: &Hookbell) -> Result<(), ApiError> {
    let deadline = Instant::now() + TAKEN_IN;
    while Instant::now() < deadline {
        let listed = engine.backfill().progress().await?.is_some_and(|progress| progress.done);
        if listed && engine.store().next_file().await?.is_none() {
            break;
        }
        tokio::time::sleep(CHECK_EVERY).await;
    }
    Ok(())
}
