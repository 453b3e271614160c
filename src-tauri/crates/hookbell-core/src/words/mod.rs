//! Every event as a person would say it: a title, a sentence and how much it matters.
//!
//! Apple's constants never reach a person: each documented state has words of its own, and one that
//! Apple adds later is at least spelled as words. One file for each family of events; most of them
//! are tables, so that the words can be read and fixed in one place. Deliberately absent: times,
//! ids and links, which the window shows beside the words, and markup of any kind.

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

/// The longest title in characters: what the headline of a notification shows on every system.
pub const TITLE_MAX: usize = 40;
/// The longest sentence in characters: what the body of a notification shows on every system.
pub const SENTENCE_MAX: usize = 120;

/// An event in words. Plain text on one line each, whatever the event or App Store Connect contains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Description {
    /// What happened; at most [`TITLE_MAX`] characters.
    pub title: String,
    /// What it means or what to do; at most [`SENTENCE_MAX`] characters.
    pub sentence: String,
    /// How much it matters.
    pub importance: Importance,
}

impl Description {
    /// The title with the app after it where both fit ("Screenshot feedback · Backyard Birds"), for
    /// places that show an event without its surroundings. At most [`TITLE_MAX`] characters; an app's
    /// name is shortened only as long as one can still tell the app.
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

/// Says what an event means, with what is known about it so far.
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
        // A body can't tell of them: the words of Hookbell's own news are those of `OwnNews`.
        Some(
            T::HookbellAgreementMissing
            | T::HookbellBuildDistributed
            | T::HookbellBuildExpiresSoon
            | T::HookbellBuildNeedsYou
            | T::HookbellDeliveriesFailing
            | T::HookbellDigest
            | T::HookbellTunnelDown
            | T::HookbellUnusuallyLong
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

/// A stranger's text on one line of at most `max` characters, an ellipsis for what was cut: for lists,
/// where the words a tester wrote stand beside ours.
#[must_use]
pub fn one_line(text: &str, max: usize) -> String {
    text::short(text, max)
}

/// A state's name beside others, as in "Before: In review". At most [`TITLE_MAX`] characters.
#[must_use]
pub fn state_name(event_type: Option<EventType>, state: &str) -> String {
    match event_type.and_then(table).and_then(|states| states.find(state)) {
        Some(row) => row.name.to_owned(),
        None => states::state_in_words(state),
    }
}

/// What a change to a state means. One that Apple added later asks nothing.
#[must_use]
pub fn state_importance(event_type: EventType, state: &str) -> Importance {
    table(event_type).and_then(|states| states.find(state)).map_or(Importance::Info, |row| row.importance)
}

/// Every state that Apple documents for a type, in Apple's spelling and in the order in which a thing
/// usually goes through them; older spellings follow the ones of today. Empty for types without states.
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
        | T::HookbellDeliveriesFailing
        | T::HookbellDigest
        | T::HookbellTunnelDown
        | T::HookbellUnusuallyLong
        | T::HookbellWebhookDisabled => None,
    }
}
