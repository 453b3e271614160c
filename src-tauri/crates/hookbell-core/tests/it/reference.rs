//! `docs/events.md`, the catalogue of events for people: generated from Hookbell's own words, so that it can't promise
//! others.

use std::{env, fs, path::Path};

use hookbell_core::{
    Event, EventType, fixture,
    words::{Importance, Known, OwnNews, describe, state_name, states},
};

use crate::{own_news, read::event_of};

const HEAD: &str = "\
# Events

<!-- Written by `make docs` from hookbell-core. -->

Every event in App Store Connect's terms and in Hookbell's words. A webhook subscribes to the types it wants,
except the ping: App Store Connect sends it as a test, on request. `hookbell trigger TYPE` signs and sends a
sample of a type.

These are the words when only the event itself is known. With an account, names take their place: “Rejected: 3.2 needs changes” instead of “Rejected: the version needs changes”.

An event whose type or state is newer than this version of Hookbell is stored and shown too, under its own name
in words.

";

const OWN_HEAD: &str = "\
## Hookbell's own news

Hookbell adds events of its own to the inbox, once each. Rules, filters, search and notifications treat them as any
other. No webhook delivers them, so they have no payload and count in no figure about deliveries. A payload that bears
one of these types is stored as an unknown event. *Settings* > *Notifications* says which of them you get.

";

/// What a type is about, for somebody who has never seen one.
fn meaning(event_type: EventType) -> &'static str {
    use EventType as T;

    match event_type {
        T::AlternativeDistributionPackageAvailableUpdated => {
            "A marketplace can offer your app's package in some territories, or no longer can."
        }
        T::AlternativeDistributionPackageVersionCreated => {
            "Apple has created a version of your app's package that marketplaces can download."
        }
        T::AlternativeDistributionTerritoryAvailabilityUpdated => {
            "The territories change in which marketplaces may offer your app."
        }
        T::AppStoreVersionAppVersionStateUpdated => "A version of your app moves on towards the App Store.",
        T::BackgroundAssetVersionAppStoreReleaseStateUpdated => {
            "A version of an asset pack goes a step on its way to the App Store."
        }
        T::BackgroundAssetVersionExternalBetaReleaseStateUpdated => {
            "A version of an asset pack goes a step on its way to testers outside your team."
        }
        T::BackgroundAssetVersionInternalBetaReleaseCreated => {
            "A version of an asset pack has reached the testers in your team."
        }
        T::BackgroundAssetVersionStateUpdated => {
            "An uploaded version of an asset pack is processed, complete or rejected."
        }
        T::BetaFeedbackCrashSubmissionCreated => {
            "A tester's app crashed, and the tester shared the crash. With an account, Hookbell fetches the crash log \
             and the tester's words."
        }
        T::BetaFeedbackScreenshotSubmissionCreated => {
            "A tester sent screenshots. With an account, Hookbell fetches the pictures and the tester's words."
        }
        T::BuildBetaDetailExternalBuildStateUpdated => {
            "A build goes a step on its way to testers outside your team: beta review, testing, expiry."
        }
        T::BuildUploadStateUpdated => "An uploaded build is processed, complete or rejected.",
        T::WebhookPingCreated => "A test of the webhook, which says that everything between Apple and here works.",
        T::HookbellAgreementMissing => {
            "App Store Connect rejects an account's API key until somebody accepts an agreement."
        }
        T::HookbellBuildDistributed => "Everything that a plan for a build asks for is done.",
        T::HookbellBuildNeedsYou => {
            "A plan for a build waits for your decision, or App Store Connect rejected one of its steps."
        }
        T::HookbellBuildProcessed => {
            "App Store Connect has processed a build that Hookbell uploaded, and neither Apple's event nor a plan reports it."
        }
        T::HookbellBuildExpiresSoon => {
            "The newest build of an app expires in 14 days, in 7 days and tomorrow. Hookbell asks App Store Connect \
             first, and says nothing of a build that is gone."
        }
        T::HookbellDeliveriesFailing => {
            "Three deliveries of a webhook failed in a row, or a fifth of a day's, while this computer was awake and \
             its tunnel was up."
        }
        T::HookbellDigest => {
            "A day or a week: what arrived and for which app, what waits, what was archived, what rules did. Off unless \
             you turn it on."
        }
        T::HookbellTunnelDown => "App Store Connect could not reach this computer for 15 minutes.",
        T::HookbellUnusuallyLong => {
            "A version or a build has been in one state for a day or more, and twice as long as it took nine times out \
             of ten. That includes a version that was approved and never released. Without such a history it is three \
             days."
        }
        T::HookbellUploadFailed => {
            "A build could not be uploaded: its number is already used, the API key has no permission, the file is \
             gone. A build that Apple rejects after the upload has Apple's own event."
        }
        T::HookbellWebhookDisabled => "Somebody disabled a webhook in App Store Connect, or Apple did.",
    }
}

fn row(state: &str, name: &str, event: &Event) -> String {
    let words = describe(event, &Known::default());
    let importance = words.importance.label();
    format!("| {state} | {name} | {} | {} | {importance} |\n", words.title, words.sentence)
}

/// A row for each thing an event of this type can say.
fn rows(event_type: EventType) -> String {
    let with = |change: &str| event_of(event_type, &[change]);
    let of_state = |state: &str| {
        let event = with(&format!("/data/attributes={{\"newState\":\"{state}\"}}"));
        row(&format!("`{state}`"), &state_name(Some(event_type), state), &event)
    };
    if states(event_type).next().is_some() {
        return states(event_type).map(of_state).collect();
    }
    let sample = Event::read(fixture::body(event_type));
    if sample.available.is_none() {
        return row("", "", &sample);
    }
    let of_value =
        |value| row(&format!("`available: {value}`"), "", &with(&format!("/data/attributes/available={value}")));
    ["true", "false"].into_iter().map(of_value).collect()
}

fn section(event_type: EventType) -> String {
    let sample = String::from_utf8_lossy(fixture::body(event_type));
    format!(
        "## {}\n\n{}, delivered as `{}`.\n\n{}\n\n\
         | state | its name | title | sentence | importance |\n| --- | --- | --- | --- | --- |\n{}\n\
         <details><summary>The sample</summary>\n\n```json\n{}\n```\n\n</details>\n\n",
        event_type.name(),
        event_type.kind().label(),
        event_type.wire_name(),
        meaning(event_type),
        rows(event_type),
        sample.trim_end(),
    )
}

fn own_section(event_type: EventType) -> String {
    let row = |news: &OwnNews| {
        let words = news.describe();
        format!("| | | {} | {} | {} |\n", words.title, words.sentence, words.importance.label())
    };
    let told: String = own_news::samples().iter().filter(|news| news.event_type() == event_type).map(row).collect();
    format!(
        "### {}\n\n{}.\n\n{}\n\n| | | title | sentence | importance |\n| --- | --- | --- | --- | --- |\n{told}\n",
        event_type.name(),
        event_type.kind().label(),
        meaning(event_type),
    )
}

fn catalogue() -> String {
    let of_importance = |importance: Importance| {
        let what = match importance {
            Importance::Good => "something went well",
            Importance::NeedsYou => "nothing goes on until somebody acts",
            Importance::Bad => "something went wrong",
            Importance::Info => "a step on the way, which asks nothing",
        };
        format!("- **{}** (`{importance}`): {what}.\n", importance.label())
    };
    let importances: String = Importance::ALL.iter().copied().map(of_importance).collect();
    let sections: String = EventType::all().map(section).collect();
    let own: String = EventType::own().map(own_section).collect();
    format!(
        "{HEAD}How much an event matters is one of four:\n\n{importances}\n{sections}{OWN_HEAD}{}\n",
        own.trim_end()
    )
}

#[test]
fn the_committed_catalogue_is_current() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/events.md");
    let wanted = catalogue();
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&file, &wanted).unwrap();
    }
    let committed = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    assert!(committed == wanted, "docs/events.md is out of date: run `make docs` and commit the file");
}

#[test]
fn no_word_breaks_a_table() {
    for line in catalogue().lines().filter(|line| line.starts_with('|')) {
        assert_eq!(line.matches('|').count(), 6, "{line}");
    }
}
