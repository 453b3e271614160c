//! Every event as a person would say it: a title, a sentence and an importance.
//!
//! Apple's constants never reach a person: each documented state has its own words, and one that Apple adds later is at
//! least spelled out. There is one file per family of events; most of them are tables, so that the words can be read
//! and fixed in one place. Deliberately absent: times, ids and links, which the window shows alongside the words, and
//! markup of any kind.

mod asset;
mod build;
mod device;
mod distribution;
mod feedback;
mod headline;
mod importance;
mod known;
mod own;
mod ping;
mod states;
mod text;
mod unknown;
mod upload;
mod version;

pub use self::{
    device::device_name,
    headline::{headline, one_line_headline},
    importance::Importance,
    known::{Known, platform_name},
    own::{OwnNews, duration},
};

use serde::{Deserialize, Serialize};

use self::states::States;
use crate::{Event, EventType, event::Shape};

/// The maximum length of a title, in characters: what every system shows in a notification's headline.
pub const TITLE_MAX: usize = 40;
/// The maximum length of a sentence, in characters: what every system shows in a notification's body.
pub const SENTENCE_MAX: usize = 120;

/// An event in words. Plain text, each on one line, whatever the event or App Store Connect contains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Description {
    /// What happened; at most [`TITLE_MAX`] characters.
    pub title: String,
    /// What it means or what to do; at most [`SENTENCE_MAX`] characters.
    pub sentence: String,
    /// How urgently a person should see it.
    pub importance: Importance,
}

impl Description {
    /// The title followed by the app if both fit ("Screenshot feedback · Backyard Birds"), for places that show an
    /// event out of context. At most [`TITLE_MAX`] characters; the app's name is shortened only as long as it stays
    /// recognisable.
    #[must_use]
    pub fn headline(&self, known: &Known) -> String {
        const BETWEEN: &str = " · ";
        const APP_MIN: usize = 12;
        let room = TITLE_MAX.saturating_sub(self.title.chars().count() + BETWEEN.chars().count());
        match known.app() {
            Some(app) if room >= app.chars().count().min(APP_MIN) => {
                format!("{}{BETWEEN}{}", self.title, text::short(&app, room))
            }
            _ => self.title.clone(),
        }
    }
}

/// Describes an event with what is known about it so far.
#[must_use]
pub fn describe(event: &Event, known: &Known) -> Description {
    use EventType as T;

    match event.shape {
        Shape::NotJson => return unknown::not_json(),
        Shape::OtherJson => return unknown::json_without_type(),
        Shape::Event => {}
    }
    let to = event.to.as_deref();
    match event.event_type {
        None => unknown::event_type(event.type_name.as_deref()),
        // Never in a body: the words for Hookbell's own news come from `OwnNews`.
        Some(
            T::HookbellAgreementMissing
            | T::HookbellBuildDistributed
            | T::HookbellBuildExpiresSoon
            | T::HookbellBuildNeedsYou
            | T::HookbellBuildProcessed
            | T::HookbellDeliveriesFailing
            | T::HookbellDigest
            | T::HookbellTunnelDown
            | T::HookbellUnusuallyLong
            | T::HookbellUploadFailed
            | T::HookbellWebhookDisabled,
        ) => unknown::event_type(None),
        Some(T::WebhookPingCreated) => ping::ping(known),
        Some(T::BetaFeedbackScreenshotSubmissionCreated) => feedback::screenshot(known),
        Some(T::BetaFeedbackCrashSubmissionCreated) => feedback::crash(known),
        Some(T::AlternativeDistributionPackageAvailableUpdated) => distribution::package_available(event, known),
        Some(T::AlternativeDistributionTerritoryAvailabilityUpdated) => {
            distribution::territory_availability(event, known)
        }
        Some(T::AlternativeDistributionPackageVersionCreated) => distribution::PACKAGE_VERSION.describe(to, known),
        Some(T::AppStoreVersionAppVersionStateUpdated) => version::STATES.describe(to, known),
        Some(T::BuildBetaDetailExternalBuildStateUpdated) => build::STATES.describe(to, known),
        Some(T::BuildUploadStateUpdated) => upload::describe(to, known),
        Some(T::BackgroundAssetVersionStateUpdated) => asset::version(to, known),
        Some(T::BackgroundAssetVersionInternalBetaReleaseCreated) => asset::INTERNAL.describe(to, known),
        Some(T::BackgroundAssetVersionExternalBetaReleaseStateUpdated) => asset::EXTERNAL.describe(to, known),
        Some(T::BackgroundAssetVersionAppStoreReleaseStateUpdated) => asset::APP_STORE.describe(to, known),
    }
}

/// Untrusted text on one line of at most `max` characters, with an ellipsis for what was cut: for lists that show a
/// tester's words next to ours.
#[must_use]
pub fn one_line(text: &str, max: usize) -> String {
    text::short(text, max)
}

/// A state's name in a list, as in "Before: In review". At most [`TITLE_MAX`] characters.
#[must_use]
pub fn state_name(event_type: Option<EventType>, state: &str) -> String {
    match event_type.and_then(table).and_then(|states| states.find(state)) {
        Some(row) => row.name.to_owned(),
        None => states::state_in_words(state),
    }
}

/// The importance of a change to a state. Unknown states are informational.
#[must_use]
pub fn state_importance(event_type: EventType, state: &str) -> Importance {
    table(event_type).and_then(|states| states.find(state)).map_or(Importance::Info, |row| row.importance)
}

/// Every state that Apple documents for a type, in Apple's spelling and in the usual order; older spellings follow the
/// current ones. Empty for types without states.
pub fn states(event_type: EventType) -> impl Iterator<Item = &'static str> {
    table(event_type).into_iter().flat_map(States::spellings)
}

fn table(event_type: EventType) -> Option<&'static States> {
    use EventType as T;

    match event_type {
        T::AlternativeDistributionPackageVersionCreated => Some(&distribution::PACKAGE_VERSION),
        T::AppStoreVersionAppVersionStateUpdated => Some(&version::STATES),
        T::BackgroundAssetVersionAppStoreReleaseStateUpdated => Some(&asset::APP_STORE),
        T::BackgroundAssetVersionExternalBetaReleaseStateUpdated => Some(&asset::EXTERNAL),
        T::BackgroundAssetVersionInternalBetaReleaseCreated => Some(&asset::INTERNAL),
        T::BackgroundAssetVersionStateUpdated => Some(&asset::VERSION),
        T::BuildBetaDetailExternalBuildStateUpdated => Some(&build::STATES),
        T::BuildUploadStateUpdated => Some(&upload::STATES),
        T::AlternativeDistributionPackageAvailableUpdated
        | T::AlternativeDistributionTerritoryAvailabilityUpdated
        | T::BetaFeedbackCrashSubmissionCreated
        | T::BetaFeedbackScreenshotSubmissionCreated
        | T::WebhookPingCreated
        | T::HookbellAgreementMissing
        | T::HookbellBuildDistributed
        | T::HookbellBuildExpiresSoon
        | T::HookbellBuildNeedsYou
        | T::HookbellBuildProcessed
        | T::HookbellDeliveriesFailing
        | T::HookbellDigest
        | T::HookbellTunnelDown
        | T::HookbellUnusuallyLong
        | T::HookbellUploadFailed
        | T::HookbellWebhookDisabled => None,
    }
}
