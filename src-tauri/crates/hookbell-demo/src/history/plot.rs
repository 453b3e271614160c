//! The plot, oldest first: what happened, to which app, and how long ago.

use hookbell_core::EventType;
use jiff::SignedDuration;

/// One thing that happened.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    /// How long before now.
    pub(super) ago: SignedDuration,
    /// The app's id.
    pub(super) app: &'static str,
    pub(super) what: What,
    /// Whether the computer was asleep, so that the delivery failed.
    pub(super) asleep: bool,
}

/// What happened.
#[derive(Debug, Clone, Copy)]
pub(super) enum What {
    /// Something changed its state, or was created.
    Moves {
        event_type: EventType,
        instance: Option<&'static str>,
        from: Option<&'static str>,
        to: Option<&'static str>,
    },
    /// A tester sent feedback.
    Feedback {
        event_type: EventType,
        comment: &'static str,
        pictures: &'static [&'static str],
        crash_log: Option<&'static str>,
    },
    /// Somebody pinged the webhook.
    Ping(EventType),
    /// The user read everything.
    LookedAtAll,
    /// The computer woke up and caught up.
    WokeUp,
}

/// "Backyard Birds".
const BIRDS: &str = "6479283016";
/// "Fieldnotes".
const NOTES: &str = "6450917354";

const BIRDS_32: &str = "ad7e6298-2570-4ca6-b3cc-f81788e40b02";
const BIRDS_33: &str = "ad7e6298-2570-4ca6-b3cc-f81788e40b01";
const NOTES_1201: &str = "ad7e6298-2570-4ca6-b3cc-f81788e40b03";

const UPLOAD_412: &str = "b9a6d1f2-71c8-4c0f-8d9f-3c1f6be00412";
const UPLOAD_416: &str = "b9a6d1f2-71c8-4c0f-8d9f-3c1f6be00416";
const UPLOAD_418: &str = "b9a6d1f2-71c8-4c0f-8d9f-3c1f6be00418";
const UPLOAD_419: &str = "b9a6d1f2-71c8-4c0f-8d9f-3c1f6be00419";
const UPLOAD_1204: &str = "b9a6d1f2-71c8-4c0f-8d9f-3c1f6be01204";
const UPLOAD_1205: &str = "b9a6d1f2-71c8-4c0f-8d9f-3c1f6be01205";

const BUILD_412: &str = "e2b4a7c0-3f5d-4b44-9d0e-52f2f1a0c412";
const BUILD_416: &str = "e2b4a7c0-3f5d-4b44-9d0e-52f2f1a0c416";
const BUILD_418: &str = "e2b4a7c0-3f5d-4b44-9d0e-52f2f1a0c418";
const BUILD_1204: &str = "e2b4a7c0-3f5d-4b44-9d0e-52f2f1a01204";

/// Days, hours and minutes ago.
struct Ago(i64, i64, i64);

const fn step(ago: Ago, app: &'static str, what: What) -> Step {
    let Ago(days, hours, minutes) = ago;
    Step { ago: SignedDuration::from_mins((days * 24 + hours) * 60 + minutes), app, what, asleep: false }
}

const fn moves(
    ago: Ago,
    app: &'static str,
    event_type: EventType,
    instance: &'static str,
    states: (Option<&'static str>, &'static str),
) -> Step {
    step(ago, app, What::Moves { event_type, instance: Some(instance), from: states.0, to: Some(states.1) })
}

const fn version(ago: Ago, app: &'static str, version: &'static str, to: &'static str) -> Step {
    moves(ago, app, EventType::AppStoreVersionAppVersionStateUpdated, version, (None, to))
}

const fn upload(ago: Ago, app: &'static str, upload: &'static str, to: &'static str) -> Step {
    moves(ago, app, EventType::BuildUploadStateUpdated, upload, (None, to))
}

/// A version or a build in its first state, overriding its final state in the simulator's world.
const fn begins(step: Step, from: &'static str) -> Step {
    match step.what {
        What::Moves { event_type, instance, to, .. } => {
            Step { what: What::Moves { event_type, instance, from: Some(from), to }, ..step }
        }
        _ => step,
    }
}

const fn build(ago: Ago, app: &'static str, build: &'static str, to: &'static str) -> Step {
    moves(ago, app, EventType::BuildBetaDetailExternalBuildStateUpdated, build, (None, to))
}

/// The next step of something in the app.
const fn next(ago: Ago, app: &'static str, event_type: EventType) -> Step {
    step(ago, app, What::Moves { event_type, instance: None, from: None, to: None })
}

const fn screenshot(ago: Ago, app: &'static str, comment: &'static str, pictures: &'static [&'static str]) -> Step {
    let event_type = EventType::BetaFeedbackScreenshotSubmissionCreated;
    step(ago, app, What::Feedback { event_type, comment, pictures, crash_log: None })
}

const fn crash(ago: Ago, app: &'static str, comment: &'static str, log: &'static str) -> Step {
    let event_type = EventType::BetaFeedbackCrashSubmissionCreated;
    step(ago, app, What::Feedback { event_type, comment, pictures: &[], crash_log: Some(log) })
}

const fn asleep(step: Step) -> Step {
    Step { asleep: true, ..step }
}

use EventType as T;

/// Everything that happened.
pub(super) const PLOT: &[Step] = &[
    step(Ago(20, 23, 0), BIRDS, What::Ping(T::WebhookPingCreated)),
    upload(Ago(20, 6, 10), BIRDS, UPLOAD_412, "PROCESSING"),
    upload(Ago(20, 5, 56), BIRDS, UPLOAD_412, "COMPLETE"),
    begins(build(Ago(20, 5, 50), BIRDS, BUILD_412, "READY_FOR_BETA_SUBMISSION"), "PROCESSING"),
    build(Ago(20, 4, 30), BIRDS, BUILD_412, "WAITING_FOR_BETA_REVIEW"),
    build(Ago(19, 22, 0), BIRDS, BUILD_412, "IN_BETA_REVIEW"),
    build(Ago(19, 20, 15), BIRDS, BUILD_412, "BETA_APPROVED"),
    build(Ago(19, 20, 12), BIRDS, BUILD_412, "IN_BETA_TESTING"),
    screenshot(
        Ago(18, 3, 20),
        BIRDS,
        "The list of sightings is hard to read at night. Could the place be a little brighter?",
        &["dark-list.png"],
    ),
    begins(version(Ago(17, 2, 40), BIRDS, BIRDS_32, "READY_FOR_REVIEW"), "PREPARE_FOR_SUBMISSION"),
    version(Ago(17, 2, 38), BIRDS, BIRDS_32, "WAITING_FOR_REVIEW"),
    version(Ago(16, 4, 5), BIRDS, BIRDS_32, "IN_REVIEW"),
    version(Ago(16, 0, 50), BIRDS, BIRDS_32, "REJECTED"),
    version(Ago(14, 5, 30), BIRDS, BIRDS_32, "READY_FOR_REVIEW"),
    version(Ago(14, 5, 29), BIRDS, BIRDS_32, "WAITING_FOR_REVIEW"),
    version(Ago(13, 8, 10), BIRDS, BIRDS_32, "IN_REVIEW"),
    version(Ago(13, 2, 25), BIRDS, BIRDS_32, "PENDING_DEVELOPER_RELEASE"),
    upload(Ago(12, 20, 40), NOTES, UPLOAD_1204, "PROCESSING"),
    upload(Ago(12, 20, 18), NOTES, UPLOAD_1204, "COMPLETE"),
    step(Ago(12, 12, 0), BIRDS, What::WokeUp),
    version(Ago(12, 6, 0), BIRDS, BIRDS_32, "PROCESSING_FOR_DISTRIBUTION"),
    version(Ago(12, 4, 45), BIRDS, BIRDS_32, "READY_FOR_DISTRIBUTION"),
    begins(build(Ago(11, 23, 0), NOTES, BUILD_1204, "WAITING_FOR_BETA_REVIEW"), "READY_FOR_BETA_SUBMISSION"),
    build(Ago(11, 6, 30), NOTES, BUILD_1204, "IN_BETA_REVIEW"),
    build(Ago(11, 3, 10), NOTES, BUILD_1204, "BETA_APPROVED"),
    build(Ago(11, 3, 8), NOTES, BUILD_1204, "IN_BETA_TESTING"),
    crash(Ago(10, 7, 0), NOTES, "It closed while it took in a track of eleven hours.", "track-import.crash"),
    next(Ago(9, 8, 30), NOTES, T::BackgroundAssetVersionStateUpdated),
    next(Ago(9, 5, 58), NOTES, T::BackgroundAssetVersionInternalBetaReleaseCreated),
    begins(version(Ago(8, 3, 15), NOTES, NOTES_1201, "READY_FOR_REVIEW"), "PREPARE_FOR_SUBMISSION"),
    version(Ago(8, 3, 14), NOTES, NOTES_1201, "WAITING_FOR_REVIEW"),
    asleep(upload(Ago(7, 14, 30), BIRDS, UPLOAD_416, "PROCESSING")),
    asleep(upload(Ago(7, 14, 12), BIRDS, UPLOAD_416, "COMPLETE")),
    asleep(version(Ago(7, 11, 0), NOTES, NOTES_1201, "IN_REVIEW")),
    step(Ago(7, 6, 0), BIRDS, What::WokeUp),
    version(Ago(7, 4, 20), NOTES, NOTES_1201, "METADATA_REJECTED"),
    begins(build(Ago(6, 22, 0), BIRDS, BUILD_416, "WAITING_FOR_BETA_REVIEW"), "READY_FOR_BETA_SUBMISSION"),
    version(Ago(6, 5, 0), NOTES, NOTES_1201, "WAITING_FOR_REVIEW"),
    build(Ago(6, 2, 40), BIRDS, BUILD_416, "IN_BETA_REVIEW"),
    build(Ago(5, 23, 30), BIRDS, BUILD_416, "BETA_APPROVED"),
    build(Ago(5, 23, 28), BIRDS, BUILD_416, "IN_BETA_TESTING"),
    version(Ago(5, 3, 10), NOTES, NOTES_1201, "IN_REVIEW"),
    screenshot(Ago(4, 22, 15), BIRDS, "Could the list remember where I was?", &["dark-list.png"]),
    version(Ago(4, 21, 0), NOTES, NOTES_1201, "PENDING_DEVELOPER_RELEASE"),
    next(Ago(4, 2, 0), NOTES, T::AlternativeDistributionTerritoryAvailabilityUpdated),
    version(Ago(3, 8, 30), NOTES, NOTES_1201, "PROCESSING_FOR_DISTRIBUTION"),
    version(Ago(3, 7, 20), NOTES, NOTES_1201, "READY_FOR_DISTRIBUTION"),
    asleep(screenshot(Ago(2, 9, 0), NOTES, "The track runs straight through the lake on day 3.", &["map.jpg"])),
    step(Ago(2, 1, 30), BIRDS, What::WokeUp),
    upload(Ago(1, 6, 20), NOTES, UPLOAD_1205, "PROCESSING"),
    upload(Ago(1, 6, 16), NOTES, UPLOAD_1205, "FAILED"),
    step(Ago(1, 2, 0), BIRDS, What::LookedAtAll),
    upload(Ago(0, 20, 30), BIRDS, UPLOAD_418, "PROCESSING"),
    upload(Ago(0, 20, 14), BIRDS, UPLOAD_418, "COMPLETE"),
    build(Ago(0, 19, 50), BIRDS, BUILD_418, "WAITING_FOR_BETA_REVIEW"),
    build(Ago(0, 8, 40), BIRDS, BUILD_418, "IN_BETA_REVIEW"),
    build(Ago(0, 6, 5), BIRDS, BUILD_418, "BETA_APPROVED"),
    build(Ago(0, 6, 3), BIRDS, BUILD_418, "IN_BETA_TESTING"),
    version(Ago(0, 5, 30), BIRDS, BIRDS_33, "READY_FOR_REVIEW"),
    version(Ago(0, 5, 29), BIRDS, BIRDS_33, "WAITING_FOR_REVIEW"),
    crash(Ago(0, 3, 12), BIRDS, "Opened my life list right after deleting a bird.", "life-list.ips"),
    screenshot(
        Ago(0, 1, 50),
        BIRDS,
        "Save button is hidden behind the keyboard when I type notes. And in dark mode I can’t read the place under \
         each bird.",
        &["keyboard.png", "dark-list.png"],
    ),
    version(Ago(0, 0, 48), BIRDS, BIRDS_33, "IN_REVIEW"),
    upload(Ago(0, 0, 9), BIRDS, UPLOAD_419, "FAILED"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::PLAYED_TIME;

    #[test]
    fn the_plot_goes_forward_and_begins_after_the_beginning() {
        assert!(PLOT.is_sorted_by(|earlier, later| earlier.ago > later.ago));
        assert!(PLOT.iter().all(|step| step.ago < PLAYED_TIME && step.ago > SignedDuration::ZERO));
    }

    #[test]
    fn the_log_is_looked_at_before_it_forgets_anything() {
        let woke = PLOT.iter().filter(|step| matches!(step.what, What::WokeUp)).map(|step| step.ago);
        let looks: Vec<_> = [PLAYED_TIME].into_iter().chain(woke).chain([SignedDuration::ZERO]).collect();
        // Apple's log covers ten days.
        assert!(looks.windows(2).all(|pair| pair[0] - pair[1] < SignedDuration::from_hours(10 * 24)), "{looks:?}");
    }
}
