//! Hookbell's own news: what no webhook reports but anyone who ships an app wants to know.
//!
//! Each says what happened and what to do, within the same limits as other events.

use jiff::SignedDuration;

use super::{
    Description,
    Importance::{self, Bad, Good, Info, NeedsYou},
    Known, SENTENCE_MAX, TITLE_MAX,
    known::Name,
    state_importance, state_name,
    text::short,
};
use crate::EventType;

/// A piece of Hookbell's own news, with everything its words need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnNews {
    /// An account gets no answers from Apple until an agreement is accepted.
    AgreementMissing {
        /// The account's name.
        account: String,
    },
    /// A plan for a build is done.
    BuildDistributed {
        /// The app, version and build.
        build: Known,
        /// The groups that now have it, in words; none if the plan named none.
        to: Option<String>,
    },
    /// A plan for a build needs a person, or can't continue.
    BuildNeedsYou {
        /// The app, version and build.
        build: Known,
        /// The reason, in a sentence.
        why: String,
    },
    /// App Store Connect has processed an upload, and no event reported it.
    BuildProcessed {
        /// The app, version and build.
        build: Known,
    },
    /// Testers can soon no longer use a build.
    BuildExpiresSoon {
        /// The app, version and build.
        build: Known,
        /// The number of whole days left, at least 1.
        days: i64,
        /// The date for people: "7 December".
        on: String,
    },
    /// Several deliveries by Apple failed.
    DeliveriesFailing {
        /// The webhook's name.
        webhook: String,
        /// The number of failed deliveries.
        failed: usize,
        /// The number of deliveries in the last 24 hours; `None` if the failures were consecutive.
        of: Option<usize>,
    },
    /// The digest of a day or a week.
    Digest {
        /// Whether it covers a week.
        weekly: bool,
        /// The number of events that arrived.
        came: usize,
        /// The number of unread events that need a person.
        waiting: usize,
        /// The number of events that arrived and were archived.
        done: usize,
    },
    /// Apple can't deliver to this computer.
    TunnelDown {
        /// For how long, in minutes.
        minutes: i64,
    },
    /// A version or a build has been in one state for unusually long.
    UnusuallyLong {
        /// The app, version and build.
        thing: Known,
        /// The type of the event that reported the state.
        event_type: EventType,
        /// The state in Apple's spelling.
        state: String,
        /// How long so far.
        lasted: SignedDuration,
        /// The usual duration, if enough is known.
        usual: Option<SignedDuration>,
    },
    /// A build could not be uploaded, and no event from Apple reported it.
    UploadFailed {
        /// The app, version and build.
        build: Known,
        /// The reason, in a sentence.
        why: String,
    },
    /// Somebody else, or Apple, disabled a webhook.
    WebhookDisabled {
        /// The webhook's name.
        webhook: String,
    },
}

/// States that need the team to act although Apple has approved.
const APPROVED: [&str; 4] = ["PENDING_DEVELOPER_RELEASE", "READY_FOR_BETA_TESTING", "BETA_APPROVED", "APPROVED"];

/// The maximum length of a webhook's or account's name within other words.
const MAX_NAME_CHARS: usize = 22;
const MAX_TITLE_NAME_CHARS: usize = 18;

/// The maximum length of group names within other words.
const MAX_GROUPS_CHARS: usize = 40;

impl OwnNews {
    /// The type that filters, rules and the store use.
    #[must_use]
    pub const fn event_type(&self) -> EventType {
        match self {
            Self::AgreementMissing { .. } => EventType::HookbellAgreementMissing,
            Self::BuildDistributed { .. } => EventType::HookbellBuildDistributed,
            Self::BuildExpiresSoon { .. } => EventType::HookbellBuildExpiresSoon,
            Self::BuildNeedsYou { .. } => EventType::HookbellBuildNeedsYou,
            Self::BuildProcessed { .. } => EventType::HookbellBuildProcessed,
            Self::DeliveriesFailing { .. } => EventType::HookbellDeliveriesFailing,
            Self::Digest { .. } => EventType::HookbellDigest,
            Self::TunnelDown { .. } => EventType::HookbellTunnelDown,
            Self::UnusuallyLong { .. } => EventType::HookbellUnusuallyLong,
            Self::UploadFailed { .. } => EventType::HookbellUploadFailed,
            Self::WebhookDisabled { .. } => EventType::HookbellWebhookDisabled,
        }
    }

    /// The news in words.
    #[must_use]
    pub fn describe(&self) -> Description {
        match self {
            Self::AgreementMissing { account } => say(
                "Agreement required".to_owned(),
                format!("App Store Connect rejects “{}” until you accept an agreement under Business.", name(account)),
                NeedsYou,
            ),
            Self::BuildDistributed { build, to } => say(
                format!("{} is out to testers", build.short_build().first()),
                match to {
                    Some(to) => {
                        around("", &build.full_build(), &format!(" is out to {}.", short(to, MAX_GROUPS_CHARS)))
                    }
                    None => around("The plan for ", &build.full_build(), " is done."),
                },
                Good,
            ),
            Self::BuildNeedsYou { build, why } => {
                say(format!("{} needs attention", build.short_build().first()), short(why, SENTENCE_MAX), NeedsYou)
            }
            Self::BuildProcessed { build } => say(
                format!("{} is processed", build.short_build().first()),
                around("", &build.full_build(), " is in App Store Connect. You can now give it to testers."),
                Good,
            ),
            Self::BuildExpiresSoon { build, days, on } => say(
                format!("{} expires {}", build.short_build().first(), in_days(*days)),
                around("Testers can’t use ", &build.full_build(), &format!(" after {on}. Give them a newer build.")),
                if *days > 7 { Info } else { NeedsYou },
            ),
            Self::DeliveriesFailing { webhook, failed, of } => {
                let which = match of {
                    Some(of) => format!("{failed} of {of} deliveries failed in the last 24 hours"),
                    None => format!("The last {failed} deliveries failed"),
                };
                say(
                    format!("Deliveries to “{}” are failing", short(webhook, MAX_TITLE_NAME_CHARS)),
                    format!("{which}. Open the webhook to see why; Apple doesn’t retry."),
                    Bad,
                )
            }
            Self::Digest { weekly, came, waiting, done } => {
                let period = if *weekly { "Your week" } else { "Your day" };
                say(
                    format!("{period}: {}", counted(*came, "event")),
                    match (*waiting, *done) {
                        (0, 0) => "Nothing needs your attention.".to_owned(),
                        (0, done) => format!("Nothing needs your attention; {done} archived."),
                        (waiting, 0) => format!("{}.", need_attention(waiting)),
                        (waiting, done) => format!("{}; {done} archived.", need_attention(waiting)),
                    },
                    Info,
                )
            }
            Self::TunnelDown { minutes } => say(
                format!("The tunnel has been down for {minutes} min"),
                "App Store Connect can’t reach this computer. Hookbell fetches events until the tunnel is back."
                    .to_owned(),
                Bad,
            ),
            Self::UnusuallyLong { thing, event_type, state, lasted, usual } => {
                unusually_long(thing, *event_type, state, *lasted, *usual)
            }
            Self::UploadFailed { build, why } => {
                say(format!("{} wasn’t uploaded", build.short_build().first()), short(why, SENTENCE_MAX), NeedsYou)
            }
            Self::WebhookDisabled { webhook } => say(
                format!("“{}” was disabled", name(webhook)),
                "Not by Hookbell. App Store Connect won’t send it events until you enable it again.".to_owned(),
                NeedsYou,
            ),
        }
    }
}

fn unusually_long(
    thing: &Known,
    event_type: EventType,
    state: &str,
    lasted: SignedDuration,
    usual: Option<SignedDuration>,
) -> Description {
    let is_version = event_type == EventType::AppStoreVersionAppVersionStateUpdated;
    let (brief, full) = match is_version {
        true => (thing.short_version(), thing.full_version()),
        false => (thing.short_build(), thing.full_build()),
    };
    let lasted = duration(lasted);
    if APPROVED.contains(&state) {
        return match is_version {
            true => say(
                format!("{} is approved but not released", brief.first()),
                around("", &full, &format!(" has waited for {lasted}. Release it in App Store Connect.")),
                NeedsYou,
            ),
            false => say(
                format!("{} is approved but not in testing", brief.first()),
                around("", &full, &format!(" has waited for {lasted}. Give it to your testers in TestFlight.")),
                NeedsYou,
            ),
        };
    }
    let usually = match usual {
        Some(usual) => format!("This usually takes {}.", duration(usual)),
        None => "That’s unusually long.".to_owned(),
    };
    let shown = short(&state_name(Some(event_type), state), TITLE_MAX - " for 12 days".chars().count());
    let importance = match state_importance(event_type, state) {
        NeedsYou => NeedsYou,
        _ => Info,
    };
    say(
        format!("{shown} for {lasted}"),
        around("", &full, &format!(" has been in this state for {lasted}. {usually}")),
        importance,
    )
}

/// A duration in words, from minutes to days: "40 min", "22 h", "3 days".
#[must_use]
pub fn duration(length: SignedDuration) -> String {
    const HOURS_AS_DAYS: i64 = 48;
    match (length.as_hours(), length.as_mins()) {
        (0, minutes) => format!("{} min", minutes.max(1)),
        (hours, _) if hours < HOURS_AS_DAYS => format!("{hours} h"),
        (hours, _) => counted(usize::try_from(hours / 24).unwrap_or_default(), "day"),
    }
}

fn in_days(days: i64) -> String {
    match days {
        ..=1 => "tomorrow".to_owned(),
        days => format!("in {days} days"),
    }
}

fn counted(count: usize, thing: &str) -> String {
    match count {
        1 => format!("1 {thing}"),
        count => format!("{count} {thing}s"),
    }
}

fn need_attention(count: usize) -> String {
    match count {
        1 => "1 needs attention".to_owned(),
        count => format!("{count} need attention"),
    }
}

fn name(text: &str) -> String {
    short(text, MAX_NAME_CHARS)
}

/// A name between words; a long name is shortened to fit.
fn around(before: &str, thing: &Name, after: &str) -> String {
    let thing = if before.is_empty() { thing.first() } else { thing.text().to_owned() };
    let room = SENTENCE_MAX.saturating_sub(before.chars().count() + after.chars().count());
    format!("{before}{}{after}", short(&thing, room))
}

fn say(title: String, sentence: String, importance: Importance) -> Description {
    Description { title: short(&title, TITLE_MAX), sentence: short(&sentence, SENTENCE_MAX), importance }
}
