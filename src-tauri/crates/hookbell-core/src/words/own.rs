//! Hookbell's own news: what no webhook tells, and what somebody who ships an app wants to know all the same.
//!
//! Each says what is so and what to do, within the bounds of every other event.

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

/// A piece of Hookbell's own news, with all that its words need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnNews {
    /// An agreement keeps Apple from answering an account.
    AgreementMissing {
        /// The account's name.
        account: String,
    },
    /// A plan for a build is done.
    BuildDistributed {
        /// The app, version and build.
        build: Known,
        /// The groups that have it now, in words; none if the plan named none.
        to: Option<String>,
    },
    /// A plan for a build waits for somebody, or can't go on.
    BuildNeedsYou {
        /// The app, version and build.
        build: Known,
        /// What is the matter, in a sentence.
        why: String,
    },
    /// Testers can soon no longer use a build.
    BuildExpiresSoon {
        /// The app, version and build.
        build: Known,
        /// Whole days that are left, at least 1.
        days: i64,
        /// The day as people write it: "7 December".
        on: String,
    },
    /// Apple could not deliver several times.
    DeliveriesFailing {
        /// The webhook's name.
        webhook: String,
        /// How many failed.
        failed: usize,
        /// Out of how many of the last 24 hours; `None` if they failed in a row.
        of: Option<usize>,
    },
    /// A day or a week.
    Digest {
        /// Whether it is a week's.
        weekly: bool,
        /// Events that arrived.
        came: usize,
        /// Unread events that need somebody.
        waiting: usize,
        /// Events that arrived and were archived.
        done: usize,
    },
    /// Apple can't deliver to this computer.
    TunnelDown {
        /// For how long, in minutes.
        minutes: i64,
    },
    /// A version or a build stays in one state.
    UnusuallyLong {
        /// The app, version and build.
        thing: Known,
        /// The type of the event that told of the state.
        event_type: EventType,
        /// The state in Apple's spelling.
        state: String,
        /// For how long so far.
        lasted: SignedDuration,
        /// How long it usually takes, if enough is known.
        usual: Option<SignedDuration>,
    },
    /// Somebody else, or Apple, disabled a webhook.
    WebhookDisabled {
        /// The webhook's name.
        webhook: String,
    },
}

/// States in which nothing goes on before the team acts, although Apple has said yes.
const APPROVED: [&str; 4] = ["PENDING_DEVELOPER_RELEASE", "READY_FOR_BETA_TESTING", "BETA_APPROVED", "APPROVED"];

/// The longest name of a webhook or an account within other words.
const MAX_NAME_CHARS: usize = 22;
const MAX_TITLE_NAME_CHARS: usize = 18;

/// The longest names of groups within other words.
const MAX_GROUPS_CHARS: usize = 40;

impl OwnNews {
    /// What filters, rules and the store know it by.
    #[must_use]
    pub const fn event_type(&self) -> EventType {
        match self {
            Self::AgreementMissing { .. } => EventType::HookbellAgreementMissing,
            Self::BuildDistributed { .. } => EventType::HookbellBuildDistributed,
            Self::BuildExpiresSoon { .. } => EventType::HookbellBuildExpiresSoon,
            Self::BuildNeedsYou { .. } => EventType::HookbellBuildNeedsYou,
            Self::DeliveriesFailing { .. } => EventType::HookbellDeliveriesFailing,
            Self::Digest { .. } => EventType::HookbellDigest,
            Self::TunnelDown { .. } => EventType::HookbellTunnelDown,
            Self::UnusuallyLong { .. } => EventType::HookbellUnusuallyLong,
            Self::WebhookDisabled { .. } => EventType::HookbellWebhookDisabled,
        }
    }

    /// What it says.
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
                    format!("Deliveries to “{}” fail", short(webhook, MAX_TITLE_NAME_CHARS)),
                    format!("{which}. Open the webhook to see why; Apple doesn’t retry."),
                    Bad,
                )
            }
            Self::Digest { weekly, came, waiting, done } => {
                let period = if *weekly { "Your week" } else { "Your day" };
                say(
                    format!("{period}: {}", counted(*came, "event")),
                    match (*waiting, *done) {
                        (0, 0) => "Nothing waits for you.".to_owned(),
                        (0, done) => format!("Nothing waits for you; {done} archived."),
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
            Self::WebhookDisabled { webhook } => say(
                format!("“{}” was disabled", name(webhook)),
                "Not by Hookbell. App Store Connect sends it no events until you enable it again.".to_owned(),
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
                format!("{} is approved but not tested", brief.first()),
                around("", &full, &format!(" has waited for {lasted}. Give it to your testers in TestFlight.")),
                NeedsYou,
            ),
        };
    }
    let usually = match usual {
        Some(usual) => format!("This usually takes {}.", duration(usual)),
        None => "That is unusually long.".to_owned(),
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

/// A length of time as people say it, from minutes to days: "40 min", "22 h", "3 days".
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

/// A name between words; a long one gives way to them.
fn around(before: &str, thing: &Name, after: &str) -> String {
    let thing = if before.is_empty() { thing.first() } else { thing.text().to_owned() };
    let room = SENTENCE_MAX.saturating_sub(before.chars().count() + after.chars().count());
    format!("{before}{}{after}", short(&thing, room))
}

fn say(title: String, sentence: String, importance: Importance) -> Description {
    Description { title: short(&title, TITLE_MAX), sentence: short(&sentence, SENTENCE_MAX), importance }
}
